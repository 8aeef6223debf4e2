/** The lazily loaded part that shows what campaigns decided. What each layout needs of its own comes in its own chunk. */
import { warn } from "../core/guard";
import type { Actions, ActionsHost } from "./chunk";
import type { MomentsChunk, Watches } from "./moments/moments";
import { createSlots } from "./slots";

export * from "./kit";

export function start(given: ActionsHost): Actions {
  const host = given.silent ? { ...given, track() {}, identify() {} } : given;
  const slots = createSlots(host);
  let loading: Promise<Watches> | undefined;

  /** In the order of the calls, whenever the chunk comes. */
  const watching = (run: (watches: Watches) => void) =>
    loading?.then(run).catch((error) => {
      loading = undefined;
      warn(error);
    });

  if (host.begun) {
    slots
      .chunk(host.begun)
      .then(({ begin }) => begin?.(host, slots))
      .catch(warn);
  }
  return {
    take({ actions = [], withdrawn = [], watch = [] }) {
      // What campaigns decide meanwhile would lie over what is tried.
      if (host.silent) return;
      slots.withdraw(withdrawn);
      slots.show(actions);
      if (watch.length) loading ??= host.load<MomentsChunk>("moments").then((chunk) => chunk.createWatches(host.track));
      watching(({ begin, end }) => {
        end(withdrawn);
        begin(watch);
      });
    },
    clear(ended) {
      slots.clear(ended);
      watching(({ end }) => end());
    },
  };
}
