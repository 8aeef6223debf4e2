import { useTranslation } from "react-i18next";
import { type Fields, propertiesOf, useBuilder } from "./builder";
import { FUNCTIONS, type Operator, type Statistic, type StatisticFunction, type Window } from "./document";
import { Choice, DurationField, EventInput, NumberField, PathInput } from "./inputs";
import { Sentence } from "./Sentence";
import { ValueInput } from "./ValueInput";
import { fitted, isDuration, isNumeric, operatorsOf, takesNothing, takesPath } from "./values";
import { WhereList } from "./WhereList";

/** "The number of Order Completed in the last 28 days is at least 3, only where …" */
export function StatisticFields({ leaf, onChange, wrong }: Fields<Statistic>) {
  const { t } = useTranslation();
  const of = leaf.of ?? "count";
  const op = leaf.op ?? "gte";
  const template = isDuration(of) ? "row.since" : takesPath(of) ? "row.statisticOfPath" : "row.count";
  return (
    <>
      <Sentence
        template={t(template)}
        fields={{
          of: (
            <Choice
              label={t("builder.function")}
              value={of}
              options={FUNCTIONS.map((each) => ({ value: each, label: t(`function.${each}`) }))}
              onChange={(next) => onChange(withFunction(leaf, next))}
            />
          ),
          event: <EventField leaf={leaf} onChange={onChange} wrong={wrong} />,
          path: <PathField leaf={leaf} onChange={onChange} wrong={wrong} />,
          window: <WindowField window={leaf.window ?? "all"} onChange={(window) => onChange({ ...leaf, window })} />,
          op: (
            <Choice
              label={t("builder.op")}
              value={op}
              options={operatorsOf(of).map((each) => ({ value: each, label: t(`op.${each}`) }))}
              onChange={(next) => onChange({ ...leaf, op: next, value: fitted(leaf.value, next, isNumeric(of)) })}
              error={wrong("op")}
            />
          ),
          value: isDuration(of) ? (
            !takesNothing(op) && (
              <DurationField
                label={t("builder.value")}
                value={typeof leaf.value === "number" ? leaf.value : null}
                onChange={(value) => onChange({ ...leaf, value })}
                error={wrong("value")}
              />
            )
          ) : (
            <ValueInput
              op={op}
              numeric={isNumeric(of)}
              value={leaf.value}
              onChange={(value) => onChange({ ...leaf, value })}
              error={wrong("value")}
            />
          ),
        }}
      />
      <WhereList
        event={leaf.event}
        where={leaf.where ?? []}
        onChange={(where) => onChange({ ...leaf, where })}
        wrong={wrong}
      />
    </>
  );
}

/** A statistic without a comparison: what a template is filled with. */
export function StatisticValueFields({ leaf, onChange, wrong }: Fields<Statistic>) {
  const { t } = useTranslation();
  const of = leaf.of ?? "count";
  return (
    <>
      <Sentence
        template={t(isDuration(of) ? "value.since" : takesPath(of) ? "value.statisticOfPath" : "value.count")}
        fields={{
          of: (
            <Choice
              label={t("builder.function")}
              value={of}
              options={FUNCTIONS.map((each) => ({ value: each, label: t(`function.${each}`) }))}
              onChange={(next) => {
                const { op: _, value: __, ...statistic } = withFunction(leaf, next);
                onChange(statistic);
              }}
            />
          ),
          event: <EventField leaf={leaf} onChange={onChange} wrong={wrong} />,
          path: <PathField leaf={leaf} onChange={onChange} wrong={wrong} />,
          window: <WindowField window={leaf.window ?? "all"} onChange={(window) => onChange({ ...leaf, window })} />,
        }}
      />
      <WhereList
        event={leaf.event}
        where={leaf.where ?? []}
        onChange={(where) => onChange({ ...leaf, where })}
        wrong={wrong}
      />
    </>
  );
}

function EventField({ leaf, onChange, wrong }: Fields<Statistic>) {
  const { t } = useTranslation();
  return (
    <EventInput
      any
      label={t("builder.event")}
      value={leaf.event}
      onChange={(event) => onChange({ ...leaf, event })}
      error={wrong("event")}
    />
  );
}

function PathField({ leaf, onChange, wrong }: Fields<Statistic>) {
  const { t } = useTranslation();
  const { vocabulary } = useBuilder();
  return (
    <PathInput
      label={t("builder.path")}
      placeholder={t("builder.path.property")}
      value={leaf.path}
      onChange={(path) => onChange({ ...leaf, path })}
      options={propertiesOf(vocabulary, leaf.event)}
      error={wrong("path")}
    />
  );
}

/** The statistic with another function, and without what that one does not take. */
export function withFunction({ path, ...leaf }: Statistic, of: StatisticFunction): Statistic {
  const operators = operatorsOf(of);
  const op: Operator = leaf.op && operators.includes(leaf.op) ? leaf.op : (operators[0] as Operator);
  return {
    ...leaf,
    of,
    ...(takesPath(of) && path ? { path } : {}),
    window: isDuration(of) ? "all" : (leaf.window ?? "all"),
    op,
    value: fitted(leaf.value, op, isNumeric(of)),
  };
}

const WINDOWS = ["all", "days", "today", "visit", "previous_visit"] as const;

function WindowField({ window, onChange }: { window: Window; onChange: (window: Window) => void }) {
  const { t } = useTranslation();
  const days = typeof window === "object" ? window.days : null;
  return (
    <>
      <Choice
        label={t("builder.window")}
        value={typeof window === "object" ? "days" : window}
        options={WINDOWS.map((each) => ({ value: each, label: t(`window.${each}`) }))}
        onChange={(next) => onChange(next === "days" ? { days: 7 } : next)}
      />
      {days !== null && (
        <span className="k-pair">
          <NumberField
            label={t("builder.days")}
            value={days || null}
            onChange={(next) => onChange({ days: next ?? 0 })}
          />
          <span className="k-word">{t("unit.windowDays")}</span>
        </span>
      )}
    </>
  );
}
