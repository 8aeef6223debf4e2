import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Campaign } from "./campaigns";
import { useAction, useKeep } from "./changes";
import type { ApiClient } from "./client";
import type { IncidentDetail } from "./incidents";
import type {
  Delivery,
  Destination,
  DestinationDefinition,
  Rule,
  RuleDefinition,
  SecretName,
  Tested,
} from "./notifications";
import { at, id } from "./pages";
import type { JsonObject, Page } from "./types";

export const useChangeRule = (api: ApiClient, site: string, rule: string) => useAction<Rule>(api, site, "rules", rule);

export interface RuleChange {
  definition: RuleDefinition;
  /** The version that was edited; 0 for a new one, which must not replace another. */
  version: number;
}

/** Write a rule, unless somebody else has since the operator began. */
export function useSaveRule(api: ApiClient, site: string) {
  return useMutation({
    mutationFn: ({ definition, version }: RuleChange) =>
      api.put<Rule>(at(site, `/rules/${id(definition.id)}?version=${version}`), definition),
    onSuccess: useKeep<Rule>(site, "rules"),
  });
}

/** Delete a rule or a destination; what the server answers is what is left. */
function useDelete<Item>(api: ApiClient, site: string, kind: "rules" | "destinations") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (item: string) => api.delete<{ items: Item[] }>(at(site, `/${kind}/${id(item)}`)),
    onSuccess: (left, item) => {
      client.removeQueries({ queryKey: [site, kind, item] });
      if (left) {
        client.setQueryData([site, kind], left);
      }
      void client.invalidateQueries({ queryKey: [site, "changes"] });
    },
  });
}

export const useDeleteRule = (api: ApiClient, site: string) => useDelete<Rule>(api, site, "rules");
export const useDeleteDestination = (api: ApiClient, site: string) => useDelete<Destination>(api, site, "destinations");

/** Of a secret only what changes; null removes it. */
export type SecretChange = Partial<Record<SecretName, string | null>>;

export interface DestinationChange {
  definition: DestinationDefinition;
  secret?: SecretChange | undefined;
  version: number;
}

/** Write a destination, unless somebody else has since the operator began. One that is enabled is sent to again. */
export function useSaveDestination(api: ApiClient, site: string) {
  return useMutation({
    mutationFn: ({ definition, secret, version }: DestinationChange) =>
      api.put<Destination>(at(site, `/destinations/${id(definition.id)}?version=${version}`), {
        ...definition,
        ...(secret && Object.keys(secret).length > 0 ? { secret } : {}),
      }),
    onSuccess: useKeep<Destination>(site, "destinations"),
  });
}

/** Send a sample to a destination; how that went is an answer, not an error. */
export function useTestDestination(api: ApiClient, site: string) {
  return useMutation({
    mutationFn: (destination: string) => api.post<Tested>(at(site, `/destinations/${id(destination)}/test`)),
  });
}

/** Send again what was given up or dropped. */
export function useRedrive(api: ApiClient, site: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) => api.post<Delivery>(at(site, `/deliveries/${id(key)}/redrive`)),
    onSuccess: (answer) =>
      client.setQueryData<InfiniteData<Page<Delivery>>>(
        [site, "deliveries"],
        (log) =>
          log && {
            ...log,
            pages: log.pages.map((page) => ({
              ...page,
              items: page.items.map((item) => (item.key === answer.key ? answer : item)),
            })),
          },
      ),
  });
}

function useKeepIncident(site: string) {
  const client = useQueryClient();
  return (answer: IncidentDetail) => {
    client.setQueryData([site, "incidents", answer.id], answer);
    return client.invalidateQueries({ queryKey: [site, "incidents"], exact: true });
  };
}

/** Say nothing of it until then. */
export function useSnooze(api: ApiClient, site: string, incident: string) {
  return useMutation({
    mutationFn: (until: string) => api.post<IncidentDetail>(at(site, `/incidents/${id(incident)}/snooze`), { until }),
    onSuccess: useKeepIncident(site),
  });
}

/** Say nothing of it until what is missing has come back. */
export function useCloseIncident(api: ApiClient, site: string, incident: string) {
  return useMutation({
    mutationFn: () => api.post<IncidentDetail>(at(site, `/incidents/${id(incident)}/close`)),
    onSuccess: useKeepIncident(site),
  });
}

/** Watch a campaign or rule no more: what is missing of it is not told. */
export function useMute(api: ApiClient, site: string, kind: "campaign" | "rule", subject: string) {
  const keepCampaign = useKeep<Campaign>(site, "campaigns");
  const keepRule = useKeep<Rule>(site, "rules");
  const path = at(site, `/${kind}s/${id(subject)}`);
  return useMutation({
    mutationFn: async () => {
      const { definition, version } = await api.get<{ definition: JsonObject; version: number }>(path);
      const body = { ...definition, absence: false };
      if (kind === "campaign") {
        await keepCampaign(await api.put<Campaign>(`${path}?version=${version}`, body));
      } else {
        await keepRule(await api.put<Rule>(`${path}?version=${version}`, body));
      }
    },
  });
}
