import type { Outcome, Results } from "../../api/campaigns";
import type { Cell } from "../../format/csv";

type Words = (key: ResultColumn) => string;

export const RESULT_COLUMNS = [
  "variant",
  "name",
  "exposed",
  "shown",
  "clicked",
  "closed",
  "goal",
  "reached",
  "rate",
  "rateLow",
  "rateHigh",
  "lift",
  "liftLow",
  "liftHigh",
  "best",
  "label",
] as const;
const DAY_COLUMNS = ["day", "variant", "exposed", "shown", "clicked", "closed"] as const;
const PEOPLE_COLUMNS = ["person", "name", "variant", "shownAt", "clickedAt", "closedAt", "goalAt"] as const;

export type ResultColumn =
  | (typeof RESULT_COLUMNS)[number]
  | (typeof DAY_COLUMNS)[number]
  | (typeof PEOPLE_COLUMNS)[number];

/** One row for each arm and goal; one for each arm where there are no goals. */
export function resultRows(results: Results, words: Words, labelText: (label: string) => string): Cell[][] {
  const goals = results.goals.length > 0 ? results.goals : [null];
  const rows = results.arms.flatMap((arm) =>
    goals.map((goal): Cell[] => {
      const result = goal && arm.goals[goal.id];
      return [
        arm.id,
        arm.name,
        arm.exposed,
        arm.shown,
        arm.clicked,
        arm.closed,
        goal?.name ?? null,
        result?.people ?? null,
        result?.rate ?? null,
        result?.rate_interval[0] ?? null,
        result?.rate_interval[1] ?? null,
        result?.lift ?? null,
        result?.lift_interval?.[0] ?? null,
        result?.lift_interval?.[1] ?? null,
        result?.best ?? null,
        result?.label ? labelText(result.label) : null,
      ];
    }),
  );
  return [RESULT_COLUMNS.map(words), ...rows];
}

/** One row for each day and arm, with a column for each goal. */
export function dayRows(results: Results, words: Words): Cell[][] {
  const rows = results.days.flatMap(({ day, arms }) =>
    Object.entries(arms).map(([arm, of]): Cell[] => [
      day,
      arm,
      of.exposed,
      of.shown,
      of.clicked,
      of.closed,
      ...results.goals.map(({ id }) => of.goals[id] ?? 0),
    ]),
  );
  return [[...DAY_COLUMNS.map(words), ...results.goals.map(({ name }) => name)], ...rows];
}

/** One row for each person of a group. */
export function peopleRows(outcomes: readonly Outcome[], words: Words): Cell[][] {
  return [
    PEOPLE_COLUMNS.map(words),
    ...outcomes.map((each) => [
      each.person,
      each.name,
      each.variant,
      each.shown_at,
      each.clicked_at,
      each.closed_at,
      each.goal_at,
    ]),
  ];
}
