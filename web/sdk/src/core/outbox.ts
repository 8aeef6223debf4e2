import { uuid } from "./ids";
import type { Store } from "./store";

/** Longer than the longest wait between two tries, so that a live page never loses its lease. */
const LEASE_MS = 150_000;
const MOST_EVENTS = 1000;
const MOST_CHARACTERS = 1_000_000;

export interface Outbox {
  add(event: string): void;
  /** The events that wait, oldest first. */
  waiting(): string[];
  remove(events: readonly string[]): void;
  /** Keep other pages away from this queue, for at least so long. */
  lease(atLeast?: number): void;
  /** Leave the queue to whichever page comes next, whatever answers still come in here. */
  release(): void;
  /** Claim it again: the browser has brought the page back. */
  reclaim(): void;
  /** Take over the queues of pages that are gone; false when there were none. */
  adopt(): boolean;
}

/**
 * Events as JSON, kept in the store until the server has answered for them.
 * Each page has a queue of its own, so that no two tabs write to one or send the same batch: one line says until when
 * it is leased to its page, the others are the events. Nothing is held beside the store: once adopted, they are gone here.
 */
export function createOutbox(store: Store, writeKey: string, now: () => number): Outbox {
  const prefix = `queue.${writeKey}.`;
  const key = prefix + uuid();
  let released = false;

  function read(from: string): [lease: number, events: string[]] {
    const [lease, ...events] = (store.get(from) ?? "0").split("\n");
    return [Number(lease), events];
  }

  function write(events: string[], lease: number): void {
    let size = events.reduce((sum, event) => sum + event.length, 0);
    while (events.length > MOST_EVENTS || size > MOST_CHARACTERS) size -= events.shift()?.length ?? 0;
    if (events.length) store.set(key, [released ? 0 : lease, ...events].join("\n"));
    else store.remove(key);
  }

  return {
    add(event) {
      const [lease, waiting] = read(key);
      write([...waiting, event], Math.max(lease, now() + LEASE_MS));
    },
    waiting: () => read(key)[1],
    remove(events) {
      const [lease, waiting] = read(key);
      const done = new Set(events);
      write(
        waiting.filter((event) => !done.has(event)),
        lease,
      );
    },
    lease: (atLeast = 0) => write(read(key)[1], now() + atLeast + LEASE_MS),
    release() {
      released = true;
      write(read(key)[1], 0);
    },
    reclaim() {
      released = false;
      write(read(key)[1], now() + LEASE_MS);
    },
    adopt() {
      const orphans = store.keys(prefix).filter((other) => other !== key && read(other)[0] < now());
      const events = orphans.flatMap((orphan) => read(orphan)[1]);
      if (!events.length) return false;
      write([...events, ...read(key)[1]], now() + LEASE_MS);
      orphans.forEach(store.remove);
      return true;
    },
  };
}
