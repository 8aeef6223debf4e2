import type { Json, JsonObject } from "../api/types";

/** Conditions as docs/documents.md has them, perhaps not finished yet: any field may still be missing. */

export type Scalar = string | number | boolean;
export type Value = Scalar | Scalar[] | null;
export type Window = "visit" | "previous_visit" | "today" | "all" | { days: number };

export const OPERATORS = [
  "eq",
  "ne",
  "lt",
  "lte",
  "gt",
  "gte",
  "in",
  "not_in",
  "contains",
  "not_contains",
  "starts_with",
  "exists",
  "not_exists",
] as const;
export type Operator = (typeof OPERATORS)[number];

export const FUNCTIONS = [
  "count",
  "sum",
  "avg",
  "min",
  "max",
  "first",
  "last",
  "previous",
  "distinct",
  "most_frequent",
  "since_first",
  "since_last",
] as const;
export type StatisticFunction = (typeof FUNCTIONS)[number];

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type EventNames = string | string[] | null;

export interface Comparison {
  path?: string | undefined;
  op?: Operator | undefined;
  value?: Value | undefined;
}

export type Where = Comparison & { type: "property" | "context" };

export interface SequenceStep {
  event?: EventNames | undefined;
  where?: Where[] | undefined;
}

export interface EventIs {
  type: "event";
  name?: EventNames | undefined;
}

export type Compared = Comparison & { type: "property" | "context" | "trait" | "group_trait" };

export interface Statistic extends Comparison {
  type: "statistic";
  of?: StatisticFunction | undefined;
  event?: EventNames | undefined;
  where?: Where[] | undefined;
  window?: Window | undefined;
}

export interface Sequence {
  type: "sequence";
  first?: SequenceStep | undefined;
  then?: SequenceStep | undefined;
  within?: number | null | undefined;
  absent?: boolean | undefined;
}

export interface Visits {
  type: "visits";
  op?: Operator | undefined;
  value?: number | null | undefined;
}

export interface Time {
  type: "time";
  since?: string | null | undefined;
  until?: string | null | undefined;
  weekdays?: Weekday[] | null | undefined;
}

export interface InSegment {
  type: "segment";
  id?: string | undefined;
  member?: boolean | undefined;
}

/** A condition that holds no others. */
export type Leaf = EventIs | Compared | Statistic | Sequence | Visits | Time | InSegment;
export type LeafType = Leaf["type"];

type Check = (value: Json) => boolean;

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const numeral: Check = (value) => typeof value === "number";
const scalar: Check = (value) => text(value) || flag(value) || numeral(value);
const oneOf =
  (names: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && names.includes(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const shape =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isObject(value) &&
    Object.entries(value).every(([name, each]) => Object.hasOwn(fields, name) && fields[name]?.(each));

const names: Check = (value) => orNull(text)(value) || listOf(text)(value);
const comparison = {
  path: text,
  op: oneOf(OPERATORS),
  value: (value: Json) => orNull(scalar)(value) || listOf(scalar)(value),
};
const where = listOf(shape({ ...comparison, type: oneOf(["property", "context"]) }));
const step = shape({ event: names, where });

const LEAVES: Record<LeafType, Record<string, Check>> = {
  event: { name: names },
  property: comparison,
  context: comparison,
  trait: comparison,
  group_trait: comparison,
  statistic: {
    ...comparison,
    path: orNull(text),
    of: oneOf(FUNCTIONS),
    event: names,
    where,
    window: (value) => oneOf(["visit", "previous_visit", "today", "all"])(value) || shape({ days: numeral })(value),
  },
  // biome-ignore lint/suspicious/noThenProperty: the document names it so
  sequence: { first: step, then: step, within: orNull(numeral), absent: flag },
  visits: { op: oneOf(["eq", "ne", "lt", "lte", "gt", "gte"]), value: orNull(numeral) },
  time: { since: orNull(text), until: orNull(text), weekdays: orNull(listOf(oneOf(WEEKDAYS))) },
  segment: { id: text, member: flag },
};

export function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Read what the form has fields for; null for anything it would have to leave out. */
export function leafOf(value: Json): Leaf | null {
  if (!isObject(value) || typeof value.type !== "string" || !Object.hasOwn(LEAVES, value.type)) {
    return null;
  }
  const known = shape({ ...LEAVES[value.type as LeafType], type: text })(value);
  return known ? (value as unknown as Leaf) : null;
}

export const toJson = (value: unknown) => value as Json;

const COMPARED: readonly LeafType[] = ["property", "context", "trait", "group_trait"];

/** The condition as one of another type: what both compare stays, but for the path. */
export function retyped(leaf: Leaf, type: LeafType): Leaf {
  if (!COMPARED.includes(leaf.type) || !COMPARED.includes(type)) {
    return emptyLeaf(type);
  }
  const { op, value } = leaf as Compared;
  return { type, op, value } as Compared;
}

/** What a new condition of each type begins with. */
export function emptyLeaf(type: LeafType): Leaf {
  switch (type) {
    case "event":
      return { type };
    case "property":
    case "context":
    case "trait":
    case "group_trait":
      return { type, op: "eq" };
    case "statistic":
      return { type, of: "count", window: "all", op: "gte", value: 1 };
    case "sequence":
      // biome-ignore lint/suspicious/noThenProperty: the document names it so
      return { type, first: {}, then: {}, within: 3600, absent: false };
    case "visits":
      return { type, op: "gte", value: 2 };
    case "time":
      return { type, since: "09:00", until: "18:00" };
    case "segment":
      return { type, member: true };
  }
}
