import { Button, Tabs, Text, Title } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useConsole, useSite } from "../console";
import { CodeBlock, Copy } from "../ui/JsonBlock";
import { Page } from "../ui/Page";
import { Failed, LoadingRows } from "../ui/states";
import { MessageSettings } from "./MessageSettings";
import { RecordingSettingsTab } from "./RecordingSettingsTab";
import { Snippet } from "./Snippet";

const CALLS = `kizuki.track("Product Added", { name: "T-shirt", price: 4000, quantity: 1 });
kizuki.identify("user-42", { name: "山田 太郎", email: "taro@example.com" });
kizuki.reset();`;

const TABS = ["messages", "recording"] as const;

export function SettingsPage() {
  const { t } = useTranslation();
  const site = useSite();
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((each) => each === params.get("tab")) ?? "site";
  return (
    <Page
      title={t("nav.settings")}
      about={t("install.about")}
      actions={
        <Button
          component={Link}
          to={`/sites/${encodeURIComponent(site)}/changes`}
          size="xs"
          variant="default"
          leftSection={<IconHistory size={15} />}
        >
          {t("changes.title")}
        </Button>
      }
    >
      <Tabs
        value={tab}
        onChange={(value) => setParams(value && value !== "site" ? { tab: value } : {})}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="site">{t("settings.siteTab")}</Tabs.Tab>
          <Tabs.Tab value="messages">{t("settings.messagesTab")}</Tabs.Tab>
          <Tabs.Tab value="recording">{t("settings.recordingTab")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="site">
          <SiteAndTag />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          <MessageSettings />
        </Tabs.Panel>
        <Tabs.Panel value="recording">
          <RecordingSettingsTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function SiteAndTag() {
  const { t } = useTranslation();
  const { queries, config } = useConsole();
  const site = useQuery(queries.site(useSite()));
  return (
    <div className="k-columns">
      <section className="k-panel k-pad" aria-labelledby="install">
        <Title order={2} size="h5" mb={4} id="install">
          {t("install.tag")}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t("install.tagAbout")}
        </Text>
        <Snippet />
        <Title order={2} size="h5" mt="lg" mb={4}>
          {t("install.calls")}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t("install.callsAbout")}
        </Text>
        <CodeBlock code={CALLS} label={t("install.copyCalls")} />
      </section>
      <section className="k-panel k-pad" aria-labelledby="site">
        <Title order={2} size="h5" mb="sm" id="site">
          {t("settings.site")}
        </Title>
        {site.isPending ? (
          <LoadingRows rows={4} height={32} />
        ) : !site.data ? (
          <Failed error={site.error} retry={site.refetch} />
        ) : (
          <dl className="k-terms">
            <Setting name={t("settings.name")} value={site.data.name} />
            <Setting name={t("settings.id")} value={site.data.id} copy={t("copy.id")} />
            <Setting name={t("settings.timezone")} value={site.data.timezone} />
            <Setting name={t("settings.writeKey")} value={site.data.write_key} copy={t("copy.key")} />
            <Setting name={t("settings.ingest")} value={config.ingest_url} copy={t("copy.address")} />
            <div>
              <dt>{t("settings.origins")}</dt>
              <dd>
                {site.data.origins.length === 0
                  ? t("settings.anyOrigin")
                  : site.data.origins.map((origin) => <div key={origin}>{origin}</div>)}
              </dd>
            </div>
          </dl>
        )}
      </section>
    </div>
  );
}

function Setting({ name, value, copy }: { name: string; value: string; copy?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="k-setting">
        <span className="k-anywhere">{value}</span>
        {copy && <Copy value={value} label={copy} />}
      </dd>
    </div>
  );
}
