import { regional } from "./locale";

/** Times and durations in words, in the browser's zone. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", 1000],
];

const NOW: (typeof UNITS)[number] = ["second", 1000];

/** Japanese puts no space between a number and its unit. */
function joined(text: string, language: string): string {
  return language === "ja" ? text.replace(/(?<=\d) (?=\D)/g, "") : text;
}

/** "3 minutes ago"; a time up to a minute ahead is a clock that differs, so it reads as now. */
export function relativeTime(at: number, now: number, language: string): string {
  const difference = at - now;
  const format = new Intl.RelativeTimeFormat(regional(language), { numeric: "auto" });
  const [unit, size] = UNITS.find(([, each]) => Math.abs(difference) >= each) ?? NOW;
  const ahead = difference > 0 && difference < MINUTE;
  return joined(ahead ? format.format(0, "second") : format.format(Math.trunc(difference / size), unit), language);
}

export function absoluteTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(regional(language), { dateStyle: "medium", timeStyle: "medium" }).format(at);
}

/** "Nov 21, 2:03 PM", with the year when it is not this one. */
export function shortTime(at: number, now: number, language: string): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(regional(language), {
    ...(sameYear ? {} : { year: "numeric" }),
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
}

/** "14:03:27", for lists where the day is said above. */
export function clockTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(regional(language), {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

/** "5m 12s", "5分 12秒": the two largest units. */
export function duration(milliseconds: number, language: string): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor((seconds % 86_400) / 3600), "hour"],
    [Math.floor((seconds % 3600) / 60), "minute"],
    [seconds % 60, "second"],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(([value]) => value > 0);
  return shown
    .map(([value, unit]) =>
      new Intl.NumberFormat(regional(language), {
        style: "unit",
        unit,
        unitDisplay: language === "ja" ? "short" : "narrow",
      })
        .format(value)
        .replace(/\s/g, ""),
    )
    .join(" ");
}

/** "1 hour", "1時間": a span in its largest whole unit. */
export function spelled(seconds: number, language: string): string {
  const units: [string, number][] = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ];
  const [unit, size] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? ["second", 1];
  const format = new Intl.NumberFormat(regional(language), { style: "unit", unit, unitDisplay: "long" });
  return joined(format.format(seconds / size), language);
}

/** "1:02:03" or "2:03", the counter of a player. */
export function counter(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
