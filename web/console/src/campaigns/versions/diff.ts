import type { Json } from "../../api/types";

/** One field that differs; `before` or `after` is undefined where there was or is none. */
export interface Difference {
  path: (string | number)[];
  before: Json | undefined;
  after: Json | undefined;
}

/** List what differs between two documents, field by field; entries of lists that have ids are told by these. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  path: (string | number)[] = [],
): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  const [one, other] = [parts(before), parts(after)];
  if (!one || !other || !alike(one, other)) {
    return [{ path, before, after }];
  }
  const names = [...new Set([...one.of.keys(), ...other.of.keys()])];
  const inside = names.flatMap((name) => differences(one.of.get(name), other.of.get(name), [...path, name]));
  // Written in another order, the fields of an object say the same; the entries of a list do not.
  return inside.length === 0 && one.kind === "ids"
    ? [{ path, before: [...one.of.keys()], after: [...other.of.keys()] }]
    : inside;
}

interface Parts {
  /** A list's parts are told by their ids, else by their places; one without entries is like any other list. */
  kind: "object" | "ids" | "places" | "empty";
  of: Map<string | number, Json>;
}

const alike = (one: Parts, other: Parts): boolean =>
  one.kind === other.kind || (one.kind !== "object" && other.kind !== "object" && [one, other].some(isEmpty));

const isEmpty = ({ kind }: Parts) => kind === "empty";

function parts(value: Json | undefined): Parts | null {
  if (Array.isArray(value)) {
    return partsOfList(value);
  }
  return value !== null && typeof value === "object" ? { kind: "object", of: new Map(Object.entries(value)) } : null;
}

/** Null for a list of plain values, which is one value itself. */
function partsOfList(list: Json[]): Parts | null {
  if (list.length === 0) {
    return { kind: "empty", of: new Map() };
  }
  const ids = list.map(idOf);
  if (ids.every((id) => id !== null) && new Set(ids).size === ids.length) {
    return { kind: "ids", of: new Map(list.map((each, n) => [ids[n] as string, each])) };
  }
  return list.some((each) => each !== null && typeof each === "object")
    ? { kind: "places", of: new Map(list.entries()) }
    : null;
}

function idOf(value: Json): string | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) && typeof value.id === "string"
    ? value.id
    : null;
}
