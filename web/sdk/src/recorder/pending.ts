import { guard } from "../core/guard";
import { META, type RecordedEvent } from "./mask-event";

/** Stays under the server's limit even when nothing in it can be compressed. */
const CHUNK_CHARACTERS = 600_000;
/** What a buffer may take of the page's memory. */
const BUFFER_CHARACTERS = 8_000_000;

/** An event as JSON, or what makes it so: a large one waits until the browser has time. */
export type Line = string | (() => string);

/** From one full snapshot to the next. */
interface Segment {
  from: number;
  lines: Line[];
  characters: number;
}

function whenIdle(run: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(run, { timeout: 1000 });
  else setTimeout(run);
}

export interface Pending {
  /** Keep one more; with `bufferMs` only what a playback of the last so many milliseconds needs. */
  add(event: RecordedEvent, line: Line, bufferMs?: number): void;
  /** When the oldest was, in epoch milliseconds. */
  from(): number | undefined;
  /** Whether they fill a chunk. */
  full(): boolean;
  /** Take all, as JSON arrays that each fit a chunk. */
  take(): string[];
}

/** The events that no chunk has taken yet. */
export function createPending(): Pending {
  let segments: Segment[] = [];
  const characters = () => segments.reduce((sum, segment) => sum + segment.characters, 0);

  function add(event: RecordedEvent, line: Line, bufferMs?: number): void {
    const snapshot = event.type === META;
    // A buffer that had to be emptied goes on with the next snapshot.
    if (bufferMs && !snapshot && !segments.length) return;
    if (snapshot || !segments.length) segments.push({ from: event.timestamp, lines: [], characters: 0 });
    const segment = segments[segments.length - 1] as Segment;
    const at = segment.lines.push(line) - 1;
    const write = () => {
      const json = typeof line === "string" ? line : line();
      segment.lines[at] = json;
      segment.characters += json.length;
    };
    if (typeof line === "string") write();
    else whenIdle(guard(() => segment.lines[at] === line && write()));
    if (!bufferMs) return;
    while (segments[1] && segments[1].from <= event.timestamp - bufferMs) segments.shift();
    while (characters() > BUFFER_CHARACTERS) segments.shift();
  }

  return {
    add,
    from: () => segments[0]?.from,
    full: () => characters() > CHUNK_CHARACTERS,
    take() {
      const chunks: string[] = [];
      let lines: string[] = [];
      let room = CHUNK_CHARACTERS;
      for (const line of segments.flatMap((segment) => segment.lines)) {
        const json = typeof line === "string" ? line : line();
        lines.push(json);
        room -= json.length;
        if (room > 0) continue;
        chunks.push(`[${lines.join()}]`);
        lines = [];
        room = CHUNK_CHARACTERS;
      }
      if (lines.length) chunks.push(`[${lines.join()}]`);
      segments = [];
      return chunks;
    },
  };
}
