import { useTranslation } from "react-i18next";
import type { Summary } from "../api/types";

/** A sentence of the server in the operator's language. */
export function useSummary(): (summary: Summary) => string {
  const { i18n } = useTranslation();
  return (summary) => (i18n.language === "ja" ? summary.ja : summary.en);
}

export function SummaryText({ summary }: { summary: Summary }) {
  const text = useSummary();
  return <span className="k-summary">{text(summary)}</span>;
}
