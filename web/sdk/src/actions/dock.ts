/** The part of the tag for what stays in a corner of the screen, folded up to a button or unfolded to a panel. */
import type { Action } from "./action";
import base from "./dock.css?inline";
import { keep, kept } from "./kept";
import {
  borrowFocus,
  button,
  type Catalogue,
  corner,
  dress,
  element,
  enclose,
  guard,
  LABELS,
  listen,
  type Stage,
  words,
} from "./kit";

const FOLD: Catalogue<string> = { ja: "小さくする", en: "Minimise" };
/** Narrower, the panel would cover the page. */
const WIDE = "(min-width: 761px)";

/** What has to fit between the edge of the screen and what stands above a dock. */
const LIFT = 64;

/** The docks on the screen, in the order they came, and how each is folded up. */
const docks = new Map<HTMLElement, () => void>();
const known = new WeakSet<Element>();
let neighbours: MutationObserver | undefined;

/** Let what stands at the same edge stand above docks that were there before; these make room for what comes. */
function arrange(): void {
  for (const host of document.querySelectorAll("kizuki-action")) {
    const place = host.shadowRoot?.querySelector<HTMLElement>(".place.bottom");
    if (!place) continue;
    const earlier = [...docks.keys()];
    if (docks.has(place)) earlier.splice(earlier.indexOf(place));
    const { left, right } = surface(place);
    const below = earlier.filter((dock) => surface(dock).left < right && left < surface(dock).right);
    place.style.setProperty("--lift", `${below.length * LIFT}px`);
    if (!known.has(place)) for (const dock of below) docks.get(dock)?.();
    known.add(place);
  }
}

const surface = (place: HTMLElement) => place.firstElementChild?.getBoundingClientRect() ?? new DOMRect();

export interface Dock {
  readonly frame: HTMLElement;
  show(action: Action, launcher: Node[], text: Node[], rest: Node[]): void;
  fold(): void;
  remove(): void;
}

export function openDock(stage: Stage, { placement, campaign }: Action, css: string): Dock {
  const frame = element("section", "dock");
  const host = enclose(frame, corner(placement), base + css, stage);
  const place = frame.parentElement as HTMLElement;
  const name = `dock.${campaign}`;
  const panel = element("div", "surface panel");
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
    place.classList.toggle("unfolded", !folded);
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
      if (host.isConnected) return;
      stage.container.append(host);
      if (stage.still) return;
      docks.set(place, () => fold(true));
      neighbours ??= new MutationObserver(guard(arrange));
      neighbours.observe(stage.container, { childList: true });
    },
    fold: () => fold(true, true),
    remove() {
      giveBack(host);
      // Found by the observer, which then is no longer needed.
      docks.delete(place);
    },
  };
}
