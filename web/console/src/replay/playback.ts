import type { eventWithTime } from "@rrweb/types";
import type { Replay } from "../api/types";
import { afterPause, type Run, runAt } from "./chunks";
import { Library } from "./library";
import { ChunkBroken } from "./load";
import { Screen } from "./screen";
import { FIRST_VIEW, type View } from "./view";

/** How far ahead of what is shown chunks are fetched. */
const AHEAD_MS = 90_000;
/** The same before it is played: enough to begin at once. */
const AHEAD_PAUSED_MS = 15_000;
const DRAWN_MS = 100;
/** How far from the edge of a visit that goes on one stands, and from where one is brought back there. */
const EDGE_MS = 400;
const BEHIND_MS = 1_500;
const MISSED_MS = 1_000;
const MISSED_SHOWN_MS = 5_000;

/** Plays one session: fetches the chunks around the moment asked for, then what follows, tab after tab. */
export class Playback {
  private view: View = FIRST_VIEW;
  private readonly listeners = new Set<() => void>();
  private readonly life = new AbortController();
  private readonly library: Library;
  private screen: Screen | null = null;
  private run: Run | null = null;
  /** The index, within the run, of the chunk to fetch next. */
  private next = 0;
  /** Asynchronous work of an opening that has been given up is dropped by comparing this. */
  private opening = 0;
  private streaming = 0;
  private wanted = false;
  /** Tabs played to their end, not to be gone on with. */
  private readonly finished = new Set<string>();
  private frame = 0;

  constructor(
    private readonly root: HTMLElement,
    replay: Replay,
    refresh: () => Promise<Replay | undefined>,
    /** Whether the recording may still grow. */
    private readonly isLive: () => boolean,
  ) {
    this.library = new Library(replay, refresh, this.life.signal);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): View => this.view;

  /** Take the newer description of a session that goes on. */
  update(replay: Replay): void {
    this.library.describe(replay);
    const held = this.run;
    if (this.view.status === "unplayable") {
      this.finished.clear();
      this.go(this.view.following ? this.edgeTime : this.view.time, null);
    } else if (held) {
      this.run = this.library.runs(this.view.tab).find(({ from }) => from === held.from) ?? held;
      const edge = this.view.following ? this.library.edge() : null;
      if (edge && (edge.tab !== this.view.tab || edge.run.from !== held.from) && edge.run.to > held.to + BEHIND_MS) {
        this.go(this.edgeTime, edge.tab);
      } else {
        void this.stream();
      }
    }
  }

  /** Keep to the edge of a visit that goes on. */
  follow(): void {
    this.wanted = true;
    this.screen?.setSpeed(1);
    this.set({ following: true, speed: 1 });
    this.finished.clear();
    this.go(this.edgeTime, this.library.edge()?.tab ?? null);
  }

  /** The visitor has left: from now on it is a recording like any other. */
  settle(): void {
    if (this.view.following || this.view.waiting) {
      this.wanted = false;
      this.set({ following: false, playing: false, waiting: false, ended: this.view.status === "ready" });
    }
  }

  play(): void {
    this.wanted = true;
    if (this.view.ended) {
      this.seek(0, null);
    } else {
      this.show(this.view.time);
      void this.stream();
    }
  }

  pause(): void {
    this.wanted = false;
    cancelAnimationFrame(this.frame);
    this.screen?.pause();
    this.set({ playing: false, waiting: false, following: false });
  }

  toggle(): void {
    if (this.view.playing) {
      this.pause();
    } else {
      this.play();
    }
  }

  setSpeed(speed: number): void {
    this.screen?.setSpeed(speed);
    this.set({ speed, following: this.view.following && speed === 1 });
  }

  setSkipsPauses(skipsPauses: boolean): void {
    this.set({ skipsPauses });
  }

  /** Go to a moment of a tab; null chooses the tab that was recorded then. */
  seek(time: number, tab: string | null = this.view.tab): void {
    this.finished.clear();
    this.set({ following: false });
    this.go(time, tab);
  }

  /** What of the present tab's time cannot be played, in milliseconds from the start. */
  gaps(): { from: number; to: number }[] {
    const { start } = this.library;
    return this.library.gaps(this.view.tab).map(({ from, to }) => ({ from: from - start, to: to - start }));
  }

  destroy(): void {
    this.life.abort();
    this.listeners.clear();
    this.discard();
  }

  private get edgeTime(): number {
    return (this.library.edge()?.run.to ?? this.library.start) - EDGE_MS - this.library.start;
  }

  private go(time: number, tab: string | null): void {
    const at = this.library.start + Math.max(0, time);
    const chosen = tab ?? this.library.tabAt(at);
    const run = runAt(this.library.runs(chosen), at);
    if (!chosen || !run) {
      this.discard();
      this.set({ status: "unplayable", reason: this.library.reason, playing: false, waiting: false });
      return;
    }
    const target = Math.min(Math.max(at, run.from), run.to);
    this.set({ missed: run.from - at > MISSED_MS ? time : null });
    const loaded = chosen === this.view.tab && run.from === this.run?.from && this.screen?.holds(target);
    this.set({ time: target - this.library.start, tab: chosen, ended: false });
    if (loaded) {
      this.show(target - this.library.start);
      void this.stream();
    } else {
      void this.open(chosen, run, target);
    }
  }

