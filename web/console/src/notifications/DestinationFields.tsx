import { NativeSelect, Switch, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SecretChange } from "../api/notificationChanges";
import type { Destination, SecretName } from "../api/notifications";
import type { DestinationForm } from "./destination";
import { NEEDED } from "./destination";
import { SecretField } from "./SecretField";
import { SigningSecret } from "./SigningSecret";
import { TemplateField } from "./TemplateField";

interface Props {
  form: DestinationForm;
  change: (fields: Partial<DestinationForm>) => void;
  secret: SecretChange;
  setSecret: (secret: SecretChange) => void;
  known: Destination["secret"] | undefined;
  /** What was refused, by its place in the document. */
  errorAt: (path: string) => string | null;
}

/** Where it is sent and what it takes to, by its kind. */
export function AddressFields({ form, change, secret, setSecret, known, errorAt }: Props) {
  const { t } = useTranslation();
  const needed = NEEDED[form.kind];
  return (
    <>
      {form.kind === "slackBot" && (
        <TextInput
          label={t("destination.channel")}
          description={t("destination.channelAbout")}
          value={form.channel}
          onChange={({ currentTarget }) => change({ channel: currentTarget.value })}
          error={errorAt("channel")}
          placeholder="C0123456789"
          spellCheck={false}
          required
        />
      )}
      {form.kind === "line" && (
        <TextInput
          label={t("destination.lineTo")}
          description={t("destination.lineToAbout")}
          value={form.to[0] ?? ""}
          onChange={({ currentTarget }) => change({ to: currentTarget.value ? [currentTarget.value] : [] })}
          error={errorAt("to")}
          spellCheck={false}
          required
        />
      )}
      {form.kind === "email" && (
        <TagsInput
          label={t("destination.emailTo")}
          description={t("destination.emailToAbout")}
          value={form.to}
          onChange={(to) => change({ to })}
          error={errorAt("to")}
          splitChars={[",", " ", ";"]}
          acceptValueOnBlur
          placeholder="cs@example.com"
          required
        />
      )}
      {needed && (
        <Secret
          key={`${form.kind} ${needed}`}
          kind={form.kind}
          name={needed}
          {...{ secret, setSecret, known, errorAt }}
        />
      )}
      {form.kind === "webhook" && <SigningSecret known={known} secret={secret} onChange={setSecret} />}
      {form.kind === "json" && (
        <TemplateField
          value={form.template}
          onChange={(template) => change({ template })}
          error={errorAt("template")}
        />
      )}
      {form.kind === "slackBot" && (
        <Switch
          label={t("destination.threads")}
          description={t("destination.threadsAbout")}
          checked={form.threads}
          onChange={({ currentTarget }) => change({ threads: currentTarget.checked })}
        />
      )}
    </>
  );
}

const PLACEHOLDERS: Partial<Record<DestinationForm["kind"], string>> = {
  slack: "https://hooks.slack.com/services/…",
  slackBot: "xoxb-…",
  webhook: "https://…",
  json: "https://…",
};

function Secret({
  kind,
  name,
  secret,
  setSecret,
  known,
  errorAt,
}: Omit<Props, "form" | "change"> & { kind: DestinationForm["kind"]; name: SecretName }) {
  const { t } = useTranslation();
  return (
    <SecretField
      label={t(`secret.${kind as "slack" | "slackBot" | "webhook" | "json" | "line"}`)}
      description={t(`secret.${kind as "slack" | "slackBot" | "webhook" | "json" | "line"}.about`)}
      state={known?.[name]}
      value={secret[name] ?? null}
      onChange={(value) => {
        const { [name]: _before, ...others } = secret;
        setSecret(value === null ? others : { ...others, [name]: value });
      }}
      error={errorAt(`secret.${name}`)}
      placeholder={PLACEHOLDERS[kind] ?? ""}
    />
  );
}

/** What holds for a destination of any kind. */
export function CommonFields({ form, change }: Pick<Props, "form" | "change">) {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        label={t("destination.locale")}
        value={form.locale}
        onChange={({ currentTarget }) => change({ locale: currentTarget.value === "en" ? "en" : "ja" })}
        data={[
          { value: "ja", label: "日本語" },
          { value: "en", label: "English" },
        ]}
        maw={240}
      />
      <Switch
        label={t("destination.alerts")}
        description={t("destination.alertsAbout")}
        checked={form.alerts}
        onChange={({ currentTarget }) => change({ alerts: currentTarget.checked })}
      />
    </>
  );
}
