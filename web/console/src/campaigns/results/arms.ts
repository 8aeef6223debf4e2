import type { Arm, Results } from "../../api/campaigns";

export const CONTROL = "control";

/** The colour of each arm in charts, by its place; the control group is grey. */
const COLORS = ["ai", "orange", "teal", "grape", "pink", "lime", "indigo", "cyan", "red", "yellow"];

export function armColor(arms: readonly Pick<Arm, "id">[], id: string): string {
  if (id === CONTROL) {
    return "var(--mantine-color-gray-6)";
  }
  const place = arms.filter((arm) => arm.id !== CONTROL).findIndex((arm) => arm.id === id);
  return `var(--mantine-color-${COLORS[place % COLORS.length] ?? "ai"}-6)`;
}

/** The goal that results are read by: the one asked for, else the main one. */
export function goalOf(results: Results, asked: string | null): Results["goals"][number] | null {
  return results.goals.find(({ id }) => id === asked) ?? results.goals[0] ?? null;
}
