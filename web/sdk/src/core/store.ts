/** What the tag keeps on the visitor's device, all of it under one prefix. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
  /** Use the disk from now on, and move to it what memory holds. */
  persist(): void;
  /** Forget everything, and stay in memory. */
  forget(): void;
}

const PREFIX = "kizuki.";

/** Where the recorder keeps what belongs to one tab, in `sessionStorage`. */
export const TAB_KEY = `${PREFIX}tab`;

function disk(name: "localStorage" | "sessionStorage"): Storage | undefined {
  try {
    return window[name] ?? undefined;
  } catch {
    return undefined;
  }
}

/** The storages, or undefined where the browser blocks them. */
export const localDisk = (): Storage | undefined => disk("localStorage");
export const tabDisk = (): Storage | undefined => disk("sessionStorage");

/** Keep values in memory until `persist`, then on `disk`; in memory again for what the disk refuses. */
export function createStore(disk: Storage | undefined): Store {
  const memory = new Map<string, string>();
  let persistent = false;
  const ownKeys = (of: Storage | undefined) => Object.keys(of ?? {}).filter((key) => key.startsWith(PREFIX));

  function set(key: string, value: string): void {
    try {
      if (persistent && disk) {
        disk.setItem(PREFIX + key, value);
        memory.delete(key);
        return;
      }
    } catch {
      // Full or blocked: memory serves until the page ends.
    }
    memory.set(key, value);
  }

  return {
    get: (key) => memory.get(key) ?? (persistent && disk ? disk.getItem(PREFIX + key) : null),
    set,
    remove(key) {
      memory.delete(key);
      if (persistent) disk?.removeItem(PREFIX + key);
    },
    keys(prefix) {
      const stored = persistent ? ownKeys(disk).map((key) => key.slice(PREFIX.length)) : [];
      return [...memory.keys(), ...stored].filter((key) => key.startsWith(prefix));
    },
    persist() {
      persistent = true;
      for (const [key, value] of [...memory]) set(key, value);
    },
    forget() {
      persistent = false;
      memory.clear();
      for (const each of [disk, tabDisk()]) for (const key of ownKeys(each)) each?.removeItem(key);
    },
  };
}
