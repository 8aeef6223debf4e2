import type { renderAction } from "@kizuki/sdk/preview";
import { queryOptions } from "@tanstack/react-query";
import type {
  Campaign,
  Change,
  CheckedCampaign,
  GroupOfPeople,
  Outcome,
  Rendered,
  RenderRequest,
  Results,
  ScreenProblem,
  SiteSettings,
  Template,
  Version,
} from "./campaigns";
import type { ApiClient } from "./client";
import { at, id, pages } from "./pages";
import type { Json } from "./types";

type Action = Parameters<typeof renderAction>[1];

const HOUR_MS = 3_600_000;

/** Every read about campaigns, with its cache key. */
export const campaignQueries = (api: ApiClient) => ({
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
  versions: (site: string, campaign: string) =>
    queryOptions({
      queryKey: [site, "campaigns", campaign, "versions"],
      queryFn: ({ signal }) => api.get<{ items: Version[] }>(at(site, `/campaigns/${id(campaign)}/versions`), signal),
    }),
  results: (site: string, campaign: string, days: number) =>
    queryOptions({
      queryKey: [site, "campaigns", campaign, "results", days],
      queryFn: ({ signal }) => api.get<Results>(at(site, `/campaigns/${id(campaign)}/results?days=${days}`), signal),
    }),
  outcomes: (site: string, campaign: string, group: GroupOfPeople) =>
    pages<Outcome>(api, [site, "campaigns", campaign, "people", group], at(site, `/campaigns/${id(campaign)}/people`), {
      group,
    }),
  screenProblems: (site: string, campaign: string) =>
    pages<ScreenProblem>(
      api,
      [site, "campaigns", campaign, "problems"],
      at(site, `/campaigns/${id(campaign)}/problems`),
      { limit: 20 },
    ),
  checkedCampaign: (site: string, definition: Json) =>
    queryOptions({
      queryKey: [site, "campaigns", "~check", definition],
      queryFn: ({ signal }) => api.post<CheckedCampaign>(at(site, "/campaigns/~check"), definition, signal),
      staleTime: 60_000,
    }),
  rendered: (site: string, request: RenderRequest) =>
    queryOptions({
      queryKey: [site, "campaigns", "~render", request],
      queryFn: ({ signal }) => api.post<Rendered<Action>>(at(site, "/campaigns/~render"), request, signal),
      staleTime: 60_000,
    }),
  templates: (site: string) =>
    queryOptions({
      queryKey: [site, "templates"],
      queryFn: ({ signal }) => api.get<{ items: Template[] }>(at(site, "/templates"), signal),
      staleTime: HOUR_MS,
    }),
  settings: (site: string) =>
    queryOptions({
      queryKey: [site, "settings"],
      queryFn: ({ signal }) => api.get<SiteSettings>(at(site, "/settings"), signal),
    }),
  changes: (site: string) => pages<Change>(api, [site, "changes"], at(site, "/changes")),
});
