import { useTranslation } from "react-i18next";
import { absoluteTime, clockTime, relativeTime, shortTime } from "../format/time";
import { useNow } from "./now";

interface Props {
  at: string | number;
  /** `relative` "3 minutes ago"; `both` adds the date and time; `clock` "14:03:27". */
  mode?: "relative" | "both" | "clock";
}

export function When({ at, mode = "relative" }: Props) {
  const { i18n } = useTranslation();
  const now = useNow();
  const time = new Date(at).getTime();
  if (Number.isNaN(time)) {
    return <>–</>;
  }
  const absolute = absoluteTime(time, i18n.language);
  const relative = relativeTime(time, now, i18n.language);
  return (
    <time
      dateTime={new Date(time).toISOString()}
      title={mode === "relative" ? absolute : `${absolute} (${relative})`}
      style={{ fontVariantNumeric: "tabular-nums" }}
    >
      {mode === "clock" ? clockTime(time, i18n.language) : relative}
      {mode === "both" && <span className="k-dim"> · {shortTime(time, now, i18n.language)}</span>}
    </time>
  );
}
