/** The part of the tag that looks whether the visitor really sees what is shown, and what that does to the page. */

import type { Action } from "../action";
import { guard } from "../kit";
import type { Slot } from "../slots";
import type { Problem } from "../stage";
import { contrast } from "./contrast";
import { coveredControl } from "./controls";
import { areaOf, cover, isPinned, label, overlap } from "./geometry";

const AGAIN_MS = 1000;
const SETTLE_MS = 300;

export interface TruthChunk {
  inspect(slot: Slot, all: () => Slot[]): void;
}

/** Look when the browser has time, a second later, and when the screen changes its size, until the action has gone. */
export function inspect(slot: Slot, all: () => Slot[]): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (wait: number, last = false) => {
    clearTimeout(timer);
    timer = setTimeout(() => whenIdle(guard(() => look(last))), wait);
  };
  const resized = () => soon(SETTLE_MS, true);
  addEventListener("resize", resized);

  function look(last: boolean): void {
    if (!slot.surface) {
      removeEventListener("resize", resized);
      return;
    }
    // Nobody sees it now, or not where it will be.
    if (document.hidden || isMoving(slot.surface.frame)) soon(SETTLE_MS, last);
    else {
      examine(slot, all, last);
      if (!last) soon(AGAIN_MS, true);
    }
  }
  soon(0);
}

function whenIdle(run: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(run, { timeout: AGAIN_MS });
  else run(); // Safari
}

function isMoving(frame: HTMLElement): boolean {
  return frame.getAnimations().some(({ playState }) => playState === "running");
}

/** Types whose place is an element of the page that may not have come yet. */
const ANCHORED = ["embed", "tooltip", "tour"];
/** Types that take the page for themselves, or lie where the visitor has been led. */
const FOREMOST = ["tour", "tooltip"];

function examine({ action, surface, stage }: Slot, all: () => Slot[], last: boolean): void {
  const frame = surface?.frame;
  if (!frame || (!frame.isConnected && ANCHORED.includes(action.type))) return;
  const box = frame.getBoundingClientRect();
  if (!isRendered(frame, box)) {
    // At first it may still be on its way.
    if (last) stage.problem("not_rendered", box);
    return;
  }
  const inPage = action.type === "embed";
  const found: [Problem, Record<string, unknown> | false | undefined][] = [
    ["outside_viewport", isOutside(box, inPage) && {}],
    ["covered", told(coverOf(frame, box, inPage))],
    ["low_contrast", contrast(frame)],
  ];
  if (!isForemost(frame, action)) {
    const neighbour = all().find((other) => lies(other, frame, box));
    found.push(["overlaps_campaign", neighbour && { other: neighbour.action.campaign }]);
    if (!inPage) found.push(["covers_control", told(coveredControl(box))]);
  }
  for (const [problem, details] of found) if (details) stage.problem(problem, box, details);
}

const told = (element: Element | undefined) => element && { other: label(element) };

/** What is scrolled with the page comes out from under what is pinned to the screen. */
function coverOf(frame: HTMLElement, box: DOMRect, inPage: boolean): Element | undefined {
  const over = cover(frame, box);
  return over && inPage && isPinned(over) ? undefined : over;
}

function isForemost(frame: HTMLElement, { type }: Action): boolean {
  return frame.matches(":modal") || FOREMOST.includes(type);
}

function isRendered(frame: HTMLElement, box: DOMRect): boolean {
  if (!frame.isConnected || !areaOf(box)) return false;
  // Safari before 17.4 cannot tell what is transparent.
  return frame.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
}

/** A pixel is lost to rounding; what stands in the page is scrolled to. */
function isOutside({ left, right, top, bottom }: DOMRect, inPage: boolean): boolean {
  return left < -1 || right > innerWidth + 1 || (!inPage && (top < -1 || bottom > innerHeight + 1));
}

/** Whether the other action lies over this one, or under it, and neither is meant to. */
function lies({ action, surface }: Slot, frame: HTMLElement, box: DOMRect): boolean {
  const other = surface?.frame;
  if (!other?.isConnected || other === frame || isForemost(other, action)) return false;
  return overlap(box, other.getBoundingClientRect()) > 0;
}
