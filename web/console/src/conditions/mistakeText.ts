import { useTranslation } from "react-i18next";
import type { Mistake } from "./problems";

const MISSING = {
  path: "mistake.noField",
  value: "mistake.noValue",
  event: "mistake.noEvent",
  name: "mistake.noEvent",
  id: "mistake.noSegment",
} as const;

const KNOWN = [
  [/takes a list of values/, "mistake.list"],
  [/takes a number|compared with one$|must be a (?:whole |finite )?number/, "mistake.number"],
  [/takes a text|must be a text$/, "mistake.text"],
  [/must be at (?:least|most) \d|told apart up to/, "mistake.range"],
  [/without \[\]/, "mistake.oneValue"],
  [/go together|give `since`|must be a time of day/, "mistake.time"],
  [/nothing is between/, "mistake.sameTime"],
  [/circle/, "mistake.circle"],
  [/must be "visit", "previous_visit"/, "mistake.days"],
] as const;

const LACKING = /is missing|takes one value|takes a path$|must be (?:a name|the name of an event)|must not be empty/;

/** The mistake in the operator's language; one that is not known stays as the server wrote it. */
export function useMistakeText(): (mistake: Pick<Mistake, "path" | "message">) => string {
  const { t } = useTranslation();
  return ({ path, message }) => {
    const field = /(\w+)(?:\[\d+\])?$/.exec(path)?.[1] ?? "";
    if (LACKING.test(message)) {
      return t(field in MISSING ? MISSING[field as keyof typeof MISSING] : "mistake.missing");
    }
    const known = KNOWN.find(([pattern]) => pattern.test(message))?.[1];
    return known ? t(known) : message;
  };
}
