import { useTranslation } from "react-i18next";
import type { Problem } from "../../api/types";
import { useMistakeText } from "../../conditions/mistakeText";

const KNOWN = [
  [/must not be empty/, "mistake.empty"],
  [/a link is http/, "mistake.link"],
  [/must have at most/, "mistake.long"],
  [/the languages differ/, "mistake.languages"],
  [/share an id/, "mistake.twins"],
  [/single and multi have options/, "mistake.options"],
  [/needs the selector of what is clicked/, "mistake.clickSelector"],
  [/`end` comes after `start`/, "mistake.endBeforeStart"],
  [/all on the page or all off it/, "mistake.mixed"],
  [/off the page there is no moment/, "mistake.offPageMoment"],
  [/a total is counted on the page/, "mistake.offPageTotal"],
  [/cannot stop after a goal/, "mistake.stopGoal"],
  [/call the variant something else/, "mistake.controlId"],
  [/must be at most 64 of a-z/, "mistake.id"],
  [/syntax error|unexpected|template/i, "mistake.template"],
  [/should match pattern/, "mistake.form"],
  [/is missing$/, "mistake.missing"],
] as const;

const CONDITION = /^(?:trigger|page|audience)\b|\.(?:when|done)\b/;

/** What is wrong, in the operator's language; what is not known stays as the server wrote it. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation();
  const mistakeText = useMistakeText();
  return (problem) => {
    if (CONDITION.test(problem.path)) {
      return mistakeText(problem);
    }
    if (/\.destination$/.test(problem.path)) {
      return t("mistake.destination");
    }
    const known = KNOWN.find(([pattern]) => pattern.test(problem.message))?.[1];
    return known ? t(known) : mistakeText(problem);
  };
}
