import type { eventWithTime } from "@rrweb/types";
import { FULL_SNAPSHOT, INCREMENTAL, META } from "./chunks";

/**
 * Take from a recording whatever could run or be fetched. Anyone can post a forged one, and the frame it plays in, which
 * runs no scripts, and the page's content security policy are the other two lines of defence: they hold where this one,
 * which knows only the common forms, does not.
 */

const MUTATION = 0;
const STYLE_SHEET_RULE = 8;
const CANVAS_MUTATION = 9;
const FONT = 10;
const STYLE_DECLARATION = 13;
const ADOPTED_STYLE_SHEET = 15;

const MAX_DEPTH = 1_000;

type Loose = Record<string, unknown>;
type LooseNode = Loose & {
  type: number;
  tagName?: string;
  attributes?: Loose;
  childNodes?: LooseNode[];
  textContent?: unknown;
};

/** Return the events that may be played; throws what a malformed recording makes it throw. */
export function sanitized(events: unknown): eventWithTime[] {
  if (!Array.isArray(events)) {
    throw new TypeError("a chunk is an array of events");
  }
  return events.filter((event) => isEvent(event) && allowed(event)) as unknown as eventWithTime[];
}

function isEvent(event: unknown): event is { type: number; timestamp: number; data: Loose } {
  if (!isObject(event) || typeof event.type !== "number" || !Number.isFinite(event.timestamp)) {
    return false;
  }
  return event.type < FULL_SNAPSHOT || isObject(event.data);
}

function allowed({ type, data }: { type: number; data: Loose }): boolean {
  switch (type) {
    case FULL_SNAPSHOT:
      if (!isObject(data.node)) {
        return false;
      }
      cleanNode(data.node as LooseNode);
      return true;
    case INCREMENTAL:
      return allowedIncrement(data);
    case META:
      return typeof data.width === "number" && typeof data.height === "number";
    default:
      return true;
  }
}

function allowedIncrement(data: Loose): boolean {
  switch (data.source) {
    case MUTATION:
      for (const add of list(data.adds)) {
        if (isObject(add.node)) {
          cleanNode(add.node as LooseNode);
        }
      }
      for (const change of list(data.attributes)) {
        // The element's name is not told here, so a link's address goes as well.
        cleanAttributes("", change.attributes);
      }
      for (const change of list(data.texts)) {
        if (typeof change.value === "string") {
          change.value = cleanCss(change.value, true);
        }
      }
      return true;
    case STYLE_SHEET_RULE:
    case STYLE_DECLARATION:
    case ADOPTED_STYLE_SHEET:
      cleanStrings(data);
      return true;
    case FONT:
      return typeof data.fontSource === "string" && !remote(data.fontSource);
    case CANVAS_MUTATION:
      return false;
    default:
      return true;
  }
}

/** Nodes keep their ids and places, which later events refer to; only what they are made of changes. */
function cleanNode(root: LooseNode): void {
  const open: [LooseNode, string, number][] = [[root, "", 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, parent, depth] = next;
    if (depth > MAX_DEPTH) {
      throw new RangeError("the page is nested too deeply");
    }
    if (typeof node.tagName === "string") {
      node.tagName = cleanTag(node.tagName);
      cleanAttributes(node.tagName, node.attributes);
    } else if (typeof node.textContent === "string" && (parent === "style" || node.isStyle)) {
      node.textContent = cleanCss(node.textContent);
    }
    for (const child of list(node.childNodes)) {
      open.push([child as LooseNode, node.tagName ?? "", depth + 1]);
    }
  }
}

const INERT: Record<string, string> = {
  script: "noscript",
  object: "div",
  embed: "div",
  applet: "div",
  base: "noscript",
  portal: "div",
  fencedframe: "div",
};

function cleanTag(tagName: string): string {
  const name = /^[a-z][\w:.-]*$/i.test(tagName) ? tagName : "div";
  return INERT[name.toLowerCase().replace(/^svg:/, "")] ?? name;
}

const ADDRESSES = new Set([
  "src",
  "srcset",
  "href",
  "xlink:href",
  "poster",
  "background",
  "data",
  "action",
  "formaction",
  "ping",
  "srcdoc",
  "imagesrcset",
  "manifest",
  "codebase",
  "archive",
  "lowsrc",
  "dynsrc",
  "longdesc",
  "profile",
  "rr_dataurl",
]);
const DROPPED = new Set(["http-equiv", "autofocus", "autoplay", "nonce", "target", "is"]);
const ANIMATIONS = new Set(["animate", "set", "animatetransform", "animatemotion"]);

function cleanAttributes(tagName: string, attributes: unknown): void {
  if (!isObject(attributes)) {
    return;
  }
  const tag = tagName.toLowerCase();
  for (const [key, value] of Object.entries(attributes)) {
    const name = key.toLowerCase();
    if (
      name.startsWith("on") ||
      DROPPED.has(name) ||
      (ANIMATIONS.has(tag) && ["to", "from", "by", "values"].includes(name))
    ) {
      delete attributes[key];
    } else if (ADDRESSES.has(name)) {
      const kept = cleanAddress(tag, name, value);
      if (kept === null) {
        delete attributes[key];
      } else {
        attributes[key] = kept;
      }
    } else if (typeof value === "string") {
      attributes[key] = cleanCss(value);
    } else if (isObject(value)) {
      cleanStrings(value);
    }
  }
}

function cleanAddress(tag: string, name: string, value: unknown): string | null {
  const address = String(value).trim();
  if (address.startsWith("#")) {
    return address;
  }
  if (name === "href" && (tag === "a" || tag === "area")) {
    // Still looks like a link; even the name of its host is not looked up.
    return "#";
  }
  return name !== "srcset" && name !== "srcdoc" && /^data:image\//i.test(address) ? address : null;
}

const FETCHES = /url\s*\(|@import|image-set|src\s*\(/i;

/** Letters that are written by their numbers, or with a backslash for nothing, as themselves: `\75rl(` fetches, too. */
function unescaped(css: string): string {
  return css
    .replace(/\\0*(4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])(?![0-9a-f])(?:\r\n|[ \t\r\n\f])?/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/\\([g-z])/gi, "$1");
}

/** Replace what a style sheet would fetch; `loosely` leaves text alone that only talks about it. */
function cleanCss(css: string, loosely = false): string {
  const plain = FETCHES.test(css) ? css : unescaped(css);
  if (!FETCHES.test(plain) || (loosely && !css.includes("{"))) {
    return css;
  }
  return unescaped(plain)
    .replace(/@import[^;]*;?/gi, "")
    .replace(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*))\s*\)/gi, (whole, double, single, bare) =>
      remote(double ?? single ?? bare ?? "") ? 'url("data:,")' : whole,
    )
    .replace(/(?:-webkit-)?image-set\(/gi, "no-image-set(");
}

function remote(address: string): boolean {
  const trimmed = address.replace(/^(?:url\()?\s*["']?\s*/i, "");
  return !/^(?:data:|#)/i.test(trimmed);
}

function cleanStrings(value: Loose): void {
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === "string") {
      value[key] = cleanCss(each);
    } else if (isObject(each)) {
      cleanStrings(each);
    }
  }
}

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null;
}

function list(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
