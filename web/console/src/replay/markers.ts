import type { Replay, StoryEvent } from "../api/types";
import { eventKind, type Kind, type Told } from "../events/wording";
import type { Note, NoteKind } from "./notes";

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
  event: Told;
}

/** What the recorder notes is tracked as an event, too, where it has such a name. */
const NAMES: Record<NoteKind, string> = {
  error: "Error",
  console: "Console Error",
  request_failed: "Request Failed",
  rage_click: "Rage Clicked",
  dead_click: "Dead Clicked",
  stopped: "Recording Stopped",
};
/** An event and the note of the same thing are this close. */
const SAME_MS = 2_000;

/** The visit's events and what the recorder noted, each thing once, in order. */
export function markersOf(replay: Replay, notes: readonly Note[] = []): Marker[] {
  const start = Date.parse(replay.started_at);
  const tracked = replay.events.map((event) => marker(event.message_id, offsetOf(event, replay), event));
  const noted = notes
    .map(({ kind, at, about }) => {
      const told = { type: "track", event: NAMES[kind], properties: about ? { message: about } : {} };
      return marker(`note ${kind} ${at}`, Math.max(0, at - start), told);
    })
    .filter(({ at, event }) => !tracked.some((each) => each.event.event === event.event && near(each.at, at)));
  return [...tracked, ...noted].sort((a, b) => a.at - b.at);
}

const marker = (id: string, at: number, event: Told): Marker => ({ id, at, kind: eventKind(event), event });

const near = (one: number, other: number) => Math.abs(one - other) <= SAME_MS;

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
