import { GROUPS } from "../api/campaigns";
import { type CampaignFilter, DEVICES, type EventFilter, type Filter, PROBLEM_KINDS, REACHED } from "../api/live";
import type { Json, JsonObject } from "../api/types";

/** A filter as it stands in an address, and the parts that it is made of. */

export const PARTS = [
  "event",
  "pages",
  "campaign",
  "problems",
  "segments",
  "visits",
  "length",
  "device",
  "country",
  "period",
  "unseen",
  "person",
] as const;
export type PartKind = (typeof PARTS)[number];

/** What is shown as one chip; `index` is that of the event. */
export interface Part {
  kind: PartKind;
  index?: number;
}

const FIELDS: Record<Exclude<PartKind, "event">, (keyof Filter)[]> = {
  pages: ["pages"],
  campaign: ["campaign"],
  problems: ["problems"],
  segments: ["segments"],
  visits: ["min_visit", "max_visit"],
  length: ["min_seconds", "max_seconds"],
  device: ["device"],
  country: ["country"],
  period: ["since", "until", "last_hours"],
  unseen: ["unseen"],
  person: ["person"],
};
const MAX_LIST = 10;
const MAX_HOURS = 24 * 366;

/** The parts that the filter has, in one order. */
export function partsOf(filter: Filter): Part[] {
  return PARTS.flatMap((kind): Part[] => {
    if (kind === "event") {
      return (filter.events ?? []).map((_, index) => ({ kind, index }));
    }
    return FIELDS[kind].some((field) => filter[field] !== undefined) ? [{ kind }] : [];
  });
}

/** The filter without one of its parts. */
export function without(filter: Filter, { kind, index }: Part): Filter {
  if (kind === "event") {
    return normal({ ...filter, events: filter.events?.filter((_, each) => each !== index) ?? [] });
  }
  const left = { ...filter };
  for (const field of FIELDS[kind]) {
    delete left[field];
  }
  return left;
}

type Reader<Value> = (value: unknown) => Value | undefined;

/** How each field is read; undefined for what it cannot be, or what asks nothing. */
const READERS: { [Field in keyof Required<Filter>]: Reader<Required<Filter>[Field]> } = {
  since: time,
  until: time,
  last_hours: (value) => whole(1, MAX_HOURS)(value),
  events: (value) => some(list(value).flatMap(eventOf)),
  pages: (value) => some(list(value).filter((each): each is string => isText(each) && each.startsWith("/"))),
  segments: (value) => some(list(value).filter(isText)),
  campaign: campaignOf,
  problems: (value) => some(PROBLEM_KINDS.filter((each) => list(value).includes(each))),
  device: (value) => DEVICES.find((each) => each === value),
  country: (value) => (isText(value) && /^[A-Z]{2}$/.test(value) ? value : undefined),
  min_visit: (value) => whole(1)(value),
  max_visit: (value) => whole(1)(value),
  min_seconds: (value) => whole(0)(value),
  max_seconds: (value) => whole(0)(value),
  person: (value) => (isText(value) ? value : undefined),
  unseen: (value) => (value === true ? true : undefined),
};

/** Read a filter from wherever it comes: what is no part of one, or asks nothing, is left out. */
export function normal(value: unknown): Filter {
  if (!isObject(value)) {
    return {};
  }
  const read = Object.entries(READERS).map(([field, reader]) => [field, reader(value[field])] as const);
  return Object.fromEntries(read.filter(([, each]) => each !== undefined));
}

export function readFilter(text: string | null): Filter {
  try {
    return normal(JSON.parse(text ?? "{}"));
  } catch {
    return {};
  }
}

/** As an address carries it; null for a filter that asks nothing. */
export function writeFilter(filter: Filter): string | null {
  const text = JSON.stringify(normal(filter));
  return text === "{}" ? null : text;
}

export const sameFilter = (one: Filter, other: Filter) => writeFilter(one) === writeFilter(other);

function eventOf(value: unknown): EventFilter[] {
  if (!isObject(value) || typeof value.event !== "string" || value.event === "") {
    return [];
  }
  const where = list(value.where).flatMap((each) =>
    isObject(each) && typeof each.path === "string" && each.path && typeof each.op === "string"
      ? [
          {
            type: "property" as const,
            path: each.path,
            op: each.op,
            ...(each.value === undefined ? {} : { value: each.value as Json }),
          },
        ]
      : [],
  );
  return [
    { event: value.event, ...(where.length > 0 ? { where } : {}), ...(value.absent === true ? { absent: true } : {}) },
  ];
}

function campaignOf(value: unknown): CampaignFilter | undefined {
  if (!(isObject(value) && isText(value.id))) {
    return undefined;
  }
  const group = GROUPS.find((each) => each === value.group);
  const reached = REACHED.find((each) => each === value.reached);
  return group ? { id: value.id, group } : reached ? { id: value.id, reached } : undefined;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, MAX_LIST) : []);

const some = <Item>(items: Item[]) => (items.length > 0 ? items : undefined);

function time(value: unknown): string | undefined {
  return isText(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Reader<number> =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined;
