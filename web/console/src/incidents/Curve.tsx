import { Text, Title } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentDetail } from "../api/incidents";
import { ticks } from "../campaigns/results/scale";
import { regional } from "../format/locale";
import { number } from "../format/values";
import { type Gathered, gathered, placeOf } from "./curve";

const HEIGHT = 200;
const MARGIN = { top: 12, right: 12, bottom: 24, left: 44 };
const LABEL_WIDTH = 76;

/** What was expected and what came over a day, as a chart and, for those who prefer it, as a table. */
export function Curve({ incident }: { incident: IncidentDetail }) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const { ref, width } = useElementSize();
  const points = gathered(incident.curve);
  const time = (at: string) =>
    new Intl.DateTimeFormat(regional(i18n.language), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
      Date.parse(at),
    );
  const dayAndTime = (at: string) =>
    new Intl.DateTimeFormat(regional(i18n.language), {
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(Date.parse(at));
  if (points.length < 2) {
    return null;
  }
  const expected = new Intl.NumberFormat(regional(i18n.language), { maximumFractionDigits: 1 });
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("incident.curve")}
      </Title>
      <Text size="xs" c="dimmed" component="p" m={0}>
        {t("incident.curveAbout")}
      </Text>
      <ul className="k-legend">
        <li>
          <span className="k-swatch k-swatch-expected" aria-hidden /> {t("incident.expected")}
        </li>
        <li>
          <span className="k-swatch k-swatch-seen" aria-hidden /> {t("incident.seen")}
        </li>
        <li>
          <span className="k-swatch k-swatch-since" aria-hidden /> {t("incident.sinceMark")}
        </li>
      </ul>
      <div ref={ref} className="k-chart">
        {width > 0 && (
          <Drawing points={points} since={incident.since} width={width} title={t("incident.curveTitle")} time={time} />
        )}
      </div>
      <details className="k-as-table">
        <summary>{t("days.asTable")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
        <div className="k-scroll k-curve-table" tabIndex={0}>
          <table className="k-figures">
            <thead>
              <tr>
                <th scope="col">{t("incident.from")}</th>
                <th scope="col" className="k-right">
                  {t("incident.expected")}
                </th>
                <th scope="col" className="k-right">
                  {t("incident.seen")}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.at}>
                  <th scope="row">{dayAndTime(point.at)}</th>
                  <td className="k-right k-number">{expected.format(point.expected)}</td>
                  <td className="k-right k-number">{number(point.seen, i18n.language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

interface DrawingProps {
  points: readonly Gathered[];
  since: string;
  width: number;
  title: string;
  time: (at: string) => string;
}

function Drawing({ points, since, width, title, time }: DrawingProps) {
  const { i18n } = useTranslation();
  const axis = ticks(Math.max(0, ...points.flatMap(({ expected, seen }) => [Math.ceil(expected), seen])));
  const top = axis.at(-1) ?? 1;
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const x = (place: number) => MARGIN.left + (place / (points.length - 1)) * inner.width;
  const y = (value: number) => MARGIN.top + (1 - value / top) * inner.height;
  const every = Math.max(1, Math.ceil((points.length * LABEL_WIDTH) / Math.max(1, inner.width)));
  const line = (of: "expected" | "seen") => points.map((point, n) => `${x(n)},${y(point[of])}`).join(" ");
  const mark = placeOf(points, since);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={title}>
      {mark !== null && (
        <rect
          x={x(mark)}
          y={MARGIN.top}
          width={width - MARGIN.right - x(mark)}
          height={inner.height}
          className="k-gone"
        />
      )}
      {axis.map((value) => (
        <g key={value}>
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(value)} y2={y(value)} className="k-grid" />
          <text x={MARGIN.left - 8} y={y(value) + 4} textAnchor="end">
            {number(value, i18n.language)}
          </text>
        </g>
      ))}
      {points.map((point, n) =>
        n % every === 0 ? (
          <text key={point.at} x={x(n)} y={HEIGHT - 6} textAnchor={n === 0 ? "start" : "middle"}>
            {time(point.at)}
          </text>
        ) : null,
      )}
      <polygon points={`${x(0)},${y(0)} ${line("expected")} ${x(points.length - 1)},${y(0)}`} className="k-band" />
      <polyline points={line("expected")} className="k-expected" />
      <polyline points={line("seen")} className="k-seen" />
      {mark !== null && (
        <line x1={x(mark)} x2={x(mark)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} className="k-since" />
      )}
    </svg>
  );
}
