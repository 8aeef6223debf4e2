/** The shapes of the console's API, as docs/api.md names them. Times are ISO 8601 UTC. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A sentence in each of the operators' languages. */
export interface Summary {
  ja: string;
  en: string;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Me {
  email: string | null;
  sites: { id: string; name: string; timezone: string }[];
}

export interface Site {
  id: string;
  name: string;
  timezone: string;
  write_key: string;
  origins: string[];
}

export interface FeedEvent {
  message_id: string;
  event: string;
  type: string;
  occurred_at: string;
  person: string;
  name: string | null;
  url: string | null;
  properties: JsonObject;
}

export interface RefusedEvent {
  id: string;
  refused_at: string;
  code: string;
  reason: string;
  path: string | null;
  event: Json;
}

export interface PersonSummary {
  id: string;
  name: string | null;
  email: string | null;
  last_seen: string;
  first_seen: string;
  events: number;
  sessions: number;
  segments: string[];
}

/** What a statistic of a person's events is; null when there is nothing it could be. */
export interface StatisticValue {
  summary: Summary;
  value: Json;
}

export interface Person {
  id: string;
  name: string | null;
  email: string | null;
  traits: JsonObject;
  first_seen: string;
  last_seen: string;
  events: number;
  sessions: number;
  devices: string[];
  segments: { id: string; name: string; entered_at: string | null }[];
  counts: { event: string; count: number }[];
  verified: boolean;
  group: { id: string; traits: JsonObject } | null;
  statistics: StatisticValue[];
  campaigns: {
    id: string;
    name: string;
    shown: number;
    clicked: number;
    closed: number;
    goals: number;
    last_shown: string | null;
  }[];
  merged_into: string | null;
}

export interface Decision {
  campaign: string;
  name: string;
  outcome: "shown" | "control" | "suppressed";
  step: string | null;
  reason: string | null;
  variant: string | null;
}

export interface StoryEvent {
  message_id: string;
  type: string;
  event: string;
  occurred_at: string;
  received_at: string;
  session: { id: string; n: number | null } | null;
  url: string | null;
  title: string | null;
  properties: JsonObject;
  traits: JsonObject;
  device: { type: string | null; browser: string | null; os: string | null } | null;
  referrer: string | null;
  campaign: { source?: string; medium?: string; name?: string; term?: string; content?: string } | null;
  replay: { id: string; offset: number } | null;
  decisions: Decision[];
}

export type SegmentStatus = "draft" | "live" | "paused";

export interface Segment {
  id: string;
  name: string;
  status: SegmentStatus;
  updated_at: string;
  condition: Json;
  summary: Summary;
  counters: { members: number; entered: number; left: number };
  /** Why a live one is out of action. */
  problem: string | null;
}

/** How a condition reads, and what is wrong with it where. */
export interface CheckedCondition {
  summary: Summary | null;
  problems: Problem[];
}

export interface Problem {
  path: string;
  message: string;
}

/** Who fulfils a condition, asked of the data hub. */
export interface Audience {
  id: string;
  status: "running" | "done" | "failed";
  count: number | null;
  of: number | null;
  sample: { id: string; name: string | null; email: string | null; last_seen: string }[];
  as_of: string;
  complete_up_to: string | null;
  scanned_bytes: number | null;
  reason: string | null;
}

/** What conditions of this site can speak of. */
export interface Vocabulary {
  events: { name: string; properties: string[] }[];
  traits: string[];
  group_traits: string[];
  context: string[];
}

export interface ReplaySummary {
  session: string;
  person: string;
  started_at: string;
  ended_at: string;
  active_at: string;
  duration_ms: number;
  url: string | null;
  chunks: number;
  playable: boolean;
  reason: string | null;
}

export interface ReplayChunk {
  sequence: number;
  started_at: string;
  ended_at: string;
  full_snapshot: boolean;
  url: string;
}

export interface ReplayTab {
  id: string;
  chunks: ReplayChunk[];
  missing: number[];
}

export interface Replay extends ReplaySummary {
  tabs: ReplayTab[];
  events: StoryEvent[];
}

export type RuleKind = "segment" | "campaign" | "rule";

/** What the rules saw when an event came. */
export interface Explanation {
  message_id: string;
  ruleset: { version: number; published_at: string | null } | null;
  facts: { now: string; visits: number; segments: string[]; traits: JsonObject; statistics: StatisticValue[] };
  /** Events that are no longer kept, or too many to fold again. */
  left_out: number;
  rules: ExplainedRule[];
}

/** The rules that were live then, or those of today. */
export type RulesetOf = "then" | "now";

export interface ExplainedRule {
  kind: RuleKind;
  id: string;
  name: string;
  holds: boolean;
  /** The first step that failed. */
  failed: Summary | null;
}

export interface RuleExplanation {
  kind: RuleKind;
  id: string;
  name: string;
  holds: boolean;
  parts: { name: string; step: Step }[];
  /** What was decided of a campaign on this event. */
  decision: Decision | null;
}

/** One condition with what it saw; `of` are those inside of it. */
export interface Step {
  type: string;
  holds: boolean;
  summary: Summary;
  seen: Json;
  of: Step[];
}
