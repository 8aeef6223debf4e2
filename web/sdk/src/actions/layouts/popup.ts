/** A message in a modal dialog. */
import type { ActionOf } from "../action";
import { message, openDialog, type Stage, type Surface } from "../kit";

export function open(stage: Stage): Surface<"popup"> {
  const { frame, show, remove } = openDialog(stage, "");
  return { frame, render: (action: ActionOf<"popup">) => show(action, message(stage, action.content)), remove };
}
