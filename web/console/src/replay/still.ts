import "@rrweb/replay/dist/style.css";
import type { Replay } from "../api/types";
import { FULL_SNAPSHOT } from "./chunks";
import { Library } from "./library";
import { Screen, type Size } from "./screen";

/** Draw the first page of a recording into the element, as large as its width; it neither moves nor runs. */
export async function drawFirst(element: HTMLElement, replay: Replay, signal: AbortSignal): Promise<void> {
  const library = new Library(replay, () => Promise.resolve(undefined), signal);
  const tab = library.tabAt(library.start);
  const run = library.runs(tab)[0];
  if (!tab || !run) {
    throw new Error("nothing to draw");
  }
  const { events } = await library.open(tab, run, run.from);
  if (signal.aborted) {
    return;
  }
  const snapshot = events.findIndex(({ type }) => type === FULL_SNAPSHOT);
  // rrweb asks for two events at least.
  const first = events.slice(0, Math.max(2, snapshot + 1));
  element.replaceChildren();
  const screen = new Screen(element, first, 1, (size) => scaled(element, size));
  screen.pause(events[snapshot]?.timestamp ?? screen.first);
  signal.addEventListener("abort", () => screen.destroy());
}

function scaled(element: HTMLElement, { width, height }: Size): void {
  const scale = element.clientWidth / Math.max(1, width);
  const drawn = element.firstElementChild as HTMLElement | null;
  if (drawn) {
    drawn.style.transform = `scale(${scale})`;
    drawn.style.transformOrigin = "0 0";
    drawn.style.width = `${width}px`;
    drawn.style.height = `${height}px`;
  }
}
