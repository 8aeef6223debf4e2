import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewedRule } from "../api/notifications";
import type { Problem, Summary } from "../api/types";
import { useConsole, useSite } from "../console";
import type { RuleForm } from "./rule";

const PAUSE_MS = 500;

export interface CheckedForm {
  summary: Summary | null;
  problems: readonly Problem[];
  /** Whether that is said of the rule as it is now. */
  current: boolean;
  pending: boolean;
  preview: PreviewedRule | null;
  error: Error | null;
}

/** Ask the server how the rule reads, what is wrong with it and what it would send, when the operator pauses. */
export function useCheckedRule(form: RuleForm): CheckedForm {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const [asked] = useDebouncedValue(form, PAUSE_MS);
  const some = useQuery(queries.destinations(site)).data?.items[0]?.id;
  // It reads the same before it has a name and somebody to tell.
  const rule = useMemo(() => {
    const destinations = asked.destinations.length > 0 || !some ? asked.destinations : [some];
    return { ...asked, name: asked.name.trim() || t("rule.unnamed"), destinations };
  }, [asked, some, t]);
  const checked = useQuery({ ...queries.checkedRule(site, rule), placeholderData: keepPreviousData });
  const current = checked.data !== undefined && !checked.isPlaceholderData && asked === form;
  const sound = checked.data !== undefined && !checked.isPlaceholderData && checked.data.problems.length === 0;
  const previewed = useQuery({
    ...queries.previewedRule(site, rule),
    enabled: sound,
    placeholderData: keepPreviousData,
  });
  return {
    summary: checked.data?.summary ?? null,
    problems: checked.data?.problems ?? [],
    current,
    pending: asked !== form || checked.isFetching || previewed.isFetching,
    preview: sound ? (previewed.data ?? null) : null,
    error: checked.error ?? previewed.error,
  };
}
