import { backoff } from "../core/backoff";
import { guard, warn } from "../core/guard";
import { post } from "../core/post";
import { gzip, gzipStored } from "./gzip";
import type { Leftover } from "./tab";

/** What a leaving page may send (64 KiB), less what the events take. */
const LAST_BYTES = 50_000;
const MOST_CHARACTERS = 8_000_000;

export interface Uploader {
  add(chunk: Leftover): void;
  /** Hand to the browser what it takes from a leaving page; returns what it does not. */
  leave(): Leftover[];
  /** Forget what has not been sent. */
  discard(): void;
}

interface Chunk extends Leftover {
  body?: Uint8Array<ArrayBuffer>;
}

const INIT = { headers: { "Content-Type": "application/octet-stream" } };

/** Send chunks in order, again and again until the server has them; `onRefused` when it wants none from here. */
export function createUploader(onRefused: () => void): Uploader {
  let chunks: Chunk[] = [];
  let busy = false;
  let attempt = 0;

  async function run(): Promise<void> {
    if (busy) return;
    busy = true;
    await sendAll().finally(() => {
      busy = false;
    });
  }

  async function sendAll(): Promise<void> {
    for (let chunk = chunks[0]; chunk; chunk = chunks[0]) {
      chunk.body ??= await gzip(new TextEncoder().encode(chunk.json));
      const outcome = await post(chunk.url, { ...INIT, body: chunk.body });
      if (outcome.kind === "again") {
        await new Promise((resolve) => setTimeout(resolve, Math.max(backoff(attempt++), outcome.wait)));
        continue;
      }
      attempt = 0;
      chunks = chunks.filter((other) => other !== chunk);
      if (outcome.kind === "accepted") continue;
      warn(`recording refused with ${outcome.status}`, outcome.answer);
      // Too large or malformed is this chunk's fault; anything else will be the same for the next one.
      if (outcome.status !== 413 && outcome.status !== 400) {
        chunks = [];
        onRefused();
      }
    }
  }

  return {
    add(chunk) {
      chunks.push(chunk);
      let size = chunks.reduce((sum, { json }) => sum + json.length, 0);
      // Offline for long: the oldest go, and the next full snapshot mends the picture.
      while (size > MOST_CHARACTERS && chunks.length > 1) size -= chunks.shift()?.json.length ?? 0;
      guard(run)();
    },
    leave() {
      let room = LAST_BYTES;
      const left = chunks.filter(({ url, json, body }) => {
        const last = body ?? (json.length > room ? undefined : gzipStored(new TextEncoder().encode(json)));
        if (!last || last.length > room) return true;
        room -= last.length;
        fetch(url, { ...INIT, method: "POST", credentials: "omit", keepalive: true, body: last }).catch(() => {});
        return false;
      });
      chunks = [];
      return left.map(({ url, json }) => ({ url, json }));
    },
    discard() {
      chunks = [];
    },
  };
}
