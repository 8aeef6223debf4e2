import type { ActionOf } from "./action";
import { keep, kept } from "./kept";

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
  /** Epoch milliseconds of the last step. */
  at: number;
}

/** Tours that are tried are kept apart: the tag's core looks for these names. */
const name = (silent: boolean): string => (silent ? "preview" : "tour");

export function journey(silent: boolean): Journey | undefined {
  const found = kept<Journey>(name(silent));
  return found && Date.now() - found.at < IDLE_MS ? found : undefined;
}

export const keepJourney = (silent: boolean, next: Omit<Journey, "at">): boolean =>
  keep(name(silent), { ...next, at: Date.now() });
export const endJourney = (silent: boolean): boolean => keep(name(silent), undefined);
