import type { CampaignStatus } from "./campaigns";
import type { Json, JsonObject, Problem, Summary } from "./types";

/** The shapes of the console's API about notification rules, destinations and deliveries, as docs/api.md names them. */

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface Deliver {
  as: "each" | "digest";
  /** "10m", "hourly" or "daily". */
  every?: string | null;
  at?: string | null;
}

export interface Hours {
  from: string;
  to: string;
  weekdays: Weekday[];
  outside: "wait" | "drop";
}

export interface Mention {
  when?: Json | null;
  who: string[];
}

/** A rule as people write it (docs/documents.md). */
export interface RuleDefinition {
  id: string;
  name: string;
  when: Json;
  destinations: string[];
  enabled?: boolean;
  quiet_seconds?: number;
  rule_quiet_seconds?: number;
  group_by?: "person" | "company" | null;
  deliver?: Deliver;
  hours?: Hours | null;
  mention?: Mention | null;
  absence?: boolean;
}

export interface Rule {
  id: string;
  name: string;
  status: CampaignStatus;
  version: number;
  updated_at: string;
  updated_by: string | null;
  definition: RuleDefinition;
  summary: Summary;
  destinations: { id: string; name: string; type: string; enabled: boolean }[];
  /** Why a live one tells nobody. */
  problem: string | null;
}

export interface CheckedRule {
  summary: Summary | null;
  mention: Summary | null;
  problems: Problem[];
}

/** A text of Slack's: plain, or with its marks. */
export interface SlackText {
  type: string;
  text: string;
}

/** One block of a Slack message; only what Kizuki sends is read. */
export interface SlackBlock {
  type: string;
  text?: SlackText;
  fields?: SlackText[];
  elements?: (SlackText | { type: string; action_id?: string; text: SlackText; url?: string })[];
}

export interface PreviewedMessage {
  slack: { text: string; blocks: SlackBlock[] };
  plain: string;
}

/** What would be sent, by language; `real` is whether it is of an event that happened. */
export interface PreviewedRule {
  messages: { ja: PreviewedMessage; en: PreviewedMessage } | null;
  real: boolean;
  problems: Problem[];
}

export const SECRETS = [
  "url",
  "signing_secret",
  "previous_signing_secret",
  "bot_token",
  "channel_access_token",
  "api_url",
] as const;
export type SecretName = (typeof SECRETS)[number];

/** Whether a secret is there; never what it is. */
export interface SecretState {
  set: boolean;
  updated_at: string | null;
  /** Its last four characters, where it is long. */
  hint: string | null;
}

export type DestinationType = "slack" | "webhook" | "json" | "email" | "line";

/** A destination as people write it (docs/documents.md), without its secret. */
export interface DestinationDefinition {
  id: string;
  name: string;
  type: DestinationType;
  enabled?: boolean;
  locale?: "ja" | "en";
  alerts?: boolean;
  channel?: string | null;
  threads?: boolean;
  to?: string[];
  template?: JsonObject | null;
}

export interface Health {
  state: "healthy" | "degraded" | "disabled";
  reason: string | null;
  since: string | null;
  failures: number;
  share: number;
  next_at: string | null;
}

export interface Destination {
  id: string;
  name: string;
  type: DestinationType;
  enabled: boolean;
  version: number;
  updated_at: string;
  updated_by: string | null;
  definition: DestinationDefinition;
  secret: Record<SecretName, SecretState>;
  health: Health;
  problem: string | null;
}

/** What came of a sample. */
export interface Tested {
  status: "delivered" | "failed";
  response_code: number | null;
  error: string | null;
  duration_ms: number | null;
}

export const DELIVERY_STATUSES = ["waiting", "retrying", "delivered", "failed", "dropped"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export interface Try {
  at: string;
  response_code: number | null;
  duration_ms: number | null;
  error: string | null;
}

export interface Delivery {
  id: string;
  key: string;
  at: string;
  rule: { id: string; name: string };
  destination: { id: string; name: string; type: string };
  person: string;
  event: string;
  status: DeliveryStatus;
  attempts: number;
  response_code: number | null;
  error: string | null;
  next_attempt: string | null;
  duration_ms: number | null;
  tries: Try[];
  /** The message that carried it, with `together` notifications in all. */
  message: string | null;
  together: number;
}
