import { element, listen } from "./element";
import { box, type Frame } from "./frame";
import type { Stage } from "./stage";

/** Something beside the page's content: does not take the focus, and is announced politely. */
export function openPanel(stage: Stage, place: string, className: string, css: string): Frame {
  const frame = element("section", `surface ${className}`);
  const { host, text, fill } = box(stage, frame, place, css);
  text.role = "status";
  const giveBack = borrowFocus(frame);
  listen(frame, "keydown", ({ key }) => key === "Escape" && stage.closed());

  return {
    frame,
    host,
    show(action, parts) {
      fill(action, parts);
      if (!host.isConnected) stage.container.append(host);
      // Screen readers announce what changes in a status, not what it holds when it appears; and what has the focus anyway.
      requestAnimationFrame(() => document.activeElement === host || text.replaceChildren(...text.childNodes));
    },
    remove: () => giveBack(host),
  };
}

/** Remember where the focus comes from; the result takes the holder away, and gives the focus back. */
export function borrowFocus(frame: HTMLElement): (host: HTMLElement) => void {
  let cameFrom: EventTarget | null = null;
  listen(frame, "focusin", ({ relatedTarget }) => {
    if (!frame.contains(relatedTarget as Node | null)) cameFrom = relatedTarget;
  });
  return (host) => {
    const hadFocus = document.activeElement === host;
    host.remove();
    if (hadFocus && cameFrom instanceof HTMLElement) cameFrom.focus();
  };
}
