/** Drawing a page is work for the browser and the network: so many at a time. */
const SLOTS = 2;

let taken = 0;
const waiting: (() => void)[] = [];

/** Do the work when there is a place for it; nothing is done for whoever has gone by then. */
export async function withSlot(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!(await place(signal))) {
    return;
  }
  try {
    await (signal.aborted ? undefined : work());
  } finally {
    const next = waiting.shift();
    if (next) {
      // The place is handed on.
      next();
    } else {
      taken -= 1;
    }
  }
}

/** Wait for a place; false for whoever left the queue. */
function place(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) {
    return Promise.resolve(false);
  }
  if (taken < SLOTS) {
    taken += 1;
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const turn = () => resolve(true);
    waiting.push(turn);
    signal.addEventListener("abort", () => {
      const index = waiting.indexOf(turn);
      if (index >= 0) {
        waiting.splice(index, 1);
        resolve(false);
      }
    });
  });
}
