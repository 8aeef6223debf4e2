import { Alert, Anchor, NativeSelect, Text, Textarea } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConsole, useSite } from "../../console";
import { destinationPath } from "../../notifications/paths";
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
  const known = useQuery(queries.destinations(useSite())).data?.items;
  const chosen = action.destination ?? "";
  // One that the site does not have stays chosen until another is: saving says what is wrong.
  const gone = chosen !== "" && known !== undefined && !known.some(({ id }) => id === chosen);
  return (
    <div className="k-form">
      <NativeSelect
        label={t("content.destination")}
        description={t("content.destinationAbout")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={chosen}
        onChange={({ currentTarget }) => onChange({ ...action, destination: currentTarget.value })}
        data={[
          { value: "", label: t("builder.choose") },
          ...(known ?? []).map(({ id, name, enabled }) => ({
            value: id,
            label: enabled ? name : `${name} (${t("health.off")})`,
          })),
          ...(gone ? [{ value: chosen, label: t("rule.destinationGone", { name: chosen }) }] : []),
          ...(known === undefined && chosen !== "" ? [{ value: chosen, label: chosen }] : []),
        ]}
        error={useFieldError(`${path}.destination`)}
        data-path={`${path}.destination`}
        required
      />
      <Anchor component={Link} to={destinationPath(useSite())} size="sm">
        {t("destinations.title")}
      </Anchor>
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
