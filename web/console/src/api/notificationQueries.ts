import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "./client";
import type { Incident, IncidentDetail } from "./incidents";
import type { CheckedRule, Delivery, Destination, PreviewedRule, Rule, RuleDefinition } from "./notifications";
import { at, id, pages } from "./pages";

/** Every read about notifications and incidents, with its cache key. */
export const notificationQueries = (api: ApiClient) => ({
  rules: (site: string) =>
    queryOptions({
      queryKey: [site, "rules"],
      queryFn: ({ signal }) => api.get<{ items: Rule[] }>(at(site, "/rules"), signal),
    }),
  rule: (site: string, rule: string) =>
    queryOptions({
      queryKey: [site, "rules", rule],
      queryFn: ({ signal }) => api.get<Rule>(at(site, `/rules/${id(rule)}`), signal),
    }),
  checkedRule: (site: string, rule: RuleDefinition) =>
    queryOptions({
      queryKey: [site, "rules", "~check", rule],
      queryFn: ({ signal }) => api.post<CheckedRule>(at(site, "/rules/~check"), rule, signal),
      staleTime: 60_000,
    }),
  previewedRule: (site: string, rule: RuleDefinition) =>
    queryOptions({
      queryKey: [site, "rules", "~preview", rule],
      queryFn: ({ signal }) => api.post<PreviewedRule>(at(site, "/rules/~preview"), { rule }, signal),
      staleTime: 60_000,
    }),
  destinations: (site: string) =>
    queryOptions({
      queryKey: [site, "destinations"],
      queryFn: ({ signal }) => api.get<{ items: Destination[] }>(at(site, "/destinations"), signal),
    }),
  destination: (site: string, destination: string) =>
    queryOptions({
      queryKey: [site, "destinations", destination],
      queryFn: ({ signal }) => api.get<Destination>(at(site, `/destinations/${id(destination)}`), signal),
    }),
  deliveries: (site: string) => pages<Delivery>(api, [site, "deliveries"], at(site, "/deliveries")),
  incidents: (site: string) => pages<Incident>(api, [site, "incidents"], at(site, "/incidents")),
  incident: (site: string, incident: string) =>
    queryOptions({
      queryKey: [site, "incidents", incident],
      queryFn: ({ signal }) => api.get<IncidentDetail>(at(site, `/incidents/${id(incident)}`), signal),
    }),
});
