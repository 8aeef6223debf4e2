import { NativeSelect, Title } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DayOfArm, Results } from "../../api/campaigns";
import { regional } from "../../format/locale";
import { number } from "../../format/values";
import { armColor } from "./arms";
import { LineChart } from "./LineChart";
import { useArmName } from "./useArmName";

const MEASURES = ["shown", "clicked", "closed", "goal"] as const;
type Measure = (typeof MEASURES)[number];

interface Props {
  results: Results;
  goal: Results["goals"][number] | null;
}

/** One measure of each arm over the days, as lines and, for those who prefer it, as a table. */
export function DaysChart({ results, goal }: Props) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const armName = useArmName();
  const { ref, width } = useElementSize();
  const [measure, setMeasure] = useState<Measure>("shown");
  const arms = results.arms.filter((arm) => measure === "goal" || arm.id !== "control");
  const measureOf = (day: DayOfArm | undefined): number =>
    !day ? 0 : measure === "goal" ? (goal ? (day.goals[goal.id] ?? 0) : 0) : day[measure];
  const series = arms.map((arm) => ({
    id: arm.id,
    name: armName(arm),
    color: armColor(results.arms, arm.id),
    values: results.days.map(({ arms: of }) => measureOf(of[arm.id])),
  }));
  const days = results.days.map(({ day }) => day);
  const dayText = (day: string) =>
    new Intl.DateTimeFormat(regional(i18n.language), { month: "short", day: "numeric", timeZone: "UTC" }).format(
      Date.parse(day),
    );
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <div className="k-builder-head">
        <Title order={2} size="h6" id={id}>
          {t("days.title")}
        </Title>
        <NativeSelect
          size="xs"
          aria-label={t("days.measure")}
          value={measure}
          onChange={({ currentTarget }) => setMeasure(currentTarget.value as Measure)}
          data={MEASURES.filter((each) => each !== "goal" || goal).map((each) => ({
            value: each,
            label: each === "goal" ? (goal?.name ?? "") : t(`counter.${each}`),
          }))}
        />
      </div>
      <ul className="k-legend">
        {series.map(({ id: arm, name, color }) => (
          <li key={arm}>
            <span className="k-swatch" style={{ background: color }} aria-hidden /> {name}
          </li>
        ))}
      </ul>
      <div ref={ref} className="k-chart">
        {width > 0 && (
          <LineChart
            width={width}
            labels={days.map(dayText)}
            series={series}
            title={t("days.chart", { n: days.length })}
          />
        )}
      </div>
      <details className="k-as-table">
        <summary>{t("days.asTable")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
        <div className="k-scroll" tabIndex={0}>
          <table className="k-figures">
            <thead>
              <tr>
                <th scope="col">{t("csv.day")}</th>
                {series.map(({ id: arm, name }) => (
                  <th key={arm} scope="col" className="k-right">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((day, n) => (
                <tr key={day}>
                  <th scope="row">{dayText(day)}</th>
                  {series.map(({ id: arm, values }) => (
                    <td key={arm} className="k-right k-number">
                      {number(values[n] ?? 0, i18n.language)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
