/** A catalogue: the same words in the languages that the tag itself speaks. */
export interface Catalogue<T> {
  ja: T;
  en: T;
}

/** The words of the action's language; English where there is no other. */
export function words<T>(locale: string, catalogue: Catalogue<T>): T {
  return /^ja\b/i.test(locale) ? catalogue.ja : catalogue.en;
}

export const LABELS: Catalogue<{ region: string; close: string }> = {
  ja: { region: "お知らせ", close: "閉じる" },
  en: { region: "Notice", close: "Close" },
};
