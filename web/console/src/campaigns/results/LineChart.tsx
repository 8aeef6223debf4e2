import { useState } from "react";
import { useTranslation } from "react-i18next";
import { number } from "../../format/values";
import { ticks } from "./scale";

export interface Series {
  id: string;
  name: string;
  color: string;
  values: readonly number[];
}

interface Props {
  width: number;
  labels: readonly string[];
  series: readonly Series[];
  title: string;
}

const HEIGHT = 220;
const MARGIN = { top: 10, right: 14, bottom: 24, left: 44 };
const LABEL_WIDTH = 64;

/** Lines over the same places; the pointer reads the values of one of them. */
export function LineChart({ width, labels, series, title }: Props) {
  const { i18n } = useTranslation();
  const [at, setAt] = useState<number | null>(null);
  const axis = ticks(Math.max(0, ...series.flatMap(({ values }) => values)));
  const top = axis.at(-1) ?? 1;
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const x = (n: number) =>
    MARGIN.left + (labels.length > 1 ? (n / (labels.length - 1)) * inner.width : inner.width / 2);
  const y = (value: number) => MARGIN.top + (1 - value / top) * inner.height;
  const every = Math.max(1, Math.ceil((labels.length * LABEL_WIDTH) / Math.max(1, inner.width)));
  const place = (clientX: number, left: number) =>
    Math.max(
      0,
      Math.min(labels.length - 1, Math.round(((clientX - left - MARGIN.left) / inner.width) * (labels.length - 1))),
    );
  return (
    <div
      className="k-chart-area"
      onPointerMove={({ clientX, currentTarget }) =>
        setAt(labels.length > 0 ? place(clientX, currentTarget.getBoundingClientRect().left) : null)
      }
      onPointerLeave={() => setAt(null)}
    >
      <svg width={width} height={HEIGHT} role="img" aria-label={title}>
        {axis.map((value) => (
          <g key={value}>
            <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(value)} y2={y(value)} className="k-grid" />
            <text x={MARGIN.left - 8} y={y(value) + 4} textAnchor="end">
              {number(value, i18n.language)}
            </text>
          </g>
        ))}
        {labels.map((label, n) =>
          n % every === 0 ? (
            <text key={label} x={x(n)} y={HEIGHT - 6} textAnchor="middle">
              {label}
            </text>
          ) : null,
        )}
        {at !== null && <line x1={x(at)} x2={x(at)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} className="k-cursor" />}
        {series.map(({ id, color, values }) => (
          <g key={id} style={{ color }}>
            <polyline points={values.map((value, n) => `${x(n)},${y(value)}`).join(" ")} className="k-line" />
            {values.map((value, n) =>
              n === at || values.length === 1 ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: days keep their order
                <circle key={n} cx={x(n)} cy={y(value)} r="3.5" fill="currentColor" />
              ) : null,
            )}
          </g>
        ))}
      </svg>
      {at !== null && (
        <div className="k-readout" style={{ left: Math.min(x(at) + 10, width - 170) }} aria-hidden>
          <strong>{labels[at]}</strong>
          {series.map(({ id, name, color, values }) => (
            <div key={id}>
              <span className="k-swatch" style={{ background: color }} /> {name}
              <span className="k-number">{number(values[at] ?? 0, i18n.language)}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