  private async open(tab: string, run: Run, at: number): Promise<void> {
    this.discard();
    const opening = this.opening;
    this.set({ status: "loading", playing: this.wanted, waiting: false });
    try {
      const { events, next } = await this.library.open(tab, run, at);
      if (opening === this.opening) {
        this.set({ notes: this.library.notes });
        this.run = run;
        this.next = next;
        this.screen = new Screen(this.root, events, this.view.speed, (size) => this.set({ size }));
        this.set({ status: "ready" });
        this.show(Math.max(at, this.screen.first) - this.library.start);
        void this.stream();
      }
    } catch (error) {
      this.failed(error, opening);
    }
  }

  private discard(): void {
    this.opening += 1;
    cancelAnimationFrame(this.frame);
    this.screen?.destroy();
    this.screen = null;
    this.run = null;
  }

  private failed(error: unknown, opening: number): void {
    if (opening !== this.opening || this.life.signal.aborted) {
      return;
    }
    if (error instanceof ChunkBroken) {
      // The library has left that chunk out: go on with what remains.
      this.go(this.view.time, this.library.runs(this.view.tab).length > 0 ? this.view.tab : null);
    } else {
      this.discard();
      this.set({ status: "failed", playing: false, waiting: false });
    }
  }

  private show(time: number): void {
    if (!this.screen) {
      this.set({ playing: this.wanted && this.view.status === "loading" });
      return;
    }
    const at = this.library.start + time;
    cancelAnimationFrame(this.frame);
    if (this.wanted) {
      this.screen.play(at);
      this.frame = requestAnimationFrame(this.tick);
    } else {
      this.screen.pause(at);
    }
    this.set({ time, playing: this.wanted, waiting: false, ended: false, href: this.screen.hrefAt(at) });
  }

  private readonly tick = (): void => {
    if (!this.screen || !this.wanted) {
      return;
    }
    const { now, last, activity } = this.screen;
    const time = Math.min(now, last) - this.library.start;
    if (Math.abs(time - this.view.time) >= DRAWN_MS) {
      this.set({ time, href: this.screen.hrefAt(now) });
    }
    if (this.view.missed !== null && now > (this.run?.from ?? now) + MISSED_SHOWN_MS) {
      this.set({ missed: null });
    }
    const behind = this.view.following && last - now > BEHIND_MS;
    const skipTo = behind ? last - EDGE_MS : afterPause(activity, now, this.view.skipsPauses);
    if (skipTo !== null) {
      this.show(skipTo - this.library.start);
      return;
    }
    void this.stream();
    if (now >= last) {
      this.goOn(last);
    } else {
      this.frame = requestAnimationFrame(this.tick);
    }
  };

  /** Past what is loaded: wait for more, or go on where the recording does. */
  private goOn(last: number): void {
    // A page may have come with the very last event.
    this.set({ time: last - this.library.start, href: this.screen?.hrefAt(last) ?? this.view.href });
    this.finished.add(this.view.tab ?? "");
    const gap = this.library.runs(this.view.tab).find(({ from }) => from > last);
    const following =
      gap && this.view.tab ? { tab: this.view.tab, at: gap.from } : this.library.after(last, this.finished);
    if (this.run && this.next < this.run.chunks.length) {
      this.set({ waiting: true });
    } else if (following) {
      this.go(following.at - this.library.start, following.tab);
    } else if (this.isLive()) {
      this.screen?.setSpeed(1);
      this.set({ waiting: true, following: true, speed: 1 });
    } else {
      this.wanted = false;
      this.set({ playing: false, waiting: false, ended: true });
    }
  }

  /** Fetch what comes next, one chunk after the other, until far enough ahead. */
  private async stream(): Promise<void> {
    const { opening } = this;
    const { tab } = this.view;
    if (this.streaming === opening || !tab) {
      return;
    }
    this.streaming = opening;
    try {
      while (this.run && this.next < this.run.chunks.length && this.needsMore()) {
        const events = await this.library.events(tab, this.run.chunks[this.next]?.sequence ?? 0);
        if (opening !== this.opening) {
          return;
        }
        this.next += 1;
        this.set({ notes: this.library.notes });
        this.append(events);
      }
    } catch (error) {
      this.failed(error, opening);
    } finally {
      if (this.streaming === opening) {
        this.streaming = 0;
      }
    }
  }

  private needsMore(): boolean {
    const now = this.library.start + this.view.time;
    const ahead = this.wanted ? AHEAD_MS * Math.max(1, this.view.speed / 2) : AHEAD_PAUSED_MS;
    const nothingToSkipTo = this.wanted && this.view.skipsPauses && (this.screen?.activity.at(-1) ?? 0) <= now;
    return (this.screen?.last ?? 0) < now + ahead || nothingToSkipTo;
  }

  private append(events: eventWithTime[]): void {
    this.screen?.append(events);
    if (this.view.waiting && events.length > 0) {
      // The replayer takes events in in microtasks: it has them all in the next task.
      setTimeout(() => this.view.waiting && this.show(this.view.time));
    }
  }

  private set(change: Partial<View>): void {
    const keys = Object.keys(change) as (keyof View)[];
    if (keys.some((key) => this.view[key] !== change[key])) {
      this.view = { ...this.view, ...change };
      for (const listener of this.listeners) {
        listener();
      }
    }
  }
}
