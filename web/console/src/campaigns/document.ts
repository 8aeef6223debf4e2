import type { Json, JsonObject } from "../api/types";

/** A campaign's document as docs/documents.md has it, perhaps not finished yet. */

export type Locale = "ja" | "en";
export const LOCALES: readonly Locale[] = ["ja", "en"];

export type Moment =
  | { type: "scroll"; percent: number }
  | { type: "visible"; selector: string }
  | { type: "read" }
  | { type: "dwell"; seconds: number }
  | { type: "exit" }
  | { type: "idle"; seconds: number };

export interface Schedule {
  start?: string | null;
  end?: string | null;
  weekdays?: string[] | null;
  since?: string | null;
  until?: string | null;
}

export interface Caps {
  per_visit?: number | null;
  per_day?: number | null;
  per_days?: { times: number; days: number } | null;
  ever?: number | null;
  min_seconds?: number | null;
  total?: number | null;
}

export type GoalWindow = "visit" | { hours: number };

export interface Goal {
  id: string;
  name: string;
  when: Json;
  window?: GoalWindow;
}

export type StopAfter = "click" | "goal" | "close";

export interface Variant {
  id: string;
  name?: string;
  weight?: number;
  action: ActionDocument;
}

export interface ActionDocument {
  type: Layout;
  placement?: string;
  selector?: string;
  /** A checklist's items and what ticks each. */
  done?: Record<string, Json>;
  /** Where a `notify` is sent. */
  destination?: string;
  content: Partial<Record<Locale, Content>>;
}

/** What an action says in one language; its fields are those of its layout. */
export type Content = JsonObject;

export interface Definition {
  id: string;
  name: string;
  trigger: Json;
  moment?: Moment | null;
  delay_seconds?: number;
  page?: Json | null;
  audience?: Json | null;
  schedule?: Schedule;
  control_percent?: number;
  variants: Variant[];
  variables?: Record<string, Json>;
  utm?: boolean;
  caps?: Caps;
  stop_after?: StopAfter[];
  exclusion_group?: string | null;
  ignore_spacing?: boolean;
  priority?: number;
  goals?: Goal[];
  /** Whether the team is told when displays that usually come do not. */
  absence?: boolean;
}

export const LAYOUTS = [
  "popup",
  "slide-in",
  "bar",
  "embed",
  "tooltip",
  "tour",
  "checklist",
  "summary",
  "video",
  "survey",
  "redirect",
  "notify",
  "script",
] as const;
export type Layout = (typeof LAYOUTS)[number];

export const isLayout = (type: string): type is Layout => (LAYOUTS as readonly string[]).includes(type);

/** The layouts whose content is one message. */
export const MESSAGES: readonly Layout[] = ["popup", "slide-in", "bar", "embed", "tooltip", "video"];

/** Where each layout can be on the screen, the usual place first. */
export const PLACEMENTS: Partial<Record<Layout, readonly string[]>> = {
  "slide-in": ["bottom-right", "bottom-left", "top-right", "top-left"],
  bar: ["bottom", "top"],
  embed: ["append", "prepend", "before", "after", "replace"],
  tooltip: ["auto", "top", "bottom", "left", "right"],
  checklist: ["bottom-right", "bottom-left"],
  summary: ["bottom-right", "bottom-left"],
  video: ["center", "bottom-right", "bottom-left"],
  survey: ["center", "bottom-right", "bottom-left"],
};

/** The layouts that belong to an element of the page. */
export const needsSelector = (layout: Layout) => layout === "embed" || layout === "tooltip";

/** Read a document that may come from a newer version: null when it does not have the parts this console can edit. */
export function definitionOf(document: Json): Definition | null {
  if (document === null || typeof document !== "object" || Array.isArray(document)) {
    return null;
  }
  const { trigger, variants } = document;
  if (trigger === undefined || !Array.isArray(variants) || variants.length === 0) {
    return null;
  }
  return variants.every(isVariant) ? (document as unknown as Definition) : null;
}

function isVariant(variant: Json): boolean {
  const action = objectOf(objectOf(variant)?.action);
  const content = objectOf(action?.content);
  return (
    typeof action?.type === "string" &&
    isLayout(action.type) &&
    content !== null &&
    Object.values(content).every((each) => objectOf(each) !== null)
  );
}

function objectOf(value: Json | undefined): JsonObject | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
}

export const toJsonObject = (definition: Definition) => definition as unknown as JsonObject;

/** What its first variant does tells what kind of campaign it is. */
export const layoutOf = (definition: Definition): Layout => definition.variants[0]?.action.type ?? "popup";
