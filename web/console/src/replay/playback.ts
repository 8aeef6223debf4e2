import { Replayer } from "@rrweb/replay";
import type { eventWithTime } from "@rrweb/types";
import type { Replay } from "../api/types";
import { afterPause, isActivity, META, type Run, runAt } from "./chunks";
import { Library } from "./library";
import { ChunkBroken } from "./load";

/** What the page draws. Times are milliseconds from the start of the recording. */
export interface View {
  status: "loading" | "ready" | "failed" | "unplayable";
  /** To a tenth of a second, so that the page is not drawn anew sixty times in each. */
  time: number;
  playing: boolean;
  /** Playing, but what comes next is not here yet. */
  waiting: boolean;
  ended: boolean;
  speed: number;
  skipsPauses: boolean;
  tab: string | null;
  size: { width: number; height: number } | null;
  /** The page the visitor was on. */
  href: string | null;
}

/** How far ahead of what is shown chunks are fetched. */
const AHEAD_MS = 90_000;
const DRAWN_MS = 100;

/** Plays one session: fetches the chunks around the moment asked for, then what follows, tab after tab. */
export class Playback {
  private view: View = {
    status: "loading",
    time: 0,
    playing: false,
    waiting: false,
    ended: false,
    speed: 1,
    skipsPauses: true,
    tab: null,
    size: null,
    href: null,
  };
  private readonly listeners = new Set<() => void>();
  private readonly life = new AbortController();
  private readonly library: Library;
  private replayer: Replayer | null = null;
  private run: Run | null = null;
  private events: eventWithTime[] = [];
  private activity: number[] = [];
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
      this.seek(this.view.time);
    } else if (held) {
      this.run = this.library.runs(this.view.tab).find(({ from }) => from === held.from) ?? held;
      void this.stream();
    }
  }

  play(): void {
    this.wanted = true;
    if (this.view.ended) {
      this.seek(0, null);
    } else {
      this.show(this.view.time);
    }
  }

  pause(): void {
    this.wanted = false;
    cancelAnimationFrame(this.frame);
    this.replayer?.pause();
    this.set({ playing: false, waiting: false });
  }

  toggle(): void {
    if (this.view.playing) {
      this.pause();
    } else {
      this.play();
    }
  }

  setSpeed(speed: number): void {
    this.replayer?.setConfig({ speed });
    this.set({ speed });
  }

  setSkipsPauses(skipsPauses: boolean): void {
    this.set({ skipsPauses });
  }

  /** Go to a moment of a tab; null chooses the tab that was recorded then. */
  seek(time: number, tab: string | null = this.view.tab): void {
    this.finished.clear();
    this.go(time, tab);
  }

  destroy(): void {
    this.life.abort();
    this.listeners.clear();
    this.discard();
  }

  private go(time: number, tab: string | null): void {
    const at = this.library.start + Math.max(0, time);
    const chosen = tab ?? this.library.tabAt(at);
    const run = runAt(this.library.runs(chosen), at);
    if (!chosen || !run) {
      this.discard();
      this.set({ status: "unplayable", playing: false, waiting: false });
      return;
    }
    const target = Math.min(Math.max(at, run.from), run.to);
    const loaded =
      this.replayer !== null &&
      chosen === this.view.tab &&
      run.from === this.run?.from &&
      target >= (this.events[0]?.timestamp ?? Number.POSITIVE_INFINITY) &&
      target <= (this.events.at(-1)?.timestamp ?? 0);
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
        this.run = run;
        this.next = next;
        this.build(events);
        this.set({ status: "ready" });
        this.show(Math.max(at, events[0]?.timestamp ?? at) - this.library.start);
        void this.stream();
      }
    } catch (error) {
      this.failed(error, opening);
    }
  }

  private build(events: eventWithTime[]): void {
    this.events = [...events];
    this.activity = events.filter(isActivity).map(({ timestamp }) => timestamp);
    const replayer = new Replayer([...events], {
      root: this.root,
      speed: this.view.speed,
      // Focus stays on the console's own controls.
      triggerFocus: false,
      showWarning: false,
      mouseTail: { duration: 500, lineCap: "round", lineWidth: 2, strokeStyle: "#2f86b0" },
      insertStyleRules: ["img:not([src^='data:']) { background: #e3e6ea; }"],
    });
    replayer.on("resize", (size) => this.set({ size: size as View["size"] }));
    replayer.iframe.setAttribute("title", "replay");
    // Neither the pointer nor the keyboard gets into the replayed page.
    replayer.wrapper.inert = true;
    this.replayer = replayer;
  }

  private discard(): void {
    this.opening += 1;
    cancelAnimationFrame(this.frame);
    this.replayer?.destroy();
    this.replayer = null;
    this.root.replaceChildren();
    this.run = null;
    this.events = [];
    this.activity = [];
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
    const origin = this.events[0]?.timestamp;
    if (!this.replayer || origin === undefined) {
      this.set({ playing: this.wanted && this.view.status === "loading" });
      return;
    }
    const at = this.library.start + time;
    cancelAnimationFrame(this.frame);
    if (this.wanted) {
      this.replayer.play(Math.max(0, at - origin));
      this.frame = requestAnimationFrame(this.tick);
    } else {
      this.replayer.pause(Math.max(0, at - origin));
    }
    this.set({ time, playing: this.wanted, waiting: false, ended: false, href: this.hrefAt(at) });
  }

  private readonly tick = (): void => {
    const origin = this.events[0]?.timestamp;
    if (!this.replayer || !this.wanted || origin === undefined) {
      return;
    }
    const now = origin + this.replayer.getCurrentTime();
    const last = this.events.at(-1)?.timestamp ?? now;
    const time = Math.min(now, last) - this.library.start;
    if (Math.abs(time - this.view.time) >= DRAWN_MS) {
      this.set({ time, href: this.hrefAt(now) });
    }
    const skipTo = this.view.skipsPauses ? afterPause(this.activity, now) : null;
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
    this.set({ time: last - this.library.start });
    this.finished.add(this.view.tab ?? "");
    const gap = this.library.runs(this.view.tab).find(({ from }) => from > last);
    const following =
      gap && this.view.tab ? { tab: this.view.tab, at: gap.from } : this.library.after(last, this.finished);
    if (this.run && this.next < this.run.chunks.length) {
      this.set({ waiting: true });
    } else if (following) {
      this.go(following.at - this.library.start, following.tab);
    } else if (this.isLive()) {
      this.set({ waiting: true });
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
    const ahead = AHEAD_MS * Math.max(1, this.view.speed / 2);
    const nothingToSkipTo = this.view.skipsPauses && (this.activity.at(-1) ?? 0) <= now;
    return (this.events.at(-1)?.timestamp ?? 0) < now + ahead || nothingToSkipTo;
  }

  private append(events: eventWithTime[]): void {
    for (const event of events) {
      this.replayer?.addEvent(event);
      this.events.push(event);
      if (isActivity(event)) {
        this.activity.push(event.timestamp);
      }
    }
    if (this.view.waiting && events.length > 0) {
      // The replayer takes events in in microtasks: it has them all in the next task.
      setTimeout(() => this.view.waiting && this.show(this.view.time));
    }
  }

  private hrefAt(at: number): string | null {
    const meta = this.events.findLast((event) => event.type === META && event.timestamp <= at);
    return meta?.type === META ? meta.data.href : null;
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
