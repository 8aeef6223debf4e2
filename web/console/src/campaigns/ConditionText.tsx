import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Json, Summary } from "../api/types";
import { useConsole, useSite } from "../console";
import { SummaryText } from "../ui/SummaryText";

/** A condition in the server's words: those that came with the document, or those of one that is being written. */
export function ConditionText({ condition, summary }: { condition: Json; summary: Summary | null | undefined }) {
  return (
    <Text span size="sm">
      {summary ? <SummaryText summary={summary} /> : <Asked condition={condition} />}
    </Text>
  );
}

function Asked({ condition }: { condition: Json }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const checked = useQuery(queries.checked(useSite(), condition));
  if (checked.data?.summary) {
    return <SummaryText summary={checked.data.summary} />;
  }
  return (
    <span className="k-dim k-anywhere">
      {checked.data
        ? checked.data.problems.map(({ path, message }) => `${path}: ${message}`).join("; ")
        : t("state.loading")}
    </span>
  );
}
