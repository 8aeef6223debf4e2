import type { Moment, Watch } from "../action";
import { guard } from "../kit";
import { leaving } from "./exit";
import { reading } from "./read";
import { scrolled, visible } from "./scroll";
import { idle, seen } from "./time";

/** Wait for it; the result stops waiting. */
type Wait = (reached: () => void) => () => void;

/** Tell, once, when the moment has come and the delay after it has passed; the result stops that. */
export function watch({ moment, delay }: Watch, reached: (moment: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => {};
  const come = (): void => {
    stop();
    timer ??= setTimeout(guard(reached), delay * 1000, moment?.type ?? "delay");
  };
  if (moment) stop = waitFor(moment)(come);
  else come();
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function waitFor(moment: Moment): Wait {
  switch (moment.type) {
    case "scroll":
      return scrolled(moment.percent / 100);
    case "visible":
      return visible(moment.selector);
    case "read":
      return reading;
    case "dwell":
      return seen(moment.seconds);
    case "exit":
      return leaving;
    case "idle":
      return idle(moment.seconds);
  }
}
