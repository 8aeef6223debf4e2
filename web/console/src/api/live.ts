import type { GroupOfPeople } from "./campaigns";
import type { Json, ReplaySummary, Summary } from "./types";

/** The shapes of Live: recordings looked for, reviewed and compared, as docs/api.md names them. */

export const PROBLEM_KINDS = ["error", "request_failed", "rage_click", "dead_click"] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export const DEVICES = ["desktop", "mobile", "tablet"] as const;
export type Device = (typeof DEVICES)[number];

export const REACHED = ["shown", "clicked", "closed", "goal", "problem"] as const;
export type Reached = (typeof REACHED)[number];

export interface EventFilter {
  event: string;
  where?: { type: "property"; path: string; op: string; value?: Json }[];
  absent?: boolean;
}

export interface CampaignFilter {
  id: string;
  reached?: Reached;
  group?: GroupOfPeople;
}

/** Every part may be left out, and every one given must hold. */
export interface Filter {
  since?: string;
  until?: string;
  last_hours?: number;
  events?: EventFilter[];
  pages?: string[];
  segments?: string[];
  campaign?: CampaignFilter;
  problems?: ProblemKind[];
  device?: Device;
  country?: string;
  min_visit?: number;
  max_visit?: number;
  min_seconds?: number;
  max_seconds?: number;
  person?: string;
  unseen?: boolean;
}

export const ORDERS = ["interest", "newest"] as const;
export type Order = (typeof ORDERS)[number];

export interface SeenBy {
  by: string;
  at: string;
}

export interface FoundReplay extends ReplaySummary {
  name: string | null;
  visit: number | null;
  device: string | null;
  country: string | null;
  pages: string[];
  events: number;
  problems: Partial<Record<ProblemKind, number>>;
  campaigns: string[];
  interest: number;
  /** The weightiest first. */
  reasons: string[];
  seen_by: SeenBy[];
  comments: number;
  live: boolean;
  /** Where the first thing that the filter asks for happened. */
  offset: number | null;
}

export interface SavedFilter {
  id: string;
  name: string;
  filter: Filter;
  updated_at: string;
  updated_by: string | null;
}

/** Recordings of the last 24 hours; `more` when there are more than were looked at. */
export interface FilterCount {
  count: number;
  more: boolean;
}

export interface OnlineVisitor {
  person: string;
  name: string | null;
  session: string;
  started_at: string;
  last_activity: string;
  page: string | null;
  visit: number | null;
  device: string | null;
  country: string | null;
  playable: boolean;
}

export interface ReplayComment {
  id: string;
  offset: number;
  at: string;
  by: string;
  text: string;
}

export interface Review {
  seen_by: SeenBy[];
  comments: ReplayComment[];
}

/** Whose recording shows what is typical of a group; the replay's `offset` stands at the display. */
export interface TypicalPerson {
  person: string;
  name: string | null;
  variant: string | null;
  shown_at: string | null;
  device: string | null;
  visit: number | null;
  duration_ms: number;
  replay: { id: string; offset: number };
}

export interface ComparedGroup {
  group: GroupOfPeople;
  size: number;
  recorded: number;
  people: TypicalPerson[];
}

/** What differs between two of the groups; a share of people, a median of milliseconds or a mean. */
export interface Difference {
  kind: "next_page" | "page" | "event" | "number";
  feature: string;
  between: [GroupOfPeople, GroupOfPeople];
  groups: Partial<Record<GroupOfPeople, { people: number; value: number }>>;
  effect: number;
  size: "small" | "medium" | "large";
  test: "fisher" | "mann_whitney";
  p: number;
  q: number;
  sentence: Summary;
}

export interface Comparison {
  groups: ComparedGroup[];
  differences: Difference[];
  caveat: Summary;
}

/** Whose visits are recorded, and what of them is masked. */
export interface RecordingSettings {
  sample_percent: number;
  when: Json | null;
  buffer_seconds: number;
  mask_all_text: boolean;
  mask: string[];
  unmask: string[];
  block: string[];
  max_minutes: number;
  max_megabytes: number;
  retention_days: number | null;
}
