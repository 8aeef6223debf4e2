import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Campaign } from "./campaigns";
import { type ApiClient, ApiError } from "./client";
import { at, id } from "./pages";
import type { Json, JsonObject, Segment } from "./types";

export type Action = "publish" | "pause" | "end";
type Kind = "campaigns" | "segments" | "rules" | "destinations";

/** Show what the server answered, in the list and on its own page. */
export function useKeep<Item extends { id: string }>(site: string, kind: Kind) {
  const client = useQueryClient();
  return (answer: Item) => {
    client.setQueryData([site, kind, answer.id], answer);
    client.setQueryData<{ items: Item[] }>(
      [site, kind],
      (list) => list && { items: list.items.map((item) => (item.id === answer.id ? answer : item)) },
    );
    void client.invalidateQueries({ queryKey: [site, kind, answer.id, "versions"] });
    void client.invalidateQueries({ queryKey: [site, "changes"] });
    return client.invalidateQueries({ queryKey: [site, kind], exact: true });
  };
}

/** Publish, pause or end; what the server answers is what the page shows. */
export function useAction<Item extends { id: string }>(api: ApiClient, site: string, kind: Kind, item: string) {
  return useMutation({
    mutationFn: (action: Action) => api.post<Item>(at(site, `/${kind}/${id(item)}/${action}`)),
    onSuccess: useKeep<Item>(site, kind),
  });
}

export const useChangeCampaign = (api: ApiClient, site: string, campaign: string) =>
  useAction<Campaign>(api, site, "campaigns", campaign);

export const useChangeSegment = (api: ApiClient, site: string, segment: string) =>
  useAction<Segment>(api, site, "segments", segment);

export interface CampaignChange {
  definition: JsonObject;
  /** The version that was edited; 0 for a new campaign, which must not replace another. */
  version: number;
}

/** Write a campaign, unless somebody else has since the operator began. */
export function useSaveCampaign(api: ApiClient, site: string) {
  return useMutation({
    mutationFn: ({ definition, version }: CampaignChange) =>
      api.put<Campaign>(at(site, `/campaigns/${id(String(definition.id))}?version=${version}`), definition),
    onSuccess: useKeep<Campaign>(site, "campaigns"),
  });
}

/** Write what a campaign was in an earlier version as its newest. */
export function useReturnTo(api: ApiClient, site: string, campaign: string) {
  return useMutation({
    mutationFn: (version: number) =>
      api.post<Campaign>(at(site, `/campaigns/${id(campaign)}/versions/${version}/return`)),
    onSuccess: useKeep<Campaign>(site, "campaigns"),
  });
}

export interface SegmentChange {
  document: { id: string; name: string; condition: Json };
  /** What was edited: null for a new segment. Undefined overwrites whatever is there. */
  base: Segment | null | undefined;
}

/** Write a segment, unless somebody else has since the operator began. */
export function useSaveSegment(api: ApiClient, site: string) {
  return useMutation({
    mutationFn: async ({ document, base }: SegmentChange) => {
      const path = at(site, `/segments/${id(document.id)}`);
      if (base !== undefined) {
        const present = await found<Segment>(api, path);
        if (base === null && present) {
          throw new ApiError(409, "id_taken", "the id is taken", "id");
        }
        if (base && present && !same(base, present)) {
          throw new ApiError(409, "changed_meanwhile", "somebody else has saved it meanwhile");
        }
      }
      return api.put<Segment>(path, document);
    },
    onSuccess: useKeep<Segment>(site, "segments"),
  });
}

/** Whether two versions of a segment say the same: being published changes nothing of that. */
export function same(one: Segment, other: Segment): boolean {
  return one.name === other.name && JSON.stringify(one.condition) === JSON.stringify(other.condition);
}

async function found<Item>(api: ApiClient, path: string): Promise<Item | null> {
  try {
    return await api.get<Item>(path);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return null;
    }
    throw error;
  }
}
