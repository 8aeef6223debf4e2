import type { ActionOf } from "../action";
import { openDialog } from "../dialog";
import type { Frame } from "../frame";
import { LABELS, words } from "../labels";
import { message } from "../message";
import { openPanel } from "../panel";
import { corner } from "../places";
import type { Stage, Surface } from "../stage";
import bar from "./bar.css?inline";

/** A message in a modal dialog. */
export function openPopup(stage: Stage): Surface<"popup"> {
  return framed(stage, openDialog(stage, ""));
}

/** A message in a card at a corner of the screen. */
export function openSlideIn(stage: Stage, { placement }: ActionOf<"slide-in">): Surface<"slide-in"> {
  return framed(stage, openPanel(stage, corner(placement), "", ""));
}

/** A message in a bar at an edge of the screen. */
export function openBar(stage: Stage, { placement }: ActionOf<"bar">): Surface<"bar"> {
  const panel = openPanel(stage, placement === "top" ? "top" : "bottom", "bar", bar);
  panel.frame.removeAttribute("aria-labelledby");
  return {
    ...panel,
    render(action) {
      panel.frame.ariaLabel = words(action.locale, LABELS).region;
      panel.show(action, message(stage, action.content));
    },
  };
}

function framed(stage: Stage, { frame, show, remove }: Frame): Surface<"popup" | "slide-in"> {
  return { frame, render: (action) => show(action, message(stage, action.content)), remove };
}
