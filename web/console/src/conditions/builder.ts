import { createContext, use } from "react";
import type { Vocabulary } from "../api/types";
import type { EventNames, Leaf } from "./document";
import type { Node } from "./form";
import type { Mistake } from "./problems";

/** What every row of a builder works with. */
export interface Builder {
  change: (key: string, change: (node: Node) => Node | null) => void;
  mistakes: readonly Mistake[];
  vocabulary: Vocabulary | undefined;
  segments: readonly { id: string; name: string }[];
  /** The row added last: the keyboard goes on there. */
  fresh: string | null;
  added: (key: string) => void;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = use(BuilderContext);
  if (!builder) {
    throw new Error("outside of a condition builder");
  }
  return builder;
}

/** The fields of one kind of condition. */
export interface Fields<Kind extends Leaf> {
  leaf: Kind;
  onChange: (leaf: Kind) => void;
  /** Whether something is wrong with this field. */
  wrong: (field: string) => boolean;
}

export const namesOf = (event: EventNames | undefined): string[] =>
  Array.isArray(event) ? event : event ? [event] : [];

export function propertiesOf(vocabulary: Vocabulary | undefined, event: EventNames | undefined): string[] {
  const names = namesOf(event);
  const told = vocabulary?.events.filter(({ name }) => names.length === 0 || names.includes(name)) ?? [];
  return [...new Set(told.flatMap(({ properties }) => properties))].sort();
}
