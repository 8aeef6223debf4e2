import type { Campaign, CampaignState } from "../../api/campaigns";

export const STATES: readonly CampaignState[] = ["live", "scheduled", "draft", "paused", "ended"];
export const SORTS = ["updated", "name", "shown", "clicked"] as const;
export type Sort = (typeof SORTS)[number];

export interface Filter {
  search: string;
  state: CampaignState | null;
  sort: Sort;
}

/** Read from the address, where a filtered list can be linked to. */
export function filterFrom(params: URLSearchParams): Filter {
  const state = params.get("state");
  const sort = params.get("sort");
  return {
    search: params.get("q") ?? "",
    state: STATES.find((each) => each === state) ?? null,
    sort: SORTS.find((each) => each === sort) ?? "updated",
  };
}

export function paramsOf({ search, state, sort }: Filter): Record<string, string> {
  return { ...(search ? { q: search } : {}), ...(state ? { state } : {}), ...(sort === "updated" ? {} : { sort }) };
}

const clickRate = ({ counters: { shown, clicked } }: Campaign) => (shown > 0 ? clicked / shown : -1);

const ORDERS: Record<Sort, (one: Campaign, other: Campaign) => number> = {
  updated: (one, other) => other.updated_at.localeCompare(one.updated_at),
  name: (one, other) => one.name.localeCompare(other.name),
  shown: (one, other) => other.counters.shown - one.counters.shown,
  clicked: (one, other) => clickRate(other) - clickRate(one),
};

/** The campaigns that a filter leaves, in its order. `told` is what can be searched for besides name and id. */
export function filtered(
  campaigns: readonly Campaign[],
  { search, state, sort }: Filter,
  told: (campaign: Campaign) => string,
): Campaign[] {
  const wanted = search.trim().toLowerCase();
  return campaigns
    .filter((campaign) => state === null || campaign.state === state)
    .filter((campaign) => `${campaign.name}\n${campaign.id}\n${told(campaign)}`.toLowerCase().includes(wanted))
    .sort(ORDERS[sort]);
}

/** What kept it from being shown most often, and its part of those who were eligible. */
export function mostSuppressed({ counters, steps }: Pick<Campaign, "counters" | "steps">) {
  const [most] = Object.entries(steps).sort(([, one], [, other]) => other - one);
  return most && most[1] > 0 && counters.eligible > 0 ? { step: most[0], of: most[1] / counters.eligible } : null;
}
