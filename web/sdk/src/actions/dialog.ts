import { element, listen } from "./element";
import { box, type Frame } from "./frame";
import type { Stage } from "./stage";

/** A modal dialog. The browser's own: it takes the focus, gives it back, and makes the page behind inert. */
export function openDialog(stage: Stage, css: string): Frame {
  const frame = element("dialog", "surface popup");
  const { host, fill } = box(stage, frame, "center", css);
  if (stage.still) frame.before(element("div", "backdrop"));
  stage.container.append(host);

  listen(frame, "cancel", (event) => {
    event.preventDefault();
    stage.closed();
  });
  listen(frame, "click", ({ target }) => target === frame && stage.closed());
  listen(frame, "keydown", (event) => event.key === "Tab" && keepFocus(frame, event));

  return {
    frame,
    host,
    show(action, parts) {
      fill(action, parts);
      frame.toggleAttribute("aria-describedby", false);
      if (parts.text.some(({ id }) => id === "body")) frame.setAttribute("aria-describedby", "body");
      if (stage.still) frame.setAttribute("open", "");
      else if (!frame.open) frame.showModal();
    },
    remove() {
      frame.close();
      host.remove();
    },
  };
}

// The browser would let Tab leave for its own toolbar.
function keepFocus(frame: HTMLElement, event: KeyboardEvent): void {
  const stops = [...frame.querySelectorAll<HTMLInputElement>("a[href], button:not(:disabled), input, textarea, video")];
  const active = (frame.getRootNode() as ShadowRoot).activeElement as HTMLInputElement | null;
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  // Radio buttons of one name are one stop.
  const atEnd = active === from || active === frame || (active?.name && active.name === from?.name);
  if (!atEnd) return;
  event.preventDefault();
  to?.focus();
}
