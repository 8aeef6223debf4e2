import type { ActionOf } from "./action";
import { keep, kept } from "./kept";

const NAME = "tour";
/** As long as a session: a visitor who comes back later has moved on. */
const IDLE_MS = 30 * 60_000;

/** A tour that the visitor is on, from page to page of one tab. */
export interface Journey {
  action: ActionOf<"tour">;
  /** From 0. */
  step: number;
  /** Whether any step has been on the screen. */
  seen: boolean;
  /** Whether the tour itself has sent the visitor to the page that comes next. */
  sent: boolean;
  /** Shown to try it: nothing of it is tracked. */
  silent: boolean;
  /** Epoch milliseconds of the last step. */
  at: number;
}

export function journey(): Journey | undefined {
  const found = kept<Journey>(NAME);
  return found && Date.now() - found.at < IDLE_MS ? found : undefined;
}

export const keepJourney = (next: Omit<Journey, "at">): boolean => keep(NAME, { ...next, at: Date.now() });
export const endJourney = (): boolean => keep(NAME, undefined);
