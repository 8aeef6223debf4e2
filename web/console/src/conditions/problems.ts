import type { Problem } from "../api/types";
import { conditionOf, type Group, isGroup, type Node } from "./form";

/** A mistake at the row it belongs to; `field` is the way from there, such as "where[0].value". */
export interface Mistake {
  key: string;
  field: string;
  path: string;
  message: string;
}

/** Find the row that each path leads to. Names of types on the way, which tell unions apart, are passed over. */
export function mistakesOf(root: Group, problems: readonly Problem[]): Mistake[] {
  return problems.map(({ path, message }) => {
    const { node, rest } = follow(root, steps(path));
    return { key: node.key, field: fieldName(node, rest), path, message };
  });
}

type Steps = (string | number)[];

function steps(path: string): Steps {
  const found = [...path.matchAll(/[^.[\]]+/g)].map(([each]) => (/^\d+$/.test(each) ? Number(each) : each));
  return found[0] === "condition" || found[0] === "definition" ? found.slice(1) : found;
}

function follow(root: Group, path: Steps): { node: Node; rest: Steps } {
  let node: Node = root;
  let rest = path;
  // A bare group has no place of its own in the document: what is said of it is said of its only row.
  for (;;) {
    if (!isGroup(node)) {
      return { node, rest: withoutType(node, rest) };
    }
    const inner = entered(node, rest);
    if (!inner) {
      return { node, rest };
    }
    node = inner.node;
    rest = inner.rest;
  }
}

function entered(group: Group, path: Steps): { node: Node; rest: Steps } | null {
  let rest = path;
  if (group.join === "none") {
    rest = after(after(rest, "not"), "of");
    if (rest === path && path.length > 0) {
      return null;
    }
  }
  const [only] = group.of;
  if (group.bare && group.of.length === 1 && only) {
    return { node: only, rest };
  }
  rest = after(after(rest, group.join === "all" ? "all" : "any"), "of");
  const [index] = rest;
  const child = typeof index === "number" ? group.of[index] : undefined;
  return child ? { node: child, rest: rest.slice(1) } : null;
}

const after = (path: Steps, name: string): Steps => (path[0] === name ? path.slice(1) : path);

function withoutType(node: Node, path: Steps): Steps {
  const condition = conditionOf(node);
  const type = condition !== null && typeof condition === "object" && "type" in condition ? condition.type : null;
  return typeof type === "string" ? after(path, type) : path;
}

const TYPES = new Set<string | number>(["property", "context", "str", "list[str]", "days"]);

function fieldName(node: Node, path: Steps): string {
  if (isGroup(node)) {
    return "";
  }
  return path
    .filter((each, index) => index === 0 || !(TYPES.has(each) && typeof path[index - 1] === "number"))
    .map((each, index) => (typeof each === "number" ? `[${each}]` : index === 0 ? each : `.${each}`))
    .join("");
}
