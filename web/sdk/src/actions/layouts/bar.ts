/** A bar at an edge of the screen. */
import type { ActionOf } from "../action";
import { LABELS, message, openPanel, type Stage, type Surface, words } from "../kit";
import css from "./bar.css?inline";

export function open(stage: Stage, { placement }: ActionOf<"bar">): Surface<"bar"> {
  const { frame, show, remove } = openPanel(stage, placement === "top" ? "top" : "bottom", "bar", css);
  frame.removeAttribute("aria-labelledby");
  return {
    frame,
    render(action) {
      frame.ariaLabel = words(action.locale, LABELS).region;
      show(action, message(stage, action.content));
    },
    remove,
  };
}
