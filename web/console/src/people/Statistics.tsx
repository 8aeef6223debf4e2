import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Json, StatisticValue } from "../api/types";
import { inline, number } from "../format/values";
import { SummaryText } from "../ui/SummaryText";

/** What the person's events amount to: a sentence and a value each. */
export function Statistics({ statistics }: { statistics: readonly StatisticValue[] }) {
  const { i18n } = useTranslation();
  const shown = (value: Json) =>
    value === null ? "–" : typeof value === "number" ? number(value, i18n.language) : inline(value);
  return (
    <dl className="k-statistics">
      {statistics.map(({ summary, value }) => (
        <div key={summary.en}>
          <Text component="dt" size="sm" c="dimmed">
            <SummaryText summary={summary} />
          </Text>
          <Text component="dd" size="sm" fw={600} m={0} className="k-number k-anywhere">
            {shown(value)}
          </Text>
        </div>
      ))}
    </dl>
  );
}
