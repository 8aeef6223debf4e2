import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "./client";
import type { Comparison, Filter, FilterCount, FoundReplay, OnlineVisitor, Order, Review, SavedFilter } from "./live";
import { at, id } from "./pages";
import type { Page } from "./types";

const PAGE = 25;
const COUNT_FRESH_MS = 60_000;

/** Every read of Live, with its cache key. */
export const liveQueries = (api: ApiClient) => ({
  online: (site: string) =>
    queryOptions({
      queryKey: [site, "online"],
      queryFn: ({ signal }) => api.get<{ items: OnlineVisitor[] }>(at(site, "/online"), signal),
    }),
  foundReplays: (site: string, filter: Filter, order: Order) =>
    infiniteQueryOptions({
      queryKey: [site, "replays", "~search", order, filter],
      queryFn: ({ pageParam, signal }) => {
        const query = new URLSearchParams({ order, limit: String(PAGE), ...(pageParam ? { cursor: pageParam } : {}) });
        return api.post<Page<FoundReplay>>(at(site, `/replays/~search?${query}`), filter, signal);
      },
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  savedFilters: (site: string) =>
    queryOptions({
      queryKey: [site, "replay-filters"],
      queryFn: ({ signal }) => api.get<{ items: SavedFilter[] }>(at(site, "/replay-filters"), signal),
    }),
  filterCount: (site: string, filter: string) =>
    queryOptions({
      queryKey: [site, "replay-filters", filter, "count"],
      queryFn: ({ signal }) => api.get<FilterCount>(at(site, `/replay-filters/${id(filter)}/count`), signal),
      staleTime: COUNT_FRESH_MS,
      refetchOnWindowFocus: false,
    }),
  review: (site: string, session: string) =>
    queryOptions({
      queryKey: [site, "replays", session, "review"],
      queryFn: ({ signal }) => api.get<Review>(at(site, `/replays/${id(session)}/review`), signal),
    }),
  comparison: (site: string, campaign: string) =>
    queryOptions({
      queryKey: [site, "campaigns", campaign, "compare"],
      queryFn: ({ signal }) => api.get<Comparison>(at(site, `/campaigns/${id(campaign)}/compare`), signal),
      staleTime: COUNT_FRESH_MS,
      refetchOnWindowFocus: false,
    }),
});
