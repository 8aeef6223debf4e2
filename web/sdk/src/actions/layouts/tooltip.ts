/** A coach mark: points at an element of the page and stays with it. */
import type { ActionOf } from "../action";
import { beside, follow, scrollTo, whenFound } from "../anchor";
import { element, message, openPanel, type Stage, type Surface } from "../kit";
import css from "./tooltip.css?inline";

export function open(stage: Stage, { selector, placement }: ActionOf<"tooltip">): Surface<"tooltip"> {
  const { frame, host, show, remove } = openPanel(stage, "", "tip", css);
  const arrow = element("div", "arrow");
  frame.before(arrow);
  let target: HTMLElement | undefined;
  let stop = () => {};
  let showNow = () => {};

  function seek(): void {
    stop();
    host.remove();
    target = undefined;
    stop = whenFound(selector ?? "", found, missing);
  }

  // What has been there, and is gone, was no mistake.
  let missing = (): void => stage.problem("selector_missing");

  function found(element: HTMLElement): void {
    target = element;
    missing = () => {};
    showNow();
    scrollTo(element);
    stop = follow(element, (box) => beside(frame, arrow, box, placement), seek);
  }

  return {
    frame,
    render(action) {
      showNow = () => show(action, message(stage, action.content));
      if (target || stage.still) showNow();
      else seek();
    },
    remove() {
      stop();
      remove();
    },
  };
}
