/** Rich text: the HTML of a few tags that bodies are written in, and how it is in the field that edits it. */

const TAGS = new Set(["B", "STRONG", "I", "EM", "U", "S", "A", "BR", "P", "UL", "OL", "LI", "H3", "SPAN", "CODE"]);
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "NOSCRIPT", "TITLE"]);
/** Other blocks are paragraphs. */
const BLOCKS = new Set(["DIV", "H1", "H2", "H4", "H5", "H6", "BLOCKQUOTE", "PRE"]);
const LINK = /^(?:https?:|mailto:|[/?#]|\{\{)/i;
const EXPRESSION = /\{\{.*?\}\}/gs;

/** Read HTML and keep what rich text may hold: of other tags their text, of attributes the address of a link. */
export function fragmentOf(html: string, document: Document): DocumentFragment {
  const read = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  copy(read.body, fragment, document);
  return fragment;
}

function copy(from: Node, to: Node, document: Document): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(child.textContent ?? ""));
    } else if (child instanceof Element && !DROPPED.has(child.tagName)) {
      const kept = keptAs(child, document);
      copy(child, kept ?? to, document);
      if (kept) {
        to.appendChild(kept);
      }
    }
  }
}

/** What an element is in rich text; null when only what is in it stays. */
function keptAs(element: Element, document: Document): Element | null {
  const { tagName } = element;
  if (BLOCKS.has(tagName)) {
    return document.createElement("P");
  }
  if (!TAGS.has(tagName)) {
    return null;
  }
  const kept = document.createElement(tagName);
  const href = element.getAttribute("href");
  if (tagName === "A" && href !== null && LINK.test(href)) {
    kept.setAttribute("href", href);
  }
  return kept;
}

/** A body as the field takes it: its line breaks count. */
export const toField = (body: string): string => body.replace(/\r?\n/g, "<br>");

/** What the field holds as a body; empty when there is no text in it. A single paragraph needs no tag. */
export function fromField(html: string): string {
  const fragment = fragmentOf(html, document);
  for (const last of fragment.querySelectorAll("br:last-child")) {
    // What a field puts at the end of a line, so that the caret can stand there.
    if (last.nextSibling === null && last.parentElement) {
      last.remove();
    }
  }
  if ((fragment.textContent ?? "").trim() === "") {
    return "";
  }
  const holder = document.createElement("div");
  const [only, ...others] = fragment.childNodes;
  holder.append(...(others.length === 0 && only instanceof HTMLParagraphElement ? [...only.childNodes] : [fragment]));
  // Between its braces an expression is no HTML.
  return holder.innerHTML.replace(EXPRESSION, (text) =>
    text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&nbsp;", " ").replaceAll("&amp;", "&"),
  );
}
