import { maskKeys, maskUrl } from "./mask-url";

const WIDE = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々〇０-９Ａ-Ｚａ-ｚ]";
const LETTER = new RegExp(`(${WIDE})|(\\p{N})|[\\p{L}\\p{M}]`, "gu");

/** The text's shape: letters as x, digits as 0, Japanese as ＊. Spaces and punctuation stay. */
export function scramble(text: string): string {
  return text.replace(LETTER, (_, wide, digit) => (wide ? "＊" : digit ? "0" : "x"));
}

const MOST_CHARACTERS = 200;

/** What an error or the console says, without what it may quote of a visitor: strings, people, keys, numbers. */
export function maskMessage(text: string): string {
  return maskKeys(
    text
      .slice(0, 10 * MOST_CHARACTERS)
      .replace(/"[^"]*"/g, '"*"')
      .replace(/\w+:\/\/[^\s'"()]+/g, (url) => maskUrl(url, "link"))
      .replace(/[^\s'"()]*(@|%40)[^\s'"()]*/g, "*"),
  )
    .replace(/((?:token|secret|pass\w*|key|auth\w*|session\w*|cookie)['"]?\s*[=:]\s*)\S+/gi, "$1*")
    .replace(/[\p{Nd}]{4,}/gu, "*")
    .slice(0, MOST_CHARACTERS);
}

/** An element for people to find: its kind, id and classes, but for those that may name somebody. */
export function selectorOf(element: Element): string {
  const names = [element.id && `#${element.id}`, ...Array.from(element.classList, (name) => `.${name}`)];
  const plain = names.filter((name) => /^.[a-z][\w-]{0,40}$/i.test(name) && maskMessage(name) === name);
  return element.localName + plain.slice(0, 3).join("");
}
