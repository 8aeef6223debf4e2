import type { eventWithTime } from "@rrweb/types";
import { sanitized } from "./sanitize";
import type { Unplayable } from "./view";

/** The chunk could not be fetched: its address has expired, or the network failed (`status` 0). */
export class ChunkUnavailable extends Error {
  constructor(
    message: string,
    readonly status = 0,
  ) {
    super(message);
  }

  /** The store itself refuses: with a new address as well, it has no such chunk. */
  get refused(): boolean {
    return this.status === 403 || this.status === 404;
  }
}

/** The chunk can never be played. */
export class ChunkBroken extends Error {
  constructor(readonly reason: Unplayable) {
    super(reason);
  }
}

/** Fetch and unpack a chunk: gzip, unless the store has told the browser to unpack it already. */
export async function loadChunk(url: string, signal: AbortSignal): Promise<eventWithTime[]> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) {
      throw new ChunkUnavailable("refused", response.status);
    }
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (signal.aborted || error instanceof ChunkUnavailable) {
      throw error;
    }
    throw new ChunkUnavailable(String(error));
  }
  try {
    return sanitized(JSON.parse(await textOf(bytes)));
  } catch {
    throw new ChunkBroken("damaged");
  }
}

async function textOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return new TextDecoder().decode(bytes);
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
