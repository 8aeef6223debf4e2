import { listen } from "../../kit";
import type { Controls } from "./card";

const STOPS = "a[href], button:not(:disabled), input, select, textarea, [tabindex]:not([tabindex^='-'])";
const TYPED_IN = "input, select, textarea, [contenteditable], video, [role=slider], [role=tab], [role=radio]";

/** The tour's keys: Tab stays within the card and what it shows, arrows go to and fro, Escape ends it. */
export function holdKeys(frame: HTMLElement, target: HTMLElement | undefined, controls: Controls): () => void {
  return listen(
    document,
    "keydown",
    (event) => {
      const from = event.composedPath()[0];
      const typing = from instanceof Element && !!from.closest(TYPED_IN);
      if (event.key === "Escape") controls.close();
      if (event.key === "Tab") turn(event, frame, target);
      if (typing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowLeft") controls.previous();
      // What the visitor has to click has no button to go on by.
      if (event.key === "ArrowRight" && frame.querySelector(".foot .button:not(.quiet)")) controls.next();
    },
    { capture: true },
  );
}

function turn(event: KeyboardEvent, frame: HTMLElement, target: HTMLElement | undefined): void {
  const active = event.composedPath()[0];
  const inside = target && active instanceof Node && active !== target && target.contains(active);
  const open = target?.matches(STOPS) ? target : target?.querySelector<HTMLElement>(STOPS);
  // Within what is shown, such as a form, Tab does what it does.
  if (inside && active !== open) return;
  const stops = [...frame.querySelectorAll<HTMLElement>(STOPS), ...(open ? [open] : [])];
  const at = stops.indexOf(active as HTMLElement);
  const to = event.shiftKey ? (at < 0 ? stops.length : at) - 1 : at + 1;
  event.preventDefault();
  stops[(to + stops.length) % stops.length]?.focus();
}
