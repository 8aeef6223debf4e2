import { useQuery } from "@tanstack/react-query";
import type { Theme } from "../api/campaigns";
import { useConsole, useSite } from "../console";

const NONE: Theme = {};

/** The colours of the site's messages. */
export function useSiteTheme(): Theme {
  const { queries } = useConsole();
  return useQuery(queries.settings(useSite())).data?.theme ?? NONE;
}
