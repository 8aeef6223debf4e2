import { INCREMENTAL, INPUT, type RecordedEvent } from "./mask-event";

// Parts of rrweb's format: `source` of an incremental event, and what the pointer did.
const MOUSE_MOVE = 1;
const MOUSE_INTERACTION = 2;
const TOUCH_MOVE = 6;
const DRAG = 12;
const SELECTION = 14;
const FOCUS = 5;

const MOVES = [MOUSE_MOVE, TOUCH_MOVE, DRAG];

/** What kind of change an event is; -1 for a snapshot, and what else is no change. */
function sourceOf({ type, data }: RecordedEvent): number {
  return type === INCREMENTAL ? (data as { source: number }).source : -1;
}

/** Whether only a person does it. Scrolling a carousel does on its own. */
export function isByHand(event: RecordedEvent): boolean {
  return [...MOVES, MOUSE_INTERACTION, INPUT].includes(sourceOf(event));
}

/** Whether the picture is the same without it. */
export function isPassing(event: RecordedEvent): boolean {
  return [...MOVES, MOUSE_INTERACTION, SELECTION].includes(sourceOf(event));
}

export function isFocus(event: RecordedEvent): boolean {
  return sourceOf(event) === MOUSE_INTERACTION && (event.data as { type: number }).type === FOCUS;
}

/** Whether it may be what a page does when it is clicked. */
export function isAnswer(event: RecordedEvent): boolean {
  const source = sourceOf(event);
  return isFocus(event) || (source >= 0 && source !== MOUSE_INTERACTION && !MOVES.includes(source));
}
