import { DELIVERY_STATUSES, type Delivery, type DeliveryStatus } from "../api/notifications";

/** Which deliveries are shown; empty fields show all. */
export interface DeliveryFilter {
  status: DeliveryStatus | null;
  rule: string | null;
  destination: string | null;
  message: string | null;
}

export function filterOf(query: URLSearchParams): DeliveryFilter {
  const status = DELIVERY_STATUSES.find((each) => each === query.get("status")) ?? null;
  return { status, rule: query.get("rule"), destination: query.get("destination"), message: query.get("message") };
}

export const isFiltered = (filter: DeliveryFilter) => Object.values(filter).some((value) => value !== null);

export function matching(deliveries: readonly Delivery[], filter: DeliveryFilter): Delivery[] {
  return deliveries.filter(
    ({ status, rule, destination, message }) =>
      (filter.status === null || status === filter.status) &&
      (filter.rule === null || rule.id === filter.rule) &&
      (filter.destination === null || destination.id === filter.destination) &&
      (filter.message === null || message === filter.message),
  );
}

/** Something is still under way: the page looks again soon. */
export const underWay = (deliveries: readonly Delivery[]) =>
  deliveries.some(({ status }) => status === "waiting" || status === "retrying");

/** The rules or destinations of a list, by name. */
export function choices(refs: readonly { id: string; name: string }[]): { value: string; label: string }[] {
  const byId = new Map(refs.map(({ id, name }) => [id, name]));
  return [...byId]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

/** Kizuki's own alerts have rules with a dot in their id; samples have none of the site's. */
export const isRule = (rule: string) => !rule.includes(".") && !rule.includes(":") && rule !== "test";
