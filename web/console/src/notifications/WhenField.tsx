import { useEffect, useRef, useState } from "react";
import type { Json, Problem } from "../api/types";
import { ConditionBuilder } from "../conditions/ConditionBuilder";
import { conditionOf, formOf, type Group } from "../conditions/form";
import { type Mistake, mistakesOf } from "../conditions/problems";

interface Props {
  /** Where it is in the document. */
  path: string;
  label: string;
  condition: Json;
  onChange: (condition: Json) => void;
  problems: readonly Problem[];
  /** Whether the problems are of the condition as it is now. */
  current: boolean;
  setBroken: (path: string, broken: boolean) => void;
}

/** A condition of a rule, with what is wrong with it at its rows. */
export function WhenField({ path, label, condition, onChange, problems, current, setBroken }: Props) {
  const [form, setForm] = useState(() => formOf(condition));
  const found = useRef<readonly Mistake[]>([]);
  if (current) {
    found.current = mistakesOf(
      form,
      problems
        .filter((problem) => problem.path === path || problem.path.startsWith(`${path}.`))
        .map((problem) => ({ ...problem, path: `condition${problem.path.slice(path.length)}` })),
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

  return <ConditionBuilder form={form} onChange={change} mistakes={found.current} segment={null} label={label} />;
}
