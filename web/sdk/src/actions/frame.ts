import type { Action } from "./action";
import { button, element } from "./element";
import { LABELS, words } from "./labels";
import type { Parts } from "./message";
import { dress, enclose } from "./mount";
import type { Stage } from "./stage";

/** What stands on the screen, whatever is in it. */
export interface Frame {
  readonly frame: HTMLElement;
  readonly host: HTMLElement;
  show(action: Action, parts: Parts): void;
  remove(): void;
}

export interface Box {
  host: HTMLElement;
  text: HTMLElement;
  fill(action: Action, parts: Parts): void;
}

/** Enclose `frame` and give it what every message has: picture, text, buttons, and a way to close it. */
export function box(stage: Stage, frame: HTMLElement, place: string, css: string): Box {
  const host = enclose(frame, place, css, stage);
  const text = element("div", "text");
  frame.setAttribute("aria-labelledby", "title");
  return {
    host,
    text,
    fill(action, parts) {
      dress(host, action);
      const close = button("close", "×", stage.closed);
      close.ariaLabel = words(action.locale, LABELS).close;
      text.replaceChildren(...parts.text);
      frame.replaceChildren(...[parts.picture, text, parts.foot, close].filter((part) => !!part));
    },
  };
}
