import { maskUrl } from "./mask-url";

export type Attributes = Record<string, unknown>;

/** `data-*` that only say how something looks, which styles hang on; every other may hold anything. */
const STATE =
  /^data-(state|theme|mode|side|align|orientation|open|active|selected|disabled|bs-theme|color-scheme|rr-.*)$/;
const CODE = /^(on.*|srcdoc|nonce|integrity)$/;
const LINK = /^(href|action|formaction|cite|ping|longdesc)$/;
const RESOURCE = /^(src|rr_src|srcset|poster|data|background|xlink:href)$/;
/** Values that nobody typed and that are seen on the screen. */
const SHOWN_VALUE = /^(progress|meter|li)$/;
/** Input types whose value the recorder leaves as it is. */
const UNMASKED_INPUT = /^(hidden|radio|checkbox|file)$/i;

function maskValue(value: string, tag: string, type: unknown): string {
  if (SHOWN_VALUE.test(tag)) return value;
  if (tag === "textarea" || tag === "select") return value; // masked by the recorder
  if (tag === "input" && !UNMASKED_INPUT.test(String(type))) return value; // masked by the recorder, or a label
  return "";
}

function maskAddress(name: string, value: string, tag: string): string {
  if (name === "srcset") return value.replace(/\S{8,}/g, (url) => maskUrl(url));
  const leadsAway = tag === "iframe" || (LINK.test(name) && !/^(link|image|use)$/.test(tag));
  return maskUrl(value, leadsAway);
}

function maskAttribute(name: string, value: string, tag: string, known: Attributes): string | undefined {
  if (CODE.test(name)) return undefined;
  if (name === "value") return maskValue(value, tag, known.type);
  if (name.startsWith("data-")) return STATE.test(name) ? value : "";
  if (tag === "option" && name === "label") return "";
  if (tag === "meta" && name === "content") return known.name === "viewport" ? value : "";
  return LINK.test(name) || RESOURCE.test(name) ? maskAddress(name, value, tag) : value;
}

/** An element's recorded attributes without what the recorder lets through: hidden values, data, tokens in addresses, code. */
export function maskAttributes(tag: string, attributes: Attributes, known: Attributes = attributes): Attributes {
  const masked: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    const kept = typeof value === "string" ? maskAttribute(name.toLowerCase(), value, tag.toLowerCase(), known) : value;
    if (kept !== undefined) masked[name] = kept;
  }
  return masked;
}
