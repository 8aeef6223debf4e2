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
  if (!one || !other || one.kind !== other.kind) {
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
  kind: "object" | "ids" | "places";
  of: Map<string | number, Json>;
}

function parts(value: Json | undefined): Parts | null {
  if (Array.isArray(value)) {
    const ids = value.map(idOf);
    return ids.every((id) => id !== null) && new Set(ids).size === ids.length && ids.length > 0
      ? { kind: "ids", of: new Map(value.map((each, n) => [ids[n] as string, each])) }
      : value.some((each) => each !== null && typeof each === "object")
        ? { kind: "places", of: new Map(value.entries()) }
        : null;
  }
  return value !== null && typeof value === "object" ? { kind: "object", of: new Map(Object.entries(value)) } : null;
}

function idOf(value: Json): string | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) && typeof value.id === "string"
    ? value.id
    : null;
}
