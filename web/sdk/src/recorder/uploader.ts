import { backoff } from "../core/backoff";
import { guard, warn } from "../core/guard";
import { type Outcome, post } from "../core/post";
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

interface UploaderOptions {
  /** A chunk has been compressed to so many bytes. */
  onBytes(bytes: number): void;
  /** Somebody is watching. */
  onWatched(): void;
  /** The server wants nothing from here. */
  onRefused(): void;
}

/** The chunk's number is in headers: one address for a whole session, so that browsers ask once whether they may. */
const initOf = ({ tab, seq }: Leftover, body: BodyInit): RequestInit => ({
  method: "POST",
  credentials: "omit",
  headers: { "Content-Type": "application/octet-stream", "X-Kizuki-Tab": tab, "X-Kizuki-Seq": String(seq) },
  body,
});

/** Send chunks in order, again and again until the server has them. */
export function createUploader({ onBytes, onWatched, onRefused }: UploaderOptions): Uploader {
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

  /** The chunk's compressed body; undefined when it has been discarded meanwhile, or handed over by a leaving page. */
  async function bodyOf(chunk: Chunk): Promise<Chunk["body"]> {
    if (chunk.body) return chunk.body;
    const body = await gzip(new TextEncoder().encode(chunk.json));
    if (chunks[0] !== chunk) return undefined;
    chunk.body = body;
    onBytes(body.length);
    return body;
  }

  function settle(chunk: Chunk, outcome: Exclude<Outcome, { kind: "again" }>): void {
    chunks = chunks.filter((other) => other !== chunk);
    if (outcome.kind === "accepted") {
      if ((outcome.answer as { live?: boolean } | undefined)?.live) onWatched();
      return;
    }
    warn(`recording refused with ${outcome.status}`, outcome.answer);
    // Too large or malformed is this chunk's fault; anything else will be the same for the next one.
    if (outcome.status === 413 || outcome.status === 400) return;
    chunks = [];
    onRefused();
  }

  async function sendAll(): Promise<void> {
    for (let chunk = chunks[0]; chunk; chunk = chunks[0]) {
      const body = await bodyOf(chunk);
      if (!body) continue;
      const outcome = await post(chunk.url, initOf(chunk, body));
      if (outcome.kind === "again") {
        await new Promise((resolve) => setTimeout(resolve, Math.max(backoff(attempt++), outcome.wait)));
        continue;
      }
      attempt = 0;
      settle(chunk, outcome);
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
      const left = chunks.filter((chunk) => {
        const { url, json, body } = chunk;
        const last = body ?? (json.length > room ? undefined : gzipStored(new TextEncoder().encode(json)));
        if (!last || last.length > room) return true;
        room -= last.length;
        if (!body) onBytes(last.length);
        fetch(url, { ...initOf(chunk, last), keepalive: true }).catch(() => {});
        return false;
      });
      chunks = [];
      return left.map(({ body: _, ...leftover }) => leftover);
    },
    discard() {
      chunks = [];
    },
  };
}
