import { useTranslation } from "react-i18next";
import type { Campaign } from "../../api/campaigns";
import { number, percent } from "../../format/values";
import { stepName } from "../reason";
import { mostSuppressed } from "./filter";

/** "12,340 eligible, 2,110 shown; 61% stopped by spacing": what came of it, in one line. */
export function CountersLine({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation();
  const { eligible, shown } = campaign.counters;
  if (eligible === 0) {
    return <>{t("counters.none")}</>;
  }
  const stopped = mostSuppressed(campaign);
  const told = t("counters.line", { eligible: number(eligible, i18n.language), shown: number(shown, i18n.language) });
  return (
    <>
      {told}
      {stopped &&
        t("list.separator") +
          t("counters.stopped", {
            share: percent(Math.round(stopped.of * 100), 100, i18n.language),
            step: stepName(stopped.step, t),
          })}
    </>
  );
}
