import { Alert, Button, Group, Text, TextInput, Title } from "@mantine/core";
import { IconExternalLink, IconQrcode } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSitePreview } from "../../api/siteChanges";
import { useConsole, useSite } from "../../console";
import { Copy } from "../../ui/JsonBlock";
import { useErrorText } from "../../ui/states";
import { When } from "../../ui/When";
import { QrCode } from "./QrCode";
import { useRenderRequest } from "./useRendered";

/** A link that shows what is being written on a page of the site, on this device or on a phone. */
export function SitePreview() {
  const { t } = useTranslation();
  const { api, queries } = useConsole();
  const site = useSite();
  const id = useId();
  const errorText = useErrorText();
  const origins = useQuery(queries.site(site)).data?.origins;
  const [typed, setTyped] = useState<string | null>(null);
  const request = useRenderRequest();
  const preview = useSitePreview(api, site);
  const url = typed ?? (origins?.[0] ? `${origins[0]}/` : "");
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("sitePreview.title")}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t("sitePreview.about")}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          preview.mutate({ ...request, url });
        }}
      >
        <TextInput
          size="xs"
          type="url"
          label={t("sitePreview.page")}
          value={url}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          placeholder="https://"
          required
        />
        <Button
          mt="xs"
          size="xs"
          type="submit"
          variant="light"
          leftSection={<IconQrcode size={15} />}
          loading={preview.isPending}
        >
          {t("sitePreview.make")}
        </Button>
      </form>
      {preview.isError && (
        <Alert color="red" variant="light" mt="sm" role="alert">
          {errorText(preview.error)}
        </Alert>
      )}
      {preview.data && (
        <div className="k-site-preview" role="status">
          <QrCode text={preview.data.url} label={t("sitePreview.qr")} />
          <div>
            <Text size="xs" className="k-anywhere">
              {preview.data.url}
            </Text>
            <Group gap={4} mt={4}>
              <Button
                component="a"
                href={preview.data.url}
                target="_blank"
                rel="noopener"
                size="compact-xs"
                variant="default"
                leftSection={<IconExternalLink size={13} />}
              >
                {t("sitePreview.open")}
              </Button>
              <Copy value={preview.data.url} label={t("copy.address")} />
            </Group>
            <Text size="xs" c="dimmed" mt={4}>
              {t("sitePreview.until")} <When at={preview.data.expires_at} />
            </Text>
          </div>
        </div>
      )}
    </section>
  );
}
