import type { TFunction } from "i18next";
import type { Decision } from "../api/types";

const STEPS = {
  schedule: "step.schedule",
  trigger: "step.trigger",
  page: "step.page",
  audience: "step.audience",
  control: "step.control",
  caps: "step.caps",
  spacing: "step.spacing",
  exclusion: "step.exclusion",
  content: "step.content",
} as const;

/** The step of the decision order that kept a campaign from being shown. */
export function stepName(step: string, t: TFunction): string {
  return Object.hasOwn(STEPS, step) ? t(STEPS[step as keyof typeof STEPS]) : step;
}

const REASONS = [
  [/^(\d+) of (\d+) in this visit$/, "reason.perVisit"],
  [/^(\d+) of (\d+) today$/, "reason.perDay"],
  [/^(\d+) of (\d+) ever$/, "reason.ever"],
  [/^(\d+) s after its last, (\d+) s apart$/, "reason.afterItsLast"],
  [/^(\d+) s after another campaign, (\d+) s apart on this site$/, "reason.afterAnother"],
  [/^another campaign of group (.+) came first$/, "reason.exclusion"],
] as const;

/** The server's reason in the operator's language; one it does not know stays as the server wrote it. */
export function reasonText({ reason }: Pick<Decision, "reason">, t: TFunction): string | null {
  for (const [pattern, key] of REASONS) {
    const match = reason?.match(pattern);
    if (match) {
      return t(key, { a: match[1], b: match[2] });
    }
  }
  return reason;
}
