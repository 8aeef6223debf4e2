import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { Summaries } from "../../api/campaigns";
import type { Problem, Summary } from "../../api/types";
import { useConsole, useSite } from "../../console";
import { type Definition, toJsonObject } from "../document";

const PAUSE_MS = 500;

export interface Checked {
  sentence: Summary | null;
  summaries: Summaries | null;
  problems: readonly Problem[];
  /** Whether this is said of the definition as it is now. */
  current: boolean;
  error: Error | null;
}

/** Ask the server how the campaign reads and what is wrong with it, when the operator pauses. */
export function useCheckedCampaign(definition: Definition): Checked {
  const { queries } = useConsole();
  const [asked] = useDebouncedValue(definition, PAUSE_MS);
  const checked = useQuery({
    ...queries.checkedCampaign(useSite(), toJsonObject(asked)),
    placeholderData: keepPreviousData,
  });
  const answered = checked.data !== undefined && !checked.isPlaceholderData;
  // Until the next answer, what was found stays at its fields.
  const problems = useRef<readonly Problem[]>([]);
  if (answered) {
    problems.current = checked.data.problems;
  }
  return {
    sentence: checked.data?.sentence ?? null,
    summaries: checked.data?.summaries ?? null,
    problems: problems.current,
    current: answered && asked === definition,
    error: checked.error,
  };
}
