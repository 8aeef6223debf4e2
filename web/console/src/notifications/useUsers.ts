import { useQuery } from "@tanstack/react-query";
import type { Campaign } from "../api/campaigns";
import { isObject } from "../conditions/document";
import { useConsole, useSite } from "../console";

export interface User {
  kind: "rule" | "campaign";
  id: string;
  name: string;
  live: boolean;
}

/** The rules and campaigns that tell a destination, those that are live first. */
export function useUsers(destination: string): User[] {
  const { queries } = useConsole();
  const site = useSite();
  const rules = useQuery(queries.rules(site)).data?.items ?? [];
  const campaigns = useQuery(queries.campaigns(site)).data?.items ?? [];
  const users: User[] = [
    ...rules
      .filter(({ definition }) => definition.destinations?.includes(destination))
      .map(({ id, name, status }) => ({ kind: "rule" as const, id, name, live: status === "live" })),
    ...campaigns
      .filter((campaign) => tells(campaign, destination))
      .map(({ id, name, status }) => ({ kind: "campaign" as const, id, name, live: status === "live" })),
  ];
  return users.sort((one, other) => Number(other.live) - Number(one.live));
}

function tells({ definition }: Campaign, destination: string): boolean {
  const variants = Array.isArray(definition.variants) ? definition.variants : [];
  return variants.some(
    (variant) => isObject(variant) && isObject(variant.action) && variant.action.destination === destination,
  );
}
