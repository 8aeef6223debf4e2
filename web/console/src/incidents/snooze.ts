import { fromClock, toClock } from "../format/zone";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const MAX_SNOOZE_MS = 30 * DAY_MS;

/** For how long to say nothing, with the moment at which that ends. */
export function snoozeChoices(now: number, zone: string) {
  return [
    { name: "hour", until: new Date(now + HOUR_MS).toISOString() },
    { name: "fourHours", until: new Date(now + 4 * HOUR_MS).toISOString() },
    { name: "tomorrow", until: tomorrowAt("09:00", now, zone) },
  ] as const;
}

/** Tomorrow by the site's calendar, at that time of its clocks. */
export function tomorrowAt(time: string, now: number, zone: string): string {
  const today = Date.parse(`${toClock(new Date(now).toISOString(), zone).slice(0, 10)}T00:00:00Z`);
  const day = new Date(today + DAY_MS).toISOString().slice(0, 10);
  return fromClock(`${day}T${time}`, zone) ?? new Date(now + DAY_MS).toISOString();
}
