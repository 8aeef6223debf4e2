import { Radio, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../api/types";
import { ConditionBuilder } from "../conditions/ConditionBuilder";
import { conditionOf, formOf, type Group } from "../conditions/form";
import { useChecked } from "../conditions/useChecked";
import { SummaryText } from "../ui/SummaryText";

interface Props {
  condition: Json | null;
  onChange: (condition: Json | null) => void;
  /** Whether something is wrong with it, so that it cannot be saved. */
  onFaulty: (faulty: boolean) => void;
}

/** What a condition begins with: something that is true of few. */
const BEGUN: Json = { type: "event", name: null };

/** Every visit, or only from the event on which a condition holds. */
export function RecordedWhen({ condition, onChange, onFaulty }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t("recorded.which")}
        value={condition === null ? "all" : "when"}
        onChange={(choice) => {
          onFaulty(false);
          onChange(choice === "all" ? null : BEGUN);
        }}
      >
        <Stack gap={8} mt={6}>
          <Radio value="all" label={t("recorded.all")} description={t("recorded.allAbout")} />
          <Radio value="when" label={t("recorded.when")} description={t("recorded.whenAbout")} />
        </Stack>
      </Radio.Group>
      {condition !== null && <When condition={condition} onChange={onChange} onFaulty={onFaulty} />}
    </Stack>
  );
}

function When({ condition, onChange, onFaulty }: Omit<Props, "condition"> & { condition: Json }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => formOf(condition));
  const checked = useChecked(form);
  const faulty = checked.mistakes.length > 0;
  useEffect(() => onFaulty(faulty), [faulty, onFaulty]);

  function change(next: Group | null) {
    onFaulty(next === null);
    if (next) {
      setForm(next);
      onChange(conditionOf(next));
    }
  }

  return (
    <div>
      <ConditionBuilder
        form={form}
        onChange={change}
        mistakes={checked.mistakes}
        segment={null}
        label={t("recorded.condition")}
      />
      {checked.summary && (
        <Text size="sm" mt="xs" c="dimmed" aria-live="polite">
          {t("recorded.reads")} <SummaryText summary={checked.summary} />
        </Text>
      )}
    </div>
  );
}
