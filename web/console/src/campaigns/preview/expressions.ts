import type { Sample } from "../../api/campaigns";
import type { Json, JsonObject } from "../../api/types";

/** Templates: what stands between `{{` and `}}`. */

export const FORMATS = ["yen", "number", "percent", "date"] as const;
export type Format = (typeof FORMATS)[number];

export const expression = (path: string, format: Format | null): string =>
  `{{ ${path}${format ? ` | ${format}` : ""} }}`;

const EXPRESSION = /\{\{(.*?)\}\}/gs;
const PATH = /\b(?:(?:cart|properties|traits|variables)(?:\.[A-Za-z_]\w*)+|visits\b)/g;
const TEXT = /"[^"]*"|'[^']*'/g;

/** The values that a document's templates ask of the visitor, in the order they are read. */
export function pathsIn(document: Json): string[] {
  const found = new Set<string>();
  walk(document, (text) => {
    for (const [, inner = ""] of text.matchAll(EXPRESSION)) {
      for (const [path] of inner.replace(TEXT, "").matchAll(PATH)) {
        found.add(path);
      }
    }
  });
  return [...found];
}

function walk(value: Json, see: (text: string) => void): void {
  if (typeof value === "string") {
    see(value);
  } else if (value !== null && typeof value === "object") {
    for (const each of Object.values(value)) {
      walk(each, see);
    }
  }
}

/** Each `{{ … }}` as the words inside of it: how a thumbnail shows what is filled in for each visitor. */
export function inWords(value: Json): Json {
  if (typeof value === "string") {
    return value.replace(EXPRESSION, (_, inner: string) => inner.replace(/\|\s*\w+\s*$/, "").trim());
  }
  if (Array.isArray(value)) {
    return value.map(inWords);
  }
  return value !== null && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inWords(each)]))
    : value;
}

/** A sample visitor's values by their paths, such as "cart.total"; null is a value that the visitor does not have. */
export type SampleValues = Record<string, Json>;

/** The values of a sample: those that were chosen, and an example of each other one. */
export function withExamples(
  paths: readonly string[],
  chosen: SampleValues,
  name: string,
  today: string,
): SampleValues {
  const every = new Set([...paths, ...Object.keys(chosen)]);
  return Object.fromEntries(
    [...every].map((path) => [path, chosen[path] === undefined ? exampleOf(path, name, today) : chosen[path]]),
  );
}

/** The sample that the API takes. */
export function sampleOf(values: SampleValues): Sample {
  const sample: JsonObject = {};
  for (const [path, value] of Object.entries(values)) {
    if (value !== null) {
      set(sample, path.split("."), value);
    }
  }
  return sample as Sample;
}

/** A sample's values by their paths. */
export function valuesOf(sample: Sample | undefined): SampleValues {
  const values: SampleValues = {};
  const walk = (value: Json | undefined, path: string) => {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [name, each] of Object.entries(value)) {
        walk(each, path === "" ? name : `${path}.${name}`);
      }
    } else if (value !== undefined && value !== null) {
      values[path] = value;
    }
  };
  walk((sample ?? {}) as Json, "");
  return values;
}

function set(object: JsonObject, [first = "", ...rest]: string[], value: Json): void {
  if (rest.length === 0) {
    object[first] = value;
    return;
  }
  const inner = object[first];
  const next = inner !== null && typeof inner === "object" && !Array.isArray(inner) ? inner : {};
  object[first] = next;
  set(next, rest, value);
}

const AMOUNT = /(?:total|price|amount|revenue|subtotal|value|balance|limit|fee)$/i;
const COUNT = /(?:count|quantity|days|items|number|points|percent|rate|score|age|visits)$/i;
const TIME = /(?:date|_at|since|until|expires|deadline|time)$/i;

/** A believable value for a path that nobody has given one yet. */
export function exampleOf(path: string, name: string, today: string): Json {
  const last = path.split(".").at(-1) ?? "";
  if (path.startsWith("variables.") || COUNT.test(last)) {
    return 3;
  }
  if (AMOUNT.test(last)) {
    return 4000;
  }
  if (TIME.test(last)) {
    return today;
  }
  return /name$/i.test(last) ? name : last;
}
