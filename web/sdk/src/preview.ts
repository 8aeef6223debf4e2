/** Draws actions where they are written: the console's editor and gallery. */
import type { Action, ActionType } from "./actions/action";
import { element, listen } from "./actions/element";
import { open as bar } from "./actions/layouts/bar";
import { open as checklist } from "./actions/layouts/checklist/checklist";
import { open as embed } from "./actions/layouts/embed";
import { open as popup } from "./actions/layouts/popup";
import { open as slideIn } from "./actions/layouts/slide-in";
import { open as summary } from "./actions/layouts/summary/summary";
import { open as survey } from "./actions/layouts/survey/survey";
import { open as tooltip } from "./actions/layouts/tooltip";
import { open as tour } from "./actions/layouts/tour/tour";
import { open as video } from "./actions/layouts/video";
import { openNote } from "./actions/note";
import type { Layout, Stage } from "./actions/stage";
import css from "./preview.css?inline";

const LAYOUTS = {
  bar,
  checklist,
  embed,
  popup,
  "slide-in": slideIn,
  summary,
  survey,
  tooltip,
  tour,
  video,
  script: openNote,
  redirect: openNote,
} as Record<ActionType, Layout["open"]>;

/**
 * Draw `action` inside `container` as it would look on a page, at the container's size; the result takes it away.
 * What stands at an edge of the screen stands at the container's, popups are not modal, links lead nowhere, and
 * nothing is tracked.
 */
export function renderAction(container: HTMLElement, action: Action): () => void {
  const screen = element("div");
  const root = screen.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const inner = element("div", "screen");
  root.append(inner);
  container.append(screen);
  listen(screen, "click", (event) => {
    if (event.composedPath().some((each) => each instanceof HTMLAnchorElement)) event.preventDefault();
  });

  const surface = LAYOUTS[action.type](still(inner), action);
  surface?.render(action);
  return () => screen.remove();
}

const nothing = (): void => {};

function still(container: Element): Stage {
  return {
    still: true,
    silent: true,
    container,
    nonce: "",
    trust: (html) => html,
    track: nothing,
    identify: nothing,
    clicked: nothing,
    closed: nothing,
    leave: nothing,
    problem: nothing,
    flush: nothing,
  };
}
