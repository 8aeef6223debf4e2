import { Anchor, SegmentedControl, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useConsole, useSite } from "../console";
import { SummaryText } from "../ui/SummaryText";
import { useErrorText } from "../ui/states";
import { deliveriesPath } from "./paths";
import type { RuleForm } from "./rule";
import { SlackPreview } from "./SlackPreview";
import { TestSend } from "./TestSend";
import type { CheckedForm } from "./useCheckedRule";

interface Props {
  form: RuleForm;
  checked: CheckedForm;
  isNew: boolean;
}

/** How the rule reads, what it would send, and a way to try it. */
export function RuleBeside({ form, checked, isNew }: Props) {
  const { t } = useTranslation();
  const site = useSite();
  const { queries } = useConsole();
  const errorText = useErrorText();
  const reading = useId();
  const testing = useId();
  const known = useQuery(queries.destinations(site)).data?.items ?? [];
  const chosen = known.filter(({ id }) => form.destinations.includes(id));
  return (
    <>
      <section className="k-panel k-pad" aria-labelledby={reading}>
        <Title order={2} size="h6" mb={6} id={reading}>
          {t("rule.reading")}
        </Title>
        <Text size="sm" component="p" m={0} className="k-anywhere" aria-live="polite">
          {checked.error ? (
            errorText(checked.error)
          ) : checked.summary ? (
            <SummaryText summary={checked.summary} />
          ) : (
            <span className="k-dim">{t("segment.unfinished")}</span>
          )}
        </Text>
      </section>
      <Preview checked={checked} />
      <section className="k-panel k-pad" aria-labelledby={testing}>
        <Title order={2} size="h6" mb={4} id={testing}>
          {t("test.title")}
        </Title>
        <Text size="sm" c="dimmed" component="p" m={0} mb="sm">
          {t(chosen.length > 0 ? "test.aboutRule" : "test.chooseFirst")}
        </Text>
        <TestSend destinations={chosen} />
      </section>
      {!isNew && (
        <Anchor component={Link} to={deliveriesPath(site, { rule: form.id })} size="sm">
          {t("rule.log")}
        </Anchor>
      )}
    </>
  );
}

function Preview({ checked: { preview, pending } }: { checked: CheckedForm }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [locale, setLocale] = useState<"ja" | "en">(i18n.language === "en" ? "en" : "ja");
  const message = preview?.messages?.[locale];
  return (
    <section className="k-panel k-pad" aria-labelledby={id} aria-busy={pending}>
      <div className="k-builder-head">
        <Title order={2} size="h6" id={id}>
          {t("rule.preview")}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t("destination.locale")}
          value={locale}
          onChange={(value) => setLocale(value === "en" ? "en" : "ja")}
          data={[
            { value: "ja", label: "日本語" },
            { value: "en", label: "English" },
          ]}
        />
      </div>
      {message ? (
        <>
          <SlackPreview blocks={message.slack.blocks} label={t("rule.previewOf")} />
          <Text size="xs" c="dimmed" component="p" m={0} mt={8}>
            {t(preview?.real ? "rule.previewReal" : "rule.previewMadeUp")}
          </Text>
          <details className="k-plain-preview">
            <summary>{t("rule.previewPlain")}</summary>
            <pre>{message.plain}</pre>
          </details>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t("segment.unfinished")}
        </Text>
      )}
    </section>
  );
}
