import type { TFunction } from "i18next";
import type { FeedEvent } from "../api/types";
import { eventTitle } from "../events/wording";

/** Whether every word of the filter is somewhere in what the row says or holds. */
export function matches(event: FeedEvent, filter: string, t: TFunction): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return true;
  }
  const text = [
    event.event,
    eventTitle(event, t),
    event.person,
    event.name,
    event.url,
    JSON.stringify(event.properties),
  ]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
