import type { Problem } from "../api/types";
import { type Group, isGroup, type Node } from "./form";

/** A mistake at the row it belongs to; `field` is the way from there, such as "where[0].value". */
export interface Mistake {
  key: string;
  field: string;
  path: string;
  message: string;
}

/** Find the row that each path leads to. */
export function mistakesOf(root: Group, problems: readonly Problem[]): Mistake[] {
  return problems.map(({ path, message }) => {
    const { node, rest } = follow(root, stepsOf(path));
    return { key: node.key, field: isGroup(node) ? "" : written(rest), path, message };
  });
}

type Steps = (string | number)[];

/** "condition.of[1].value" without the name of the whole. */
function stepsOf(path: string): Steps {
  return [...path.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step)).slice(1);
}

function follow(node: Node, path: Steps): { node: Node; rest: Steps } {
  if (!isGroup(node)) {
    return { node, rest: path };
  }
  if (node.join === "none" && path[0] !== "of") {
    return { node, rest: path };
  }
  const inner = node.join === "none" ? path.slice(1) : path;
  const [only] = node.of;
  if (node.bare && node.of.length === 1 && only) {
    // It has no place of its own in the document: what is said of it is said of its only row.
    return follow(only, inner);
  }
  const [of, index] = inner;
  const child = of === "of" && typeof index === "number" ? node.of[index] : undefined;
  return child ? follow(child, inner.slice(2)) : { node, rest: inner };
}

function written(steps: Steps): string {
  return steps.map((step, n) => (typeof step === "number" ? `[${step}]` : n === 0 ? step : `.${step}`)).join("");
}
