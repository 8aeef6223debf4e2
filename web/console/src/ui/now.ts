import { useSyncExternalStore } from "react";

// One ticker for every relative time on the page.
let now = Date.now();
const listeners = new Set<() => void>();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    now = Date.now();
    for (const each of listeners) {
      each();
    }
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time, fresh to five seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
