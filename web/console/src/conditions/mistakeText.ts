import { useTranslation } from "react-i18next";
import type { Mistake } from "./problems";

const KNOWN = [
  [
    /field required|valid (?:string|list|integer)|takes one value|at least 1 (?:item|character)|takes a path$/i,
    "mistake.missing",
  ],
  [/takes a list of values/i, "mistake.list"],
  [/takes a number|compared with one|valid number/i, "mistake.number"],
  [/takes a text/i, "mistake.text"],
  [/greater than or equal to|less than or equal to/i, "mistake.range"],
  [/without \[\]/, "mistake.oneValue"],
  [/go together|give `since`/, "mistake.time"],
  [/no (?:such|segment)|unknown segment|does not exist/i, "mistake.unknownSegment"],
  [/circle/i, "mistake.circle"],
] as const;

/** The mistake in the operator's language; one that is not known stays as the server wrote it. */
export function useMistakeText(): (mistake: Pick<Mistake, "message">) => string {
  const { t } = useTranslation();
  return ({ message }) => {
    const key = KNOWN.find(([pattern]) => pattern.test(message))?.[1];
    return key ? t(key) : message;
  };
}
