import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AskedRule } from "../api/queries";
import type { Json, Step } from "../api/types";
import { campaignPath, segmentPath, useConsole, useSite } from "../console";
import { shortTime } from "../format/time";
import { inline, number } from "../format/values";
import { Decisions } from "../people/Decisions";
import { SummaryText } from "../ui/SummaryText";
import { Failed, LoadingRows } from "../ui/states";
import { Mark } from "./Mark";

/** One rule step by step, with what each step saw. */
export function RuleSteps({ person, asked }: { person: string; asked: AskedRule }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const rule = useQuery(queries.ruleExplanation(site, person, asked));
  if (!rule.data) {
    return rule.isError ? <Failed error={rule.error} retry={rule.refetch} /> : <LoadingRows rows={3} />;
  }
  const { kind, id } = rule.data;
  return (
    <div className="k-steps">
      {rule.data.parts.map(({ name, step }) => (
        <div key={name}>
          {rule.data.parts.length > 1 && (
            <Text size="xs" fw={600} c="dimmed">
              {partName(name, t)}
            </Text>
          )}
          <ul className="k-plainlist">
            <StepItem step={step} />
          </ul>
        </div>
      ))}
      {rule.data.decision && <Decisions decisions={[rule.data.decision]} />}
      {kind !== "rule" && (
        <Anchor component={Link} to={kind === "segment" ? segmentPath(site, id) : campaignPath(site, id)} size="sm">
          {t(`explanation.open.${kind}`)}
        </Anchor>
      )}
    </div>
  );
}

const PARTS = {
  trigger: "step.trigger",
  page: "step.page",
  audience: "step.audience",
  hours: "step.schedule",
} as const;

/** A campaign's goals are told by their ids: "goal:purchase". */
function partName(name: string, t: TFunction): string {
  const goal = /^goal(?::(.*))?$/.exec(name);
  if (goal) {
    return [t("explanation.goal"), goal[1]].filter(Boolean).join(": ");
  }
  return name in PARTS ? t(PARTS[name as keyof typeof PARTS]) : name;
}

const GROUPS = { all: "join.all", any: "join.any", not: "explanation.not" } as const;

function StepItem({ step }: { step: Step }) {
  const { t } = useTranslation();
  const group = step.of.length > 0 && step.type in GROUPS ? GROUPS[step.type as keyof typeof GROUPS] : null;
  return (
    <li>
      <div className="k-step-line">
        <Mark holds={step.holds} />
        <div>
          <Text span size="sm" {...(group ? { c: "dimmed" } : {})}>
            {group ? t(group) : <SummaryText summary={step.summary} />}
          </Text>
          {!group && <Seen value={step.seen} />}
        </div>
      </div>
      {step.of.length > 0 && (
        <ul className="k-plainlist k-step-of">
          {step.of.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps keep their order
            <StepItem key={index} step={each} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Seen({ value }: { value: Json }) {
  const { t } = useTranslation();
  const valueText = useValueText();
  return (
    <Text size="sm" component="p" m={0} className="k-anywhere">
      <Text span size="xs" c="dimmed">
        {t("explanation.seen")}
      </Text>{" "}
      <strong>{valueText(value)}</strong>
    </Text>
  );
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A value as it was seen: what was sent as text stays apart from numbers; moments are written as such. */
function useValueText(): (value: Json) => string {
  const { t, i18n } = useTranslation();
  const say = (value: Json): string => {
    if (value === null || (Array.isArray(value) && value.length === 0)) {
      return t("explanation.nothing");
    }
    if (Array.isArray(value)) {
      return value.map(say).join(t("list.separator"));
    }
    if (typeof value === "object") {
      return Object.entries(value)
        .map(([name, each]) => `${name in STEPS ? t(STEPS[name as keyof typeof STEPS]) : name}: ${say(each)}`)
        .join(" / ");
    }
    if (typeof value === "string") {
      return MOMENT.test(value)
        ? shortTime(Date.parse(value), Date.now(), i18n.language)
        : t("explanation.text", { text: value });
    }
    return typeof value === "number" ? number(value, i18n.language) : inline(value);
  };
  return say;
}

// biome-ignore lint/suspicious/noThenProperty: the answer names it so
const STEPS = { first: "builder.first", then: "builder.then" } as const;
