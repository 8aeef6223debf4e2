import type { TFunction } from "i18next";
import type { Decision } from "../api/types";

const STEPS = [
  "schedule",
  "trigger",
  "page",
  "audience",
  "control",
  "caps",
  "stopped",
  "spacing",
  "exclusion",
  "content",
] as const;
type Step = (typeof STEPS)[number];

const isStep = (step: string): step is Step => (STEPS as readonly string[]).includes(step);

/** The step of the decision order that kept a campaign from being shown. */
export function stepName(step: string, t: TFunction): string {
  return isStep(step) ? t(`step.${step}`) : step;
}

/** What that step means. */
export function stepAbout(step: string, t: TFunction): string {
  return isStep(step) ? t(`stepAbout.${step}`) : "";
}

const REASONS = [
  [/^(\d+) of (\d+) in this visit$/, "reason.perVisit"],
  [/^(\d+) of (\d+) today$/, "reason.perDay"],
  [/^(\d+) of (\d+) in (\d+) days$/, "reason.perDays"],
  [/^(\d+) of (\d+) ever$/, "reason.ever"],
  [/^(\d+) of (\d+) in all$/, "reason.total"],
  [/^(\d+) s after its last, (\d+) s apart$/, "reason.afterItsLast"],
  [/^(\d+) s after another campaign, (\d+) s apart on this site$/, "reason.afterAnother"],
  [/^(\d+) pages after another message, (\d+) pages apart on this site$/, "reason.pagesAfterAnother"],
  [/^another campaign of group (.+) came first$/, "reason.exclusion"],
] as const;

const STOPPED = { click: "reason.afterClick", goal: "reason.afterGoal", close: "reason.afterClose" } as const;

/** The server's reason in the operator's language; one it does not know stays as the server wrote it. */
export function reasonText({ step, reason }: Pick<Decision, "step" | "reason">, t: TFunction): string | null {
  if (step === "stopped") {
    const what = /click|goal|close/.exec(reason ?? "")?.[0] as keyof typeof STOPPED | undefined;
    return what ? t(STOPPED[what]) : reason;
  }
  for (const [pattern, key] of REASONS) {
    const match = reason?.match(pattern);
    if (match) {
      return t(key, { a: match[1], b: match[2], c: match[3] });
    }
  }
  return reason;
}
