import { useInfiniteQuery } from "@tanstack/react-query";
import { useConsole } from "../console";

const EVERY_MS = 60_000;

/** How many incidents nobody has seen to yet; 0 while that is not known. */
export function useOpenIncidents(site: string): number {
  const { queries } = useConsole();
  const incidents = useInfiniteQuery({
    ...queries.incidents(site),
    enabled: site !== "",
    refetchInterval: EVERY_MS,
  });
  return incidents.data?.pages[0]?.items.filter(({ status }) => status === "open").length ?? 0;
}
