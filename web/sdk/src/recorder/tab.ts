import { uuid } from "../core/ids";
import { TAB_KEY, tabDisk } from "../core/store";

/** A chunk that its page could not send any more; the tab's next page does. */
export interface Leftover {
  url: string;
  tab: string;
  seq: number;
  json: string;
}

interface Stored {
  id: string;
  /** Set while a page uses it, so that a duplicated tab, which copies this, takes an id of its own. */
  open: boolean;
  session: string;
  next: number;
  /** Compressed bytes of that session. */
  bytes: number;
  leftovers: Leftover[];
}

export interface Tab {
  readonly id: string;
  /** The number of this tab's next chunk in a session: goes on from page to page. */
  nextSequence(session: string): number;
  /** Count bytes that were compressed; returns how many the session has from this tab. */
  spend(session: string, bytes: number): number;
  takeLeftovers(): Leftover[];
  leave(leftovers: Leftover[]): void;
  /** Come back from the browser's back/forward cache. */
  resume(): void;
}

/** This browser tab, in `sessionStorage`; for this page alone where that is blocked. */
export function openTab(): Tab {
  let memory: string | null = null;
  const read = (): Stored | undefined => {
    try {
      return JSON.parse(tabDisk()?.getItem(TAB_KEY) ?? "") as Stored;
    } catch {
      return memory ? (JSON.parse(memory) as Stored) : undefined;
    }
  };
  const write = (stored: Stored): void => {
    memory = JSON.stringify({ ...stored, leftovers: [] });
    for (const leftovers of [stored.leftovers, []]) {
      try {
        tabDisk()?.setItem(TAB_KEY, JSON.stringify({ ...stored, leftovers }));
        return;
      } catch {
        // Full: the numbers matter more than the leftovers.
      }
    }
  };
  const fresh = (): Stored => ({ id: uuid(), open: true, session: "", next: 0, bytes: 0, leftovers: [] });

  const found = read();
  let current = found && !found.open ? { ...found, open: true } : fresh();
  write(current);
  const latest = (): Stored => {
    const stored = read();
    current = stored?.id === current.id ? stored : current;
    return current;
  };

  return {
    get id() {
      return current.id;
    },
    nextSequence(session) {
      const stored = latest();
      const same = stored.session === session ? stored : { ...stored, next: 0, bytes: 0 };
      write({ ...same, session, next: same.next + 1 });
      return same.next;
    },
    spend(session, bytes) {
      const stored = latest();
      if (stored.session !== session) return 0;
      const spent = (stored.bytes || 0) + bytes;
      if (bytes) write({ ...stored, bytes: spent });
      return spent;
    },
    takeLeftovers() {
      const stored = latest();
      write({ ...stored, leftovers: [] });
      return stored.leftovers;
    },
    leave: (leftovers) => write({ ...latest(), open: false, leftovers }),
    resume: () => write({ ...latest(), open: true }),
  };
}
