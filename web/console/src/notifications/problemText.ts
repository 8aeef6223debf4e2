import { useTranslation } from "react-i18next";
import type { Problem } from "../api/types";
import { useMistakeText } from "../conditions/mistakeText";

const KNOWN = [
  [/begin with https/, "destination.wrong.https"],
  [/URL/, "destination.wrong.url"],
  [/whsec_/, "destination.wrong.signing"],
  [/printable ASCII/, "destination.wrong.token"],
  [/e-mail addresses|no spaces or line breaks/, "destination.wrong.email"],
  [/is missing/, "mistake.missing"],
  [/must be at most 64 of a-z/, "mistake.id"],
  [/syntax error|unexpected|template/i, "mistake.template"],
  [/no destination/, "rule.wrong.destination"],
  [/should match pattern|must be @here/, "mistake.form"],
  [/must have at most/, "mistake.long"],
] as const;

/** What is wrong with a destination or a rule, in the operator's language; what is not known stays as it was written. */
export function useDestinationProblem(): (problem: { path: string | null; message: string }) => string {
  const { t } = useTranslation();
  return ({ message }) => {
    const known = KNOWN.find(([pattern]) => pattern.test(message))?.[1];
    return known ? t(known) : message;
  };
}

/** Whether a mistake is one of a condition: those are told at its rows. */
export const ofCondition = ({ path }: Problem) => /^(?:when|mention\.when)\b/.test(path);

export function useRuleProblem(): (problem: Problem) => string {
  const mistakeText = useMistakeText();
  const destinationProblem = useDestinationProblem();
  return (problem) => (ofCondition(problem) ? mistakeText(problem) : destinationProblem(problem));
}

/** Why a live rule tells nobody, in the operator's language. */
export function useTrouble(): (problem: string) => string {
  const { t } = useTranslation();
  return (problem) => {
    const segments = /^it speaks of segments that are not live: (.+)$/.exec(problem)?.[1];
    if (segments) {
      return t("rule.trouble.segments", { segments });
    }
    return problem === "it is switched off"
      ? t("rule.trouble.off")
      : problem.startsWith("its destinations are switched off")
        ? t("rule.trouble.destinations")
        : problem;
  };
}
