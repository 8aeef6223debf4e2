import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { Json, Summary } from "../api/types";
import { useConsole, useSite } from "../console";
import { conditionOf, type Group } from "./form";
import { type Mistake, mistakesOf } from "./problems";

const PAUSE_MS = 400;

export interface Checked {
  summary: Summary | null;
  mistakes: readonly Mistake[];
  /** The condition as it is now, once the server has found nothing wrong with it. */
  valid: Json | null;
  pending: boolean;
  error: Error | null;
}

/** Ask the server how the condition reads and what is wrong with it, when the operator pauses. */
export function useChecked(form: Group): Checked {
  const { queries } = useConsole();
  const site = useSite();
  const [asked] = useDebouncedValue(form, PAUSE_MS);
  const condition = conditionOf(asked);
  const checked = useQuery({ ...queries.checked(site, condition), placeholderData: keepPreviousData });
  const current = checked.data !== undefined && !checked.isPlaceholderData;
  // Until the next answer, what was found stays at its rows.
  const mistakes = useRef<readonly Mistake[]>([]);
  if (current) {
    mistakes.current = mistakesOf(asked, checked.data.problems);
  }
  return {
    summary: checked.data?.summary ?? null,
    mistakes: mistakes.current,
    valid: current && asked === form && checked.data.problems.length === 0 ? condition : null,
    pending: asked !== form || checked.isFetching,
    error: checked.error,
  };
}
