import type { eventWithTime } from "@rrweb/types";
import { sanitized } from "./sanitize";

/** The chunk could not be fetched: its address has expired, or the network failed. */
export class ChunkUnavailable extends Error {}

/** The chunk is there but is no recording. */
export class ChunkBroken extends Error {}

/** Fetch and unpack a chunk: gzip, unless the store has told the browser to unpack it already. */
export async function loadChunk(url: string, signal: AbortSignal): Promise<eventWithTime[]> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) {
      throw new ChunkUnavailable(String(response.status));
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
  } catch (error) {
    throw new ChunkBroken(String(error));
  }
}

async function textOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return new TextDecoder().decode(bytes);
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}
