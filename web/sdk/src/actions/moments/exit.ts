import { listen } from "../kit";

/** A quick way back: so much of the screen, up, within so many milliseconds. */
const PART = 0.4;
const WITHIN_MS = 300;

/**
 * The visitor turns to the browser itself. With a mouse: the pointer leaves the page through its top. By touch: having been
 * more than a screen down, the visitor scrolls back up quickly, as one does to reach the address bar.
 */
export const leaving = (reached: () => void): (() => void) => {
  const stop = listen(document.documentElement, "mouseleave", ({ clientY }) => clientY <= 0 && reached());
  if (!matchMedia("(hover: none)").matches) return stop;
  let positions: [time: number, y: number][] = [];
  let deepest = 0;
  const stopScroll = listen(
    window,
    "scroll",
    ({ timeStamp }) => {
      deepest = Math.max(deepest, scrollY);
      positions = [...positions.filter(([time]) => timeStamp - time <= WITHIN_MS), [timeStamp, scrollY]];
      const from = Math.max(...positions.map(([, y]) => y));
      if (deepest > innerHeight && from - scrollY > innerHeight * PART) reached();
    },
    { passive: true },
  );
  return () => {
    stop();
    stopScroll();
  };
};
