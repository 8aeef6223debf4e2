import { Alert, Anchor, Autocomplete, Text, Textarea } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConsole, useSite } from "../../console";
import { type ContentProps, saidIn, textOf } from "./said";
import { TemplateInput, useFieldError } from "./TemplateInput";

/** JavaScript of the site's own, behind what it can do. */
export function ScriptFields(props: ContentProps) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const settings = useQuery(queries.settings(site)).data;
  const { said, say, at } = saidIn(props);
  return (
    <div className="k-form">
      <Alert color="orange" variant="light" icon={<IconAlertTriangle />} title={t("script.title")}>
        <Text size="sm">{t("script.about")}</Text>
        {settings && !settings.allow_scripts && (
          <Text size="sm" mt={6} fw={600}>
            {t("script.off")}{" "}
            <Anchor component={Link} to={`/sites/${encodeURIComponent(site)}/settings`} size="sm">
              {t("nav.settings")}
            </Anchor>
          </Text>
        )}
      </Alert>
      <Textarea
        label={t("script.code")}
        value={textOf(said, "code")}
        onChange={({ currentTarget }) => say({ code: currentTarget.value })}
        error={useFieldError(at("code"))}
        data-path={at("code")}
        autosize
        minRows={10}
        maxRows={30}
        spellCheck={false}
        classNames={{ input: "k-editor" }}
      />
    </div>
  );
}

export function RedirectFields(props: ContentProps) {
  const { t } = useTranslation();
  const { said, say, at } = saidIn(props);
  return (
    <div className="k-form">
      <TemplateInput
        path={at("url")}
        label={t("content.redirectUrl")}
        description={t("content.redirectAbout")}
        value={textOf(said, "url")}
        onChange={(url) => say({ url })}
        placeholder="/"
        required
      />
    </div>
  );
}

/** What is sent to a destination, off the page. */
export function NotifyFields(props: ContentProps) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const { action, path, onChange } = props;
  const { said, say, at } = saidIn(props);
  // Those that something was sent to lately; others are typed.
  const deliveries = useInfiniteQuery(queries.deliveries(useSite())).data?.pages.flatMap(({ items }) => items) ?? [];
  const known = new Map(deliveries.map(({ destination }) => [destination.id, destination.name]));
  return (
    <div className="k-form">
      <Autocomplete
        label={t("content.destination")}
        description={t("content.destinationAbout")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={action.destination ?? ""}
        onChange={(destination) => onChange({ ...action, destination })}
        data={[...known.keys()]}
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{option.value}</Text>
            <Text size="xs" c="dimmed">
              {known.get(option.value)}
            </Text>
          </div>
        )}
        error={useFieldError(`${path}.destination`)}
        data-path={`${path}.destination`}
        required
        spellCheck={false}
      />
      <TemplateInput
        path={at("text")}
        label={t("content.text")}
        value={textOf(said, "text")}
        onChange={(text) => say({ text })}
        long
        required
      />
    </div>
  );
}
