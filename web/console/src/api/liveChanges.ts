import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiClient } from "./client";
import type { Filter, Review, SavedFilter } from "./live";
import { at, id } from "./pages";

/** What the server answers to a review's change is what everybody sees of it. */
function useKeepReview(site: string, session: string) {
  const client = useQueryClient();
  return (review: Review | null) => {
    const key = [site, "replays", session, "review"];
    if (review) {
      client.setQueryData(key, review);
    } else {
      void client.invalidateQueries({ queryKey: key });
    }
    void client.invalidateQueries({ queryKey: [site, "replays", "~search"], refetchType: "none" });
  };
}

export function useMarkSeen(api: ApiClient, site: string, session: string) {
  return useMutation({
    mutationFn: () => api.post<Review>(at(site, `/replays/${id(session)}/seen`)),
    onSuccess: useKeepReview(site, session),
  });
}

export function useAddComment(api: ApiClient, site: string, session: string) {
  return useMutation({
    mutationFn: (comment: { offset: number; text: string }) =>
      api.post<Review>(at(site, `/replays/${id(session)}/comments`), comment),
    onSuccess: useKeepReview(site, session),
  });
}

export function useDeleteComment(api: ApiClient, site: string, session: string) {
  return useMutation({
    mutationFn: (comment: string) => api.delete<Review>(at(site, `/replays/${id(session)}/comments/${id(comment)}`)),
    onSuccess: useKeepReview(site, session),
  });
}

/** Ask the visitor's tag to send each second, for half a minute. */
export function watchSession(api: ApiClient, site: string, session: string): Promise<unknown> {
  return api.post(at(site, `/replays/${id(session)}/watch`));
}

function useKeepFilters(site: string) {
  const client = useQueryClient();
  return (answer: { items: SavedFilter[] } | null, changed: string) => {
    void client.invalidateQueries({ queryKey: [site, "replay-filters", changed] });
    if (answer) {
      client.setQueryData([site, "replay-filters"], answer);
      return;
    }
    void client.invalidateQueries({ queryKey: [site, "replay-filters"], exact: true });
  };
}

export interface NamedFilter {
  id: string;
  name: string;
  filter: Filter;
}

export function useSaveFilter(api: ApiClient, site: string) {
  const keep = useKeepFilters(site);
  return useMutation({
    mutationFn: ({ id: filter, ...written }: NamedFilter) =>
      api.put<{ items: SavedFilter[] }>(at(site, `/replay-filters/${id(filter)}`), written),
    onSuccess: (answer, { id: changed }) => keep(answer, changed),
  });
}

export function useDeleteFilter(api: ApiClient, site: string) {
  const keep = useKeepFilters(site);
  return useMutation({
    mutationFn: (filter: string) => api.delete<{ items: SavedFilter[] }>(at(site, `/replay-filters/${id(filter)}`)),
    onSuccess: (answer, changed) => keep(answer, changed),
  });
}
