import type { Json } from "../../api/types";
import { type ActionDocument, type Content, type Layout, type Locale, MESSAGES, PLACEMENTS } from "../document";

/** Words that new content begins with, in each language: none of it is left blank on the preview. */
export type Word = "title" | "step" | "item" | "point" | "question" | "option" | "completed" | "thanks";
export type Words = (locale: Locale, word: Word) => string;

/** What each layout begins with, in one language. */
export function emptyContent(layout: Layout, locale: Locale, words: Words): Content {
  const title = words(locale, "title");
  switch (layout) {
    case "popup":
    case "slide-in":
    case "bar":
    case "embed":
    case "tooltip":
      return { title };
    case "video":
      return { title, video: { url: "" } };
    case "tour":
      return { steps: [{ title: words(locale, "step"), advance: "next" }] };
    case "checklist":
      return { title, items: [{ id: "item-1", title: words(locale, "item") }] };
    case "summary":
      return { title, points: [{ text: words(locale, "point") }] };
    case "survey":
      return {
        title,
        questions: [{ id: "question-1", kind: "nps", label: words(locale, "question"), required: false }],
      };
    case "script":
      return { code: "" };
    case "redirect":
      return { url: "" };
    case "notify":
      return { text: title };
  }
}

export function emptyAction(layout: Layout, locale: Locale, words: Words): ActionDocument {
  return withLayout({ type: layout, content: { [locale]: emptyContent(layout, locale, words) } }, layout);
}

/** The action in another layout: what both can say stays, in every language. */
export function retyped(action: ActionDocument, layout: Layout, words: Words): ActionDocument {
  const content = Object.fromEntries(
    Object.entries(action.content).map(([locale, said]) => {
      const begun = emptyContent(layout, locale as Locale, words);
      return [
        locale,
        MESSAGES.includes(layout) ? { ...begun, ...message(said) } : { ...begun, ...shared(said, begun) },
      ];
    }),
  );
  const { selector } = action;
  return withLayout({ type: layout, ...(selector ? { selector } : {}), content }, layout);
}

function message({ title, body, image, button, dismiss }: Content): Content {
  return present({ title, body, image, button, dismiss });
}

/** A title and a text, where the new layout has one too. */
function shared(said: Content, begun: Content): Content {
  const { title, body } = said;
  if ("text" in begun && typeof title === "string") {
    return { text: title };
  }
  return "title" in begun ? present({ title, body }) : {};
}

function present(fields: Record<string, Json | undefined>): Content {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, Json] => field[1] !== undefined));
}

function withLayout({ selector, ...action }: ActionDocument, layout: Layout): ActionDocument {
  const placement = PLACEMENTS[layout]?.[0];
  const located = layout === "embed" || layout === "tooltip";
  return {
    ...action,
    ...(placement ? { placement } : {}),
    ...(located ? { selector: selector ?? "" } : {}),
    ...(layout === "checklist" ? { done: {} } : {}),
    ...(layout === "notify" ? { destination: "" } : {}),
  };
}
