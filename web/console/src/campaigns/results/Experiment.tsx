import { Badge, Text, Title } from "@mantine/core";
import type { TFunction } from "i18next";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Arm, GoalResult, Interval, Label, Results } from "../../api/campaigns";
import { regional } from "../../format/locale";
import { number } from "../../format/values";
import { armColor } from "./arms";
import { useArmName } from "./useArmName";

interface Props {
  results: Results;
  goal: Results["goals"][number] | null;
}

const COLORS: Record<Label, string> = {
  collecting: "gray",
  likely_win: "lime",
  win: "teal",
  lose: "red",
  no_difference: "indigo",
};

/** What each arm did for the goal, and what that says. */
export function Experiment({ results, goal }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const armName = useArmName();
  const against = results.arms.find(({ id: arm }) => arm === results.compared_with);
  return (
    <section className="k-panel" aria-labelledby={id}>
      <div className="k-pad">
        <Title order={2} size="h6" id={id}>
          {goal ? t("experiment.title", { goal: goal.name }) : t("experiment.titleBare")}
        </Title>
        <Text size="xs" c="dimmed">
          {!goal
            ? t("experiment.noGoal")
            : against
              ? t("experiment.against", { arm: armName(against) })
              : t("experiment.alone")}
        </Text>
      </div>
      {goal && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
        <div className="k-scroll" tabIndex={0}>
          <Figures results={results} goal={goal.id} />
        </div>
      )}
    </section>
  );
}

function Figures({ results, goal }: { results: Results; goal: string }) {
  const { t } = useTranslation();
  const reach = Math.max(
    0.05,
    ...results.arms.flatMap(({ goals }) => goals[goal]?.lift_interval ?? []).map((end) => Math.min(1, Math.abs(end))),
  );
  return (
    <table className="k-figures">
      <thead>
        <tr>
          <th scope="col">{t("experiment.arm")}</th>
          <th scope="col" className="k-right">
            {t("experiment.people")}
          </th>
          <th scope="col" className="k-right">
            {t("experiment.reached")}
          </th>
          <th scope="col">{t("experiment.rate")}</th>
          <th scope="col">{t("experiment.lift")}</th>
          <th scope="col" className="k-right">
            {t("experiment.best")}
          </th>
          <th scope="col">{t("experiment.says")}</th>
        </tr>
      </thead>
      <tbody>
        {results.arms.map((arm) => (
          <ArmRow
            key={arm.id}
            arm={arm}
            result={arm.goals[goal]}
            color={armColor(results.arms, arm.id)}
            reach={reach}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  arm: Arm;
  result: GoalResult | undefined;
  color: string;
  reach: number;
}

function ArmRow({ arm, result, color, reach }: RowProps) {
  const { t, i18n } = useTranslation();
  const armName = useArmName();
  const language = i18n.language;
  return (
    <tr>
      <th scope="row">
        <span className="k-swatch" style={{ background: color }} aria-hidden />
        {armName(arm)}
      </th>
      <td className="k-right k-number">{number(arm.exposed, language)}</td>
      <td className="k-right k-number">{result ? number(result.people, language) : "–"}</td>
      <td className="k-number">
        {result && (
          <>
            <strong>{rate(result.rate, language)}</strong>{" "}
            <span className="k-dim">{between(result.rate_interval, (end) => rate(end, language))}</span>
          </>
        )}
      </td>
      <td className="k-number">
        {result?.lift !== null && result?.lift !== undefined ? (
          <div className="k-lift">
            <div>
              <strong>{signed(result.lift, language)}</strong>{" "}
              {result.lift_interval && (
                <span className="k-dim">{between(result.lift_interval, (end) => signed(end, language))}</span>
              )}
            </div>
            {result.lift_interval && <IntervalBar interval={result.lift_interval} at={result.lift} reach={reach} />}
          </div>
        ) : (
          <span className="k-dim">–</span>
        )}
      </td>
      <td className="k-right k-number">{typeof result?.best === "number" ? rate(result.best, language, 0) : "–"}</td>
      <td>
        {result?.label && (
          <Badge variant="light" color={COLORS[result.label]} tt="none">
            {t(`label.${result.label}`)}
          </Badge>
        )}
        {result?.next && (
          <Text size="xs" c="dimmed" mt={2}>
            {adviceText(result.next, t)}
          </Text>
        )}
      </td>
    </tr>
  );
}

const ADVICE = {
  add_control: "advice.add_control",
  keep_running: "advice.keep_running",
  roll_out: "advice.roll_out",
  prefer_best: "advice.prefer_best",
  stop: "advice.stop",
  decide_by_cost: "advice.decide_by_cost",
  check_split: "advice.check_split",
} as const;

function adviceText(next: string, t: TFunction): string {
  return Object.hasOwn(ADVICE, next) ? t(ADVICE[next as keyof typeof ADVICE]) : next;
}

const rate = (value: number, language: string, digits = 1) =>
  new Intl.NumberFormat(regional(language), {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);

const signed = (value: number, language: string) =>
  new Intl.NumberFormat(regional(language), {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).format(value);

const between = ([low, high]: Interval, text: (end: number) => string) => `${text(low)} – ${text(high)}`;

/** Where the interval lies to either side of no difference. */
function IntervalBar({ interval: [low, high], at, reach }: { interval: Interval; at: number; reach: number }) {
  const x = (value: number) => 60 + (Math.max(-reach, Math.min(reach, value)) / reach) * 58;
  const side = low > 0 ? "right" : high < 0 ? "left" : "both";
  return (
    <svg viewBox="0 0 120 12" width="120" height="12" className="k-interval" data-side={side} aria-hidden="true">
      <line x1="60" x2="60" y1="0" y2="12" className="k-interval-zero" />
      <rect x={x(low)} width={Math.max(1, x(high) - x(low))} y="4" height="4" rx="2" />
      <circle cx={x(at)} cy="6" r="3.5" />
    </svg>
  );
}
