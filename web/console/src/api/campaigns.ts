import type { RecordingSettings } from "./live";
import type { Json, JsonObject, Problem, Summary } from "./types";

/** The shapes of the console's API that campaigns are made of, as docs/api.md names them. */

export type CampaignStatus = "draft" | "live" | "paused" | "ended";

/** Its status and its schedule together. */
export type CampaignState = CampaignStatus | "scheduled";

/** A definition's conditions in words. */
export interface Summaries {
  trigger: Summary;
  page: Summary | null;
  audience: Summary | null;
  goals: { id: string; name: string; when: Summary }[];
}

export const COUNTERS = [
  "eligible",
  "decided",
  "control",
  "suppressed",
  "shown",
  "clicked",
  "closed",
  "goals",
  "problems",
] as const;
export type Counters = Record<(typeof COUNTERS)[number], number>;

export interface Campaign {
  id: string;
  name: string;
  status: CampaignStatus;
  state: CampaignState;
  version: number;
  updated_at: string;
  updated_by: string | null;
  definition: JsonObject;
  /** Null for one that this version of Kizuki cannot read. */
  summaries: Summaries | null;
  sentence: Summary | null;
  counters: Counters;
  /** How often each step kept it from being shown. */
  steps: Record<string, number>;
  /** Why a live one is out of action. */
  problem: string | null;
}

export interface Version {
  version: number;
  at: string;
  by: string | null;
  change: "created" | "edited" | "published" | "paused" | "ended" | "returned";
  status: CampaignStatus;
  definition: JsonObject;
}

/** How a definition reads, and what is wrong with it where. */
export interface CheckedCampaign {
  sentence: Summary | null;
  summaries: Summaries | null;
  problems: Problem[];
}

/** A visitor to fill templates with. */
export interface Sample {
  properties?: JsonObject;
  cart?: JsonObject;
  traits?: JsonObject;
  visits?: number;
  variables?: JsonObject;
}

export interface RenderRequest {
  definition: Json;
  variant: string;
  locale: "ja" | "en";
  sample?: Sample;
  /** Somebody who has been on the site, instead of a sample. */
  person?: string;
}

export interface Rendered<Action> {
  action: Action | null;
  /** Why there is nothing to show. */
  problem: string | null;
}

export interface SitePreview {
  url: string;
  expires_at: string;
}

export type Interval = [number, number];
export type Label = "collecting" | "likely_win" | "win" | "lose" | "no_difference";

export interface GoalResult {
  people: number;
  rate: number;
  rate_interval: Interval;
  /** Relative to the arm compared with; null for that arm itself. */
  lift: number | null;
  lift_interval: Interval | null;
  difference: number | null;
  difference_interval: Interval | null;
  /** The probability that this arm is the best of all. */
  best: number | null;
  label: Label | null;
  next: string | null;
}

/** One variant, or the control group. Numbers are people. */
export interface Arm {
  id: string;
  name: string;
  weight: number;
  exposed: number;
  shown: number;
  clicked: number;
  closed: number;
  goals: Record<string, GoalResult>;
}

export interface DayOfArm {
  exposed: number;
  shown: number;
  clicked: number;
  closed: number;
  goals: Record<string, number>;
}

export interface Day {
  day: string;
  arms: Record<string, DayOfArm>;
}

export const GROUPS = ["clicked_goal", "clicked", "shown", "closed"] as const;
export type GroupOfPeople = (typeof GROUPS)[number];

export interface Results {
  from: string;
  to: string;
  counters: Counters;
  steps: Record<string, number>;
  arms: Arm[];
  goals: { id: string; name: string }[];
  compared_with: string | null;
  sample_ratio: { p: number | null; suspicious: boolean; since: string | null };
  groups: Record<GroupOfPeople, number>;
  days: Day[];
  problems: Record<string, number>;
}

export interface Outcome {
  person: string;
  name: string | null;
  variant: string | null;
  group: GroupOfPeople;
  shown_at: string | null;
  clicked_at: string | null;
  closed_at: string | null;
  goal_at: string | null;
  replay: { id: string; offset: number } | null;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the tag found wrong with how an action looked. */
export interface ScreenProblem {
  at: string;
  problem: string;
  variant: string | null;
  box: Box | null;
  viewport: { width: number; height: number } | null;
  other: string | null;
  /** Contrast, of low_contrast. */
  ratio: number | null;
  url: string | null;
  device: string | null;
  person: string;
  replay: { id: string; offset: number } | null;
}

export interface Template {
  id: string;
  name: Summary;
  about: Summary;
  purpose: string;
  tags: string[];
  /** The type of its first action. */
  layout: string;
  /** The site's own, not one that comes with Kizuki. */
  own: boolean;
  /** A campaign without its id. */
  definition: JsonObject;
  /** The names of its goals, by their ids. */
  goal_names?: Record<string, Summary>;
  /** A visitor for whom all of its texts can be filled in. */
  sample?: Sample;
  /** What that visitor would be shown, by language; nothing for what shows nothing on a page. */
  actions?: Record<string, JsonObject>;
}

export interface Theme {
  surface?: string | null;
  text?: string | null;
  accent?: string | null;
  accentText?: string | null;
  radius?: number | null;
  font?: string | null;
}

export interface SiteSettings {
  spacing_seconds: number;
  spacing_pages: number;
  allow_scripts: boolean;
  theme: Theme;
  recording: RecordingSettings;
}

/** An entry of the audit trail. */
export interface Change {
  at: string;
  by: string | null;
  kind: "campaign" | "segment" | "rule" | "destination" | "template" | "settings";
  id: string;
  name: string | null;
  change: string;
  version: number | null;
}
