import { guard, listen } from "../kit";

/** Tell how many seconds the page has been visible since the first call, once a second while it is; the result stops it. */
export function whileVisible(tick: (seconds: number) => void): () => void {
  let total = 0;
  let since = document.hidden ? undefined : performance.now();
  const now = () => (total + (since === undefined ? 0 : performance.now() - since)) / 1000;
  const timer = setInterval(
    guard(() => since !== undefined && tick(now())),
    1000,
  );
  const stop = listen(document, "visibilitychange" as "scroll", () => {
    if (since !== undefined) total += performance.now() - since;
    since = document.hidden ? undefined : performance.now();
  });
  return () => {
    clearInterval(timer);
    stop();
  };
}

/** The page has been visible for so many seconds in all. */
export const seen = (seconds: number) => (reached: () => void) =>
  whileVisible((passed) => passed >= seconds && reached());

const ACTIVITY = ["pointermove", "pointerdown", "keydown", "scroll", "wheel", "touchmove"] as const;

/** The visitor has done nothing for so many seconds, on a page that they can see. */
export const idle = (seconds: number) => (reached: () => void) => {
  let last = 0;
  let now = 0;
  const stops = ACTIVITY.map((type) =>
    listen(
      window,
      type,
      () => {
        last = now;
      },
      { capture: true, passive: true },
    ),
  );
  stops.push(
    whileVisible((passed) => {
      now = passed;
      if (now - last >= seconds) reached();
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
};
