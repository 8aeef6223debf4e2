import { type Kind, maskStyle, maskUrl } from "./mask-url";

export type Attributes = Record<string, unknown>;
/** How to show a text of the page. */
export type Label = (text: string) => string;

/** `data-*` that only say how something looks, which styles hang on; every other may hold anything. */
const STATE =
  /^data-(state|theme|mode|side|align|orientation|open|active|selected|disabled|bs-theme|color-scheme|rr-.*)$/;
const CODE = /^(on.*|srcdoc|nonce|integrity)$/;
const LINK = /^(href|action|formaction|cite|ping|longdesc)$/;
const RESOURCE = /^(src|rr_src|(image)?srcset|poster|data|background|xlink:href)$/;
/** Texts of the page that are no text nodes. */
const LABEL = /^(alt|title|label|placeholder|summary|aria-(label|description|placeholder|roledescription))$/;
/** Values that nobody typed and that are seen on the screen. */
const SHOWN_VALUE = /^(progress|meter|li)$/;
/** Input types whose value the recorder leaves as it is. */
export const UNMASKED_INPUT = /^(hidden|radio|checkbox|file)$/i;
export const BUTTON = /^(submit|button|reset|image)$/i;

/** Values of inputs are masked by the recorder; of those that are buttons they are labels. */
function maskValue(value: string, tag: string, type: string, label: Label): string {
  if (tag === "textarea" || tag === "select" || SHOWN_VALUE.test(tag)) return value;
  if (tag !== "input" || UNMASKED_INPUT.test(type)) return "";
  return BUTTON.test(type) ? label(value) : value;
}

/** What may be the visitor's, and nobody sees. */
function isHidden(name: string, tag: string): boolean {
  if (name.startsWith("data-")) return !STATE.test(name);
  return /^aria-value(text|now)$/.test(name) || (tag === "option" && name === "label");
}

function maskAddress(name: string, value: string, tag: string): string {
  if (/srcset/.test(name)) return value.replace(/\S{8,}/g, (url) => maskUrl(url, "resource"));
  const drawn = RESOURCE.test(name) || /^(link|image|use)$/.test(tag);
  const kind: Kind = tag !== "iframe" && drawn ? "resource" : "link";
  return maskUrl(value, kind);
}

function maskAttribute(name: string, value: string, tag: string, known: Attributes, label: Label): string | undefined {
  if (CODE.test(name)) return undefined;
  if (name === "value") return maskValue(value, tag, String(known.type), label);
  if (name === "style") return maskStyle(value);
  if (name === "content" && tag === "meta") return known.name === "viewport" ? value : "";
  if (isHidden(name, tag)) return "";
  if (LABEL.test(name)) return label(value);
  return LINK.test(name) || RESOURCE.test(name) ? maskAddress(name, value, tag) : value;
}

/** An element's recorded attributes without what the recorder lets through: hidden values, data, tokens in addresses, code. */
export function maskAttributes(
  tag: string,
  attributes: Attributes,
  label: Label = (text) => text,
  known: Attributes = attributes,
): Attributes {
  const masked: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    const kept =
      typeof value === "string" ? maskAttribute(name.toLowerCase(), value, tag.toLowerCase(), known, label) : value;
    if (kept !== undefined) masked[name] = kept;
  }
  return masked;
}
