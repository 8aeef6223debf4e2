import type { Json } from "../api/types";

/** A campaign's document, as the API has checked it. */
export interface Definition {
  id: string;
  name: string;
  trigger: Json;
  page?: Json | null;
  audience?: Json | null;
  schedule?: { start?: string | null; end?: string | null };
  control_percent?: number;
  variants: Variant[];
  caps?: { per_visit?: number | null; per_day?: number | null; ever?: number | null; min_seconds?: number | null };
  exclusion_group?: string | null;
  priority?: number;
  goal?: Json | null;
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

/** Read a document that may come from a newer version: null when it does not have the parts this console can draw. */
export function definitionOf(document: Json): Definition | null {
  const definition = document as unknown as Partial<Definition> | null;
  return definition?.trigger && Array.isArray(definition.variants) ? (definition as Definition) : null;
}
