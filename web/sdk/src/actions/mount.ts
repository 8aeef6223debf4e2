import type { Action } from "./action";
import base from "./base.css?inline";
import { element } from "./element";
import type { Stage } from "./stage";
import { properties } from "./theme";

/** Put `frame` into a shadow root, out of reach of the page's styles; returns what holds it, not yet on the page. */
export function enclose(
  frame: HTMLElement,
  place: string,
  css: string,
  { nonce, css: more = "" }: Pick<Stage, "nonce" | "css">,
): HTMLElement {
  const host = element("kizuki-action" as "div");
  const root = host.attachShadow({ mode: "open" });
  style(root, base + css + more, nonce);
  root.append(element("div", `place ${place}`, frame));
  return host;
}

/** Give the holder the action's language and colours. */
export function dress(host: HTMLElement, { locale, theme }: Action): void {
  host.lang = locale;
  host.style.cssText = "";
  for (const [name, value] of properties(theme)) host.style.setProperty(name, value);
}

/** Style the shadow root in a way that a strict Content-Security-Policy allows. */
function style(root: ShadowRoot, css: string, nonce: string): void {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  // Safari before 16.4
  const tag = element("style");
  tag.nonce = nonce;
  tag.textContent = css;
  (root as ShadowRoot).append(tag);
}
