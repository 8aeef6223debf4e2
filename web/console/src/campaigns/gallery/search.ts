import type { Template } from "../../api/campaigns";

/** Full-width and half-width letters, and the two kana, count as the same. */
export function folded(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** Whether every word of a search is somewhere in what a template says of itself, in either language. */
export function isFound(template: Template, search: string, words: readonly string[] = []): boolean {
  const { name, about, tags } = template;
  const told = folded([name.ja, name.en, about.ja, about.en, ...tags, ...words].join("\n"));
  return folded(search)
    .split(/\s+/)
    .every((word) => told.includes(word));
}
