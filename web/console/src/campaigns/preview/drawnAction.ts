import type { Template, Theme } from "../../api/campaigns";
import { type Definition, LOCALES, type Locale, PLACEMENTS } from "../document";
import type { Action } from "./ActionFrame";
import { inWords } from "./expressions";

/**
 * A variant of a definition as the tag would get it, with what is filled in for each visitor as the words of its
 * expression. Null for a notification, which is never drawn.
 */
export function drawnAction(definition: Definition, wanted: Locale, theme: Theme, variant?: string): Action | null {
  const { id, action } = definition.variants.find((each) => each.id === variant) ?? definition.variants[0] ?? {};
  if (!action || action.type === "notify") {
    return null;
  }
  const locale = action.content[wanted] ? wanted : LOCALES.find((each) => action.content[each]);
  if (!locale) {
    return null;
  }
  return {
    id: "preview",
    campaign: "preview",
    name: definition.name,
    variant: id ?? "a",
    messageId: "preview",
    type: action.type,
    placement: action.placement ?? PLACEMENTS[action.type]?.[0] ?? "center",
    selector: action.selector ?? null,
    locale,
    theme,
    content: inWords(undone(action.content[locale] ?? {})),
  } as unknown as Action;
}

/** What a template's own sample visitor would be shown; null for what shows nothing on a page. */
export function templateAction({ actions = {} }: Template, wanted: Locale): Action | null {
  const locale = actions[wanted] ? wanted : LOCALES.find((each) => actions[each]);
  return locale ? (actions[locale] as unknown as Action) : null;
}

/** A checklist with nothing done yet. */
function undone(content: { [key: string]: unknown }) {
  const items = content.items;
  return (
    Array.isArray(items) ? { ...content, items: items.map((item) => ({ ...item, done: false })) } : content
  ) as Parameters<typeof inWords>[0];
}
