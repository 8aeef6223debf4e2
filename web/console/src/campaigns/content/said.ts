import type { Json, JsonObject } from "../../api/types";
import type { ActionDocument, Locale } from "../document";
import { fieldsIn } from "./lists";

/** What the fields of a layout work with. */
export interface ContentProps {
  action: ActionDocument;
  locale: Locale;
  /** Where the action is in the definition: "variants[0].action". */
  path: string;
  onChange: (action: ActionDocument) => void;
}

export type Fields = Record<string, Json | undefined>;

/** What an action says in one language, and how to say something else; undefined takes a field away. */
export function saidIn({ action, locale, path, onChange }: ContentProps) {
  const said = action.content[locale] ?? {};
  return {
    said,
    at: (field: string) => `${path}.content.${locale}.${field}`,
    say: (fields: Fields) => onChange({ ...action, content: { ...action.content, [locale]: fieldsIn(said, fields) } }),
  };
}

export const textOf = (object: JsonObject | null | undefined, field: string): string => {
  const value = object?.[field];
  return typeof value === "string" ? value : "";
};

export function objectIn(object: JsonObject, field: string): JsonObject | null {
  const value = object[field];
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}

/** An optional text: empty is none. */
export const orNone = (text: string): string | undefined => (text === "" ? undefined : text);
