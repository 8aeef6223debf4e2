import { infiniteQueryOptions } from "@tanstack/react-query";
import type { ApiClient } from "./client";
import type { Page } from "./types";

const PAGE = 50;

export const at = (site: string, rest = "") => `/sites/${encodeURIComponent(site)}${rest}`;
export const id = encodeURIComponent;

/** A list that is read page by page. */
export function pages<Item>(
  api: ApiClient,
  key: readonly unknown[],
  path: string,
  { limit = PAGE, ...rest }: { limit?: number } & Record<string, string | number> = {},
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(pageParam ? { cursor: pageParam } : {}) });
      for (const [name, value] of Object.entries(rest)) {
        query.set(name, String(value));
      }
      return api.get<Page<Item>>(`${path}?${query}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
