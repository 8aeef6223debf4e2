import type { ActionOf } from "../../action";
import { button, dress, element, LABELS as GENERAL, picture, type Stage, text, words } from "../../kit";
import { LABELS } from "./labels";

export interface Controls {
  previous(): void;
  next(): void;
  close(): void;
}

/** Draw a step into the tour's card. */
export function drawStep(
  frame: HTMLElement,
  stage: Stage,
  action: ActionOf<"tour">,
  at: number,
  byClick: boolean,
  { previous, next, close }: Controls,
): void {
  const { steps } = action.content;
  const step = steps[at];
  if (!step) return;
  const labels = words(action.locale, LABELS);
  // A link leads on, and the tour with it.
  const following = {
    ...stage,
    clicked: (url: string) => stage.track("Campaign Clicked", { url, step: at + 1 }),
  };
  const said = text(following, step.title, step.body);
  const quit = button("close", "×", close);
  quit.ariaLabel = words(action.locale, GENERAL).close;
  dress((frame.getRootNode() as ShadowRoot).host as HTMLElement, action);
  frame.toggleAttribute("aria-describedby", false);
  if (said[1]) frame.setAttribute("aria-describedby", "body");
  frame.replaceChildren(
    picture(step.image) ?? "",
    element("div", "text", ...said, byClick && element("p", "hint", labels.click)),
    element(
      "div",
      "foot",
      element("span", "count", labels.progress(at + 1, steps.length)),
      at > 0 && button("button quiet", labels.previous, previous),
      !byClick && button("button", at === steps.length - 1 ? labels.finish : labels.next, next),
    ),
    quit,
  );
}
