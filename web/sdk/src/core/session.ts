import { uuid } from "./ids";
import { toJson } from "./json";
import type { Store } from "./store";

/** Inactivity that ends a session, as in the server's own derivation. */
export const IDLE_MS = 30 * 60_000;

export interface Session {
  id: string;
  /** Epoch milliseconds of the last activity, in any tab. */
  seenAt: number;
  /** Epoch milliseconds at which the session's first recording began. */
  recordedFrom?: number;
}

export interface Sessions {
  /** The running session, if there is one; does not extend it. */
  peek(): Session | undefined;
  /** The running session or a new one, extended by this activity. */
  touch(): Session;
  /** Note when recording began; the first note of a session counts, so that all tabs share one time line. */
  recordedFrom(time: number): void;
  end(): void;
}

const KEY = "session";

/** Sessions shared by the tabs of one browser: read from the store at each use, since another tab may have moved on. */
export function createSessions(store: Store, now: () => number): Sessions {
  const save = (session: Session): Session => {
    store.set(KEY, toJson(session));
    return session;
  };

  function peek(): Session | undefined {
    try {
      const session = JSON.parse(store.get(KEY) ?? "") as Session;
      return session.id && now() - session.seenAt < IDLE_MS ? session : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    peek,
    touch: () => save({ ...(peek() ?? { id: uuid() }), seenAt: now() }),
    recordedFrom(time) {
      const session = peek();
      if (session && !session.recordedFrom) save({ ...session, recordedFrom: time });
    },
    end: () => store.remove(KEY),
  };
}
