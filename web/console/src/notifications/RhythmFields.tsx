import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Sentence } from "../conditions/Sentence";
import { spelled } from "../format/time";
import { WholeNumber } from "../ui/WholeNumber";
import { deliverOf, minutesOf, quietChoices, type Rhythm, type RuleForm, rhythmOf } from "./rule";

interface Props {
  form: RuleForm;
  change: (fields: Partial<RuleForm>) => void;
}

const MAX_DIGEST_MINUTES = 720;

/** How often is told: in sentences with fields in them. */
export function RhythmFields({ form, change }: Props) {
  const { t } = useTranslation();
  const rhythm = rhythmOf(form.deliver);
  return (
    <div className="k-form">
      <Sentence
        template={t("rule.quietSentence")}
        fields={{
          quiet: (
            <Quiet
              label={t("rule.quiet")}
              value={form.quiet_seconds}
              onChange={(quiet_seconds) => change({ quiet_seconds })}
            />
          ),
          group: (
            <NativeSelect
              size="xs"
              aria-label={t("rule.group")}
              value={form.group_by ?? "person"}
              onChange={({ currentTarget }) =>
                change({ group_by: currentTarget.value === "company" ? "company" : null })
              }
              data={[
                { value: "person", label: t("rule.group.person") },
                { value: "company", label: t("rule.group.company") },
              ]}
            />
          ),
        }}
      />
      <Sentence
        template={t("rule.ruleQuietSentence")}
        fields={{
          quiet: (
            <Quiet
              label={t("rule.ruleQuiet")}
              value={form.rule_quiet_seconds}
              onChange={(rule_quiet_seconds) => change({ rule_quiet_seconds })}
            />
          ),
        }}
      />
      <Sentence
        template={t(`rule.deliver.${rhythm}`)}
        fields={{
          rhythm: (
            <NativeSelect
              size="xs"
              aria-label={t("rule.deliver")}
              value={rhythm}
              onChange={({ currentTarget }) => change({ deliver: deliverOf(currentTarget.value as Rhythm) })}
              data={(["each", "minutes", "hourly", "daily"] as const).map((each) => ({
                value: each,
                label: t(`rule.rhythm.${each}`),
              }))}
            />
          ),
          minutes: (
            <WholeNumber
              size="xs"
              aria-label={t("rule.minutes")}
              value={minutesOf(form.deliver)}
              onChange={(minutes) => change({ deliver: deliverOf("minutes", { minutes }) })}
              min={1}
              max={MAX_DIGEST_MINUTES}
              w={90}
            />
          ),
          at: (
            <TextInput
              size="xs"
              type="time"
              aria-label={t("rule.at")}
              value={form.deliver.at ?? "10:00"}
              onChange={({ currentTarget }) =>
                currentTarget.value && change({ deliver: deliverOf("daily", { at: currentTarget.value }) })
              }
              w={110}
            />
          ),
        }}
      />
    </div>
  );
}

function Quiet({ label, value, onChange }: { label: string; value: number; onChange: (seconds: number) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      value={String(value)}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      data={quietChoices(value).map((seconds) => ({
        value: String(seconds),
        label: seconds === 0 ? t("rule.everyTime") : t("rule.onceIn", { time: spelled(seconds, i18n.language) }),
      }))}
    />
  );
}
