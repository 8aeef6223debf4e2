import { element } from "./element";
import { safeLink } from "./link";

const KEPT = /^(b|strong|i|em|u|s|a|br|p|ul|ol|li|h3|span|code)$/;

/** What turns text into what a parser may be given, where the page demands Trusted Types. */
export type Trust = (html: string) => string;

/**
 * The text with the few tags that a body may have, made node by node from a document in which nothing runs or loads.
 * The server has cleaned it; this does not rely on it.
 */
export function richText(html: string, trust: Trust): DocumentFragment {
  const into = document.createDocumentFragment();
  copy(new DOMParser().parseFromString(trust(html), "text/html").body, into);
  return into;
}

function copy(from: Node, into: Node): void {
  for (const node of from.childNodes) {
    if (node instanceof Text) into.appendChild(node.cloneNode());
    if (!(node instanceof Element)) continue;
    const { localName } = node;
    const kept = KEPT.test(localName) && element(localName as "a");
    const url = localName === "a" && safeLink(node.getAttribute("href"), /^(https?|mailto):$/);
    if (kept && url) kept.href = url;
    copy(node, kept ? into.appendChild(kept) : into);
  }
}
