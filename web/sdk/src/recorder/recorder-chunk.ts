import type { Sessions } from "../core/session";
import type { Properties } from "../public";

/** What the server says of recording with every answer; what it leaves out is as in `DEFAULTS` of setting.ts. */
export interface Recording {
  /** `buffer`: keep the last seconds in memory, and send them once an answer says `record`. */
  mode?: "record" | "buffer" | "off";
  buffer_seconds?: number;
  mask_all_text?: boolean;
  /** CSS selectors: texts and inputs made unreadable, left readable, elements left out. */
  mask?: string[];
  unmask?: string[];
  block?: string[];
  /** Of one page, and of one session in compressed bytes. */
  max_minutes?: number;
  max_bytes?: number;
}

export interface RecorderHost {
  /** Base of the ingest API. */
  host: string;
  writeKey: string;
  recording: Recording;
  anonymousId(): string;
  sessions: Sessions;
  track(event: string, properties: Properties): void;
}

/** What `recorder.js` defines as `kizuki_recorder`. */
export interface RecorderChunk {
  /** Record as the server says, on the first call and on every later answer; never for `off`. */
  take(host: RecorderHost): void;
  /** Stop, and keep or forget what has not been sent. */
  stop(keep: boolean): void;
}
