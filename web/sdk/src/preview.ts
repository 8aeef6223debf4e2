/** Draws actions where they are written: the console's editor and gallery. */
import type { Action, ActionType } from "./actions/action";
import { element, listen } from "./actions/element";
import { open as checklist } from "./actions/layouts/checklist/checklist";
import { open as embed } from "./actions/layouts/embed";
import { openBar, openPopup, openSlideIn } from "./actions/layouts/framed";
import { open as summary } from "./actions/layouts/summary/summary";
import { open as survey } from "./actions/layouts/survey/survey";
import { open as tooltip } from "./actions/layouts/tooltip";
import { open as tour } from "./actions/layouts/tour/tour";
import { open as video } from "./actions/layouts/video";
import { openNote } from "./actions/note";
import type { Layout, Stage } from "./actions/stage";
import css from "./preview.css?inline";

const LAYOUTS = {
  bar: openBar,
  checklist,
  embed,
  popup: openPopup,
  "slide-in": openSlideIn,
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
  // What stands fixed on the screen stands so on this.
  screen.style.cssText = "position:relative;height:100%;min-height:inherit;overflow:hidden;transform:translate(0)";
  container.append(screen);
  listen(screen, "click", (event) => {
    if (event.composedPath().some((each) => each instanceof HTMLAnchorElement)) event.preventDefault();
  });

  const surface = LAYOUTS[action.type](still(screen), action);
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
    css,
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
