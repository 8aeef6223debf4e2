/** Times on the clock of a zone, as date fields write them: "2026-12-01T09:00". */

function clockIn(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** What the clock of the zone says at that time; empty for no time. */
export function toClock(iso: string | null | undefined, zone: string): string {
  const at = Date.parse(iso ?? "");
  return Number.isNaN(at) ? "" : clockIn(at, zone);
}

/** The time at which the clock of the zone says this, in UTC; of an hour that a clock skips, the one after. */
export function fromClock(clock: string, zone: string): string | null {
  const wanted = Date.parse(`${clock}Z`);
  if (Number.isNaN(wanted)) {
    return null;
  }
  const offset = (at: number) => Date.parse(`${clockIn(at, zone)}Z`) - at;
  const first = wanted - offset(wanted);
  const second = wanted - offset(first);
  return new Date(clockIn(second, zone) === clock ? second : Math.max(first, second)).toISOString();
}
