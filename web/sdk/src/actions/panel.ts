import { element, listen } from "./element";
import { box, type Frame } from "./frame";
import type { Stage } from "./stage";

/** Something beside the page's content: does not take the focus, and is announced politely. */
export function openPanel(stage: Stage, place: string, className: string, css: string): Frame {
  const frame = element("section", `surface ${className}`);
  const { host, text, fill } = box(stage, frame, place, css);
  frame.setAttribute("aria-labelledby", "title");
  text.role = "status";
  const giveBack = borrowFocus(frame);
  listen(frame, "keydown", ({ key }) => key === "Escape" && stage.closed());

  return {
    frame,
    host,
    show(action, parts) {
      fill(action, parts);
      if (!host.isConnected) stage.container.append(host);
      // Screen readers announce what changes in a status, not what it holds when it appears.
      requestAnimationFrame(() => text.replaceChildren(...text.childNodes));
    },
    remove() {
      const hadFocus = document.activeElement === host;
      host.remove();
      if (hadFocus) giveBack();
    },
  };
}

/** Remember where the focus came from, and give it back there. */
export function borrowFocus(frame: HTMLElement): () => void {
  let cameFrom: EventTarget | null = null;
  listen(frame, "focusin", ({ relatedTarget }) => {
    if (!frame.contains(relatedTarget as Node | null)) cameFrom = relatedTarget;
  });
  return () => cameFrom instanceof HTMLElement && cameFrom.focus();
}
