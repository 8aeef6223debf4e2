import { useTranslation } from "react-i18next";
import type { Box } from "../../api/campaigns";
import { number } from "../../format/values";

interface Props {
  viewport: { width: number; height: number };
  box: Box | null;
}

/** The screen as it was, and where on it (or beyond it) the campaign stood. */
export function ScreenDrawing({ viewport, box }: Props) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const size = (of: { width: number; height: number }) =>
    t("problems.size", { width: number(of.width, language), height: number(of.height, language) });
  const all = union({ x: 0, y: 0, ...viewport }, box);
  const margin = Math.max(all.width, all.height) * 0.03;
  const line = Math.max(all.width, all.height) / 160;
  return (
    <figure className="k-screen">
      <svg
        viewBox={`${all.x - margin} ${all.y - margin} ${all.width + 2 * margin} ${all.height + 2 * margin}`}
        role="img"
        aria-label={
          box
            ? t("problems.drawing", {
                screen: size(viewport),
                box: size(box),
                x: Math.round(box.x),
                y: Math.round(box.y),
              })
            : t("problems.drawingBare", { screen: size(viewport) })
        }
      >
        <rect
          width={viewport.width}
          height={viewport.height}
          rx={line * 2}
          className="k-screen-page"
          strokeWidth={line}
        />
        {[0.12, 0.24, 0.36, 0.48, 0.6, 0.72, 0.84].map((at) => (
          <rect
            key={at}
            x={viewport.width * 0.08}
            y={viewport.height * at}
            width={viewport.width * (at === 0.12 ? 0.4 : 0.84)}
            height={viewport.height * 0.03}
            className="k-screen-line"
          />
        ))}
        {box && (
          <rect
            x={box.x}
            y={box.y}
            width={Math.max(box.width, line)}
            height={Math.max(box.height, line)}
            rx={line}
            className="k-screen-box"
            strokeWidth={line * 1.5}
            strokeDasharray={`${line * 4} ${line * 2}`}
          />
        )}
      </svg>
      <figcaption>{size(viewport)}</figcaption>
    </figure>
  );
}

function union(one: Box, other: Box | null): Box {
  if (!other) {
    return one;
  }
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}
