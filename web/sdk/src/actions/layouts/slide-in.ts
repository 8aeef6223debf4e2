/** A card that slides in at a corner of the screen. */
import type { ActionOf } from "../action";
import { corner, message, openPanel, type Stage, type Surface } from "../kit";

export function open(stage: Stage, { placement }: ActionOf<"slide-in">): Surface<"slide-in"> {
  const { frame, show, remove } = openPanel(stage, corner(placement), "card", "");
  return { frame, render: (action: ActionOf<"slide-in">) => show(action, message(stage, action.content)), remove };
}
