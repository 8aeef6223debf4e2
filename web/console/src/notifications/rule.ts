import type { Deliver, Hours, RuleDefinition } from "../api/notifications";
import type { Json } from "../api/types";

/** A rule's definition with every field that the editor has. */
export interface RuleForm {
  id: string;
  name: string;
  when: Json;
  destinations: string[];
  quiet_seconds: number;
  rule_quiet_seconds: number;
  group_by: "person" | "company" | null;
  deliver: Deliver;
  hours: Hours | null;
  mention: { when: Json | null; who: string[] } | null;
  absence: boolean;
  enabled: boolean;
}

export const HOURS: Hours = { from: "09:00", to: "18:00", weekdays: [1, 2, 3, 4, 5], outside: "wait" };

export function ruleForm(definition: RuleDefinition): RuleForm {
  const { mention } = definition;
  return {
    id: definition.id,
    name: definition.name,
    when: definition.when,
    destinations: definition.destinations,
    quiet_seconds: definition.quiet_seconds ?? 0,
    rule_quiet_seconds: definition.rule_quiet_seconds ?? 0,
    group_by: definition.group_by ?? null,
    deliver: definition.deliver ?? { as: "each" },
    hours: definition.hours ?? null,
    mention: mention ? { when: mention.when ?? null, who: mention.who } : null,
    absence: definition.absence ?? true,
    enabled: definition.enabled ?? true,
  };
}

export const newRule = (id: string): RuleForm => ({
  ...ruleForm({ id, name: "", when: { type: "event", name: null }, destinations: [] }),
  quiet_seconds: 3600,
});

/** Quiet times to choose from, in seconds; one that a document has is added. */
export const QUIET = [0, 300, 600, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 259_200, 604_800, 2_592_000] as const;

export const quietChoices = (chosen: number): number[] =>
  [...new Set<number>([...QUIET, chosen])].sort((one, other) => one - other);

/** How it is delivered, as one choice. */
export type Rhythm = "each" | "minutes" | "hourly" | "daily";

export function rhythmOf({ as, every }: Deliver): Rhythm {
  return as === "each" ? "each" : every === "hourly" || every === "daily" ? every : "minutes";
}

export const minutesOf = ({ every }: Deliver): number => Number(/^(\d+)m$/.exec(every ?? "")?.[1] ?? 10);

export function deliverOf(
  rhythm: Rhythm,
  { minutes = 10, at = "10:00" }: { minutes?: number; at?: string } = {},
): Deliver {
  switch (rhythm) {
    case "each":
      return { as: "each" };
    case "minutes":
      return { as: "digest", every: `${minutes}m` };
    case "hourly":
      return { as: "digest", every: "hourly" };
    case "daily":
      return { as: "digest", every: "daily", at };
  }
}

/** What rules are mostly about. `of` names the property that holds whose event it is. */
export const PRESETS = [
  { name: "segmentEntered", event: "Segment Entered", of: "segment" },
  { name: "campaignClicked", event: "Campaign Clicked", of: "campaign" },
  { name: "goalReached", event: "Campaign Goal Reached", of: "campaign" },
  { name: "surveyAnswered", event: "Survey Answered", of: "campaign" },
  { name: "order", event: "Order Completed", of: null },
  { name: "error", event: "Error", of: null },
  { name: "campaignProblem", event: "Campaign Problem", of: "campaign" },
] as const;
export type Preset = (typeof PRESETS)[number];

/** The condition that a preset begins with, about one segment or campaign, or about any. */
export function presetCondition({ event, of }: Preset, subject: string | null): Json {
  const named: Json = { type: "event", name: event };
  return of && subject !== null
    ? { type: "all", of: [named, { type: "property", path: `${of}_id`, op: "eq", value: subject }] }
    : named;
}
