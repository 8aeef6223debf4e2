import type { TFunction } from "i18next";
import { eventTitle } from "../events/wording";
import type { Condition, Window } from "./definition";

/** A condition in words: a sentence, or sentences joined by "all of", "any of", "none of". */
export type Phrase = { text: string } | { join: "all" | "any" | "not"; of: Phrase[] };

const OPERATORS = {
  eq: "op.eq",
  ne: "op.ne",
  lt: "op.lt",
  lte: "op.lte",
  gt: "op.gt",
  gte: "op.gte",
  in: "op.in",
  not_in: "op.notIn",
  contains: "op.contains",
  not_contains: "op.notContains",
  starts_with: "op.startsWith",
  exists: "op.exists",
  not_exists: "op.notExists",
} as const;

const SUBJECTS = {
  property: "subject.property",
  context: "subject.context",
  trait: "subject.trait",
  last_value: "subject.lastValue",
} as const;

export function phrase(condition: Condition, t: TFunction, segmentName: (id: string) => string): Phrase {
  const compare = (subject: string, op: string, value: unknown) => ({
    text: Object.hasOwn(OPERATORS, op)
      ? t(OPERATORS[op as keyof typeof OPERATORS], { subject, value: valueText(value) })
      : `${subject} ${op} ${valueText(value)}`,
  });
  switch (condition.type) {
    case "event": {
      const names = [condition.name].flat().map((event) => eventName(event, t));
      return { text: t("condition.event", { events: names.join(t("condition.or")) }) };
    }
    case "property":
    case "context":
    case "trait":
    case "last_value":
      return compare(t(SUBJECTS[condition.type], { path: condition.path }), condition.op, condition.value);
    case "count":
      return compare(
        t("condition.count", {
          event: eventName(condition.event, t),
          window: windowText(condition.window ?? "all", t),
        }),
        condition.op,
        condition.value,
      );
    case "visits":
      return compare(t("condition.visits"), condition.op, condition.value);
    case "segment":
      return {
        text: t(condition.member === false ? "condition.notInSegment" : "condition.inSegment", {
          segment: segmentName(condition.id),
        }),
      };
    case "all":
    case "any":
      return joined(
        condition.type,
        condition.of.map((each) => phrase(each, t, segmentName)),
        t,
      );
    case "not":
      return { join: "not", of: [phrase(condition.of, t, segmentName)] };
    default:
      return { text: JSON.stringify(condition) };
  }
}

function joined(join: "all" | "any", of: Phrase[], t: TFunction): Phrase {
  if (of.length === 0) {
    return { text: t("condition.everyone") };
  }
  return of.length === 1 ? (of[0] as Phrase) : { join, of };
}

/** The event's name as the site sends it, after what it is called in the operator's language. */
function eventName(event: string, t: TFunction): string {
  const title = eventTitle({ type: "track", event }, t);
  return title === event ? event : `${title} (${event})`;
}

function windowText(window: Window, t: TFunction): string {
  return typeof window === "object" ? t("window.days", { count: window.days }) : t(`window.${window}`);
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(", ") : String(value ?? "");
}
