import type { Change } from "./campaigns";

/** The shapes of the console's API about what should have come and did not, as docs/api.md names them. */

export type IncidentStatus = "open" | "snoozed" | "closed" | "ended";

export interface Incident {
  id: string;
  kind: "campaign" | "rule";
  subject: string;
  name: string;
  status: IncidentStatus;
  opened_at: string;
  since: string;
  updated_at: string;
  ended_at: string | null;
  ending: "returned" | "paused" | "over" | "changed" | "muted" | null;
  /** From `since` to `updated_at`. */
  expected: number;
  seen: number;
  cause: "out_of_action" | "not_displayed" | "held_back" | "not_triggered" | "not_matched" | null;
  detail: string | null;
  snoozed_until: string | null;
  by: string | null;
}

/** Five minutes from `at` on. */
export interface Point {
  at: string;
  expected: number;
  seen: number;
}

export interface IncidentDetail extends Incident {
  chance: number;
  last_good: { at: string; person: string | null; story: string | null; replay: string | null } | null;
  changes: Change[];
  curve: Point[];
}
