import { createContext, use } from "react";
import type { Problem } from "../../api/types";
import type { Definition, Locale } from "../document";
import type { SampleValues } from "../preview/expressions";
import { within } from "./steps";
import type { Checked } from "./useCheckedCampaign";

/** Whom templates are filled in for on the preview. */
export interface Visitor {
  values: SampleValues;
  /** Somebody who has been on the site, instead of the values. */
  person: { id: string; name: string } | null;
}

/** What every field of the editor works with. */
export interface Editor {
  definition: Definition;
  change: (fields: Partial<Definition>) => void;
  checked: Checked;
  /** Say that what is typed as JSON at this place is none, or is again. */
  setBroken: (path: string, broken: boolean) => void;
  variant: number;
  setVariant: (variant: number) => void;
  locale: Locale;
  setLocale: (locale: Locale) => void;
  visitor: Visitor;
  setVisitor: (visitor: Visitor) => void;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) {
    throw new Error("outside of the campaign editor");
  }
  return editor;
}

/** What is wrong at a place, or inside of it. */
export function useProblems(path: string): readonly Problem[] {
  return useEditor().checked.problems.filter((problem) => within(problem.path, path));
}
