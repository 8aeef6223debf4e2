import type { eventWithTime } from "@rrweb/types";
import type { ReplayChunk, ReplayTab } from "../api/types";

/** rrweb's event and mutation types, by the numbers recordings carry. */
export const FULL_SNAPSHOT = 2;
export const INCREMENTAL = 3;
export const META = 4;
export const CUSTOM = 5;
const MUTATION = 0;
const INPUT = 5;

/** Chunks in a row that can be played: the first holds a full snapshot and none is missing. Times are epoch ms. */
export interface Run {
  from: number;
  to: number;
  chunks: ReplayChunk[];
}

/** Split a tab's chunks at what is missing or unusable; what has no full snapshot before it cannot be drawn. */
export function runsOf(tab: ReplayTab, unusable: Pick<ReadonlySet<number>, "has"> = new Set()): Run[] {
  const runs: Run[] = [];
  let current: ReplayChunk[] = [];
  const close = () => {
    if (current.length > 0) {
      runs.push({ from: startOf(current), to: Math.max(...current.map(endOf)), chunks: current });
      current = [];
    }
  };
  for (const chunk of [...tab.chunks].sort((a, b) => a.sequence - b.sequence)) {
    const previous = current.at(-1)?.sequence;
    const follows = previous === chunk.sequence - 1;
    if (previous === chunk.sequence) {
      // Listed twice.
      continue;
    }
    if (unusable.has(chunk.sequence)) {
      close();
    } else if (follows) {
      current.push(chunk);
    } else {
      close();
      if (chunk.full_snapshot) {
        current = [chunk];
      }
    }
  }
  close();
  return runs;
}

const startOf = (chunks: ReplayChunk[]) => Date.parse(chunks[0]?.started_at ?? "");
const endOf = (chunk: ReplayChunk) => Date.parse(chunk.ended_at);

/** A time (epoch ms) of which nothing can be played. */
export interface Gap {
  from: number;
  to: number;
}

const GAP_MS = 1_000;

/**
 * What of a tab's time did not arrive, or cannot be drawn. `start` is that of the session, where the tab's own beginning
 * is missing and it is the only one.
 */
export function gapsOf(tab: ReplayTab, runs: readonly Run[], start: number | null): Gap[] {
  const chunks = [...tab.chunks].sort((a, b) => a.sequence - b.sequence);
  const [first] = chunks;
  if (!first) {
    return [];
  }
  const gaps: Gap[] = [];
  let cursor = first.sequence > 0 && start !== null ? start : startOf(chunks);
  for (const run of runs) {
    if (run.from - cursor > GAP_MS) {
      gaps.push({ from: cursor, to: run.from });
    }
    cursor = Math.max(cursor, run.to);
  }
  const end = Math.max(...chunks.map(endOf));
  return end - cursor > GAP_MS ? [...gaps, { from: cursor, to: end }] : gaps;
}

/** The run that holds this moment, else the next one, else the last. */
export function runAt(runs: readonly Run[], at: number): Run | undefined {
  return runs.find((run) => at <= run.to) ?? runs.at(-1);
}

/** The chunks of a run to have before this moment can be drawn: from the last full snapshot before it. */
export function neededFor(run: Run, at: number): { first: number; last: number } {
  let last = 0;
  for (const [index, chunk] of run.chunks.entries()) {
    if (Date.parse(chunk.started_at) <= at) {
      last = index;
    }
  }
  return { first: snapshotBefore(run, last), last };
}

/** The index of the nearest chunk with a full snapshot at or before `index`. */
export function snapshotBefore(run: Run, index: number): number {
  for (let each = index; each > 0; each--) {
    if (run.chunks[each]?.full_snapshot) {
      return each;
    }
  }
  return 0;
}

/** Put chunks together in the order things happened; a recorder's clock may step back between two of them. */
export function merged(chunks: readonly (readonly eventWithTime[])[]): eventWithTime[] {
  return chunks.flat().sort((a, b) => a.timestamp - b.timestamp);
}

/** The events from the first full snapshot on, with the viewport that belongs to it; none when there is no snapshot. */
export function fromSnapshot(events: readonly eventWithTime[]): eventWithTime[] {
  const snapshot = events.findIndex((event) => event.type === FULL_SNAPSHOT);
  if (snapshot < 0) {
    return [];
  }
  const meta = events.findLastIndex((event, index) => index < snapshot && event.type === META);
  return [...(meta < 0 ? [] : events.slice(meta, meta + 1)), ...events.slice(snapshot)];
}

/** Whether the visitor did something here, or came to another page. */
export function isActivity(event: eventWithTime): boolean {
  return (
    event.type === META || (event.type === INCREMENTAL && event.data.source > MUTATION && event.data.source <= INPUT)
  );
}

const PAUSE_MS = 8_000;
/** Nobody waits for this long, whatever they have chosen: a page that was left open over night. */
const LONG_PAUSE_MS = 300_000;
const RESUME_BEFORE_MS = 1_000;

/** Where to go on when nothing happens for a while from `at`; null when something does, or nothing more is known. */
export function afterPause(activity: readonly number[], at: number, skipsPauses = true): number | null {
  const next = activity.find((time) => time > at);
  const most = skipsPauses ? PAUSE_MS : LONG_PAUSE_MS;
  return next !== undefined && next - at > most ? next - RESUME_BEFORE_MS : null;
}
