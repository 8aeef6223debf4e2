import { queryOptions } from "@tanstack/react-query";
import { campaignQueries } from "./campaignQueries";
import type { ApiClient } from "./client";
import { liveQueries } from "./liveQueries";
import { notificationQueries } from "./notificationQueries";
import { at, id, pages } from "./pages";
import type {
  Audience,
  CheckedCondition,
  Explanation,
  FeedEvent,
  Json,
  Me,
  Person,
  PersonSummary,
  RefusedEvent,
  Replay,
  ReplaySummary,
  RuleExplanation,
  RulesetOf,
  Segment,
  Site,
  StoryEvent,
  Vocabulary,
} from "./types";

export interface AskedRule {
  event: string;
  ruleset: RulesetOf;
  kind: string;
  rule: string;
}

const explanationAt = (site: string, person: string, event: string) =>
  at(site, `/people/${id(person)}/events/${id(event)}/explanation`);

/** Every read of the console's API, with its cache key. */
export const queries = (api: ApiClient) => ({
  ...campaignQueries(api),
  ...liveQueries(api),
  ...notificationQueries(api),
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
    pages<StoryEvent>(api, [site, "people", person, "timeline"], at(site, `/people/${id(person)}/timeline`), {
      limit: 100,
    }),
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
  segment: (site: string, segment: string) =>
    queryOptions({
      queryKey: [site, "segments", segment],
      queryFn: ({ signal }) => api.get<Segment>(at(site, `/segments/${id(segment)}`), signal),
    }),
  vocabulary: (site: string) =>
    queryOptions({
      queryKey: [site, "vocabulary"],
      queryFn: ({ signal }) => api.get<Vocabulary>(at(site, "/vocabulary"), signal),
      staleTime: 300_000,
    }),
  checked: (site: string, condition: Json) =>
    queryOptions({
      queryKey: [site, "conditions", condition],
      queryFn: ({ signal }) => api.post<CheckedCondition>(at(site, "/conditions"), { condition }, signal),
      staleTime: 60_000,
    }),
  /** Starts a query in the data hub, which costs money: asked once, and not again by itself. */
  startedAudience: (site: string, condition: Json, asOf: string | null) =>
    queryOptions({
      queryKey: [site, "audiences", condition, asOf],
      queryFn: () => api.post<Audience>(at(site, "/audiences"), { condition, as_of: asOf }),
      staleTime: 300_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    }),
  audience: (site: string, audience: string) =>
    queryOptions({
      queryKey: [site, "audiences", audience],
      queryFn: ({ signal }) => api.get<Audience>(at(site, `/audiences/${id(audience)}`), signal),
      staleTime: Number.POSITIVE_INFINITY,
      refetchInterval: ({ state }) => (state.data && state.data.status !== "running" ? false : 1_000),
    }),
  explanation: (site: string, person: string, event: string, ruleset: RulesetOf) =>
    queryOptions({
      queryKey: [site, "people", person, "explanation", event, ruleset],
      queryFn: ({ signal }) => api.get<Explanation>(`${explanationAt(site, person, event)}?ruleset=${ruleset}`, signal),
      staleTime: 60_000,
    }),
  ruleExplanation: (site: string, person: string, { event, ruleset, kind, rule }: AskedRule) =>
    queryOptions({
      queryKey: [site, "people", person, "explanation", event, ruleset, kind, rule],
      queryFn: ({ signal }) =>
        api.get<RuleExplanation>(
          `${explanationAt(site, person, event)}/${kind}/${id(rule)}?ruleset=${ruleset}`,
          signal,
        ),
      staleTime: 60_000,
    }),
  replay: (site: string, session: string) =>
    queryOptions({
      queryKey: [site, "replays", session],
      queryFn: ({ signal }) => api.get<Replay>(at(site, `/replays/${id(session)}`), signal),
    }),
});
