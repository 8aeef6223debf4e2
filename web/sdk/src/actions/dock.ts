/** The part of the tag for what stays in a corner of the screen, folded up to a button or unfolded to a panel. */
import type { Action } from "./action";
import base from "./dock.css?inline";
import {
  borrowFocus,
  button,
  type Catalogue,
  corner,
  dress,
  element,
  enclose,
  keep,
  kept,
  LABELS,
  listen,
  type Stage,
  words,
} from "./kit";

const FOLD: Catalogue<string> = { ja: "小さくする", en: "Minimise" };
/** Narrower, the panel would cover the page. */
const WIDE = "(min-width: 761px)";

export interface Dock {
  readonly frame: HTMLElement;
  show(action: Action, launcher: Node[], text: Node[], rest: Node[]): void;
  fold(): void;
  remove(): void;
}

export function openDock(stage: Stage, { placement, campaign }: Action, css: string): Dock {
  const frame = element("section", "dock");
  const host = enclose(frame, corner(placement), base + css, stage);
  const name = `dock.${campaign}`;
  const panel = element("div", "surface card panel");
  const launcher = button("surface launcher", "", () => fold(false, true));
  const giveBack = borrowFocus(frame);
  panel.id = "panel";
  panel.tabIndex = -1;
  launcher.setAttribute("aria-controls", panel.id);
  frame.setAttribute("aria-labelledby", "title");
  frame.append(panel, launcher);
  listen(panel, "keydown", ({ key }) => key === "Escape" && fold(true, true));

  function fold(folded: boolean, byHand = false): void {
    panel.hidden = folded;
    launcher.hidden = !folded;
    launcher.ariaExpanded = String(!folded);
    host.classList.toggle("unfolded", !folded);
    if (!byHand) return;
    keep(name, folded);
    (folded ? launcher : panel).focus();
  }

  fold(!stage.still && (kept<boolean>(name) ?? !matchMedia(WIDE).matches));

  return {
    frame,
    show(action, badge, text, rest) {
      dress(host, action);
      const close = button("close", "×", stage.closed);
      close.ariaLabel = words(action.locale, LABELS).close;
      const minimise = button("close fold", "–", () => fold(true, true));
      minimise.ariaLabel = words(action.locale, FOLD);
      launcher.replaceChildren(...badge);
      panel.replaceChildren(element("div", "text", ...text), ...rest, minimise, close);
      if (!host.isConnected) stage.container.append(host);
    },
    fold: () => fold(true, true),
    remove() {
      const hadFocus = document.activeElement === host;
      host.remove();
      if (hadFocus) giveBack();
    },
  };
}
