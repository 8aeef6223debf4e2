import type { Json } from "../api/types";
import { isObject, type Leaf, leafOf, toJson } from "./document";

/** The condition as rows and groups of rows. Every document has exactly one form, and every form one document. */

export type Join = "all" | "any" | "none";

export interface Group {
  key: string;
  join: Join;
  of: Node[];
  /** A single row stands for itself, without an `all` or `any` around it. */
  bare: boolean;
}

/** One condition; `json` holds what the form has no fields for, as it is written. */
export type Row = { key: string; leaf: Leaf } | { key: string; json: Json };
export type Node = Group | Row;

export const isGroup = (node: Node): node is Group => "join" in node;

let keys = 0;
export const newKey = () => `node-${++keys}`;

/** The whole condition: a group of rows that all have to hold. */
export function formOf(condition: Json): Group {
  const node = nodeOf(condition);
  return isGroup(node) && node.join === "all" ? node : { key: newKey(), join: "all", of: [node], bare: true };
}

export function nodeOf(condition: Json): Node {
  const key = newKey();
  const leaf = leafOf(condition);
  if (leaf) {
    return { key, leaf };
  }
  const list = listOf(condition);
  if (list) {
    return { key, join: list.join, of: list.of.map(nodeOf), bare: false };
  }
  if (isObject(condition) && condition.type === "not" && onlyTypeAndOf(condition)) {
    const inner = listOf(condition.of);
    // "not any of": none of. `bare` tells `not X` from `not any of [X]`.
    return inner?.join === "any"
      ? { key, join: "none", of: inner.of.map(nodeOf), bare: false }
      : { key, join: "none", of: [nodeOf(condition.of as Json)], bare: true };
  }
  return { key, json: condition };
}

function listOf(condition: Json | undefined): { join: "all" | "any"; of: Json[] } | null {
  if (!isObject(condition) || !onlyTypeAndOf(condition) || !Array.isArray(condition.of)) {
    return null;
  }
  return condition.type === "all" || condition.type === "any" ? { join: condition.type, of: condition.of } : null;
}

const onlyTypeAndOf = (condition: object) =>
  "of" in condition && Object.keys(condition).every((name) => name === "type" || name === "of");

export function conditionOf(node: Node): Json {
  if (!isGroup(node)) {
    return "leaf" in node ? toJson(node.leaf) : node.json;
  }
  const of = node.of.map(conditionOf);
  const [only] = of;
  const inner: Json =
    node.bare && of.length === 1 && only !== undefined ? only : { type: node.join === "all" ? "all" : "any", of };
  return node.join === "none" ? { type: "not", of: inner } : inner;
}

/** The form with one node changed; null takes it away. */
export function changed(root: Group, key: string, change: (node: Node) => Node | null): Group {
  const walk = (node: Node): Node | null => {
    if (node.key === key) {
      return change(node);
    }
    return isGroup(node) ? { ...node, of: node.of.flatMap((each) => walk(each) ?? []) } : node;
  };
  return (walk(root) as Group | null) ?? root;
}
