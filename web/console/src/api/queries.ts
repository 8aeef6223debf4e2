import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { type ApiClient, ApiError } from "./client";
import type {
  Campaign,
  Delivery,
  FeedEvent,
  JsonObject,
  Me,
  Page,
  Person,
  PersonSummary,
  RefusedEvent,
  Replay,
  ReplaySummary,
  Segment,
  Site,
  StoryEvent,
} from "./types";

const PAGE = 50;

const at = (site: string, rest = "") => `/sites/${encodeURIComponent(site)}${rest}`;
const id = encodeURIComponent;

function pages<Item>(api: ApiClient, key: readonly unknown[], path: string, limit = PAGE) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(pageParam ? { cursor: pageParam } : {}) });
      return api.get<Page<Item>>(`${path}?${query}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

/** Every read of the console's API, with its cache key. */
export const queries = (api: ApiClient) => ({
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => api.get<Me>("/me", signal), staleTime: 300_000 }),
  site: (site: string) =>
    queryOptions({ queryKey: [site, "site"], queryFn: ({ signal }) => api.get<Site>(at(site), signal) }),
  feed: (site: string) =>
    queryOptions({
      queryKey: [site, "feed"],
      queryFn: ({ signal }) => api.get<{ items: FeedEvent[] }>(at(site, "/feed"), signal),
    }),
  refused: (site: string) => pages<RefusedEvent>(api, [site, "refused"], at(site, "/refused")),
  people: (site: string) => pages<PersonSummary>(api, [site, "people"], at(site, "/people")),
  person: (site: string, person: string) =>
    queryOptions({
      queryKey: [site, "people", person],
      queryFn: ({ signal }) => api.get<Person>(at(site, `/people/${id(person)}`), signal),
    }),
  timeline: (site: string, person: string) =>
    pages<StoryEvent>(api, [site, "people", person, "timeline"], at(site, `/people/${id(person)}/timeline`), 100),
  personReplays: (site: string, person: string) =>
    queryOptions({
      queryKey: [site, "people", person, "replays"],
      queryFn: ({ signal }) => api.get<{ items: ReplaySummary[] }>(at(site, `/people/${id(person)}/replays`), signal),
    }),
  segments: (site: string) =>
    queryOptions({
      queryKey: [site, "segments"],
      queryFn: ({ signal }) => api.get<{ items: Segment[] }>(at(site, "/segments"), signal),
      staleTime: 60_000,
    }),
  campaigns: (site: string) =>
    queryOptions({
      queryKey: [site, "campaigns"],
      queryFn: ({ signal }) => api.get<{ items: Campaign[] }>(at(site, "/campaigns"), signal),
    }),
  campaign: (site: string, campaign: string) =>
    queryOptions({
      queryKey: [site, "campaigns", campaign],
      queryFn: ({ signal }) => api.get<Campaign>(at(site, `/campaigns/${id(campaign)}`), signal),
    }),
  deliveries: (site: string) => pages<Delivery>(api, [site, "deliveries"], at(site, "/deliveries")),
  replays: (site: string) => pages<ReplaySummary>(api, [site, "replays"], at(site, "/replays")),
  replay: (site: string, session: string) =>
    queryOptions({
      queryKey: [site, "replays", session],
      queryFn: ({ signal }) => api.get<Replay>(at(site, `/replays/${id(session)}`), signal),
    }),
});

export type CampaignAction = "publish" | "pause";

function useKeep(site: string) {
  const client = useQueryClient();
  return (answer: Campaign) => {
    client.setQueryData([site, "campaigns", answer.id], answer);
    return client.invalidateQueries({ queryKey: [site, "campaigns"], exact: true });
  };
}

/** Publish or pause a campaign; what the server answers is what the page shows. */
export function useChangeCampaign(api: ApiClient, site: string, campaign: string) {
  const client = useQueryClient();
  const keep = useKeep(site);
  return useMutation({
    mutationFn: (action: CampaignAction) => api.post<Campaign>(at(site, `/campaigns/${id(campaign)}/${action}`)),
    onSuccess: (answer) => {
      client.setQueryData<{ items: Campaign[] }>(
        [site, "campaigns"],
        (list) => list && { items: list.items.map((item) => (item.id === answer.id ? answer : item)) },
      );
      return keep(answer);
    },
  });
}

/** Write a campaign; null for a new one, which takes its id from the definition and must not replace another. */
export function useSaveCampaign(api: ApiClient, site: string, campaign: string | null) {
  return useMutation({
    mutationFn: async (definition: JsonObject) => {
      const path = at(site, `/campaigns/${id(campaign ?? String(definition.id))}`);
      if (campaign === null && (await exists(api, path))) {
        throw new ApiError(409, "id_taken", "the id is taken", "id");
      }
      return api.put<Campaign>(path, definition);
    },
    onSuccess: useKeep(site),
  });
}

async function exists(api: ApiClient, path: string): Promise<boolean> {
  try {
    await api.get(path);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return false;
    }
    throw error;
  }
}
