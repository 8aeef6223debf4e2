import en from "./messages/en.json";
import ja from "./messages/ja.json";

export type Language = "ja" | "en";
export type Text = Record<Language, string>;
export type Message = keyof typeof ja;

const KEY = "shop.language";
const messages: Record<Language, Record<Message, string>> = { ja, en };

export function language(): Language {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "ja" || chosen === "en") return chosen;
  return navigator.language.startsWith("ja") ? "ja" : "en";
}

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(KEY, chosen);
}

/** A message of the catalogue in the chosen language, with `{name}` filled in. */
export function t(message: Message, values: Record<string, string | number> = {}): string {
  return messages[language()][message].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

export function localized(text: Text): string {
  return text[language()];
}

export function yen(amount: number): string {
  const number = amount.toLocaleString("ja-JP");
  return language() === "ja" ? `${number}円` : `¥${number}`;
}
