import type { MessageAction } from "./action";
import { labels } from "./labels";
import { safeLink } from "./link";
import { applyStyles } from "./styles";

/** How the visitor answered an action. */
export interface Answers {
  onClick(action: MessageAction, url: string): void;
  onClose(): void;
}

/** Something on the screen that shows one action at a time. */
export interface Surface {
  readonly frame: HTMLElement;
  render(action: MessageAction): void;
  remove(): void;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

/**
 * Put `frame` on the page, out of reach of the page's styles; returns the element that holds it.
 * Beside the body, not in it: a site may draw its body anew at any time.
 */
export function mount(frame: HTMLElement, placement: string, { nonce }: { nonce: string }): HTMLElement {
  const host = element("kizuki-action" as "div", placement);
  const root = host.attachShadow({ mode: "open" });
  applyStyles(root, nonce);
  root.append(frame);
  document.documentElement.append(host);
  return host;
}

/** The button that leads on; undefined when the action has none, or one that leads nowhere safe. */
export function callToAction(action: MessageAction, { onClick }: Answers): HTMLAnchorElement | undefined {
  const { button } = action.content;
  const url = safeLink(button?.url);
  if (!button || !url) return undefined;
  const link = element("a", "button", button.label);
  link.href = url;
  link.addEventListener("click", () => onClick(action, url));
  return link;
}

export function closeButton(action: MessageAction, { onClose }: Answers): HTMLButtonElement {
  const button = element("button", "close", "×");
  button.type = "button";
  button.ariaLabel = labels(action.locale).close;
  button.addEventListener("click", onClose);
  return button;
}
