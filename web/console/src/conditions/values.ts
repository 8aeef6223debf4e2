import type { Operator, Scalar, StatisticFunction, Value } from "./document";

/** What a value is: "1" and 1 are different things to a condition. `mixed` is a list of several kinds. */
export type Kind = "text" | "number" | "boolean" | "mixed";

export function kindOf(value: Value | undefined): Kind | null {
  if (Array.isArray(value)) {
    const kinds = new Set(value.map((each) => kindOf(each)));
    return kinds.size > 1 ? "mixed" : ([...kinds][0] ?? null);
  }
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return null;
  }
}

/** A value as it is typed; in a mixed list each as JSON, which tells "1" from 1. */
export function written(value: Scalar, kind: Kind): string {
  return kind === "mixed" ? JSON.stringify(value) : String(value);
}

/** Read what was typed; null when it is not of that kind. */
export function read(typed: string, kind: Kind): Scalar | null {
  switch (kind) {
    case "text":
      return typed;
    case "number":
      return number(typed);
    case "boolean":
      return typed === "true" ? true : typed === "false" ? false : null;
    case "mixed":
      return scalar(typed) ?? typed;
  }
}

function number(typed: string): number | null {
  // Full-width digits are what a Japanese keyboard types.
  const text = typed.normalize("NFKC").trim().replaceAll(",", "");
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
}

function scalar(typed: string): Scalar | null {
  try {
    const value: unknown = JSON.parse(typed);
    return ["string", "number", "boolean"].includes(typeof value) ? (value as Scalar) : null;
  } catch {
    return null;
  }
}

/** The same value as another kind, as far as it has one. */
export function converted(value: Value | undefined, kind: Kind): Value {
  if (Array.isArray(value)) {
    return value.flatMap((each) => read(String(each), kind) ?? []);
  }
  return value === null || value === undefined ? null : read(String(value), kind);
}

const ORDER: readonly Operator[] = ["lt", "lte", "gt", "gte"];
const LISTS: readonly Operator[] = ["in", "not_in"];
const TEXTS: readonly Operator[] = ["contains", "not_contains", "starts_with"];
const PRESENCE: readonly Operator[] = ["exists", "not_exists"];

export const takesList = (op: Operator) => LISTS.includes(op);
export const takesNothing = (op: Operator) => PRESENCE.includes(op);

/** The kinds of value that an operator takes. */
export function kindsFor(op: Operator, numeric: boolean): Kind[] {
  if (numeric || ORDER.includes(op)) {
    return ["number"];
  }
  return TEXTS.includes(op) ? ["text"] : ["text", "number", "boolean"];
}

/** The value after its operator was changed: kept as far as the new one takes it. */
export function fitted(value: Value | undefined, op: Operator, numeric: boolean): Value {
  if (takesNothing(op)) {
    return null;
  }
  const kinds = kindsFor(op, numeric);
  const list = (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]).flatMap((each) => {
    const kind = kindOf(each) as Kind;
    return kinds.includes(kind) ? [each] : (read(String(each), kinds[0] as Kind) ?? []);
  });
  return takesList(op) ? list : (list[0] ?? null);
}

const NUMERIC: readonly StatisticFunction[] = [
  "count",
  "sum",
  "avg",
  "min",
  "max",
  "distinct",
  "since_first",
  "since_last",
];
const NEVER_MISSING: readonly StatisticFunction[] = ["count", "sum", "distinct"];

export const isNumeric = (of: StatisticFunction) => NUMERIC.includes(of);
export const isDuration = (of: StatisticFunction) => of === "since_first" || of === "since_last";
export const takesPath = (of: StatisticFunction) => of !== "count" && !isDuration(of);

/** The operators that a statistic takes. */
export function operatorsOf(of: StatisticFunction): Operator[] {
  const always: Operator[] = ["gte", "lte", "gt", "lt", "eq", "ne"];
  if (!isNumeric(of)) {
    return ["eq", "ne", ...LISTS, ...TEXTS, "gte", "lte", "gt", "lt", ...PRESENCE];
  }
  return NEVER_MISSING.includes(of) ? always : [...always, ...PRESENCE];
}

export const UNITS = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 } as const;
export type Unit = keyof typeof UNITS;

/** The largest unit that says so many seconds in a whole number. */
export function unitOf(seconds: number | null): Unit {
  const units = Object.keys(UNITS) as Unit[];
  return (seconds && units.find((unit) => seconds % UNITS[unit] === 0)) || (seconds ? "seconds" : "days");
}
