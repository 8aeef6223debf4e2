/** A message as a part of the page: in, beside or in place of what a selector finds. */
import type { ActionOf } from "../action";
import { whenFound } from "../anchor";
import { box, element, message, type Stage, type Surface } from "../kit";
import css from "./embed.css?inline";

const PLACES = ["append", "prepend", "before", "after"] as const;
/** How often the page may draw itself anew without it before it stays away. */
const RETURNS = 20;

export function open(stage: Stage, { selector, placement }: ActionOf<"embed">): Surface<"embed"> {
  const frame = element("section", "surface");
  const { host, fill } = box(stage, frame, "embed", css);
  let returns = RETURNS;
  let restore = () => {};
  let stopWaiting = () => {};

  function place(target: HTMLElement): void {
    restore();
    const method = PLACES.find((each) => each === placement);
    if (placement === "replace") restore = hide(target);
    target[method ?? (placement === "replace" ? "after" : "append")](host);
    redrawn.observe(document, { subtree: true, childList: true });
  }

  const seek = (missing: () => void) => {
    if (selector) stopWaiting = whenFound(selector, place, missing);
    else missing();
  };
  const redrawn = new MutationObserver(() => {
    if (host.isConnected) return;
    redrawn.disconnect();
    if (returns--) seek(() => {});
  });

  return {
    frame,
    render(action) {
      fill(action, message(stage, action.content));
      if (stage.still) stage.container.append(host);
      else if (!host.isConnected) seek(() => stage.problem("selector_missing"));
    },
    remove() {
      stopWaiting();
      redrawn.disconnect();
      host.remove();
      restore();
    },
  };
}

/** Hide what is replaced, and leave it in the page: an app may go on drawing it. */
function hide({ style }: HTMLElement): () => void {
  const before = [style.getPropertyValue("display"), style.getPropertyPriority("display")] as const;
  style.setProperty("display", "none", "important");
  return () => style.setProperty("display", ...before);
}
