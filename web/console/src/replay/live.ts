import type { ReplaySummary } from "../api/types";

/** A visitor who has done nothing for this long has most likely gone. */
const LIVE_MS = 60_000;

/** Whether the visitor still seems to be there: something came within the last minute. */
export function isLive(replay: Pick<ReplaySummary, "active_at">, now: number): boolean {
  return now - Date.parse(replay.active_at) < LIVE_MS;
}
