/** What a campaign decided to show, as the ingest API answers it (docs/api.md). */
export interface Action {
  /** `<campaign>:<messageId>` */
  id: string;
  campaign: string;
  name: string;
  variant: string;
  type: "bar" | "popup";
  placement: "top" | "bottom" | "center";
  locale: string;
  content: {
    title: string;
    body?: string | null;
    button?: { label: string; url?: string | null } | null;
  };
}

export interface ActionsHost {
  nonce: string;
  track(event: string, properties: Record<string, unknown>): void;
}

/** What `actions.js` defines as `kizuki_actions`. */
export interface ActionsChunk {
  show(actions: readonly Action[], host: ActionsHost): void;
  /** Take off the screen what these campaigns show, because it is true no longer. */
  withdraw(campaigns: readonly string[]): void;
  /** Take everything off the screen: the visitor has moved to another page. */
  clear(): void;
}
