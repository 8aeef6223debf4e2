import type { Sessions } from "../core/session";

export interface RecorderHost {
  /** Base of the ingest API. */
  host: string;
  writeKey: string;
  anonymousId(): string;
  sessions: Sessions;
}

/** What `recorder.js` defines as `kizuki_recorder`. */
export interface RecorderChunk {
  /** Start recording; the result stops it. */
  start(host: RecorderHost): () => void;
}
