import { scramble } from "./mask-text";
import type { Recording } from "./recorder-chunk";

const DEFAULTS = { buffer_seconds: 30, max_minutes: 60, max_bytes: 20_000_000 };

const TYPED = '[contenteditable]:not([contenteditable="false"]),[role="textbox"],[role="searchbox"],option,textarea';

/** How a page is recorded. */
export interface Setting {
  bufferMs: number;
  maxMs: number;
  maxBytes: number;
  /** Selector of what is left out. */
  block: string;
  /** A text of the page, whose parent this is. */
  text(text: string, parent: Node | null): string;
  /** What stands in a field. */
  typed(text: string, field?: HTMLElement): string;
  /** A text in an attribute: a label, a tooltip, what an image shows. */
  label(text: string, element: Element | null): string;
}

/** Whether the browser understands it. */
function isSelector(selector: string): boolean {
  try {
    document.querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

/** The element around the tree that a node is in: a shadow root's host, a frame. */
function around(node: Node): Element | null | undefined {
  const root = node.getRootNode() as { host?: Element; defaultView?: Window | null };
  return root === (document as unknown) ? null : (root.host ?? root.defaultView?.frameElement);
}

function within(node: Node | null | undefined, selector: string): boolean {
  for (let inner = node; inner; inner = around(inner)) {
    if ((inner as Element).closest?.(selector)) return true;
  }
  return false;
}

const stars = (text: string) => text.replace(/\S/g, "*");

/** Whether it is one of those that nothing unmasks; the recorder marks a password that is shown. */
function isSecret(field: Element | undefined): boolean {
  return !!field?.matches('[type="password" i],[data-rr-is-password],[autocomplete*="password"],[autocomplete*="cc-"]');
}

/** Read what the server says. What it would have masked or blocked, and the browser does not understand, masks all texts. */
export function settingOf(recording: Recording): Setting {
  const { mask = [], block = [], unmask = [] } = recording;
  const { buffer_seconds, max_minutes, max_bytes } = { ...DEFAULTS, ...recording };
  const all = recording.mask_all_text || ![...mask, ...block].every(isSelector);
  const selector = (name: string, chosen: string[]) => [`[data-kizuki-${name}]`, ...chosen.filter(isSelector)].join();
  const masked = selector("mask", mask);
  const hidden = `${TYPED},${masked}`;
  const open = selector("unmask", unmask);
  /** An element that is gone may have been in anything. */
  const isHidden = (node: Node | null | undefined, by: string) => !node?.isConnected || within(node, by);
  const isOpen = (node: Node | null | undefined) => within(node, open) && !isHidden(node, masked);

  return {
    bufferMs: Math.max(1, buffer_seconds) * 1000,
    maxMs: max_minutes * 60_000,
    maxBytes: max_bytes,
    block: selector("block", block),
    text(text, parent) {
      if (/^(style|script)$/i.test(parent?.nodeName ?? "")) return text;
      const hide = isHidden(parent, hidden);
      if ((!all && !hide) || isOpen(parent)) return text;
      return hide ? stars(text) : scramble(text);
    },
    typed(text, field) {
      if (isSecret(field)) return text && "********";
      return isOpen(field) ? text : "*".repeat(Math.min(text.length, 40));
    },
    label(text, element) {
      if (isHidden(element, masked)) return stars(text);
      return all && !isOpen(element) ? scramble(text) : text;
    },
  };
}
