import type { Json } from "../api/types";

/** A campaign's document, as the API has checked it. */
export interface Definition {
  id: string;
  name: string;
  trigger: Condition;
  page?: Condition | null;
  audience?: Condition | null;
  schedule?: { start?: string | null; end?: string | null };
  control_percent?: number;
  variants: Variant[];
  caps?: { per_visit?: number | null; per_day?: number | null; ever?: number | null; min_seconds?: number | null };
  exclusion_group?: string | null;
  priority?: number;
  goal?: Condition | null;
  goal_hours?: number;
}

export interface Variant {
  id?: string;
  weight?: number;
  action: { type: "bar" | "popup"; placement?: string; content: Partial<Record<Locale, Content>> };
}

export type Locale = "ja" | "en";

export interface Content {
  title: string;
  body?: string | null;
  button?: { label: string; url: string } | null;
}

type Scalar = string | number | boolean;
export type Window = "visit" | "previous_visit" | "today" | "all" | { days: number };

export type Condition =
  | { type: "event"; name: string | string[] }
  | {
      type: "property" | "context" | "trait" | "last_value";
      path: string;
      op: string;
      value?: Scalar | Scalar[] | null;
    }
  | { type: "count"; event: string; op: string; value: number; window?: Window }
  | { type: "visits"; op: string; value: number }
  | { type: "segment"; id: string; member?: boolean }
  | { type: "all" | "any"; of: Condition[] }
  | { type: "not"; of: Condition };

/** Read a document that may come from a newer version: null when it does not have the parts this console can draw. */
export function definitionOf(document: Json): Definition | null {
  const definition = document as unknown as Partial<Definition> | null;
  return definition?.trigger && Array.isArray(definition.variants) ? (definition as Definition) : null;
}
