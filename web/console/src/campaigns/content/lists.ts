import type { Json, JsonObject } from "../../api/types";
import type { Content, Locale } from "../document";

/** A list in the content of every language: a tour's steps, a checklist's items, a survey's questions. */

export type InEachLanguage = Partial<Record<Locale, Content>>;
export type ListName = "steps" | "items" | "points" | "questions";

export const listIn = (content: Content | undefined, list: ListName): JsonObject[] =>
  Array.isArray(content?.[list]) ? (content[list] as JsonObject[]) : [];

/** Whether all languages have as many entries: then they are each other's translations, and are changed together. */
export function parallel(content: InEachLanguage, list: ListName): boolean {
  const [first, ...others] = Object.values(content).map((each) => listIn(each, list).length);
  return others.every((length) => length === first);
}

function inEach(
  content: InEachLanguage,
  list: ListName,
  locale: Locale,
  change: (entries: JsonObject[], locale: Locale) => JsonObject[],
): InEachLanguage {
  const together = parallel(content, list);
  return Object.fromEntries(
    Object.entries(content).map(([each, said]) => [
      each,
      together || each === locale ? { ...said, [list]: change(listIn(said, list), each as Locale) } : said,
    ]),
  );
}

export const added = (
  content: InEachLanguage,
  list: ListName,
  locale: Locale,
  entry: (locale: Locale) => JsonObject,
): InEachLanguage => inEach(content, list, locale, (entries, each) => [...entries, entry(each)]);

export const removed = (content: InEachLanguage, list: ListName, locale: Locale, index: number): InEachLanguage =>
  inEach(content, list, locale, (entries) => entries.toSpliced(index, 1));

export const moved = (
  content: InEachLanguage,
  list: ListName,
  locale: Locale,
  index: number,
  by: -1 | 1,
): InEachLanguage =>
  inEach(content, list, locale, (entries) => {
    const entry = entries[index];
    return entry && entries[index + by] ? entries.toSpliced(index, 1).toSpliced(index + by, 0, entry) : entries;
  });

/** Change fields of an entry: words in this language, what is `shared` in all of them. */
export function changedEntry(
  content: InEachLanguage,
  list: ListName,
  locale: Locale,
  index: number,
  fields: Record<string, Json | undefined>,
  shared = false,
): InEachLanguage {
  if (!shared) {
    const entries = listIn(content[locale], list);
    return {
      ...content,
      [locale]: {
        ...content[locale],
        [list]: entries.map((entry, n) => (n === index ? fieldsIn(entry, fields) : entry)),
      },
    };
  }
  return inEach(content, list, locale, (entries) =>
    entries.map((entry, n) => (n === index ? fieldsIn(entry, fields) : entry)),
  );
}

/** An object with fields set; undefined takes one away. */
export function fieldsIn(object: JsonObject, fields: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries({ ...object, ...fields }).filter((field): field is [string, Json] => field[1] !== undefined),
  );
}

/** The first id of a kind that none of these has. */
export function freeId(kind: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n++) {
    if (!taken.includes(`${kind}-${n}`)) {
      return `${kind}-${n}`;
    }
  }
}
