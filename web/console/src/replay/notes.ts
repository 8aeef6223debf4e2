import type { eventWithTime } from "@rrweb/types";
import { CUSTOM } from "./chunks";

const KINDS = ["error", "console", "request_failed", "rage_click", "dead_click", "stopped"] as const;
export type NoteKind = (typeof KINDS)[number];

/** What Kizuki's recorder noted in the recording itself. `at` is epoch milliseconds. */
export interface Note {
  kind: NoteKind;
  at: number;
  /** A message, an address or a selector: whatever tells it from others of its kind. */
  about: string;
}

const MAX_TEXT = 300;
const MAX_NOTES = 200;

/** Read the notes of a chunk; recordings of others have none, and a forged one whatever it likes. */
export function notesOf(events: readonly eventWithTime[]): Note[] {
  const notes: Note[] = [];
  for (const event of events) {
    if (event.type !== CUSTOM || event.data.tag !== "kizuki" || notes.length >= MAX_NOTES) {
      continue;
    }
    const payload = event.data.payload as Record<string, unknown> | null;
    const kind = KINDS.find((each) => each === payload?.kind);
    if (payload && kind) {
      notes.push({ kind, at: event.timestamp, about: aboutOf(kind, payload) });
    }
  }
  return notes;
}

function aboutOf(kind: NoteKind, payload: Record<string, unknown>): string {
  const text = (name: string) => (["string", "number"].includes(typeof payload[name]) ? String(payload[name]) : "");
  switch (kind) {
    case "error":
    case "console":
      return text("message").slice(0, MAX_TEXT);
    case "request_failed":
      return [text("method"), text("url"), text("status") === "0" ? "" : text("status")]
        .filter(Boolean)
        .join(" ")
        .slice(0, MAX_TEXT);
    case "rage_click":
    case "dead_click":
      return text("selector").slice(0, MAX_TEXT);
    case "stopped":
      return "";
  }
}
