import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { Json, Summary } from "../../api/types";
import { useConsole, useSite } from "../../console";
import { SummaryText } from "../../ui/SummaryText";

const PAUSE_MS = 400;

interface Props {
  condition: Json;
  /** How it reads, once nothing is wrong anywhere in the campaign; else it is asked for alone. */
  summary: Summary | null | undefined;
}

/** A condition in words, whatever the rest of the campaign is like; nothing while it is not complete. */
export function ConditionWords({ condition, summary }: Props) {
  const { queries } = useConsole();
  const [asked] = useDebouncedValue(condition, PAUSE_MS);
  const checked = useQuery({ ...queries.checked(useSite(), asked), enabled: !summary });
  const told = summary ?? checked.data?.summary;
  return told ? <SummaryText summary={told} /> : <>–</>;
}
