import type { Replay, StoryEvent } from "../api/types";
import { eventKind, type Kind } from "../events/wording";

/** Milliseconds from the start of the recording. */
export function offsetOf(event: StoryEvent, replay: Pick<Replay, "session" | "started_at">): number {
  // The recorder's own clock places an event better than the corrected time of the event does.
  const offset =
    event.replay?.id === replay.session
      ? event.replay.offset
      : Date.parse(event.occurred_at) - Date.parse(replay.started_at);
  return Math.max(0, offset);
}

export interface Marker {
  id: string;
  at: number;
  kind: Kind;
  event: StoryEvent;
}

export function markersOf(replay: Replay): Marker[] {
  return replay.events
    .map((event) => ({ id: event.message_id, at: offsetOf(event, replay), kind: eventKind(event), event }))
    .sort((a, b) => a.at - b.at);
}

/** The last marker at or before a moment. */
export function currentMarker(markers: readonly Marker[], time: number): Marker | undefined {
  return markers.findLast(({ at }) => at <= time);
}

/** The length of the recording, which grows while the visit goes on. */
export function lengthOf(replay: Replay): number {
  const start = Date.parse(replay.started_at);
  const ends = replay.tabs.flatMap(({ chunks }) => chunks.map(({ ended_at }) => Date.parse(ended_at) - start));
  return Math.max(replay.duration_ms, 0, ...ends);
}
