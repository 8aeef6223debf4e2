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
  /** Start recording; the result stops it, and is told whether to keep what has not been sent. */
  start(host: RecorderHost): (keep: boolean) => void;
}
