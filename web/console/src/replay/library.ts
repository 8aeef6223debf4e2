import type { eventWithTime } from "@rrweb/types";
import type { Replay, ReplayTab } from "../api/types";
import { fromSnapshot, type Gap, gapsOf, merged, neededFor, type Run, runsOf, snapshotBefore } from "./chunks";
import { ChunkBroken, ChunkUnavailable, loadChunk } from "./load";
import { type Note, notesOf } from "./notes";
import type { Unplayable } from "./view";

/** What is needed to draw a moment, and the index in the run of the chunk that follows. */
export interface Opening {
  events: eventWithTime[];
  next: number;
}

/** The chunks of one session: fetched once, described anew while the session goes on. */
export class Library {
  private readonly held = new Map<string, Promise<eventWithTime[]>>();
  private readonly unusable = new Map<string, Map<number, Unplayable>>();
  /** What the recorder noted, of all chunks that are here. */
  notes: readonly Note[] = [];

  constructor(
    private replay: Replay,
    private readonly refresh: () => Promise<Replay | undefined>,
    private readonly signal: AbortSignal,
  ) {}

  /** Epoch milliseconds. */
  get start(): number {
    return Date.parse(this.replay.started_at);
  }

  get tabs(): ReplayTab[] {
    return this.replay.tabs;
  }

  describe(replay: Replay): void {
    this.replay = replay;
  }

  runs(tab: string | null): Run[] {
    const found = this.tabs.find(({ id }) => id === tab);
    return found ? runsOf(found, this.unusable.get(found.id)) : [];
  }

  gaps(tab: string | null): Gap[] {
    const found = this.tabs.find(({ id }) => id === tab);
    return found ? gapsOf(found, this.runs(tab), this.tabs.length === 1 ? this.start : null) : [];
  }

  /** Where the recording ends for now, and in which tab. */
  edge(): { tab: string; run: Run } | null {
    const ends = this.tabs.flatMap(({ id }) => this.runs(id).map((run) => ({ tab: id, run })));
    return ends.sort((a, b) => b.run.to - a.run.to)[0] ?? null;
  }

  /** Why nothing of it can be played. */
  get reason(): Unplayable {
    if (this.tabs.every(({ chunks }) => chunks.length === 0)) {
      return "missing";
    }
    const reasons = new Set([...this.unusable.values()].flatMap((of) => [...of.values()]));
    // What is broken outweighs what its absence makes of the rest.
    return reasons.has("damaged") ? "damaged" : reasons.has("missing") ? "missing" : "no_full_snapshot";
  }

  /** The tab that was recorded at this moment, else the one that begins first. */
  tabAt(at: number): string | null {
    const playable = this.tabs
      .map(({ id }) => ({ id, runs: this.runs(id) }))
      .filter(({ runs }) => runs.length > 0)
      .sort((a, b) => (a.runs[0]?.from ?? 0) - (b.runs[0]?.from ?? 0));
    return (
      (playable.find(({ runs }) => runs.some(({ from, to }) => from <= at && at <= to)) ?? playable[0])?.id ?? null
    );
  }

  /** Another tab whose recording goes on after this moment, and where. */
  after(at: number, finished: ReadonlySet<string>): { tab: string; at: number } | null {
    for (const { id } of this.tabs.filter((tab) => !finished.has(tab.id))) {
      const run = this.runs(id).find(({ to }) => to > at + 1_000);
      if (run) {
        return { tab: id, at: Math.max(at, run.from) };
      }
    }
    return null;
  }

  /** Fetch from the full snapshot before a moment up to it; throws ChunkBroken when there is none after all. */
  async open(tab: string, run: Run, at: number): Promise<Opening> {
    let { first, last } = neededFor(run, at);
    let events = await this.between(tab, run, first, last);
    // A chunk may hold its snapshot only after the moment asked for.
    while (first > 0 && (events[0]?.timestamp ?? Number.POSITIVE_INFINITY) > at) {
      first = snapshotBefore(run, first - 1);
      events = await this.between(tab, run, first, last);
    }
    // rrweb plays nothing shorter than two events.
    while (events.length < 2 && last < run.chunks.length - 1) {
      last += 1;
      events = await this.between(tab, run, first, last);
    }
    if (events.length < 2) {
      this.leaveOut(tab, run.chunks[0]?.sequence ?? 0, "no_full_snapshot");
      throw new ChunkBroken("no_full_snapshot");
    }
    return { events, next: last + 1 };
  }

  async events(tab: string, sequence: number): Promise<eventWithTime[]> {
    const key = `${tab}#${sequence}`;
    let loading = this.held.get(key);
    if (!loading) {
      loading = this.fetch(tab, sequence).then((events) => {
        this.notes = [...this.notes, ...notesOf(events)];
        return events;
      });
      this.held.set(key, loading);
    }
    try {
      return await loading;
    } catch (error) {
      this.held.delete(key);
      if (error instanceof ChunkBroken) {
        this.leaveOut(tab, sequence, error.reason);
      }
      throw error;
    }
  }

  private async between(tab: string, run: Run, first: number, last: number): Promise<eventWithTime[]> {
    const chunks = run.chunks.slice(first, last + 1);
    return fromSnapshot(merged(await Promise.all(chunks.map(({ sequence }) => this.events(tab, sequence)))));
  }

  private async fetch(tab: string, sequence: number): Promise<eventWithTime[]> {
    try {
      return await loadChunk(this.address(tab, sequence), this.signal);
    } catch (error) {
      if (!(error instanceof ChunkUnavailable)) {
        throw error;
      }
      // Addresses are good for minutes only: ask for new ones, once.
      this.replay = (await this.refresh()) ?? this.replay;
      return loadChunk(this.address(tab, sequence), this.signal).catch((again) => {
        throw again instanceof ChunkUnavailable && again.refused ? new ChunkBroken("missing") : again;
      });
    }
  }

  private address(tab: string, sequence: number): string {
    const chunk = this.tabs.find(({ id }) => id === tab)?.chunks.find((each) => each.sequence === sequence);
    if (!chunk) {
      throw new ChunkBroken("missing");
    }
    return chunk.url;
  }

  private leaveOut(tab: string, sequence: number, reason: Unplayable): void {
    this.unusable.set(tab, new Map([...(this.unusable.get(tab) ?? []), [sequence, reason]]));
  }
}
