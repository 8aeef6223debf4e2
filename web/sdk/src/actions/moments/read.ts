import { guard } from "../kit";
import { whileVisible } from "./time";

/** Of average readers: words of English a minute (Brysbaert 2019), characters of Japanese a minute. */
const WORDS = 238;
const CHARACTERS = 500;
/** Good readers are twice as fast. */
const SHARE = 0.5;
const LEAST_SECONDS = 5;
const MOST_SECONDS = 300;

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;

/** How long the page has to be visible before its text counts as read. */
export function readingSeconds(text: string): number {
  const characters = text.match(CJK)?.length ?? 0;
  const words = text.replace(CJK, " ").match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const seconds = SHARE * 60 * (characters / CHARACTERS + words / WORDS);
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds));
}

/** The end of the main text has been on the screen, and reading it all may have taken the time that has passed. */
export const reading = (reached: () => void): (() => void) => {
  let end: Element | undefined;
  let wasSeen = false;
  let needed = LEAST_SECONDS;
  let height = 0;
  const ends = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      wasSeen ||= entries.some(({ isIntersecting, target }) => isIntersecting && target === end);
    }),
  );
  // An app may bring the text later, or more of it.
  const look = (): void => {
    const { scrollHeight } = document.documentElement;
    if (scrollHeight === height) return;
    height = scrollHeight;
    const text = mainText();
    const last = text && lastParagraph(text);
    needed = readingSeconds(text?.textContent ?? "");
    if (!last || last === end) return;
    end = last;
    wasSeen = false;
    ends.disconnect();
    ends.observe(last);
  };
  const stop = whileVisible((passed) => {
    look();
    if (wasSeen && passed >= needed) reached();
  });
  look();
  return () => {
    ends.disconnect();
    stop();
  };
};

/** The longest article, else the page's main part, else all of it. */
function mainText(): Element | undefined {
  const longest = (selector: string) =>
    [...document.querySelectorAll(selector)].sort((one, other) => length(other) - length(one))[0];
  return longest("article") ?? longest("main, [role=main]") ?? document.body ?? undefined;
}

const length = ({ textContent }: Element): number => textContent?.length ?? 0;

function lastParagraph(text: Element): Element {
  const paragraphs = [...text.querySelectorAll("p, li, blockquote, pre, dd, td, figcaption")];
  return paragraphs.filter((each) => each.textContent?.trim() && each.getClientRects().length).at(-1) ?? text;
}
