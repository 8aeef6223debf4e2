import type { Action, Watch } from "./action";

/** What the ingest API answers beside what it took. */
export interface Answer {
  actions?: Action[];
  /** Campaigns whose action is true no longer. */
  withdrawn?: string[];
  watch?: Watch[];
}

/** What the tag does for its actions. */
export interface ActionsHost {
  writeKey: string;
  /** Base of the ingest API. */
  host: string;
  nonce: string;
  /** Something is tried: nothing is tracked. */
  silent: boolean;
  /** The chunk that knows what an earlier page, or the address, has begun. */
  begun: "tour" | "preview" | undefined;
  /** The preview that the address asks for, as it stands there. */
  token: string | undefined;
  track(event: string, properties: Record<string, unknown>): void;
  identify(traits: Record<string, unknown>): void;
  /** Hand all that waits to the browser: the page is about to be left. */
  leave(): void;
  load<T>(chunk: string): Promise<T>;
  /** The text as the page's Trusted Types policy wants it, for a parser. */
  trust(html: string): string;
}

export interface Actions {
  /** Show, withdraw and watch for what was answered. */
  take(answer: Answer): void;
  /** The visitor has moved to another page of an app, where a tour goes on; or it all has ended. */
  clear(ended?: boolean): void;
}

/** What `actions.js` defines as `kizuki_actions`. */
export interface ActionsChunk {
  start(host: ActionsHost): Actions;
}
