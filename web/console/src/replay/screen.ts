import { Replayer } from "@rrweb/replay";
import type { eventWithTime } from "@rrweb/types";
import { isActivity, META } from "./chunks";

export interface Size {
  width: number;
  height: number;
}

/** The visitor's page as it is drawn: rrweb's replayer and the events it has. Times are epoch milliseconds. */
export class Screen {
  private readonly replayer: Replayer;
  private readonly events: eventWithTime[];
  /** When the visitor did something. */
  readonly activity: number[];
  readonly first: number;

  constructor(
    private readonly root: HTMLElement,
    events: eventWithTime[],
    speed: number,
    onSize: (size: Size) => void,
  ) {
    this.events = [...events];
    this.activity = events.filter(isActivity).map(({ timestamp }) => timestamp);
    this.first = events[0]?.timestamp ?? 0;
    this.replayer = new Replayer([...events], {
      root,
      speed,
      // Focus stays on the console's own controls.
      triggerFocus: false,
      showWarning: false,
      mouseTail: { duration: 500, lineCap: "round", lineWidth: 2, strokeStyle: "#2f86b0" },
      // Pictures of elsewhere are not fetched: their place is shown.
      insertStyleRules: ["img:not([src^='data:']) { background: #e3e6ea; }"],
    });
    this.replayer.on("resize", (size) => onSize(size as Size));
    this.replayer.iframe.setAttribute("title", "replay");
    // Neither the pointer nor the keyboard gets into the replayed page.
    this.replayer.wrapper.inert = true;
  }

  get now(): number {
    return this.first + this.replayer.getCurrentTime();
  }

  get last(): number {
    return this.events.at(-1)?.timestamp ?? this.first;
  }

  holds(at: number): boolean {
    return at >= this.first && at <= this.last;
  }

  play(at: number): void {
    this.replayer.play(this.placeOf(at));
  }

  /** Stop, at a moment if one is given. */
  pause(at?: number): void {
    this.replayer.pause(at === undefined ? undefined : this.placeOf(at));
  }

  /** The replayer leaves out what happened at that very millisecond: the end would never be seen. */
  private placeOf(at: number): number {
    return Math.max(0, at - this.first) + 1;
  }

  setSpeed(speed: number): void {
    this.replayer.setConfig({ speed });
  }

  append(events: readonly eventWithTime[]): void {
    for (const event of events) {
      this.replayer.addEvent(event);
      this.events.push(event);
      if (isActivity(event)) {
        this.activity.push(event.timestamp);
      }
    }
  }

  /** The address of the page that was open. */
  hrefAt(at: number): string | null {
    const meta = this.events.findLast((event) => event.type === META && event.timestamp <= at);
    return meta?.type === META ? meta.data.href : null;
  }

  destroy(): void {
    this.replayer.destroy();
    this.root.replaceChildren();
  }
}
