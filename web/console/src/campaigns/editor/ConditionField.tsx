import { Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { ConditionBuilder } from "../../conditions/ConditionBuilder";
import { conditionOf, formOf, type Group } from "../../conditions/form";
import { type Mistake, mistakesOf } from "../../conditions/problems";
import { useEditor, useProblems } from "./context";

interface Props {
  /** Where it is in the definition. */
  path: string;
  label: string;
  condition: Json;
  onChange: (condition: Json) => void;
}

/** A condition of the campaign, with what is wrong with it at its rows. */
export function ConditionField({ path, label, condition, onChange }: Props) {
  const { checked, setBroken } = useEditor();
  const [form, setForm] = useState(() => formOf(condition));
  const problems = useProblems(path);
  const found = useRef<readonly Mistake[]>([]);
  if (checked.current) {
    found.current = mistakesOf(
      form,
      problems.map((problem) => ({ ...problem, path: `condition${problem.path.slice(path.length)}` })),
    );
  }

  // What was typed as JSON goes with the field.
  useEffect(() => () => setBroken(path, false), [path, setBroken]);

  function change(next: Group | null) {
    setBroken(path, next === null);
    if (next) {
      setForm(next);
      onChange(conditionOf(next));
    }
  }

  return (
    <div data-path={path}>
      <ConditionBuilder form={form} onChange={change} mistakes={found.current} segment={null} label={label} />
    </div>
  );
}

/** A condition that may be left out. */
export function OptionalCondition({
  path,
  label,
  condition,
  onChange,
  begin,
  none,
  add,
}: Omit<Props, "condition" | "onChange"> & {
  condition: Json | null | undefined;
  onChange: (condition: Json | null) => void;
  /** What a condition begins with. */
  begin: Json;
  /** What it means that there is none. */
  none: string;
  add: string;
}) {
  const { t } = useTranslation();
  if (condition === null || condition === undefined) {
    return (
      <div className="k-none" data-path={path}>
        <span>{none}</span>
        <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} onClick={() => onChange(begin)}>
          {add}
        </Button>
      </div>
    );
  }
  return (
    <>
      <ConditionField path={path} label={label} condition={condition} onChange={onChange} />
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        mt={4}
        leftSection={<IconX size={13} />}
        aria-label={t("editor.removeCondition", { label })}
        onClick={() => onChange(null)}
      >
        {t("editor.removeConditionShort")}
      </Button>
    </>
  );
}
