import { useTranslation } from "react-i18next";
import type { Definition } from "../document";
import { useDeliveryWords } from "./deliveryWords";

/** When, after the trigger, it is shown: "Once 50% of the page was scrolled, then after 10 seconds". */
export function useMomentWords(): (definition: Pick<Definition, "moment" | "delay_seconds">) => string {
  const { t } = useTranslation();
  const { timeWords } = useDeliveryWords();
  return ({ moment, delay_seconds: delay = 0 }) => {
    const told = (() => {
      switch (moment?.type) {
        case "scroll":
          return t("moment.scrollWords", { percent: moment.percent });
        case "visible":
          return t("moment.visibleWords", { selector: moment.selector });
        case "dwell":
          return t("moment.dwellWords", { time: timeWords(moment.seconds) });
        case "idle":
          return t("moment.idleWords", { time: timeWords(moment.seconds) });
        case "read":
        case "exit":
          return t(`moment.${moment.type}Words`);
        default:
          return delay > 0 ? null : t("moment.atOnceWords");
      }
    })();
    const waited = delay > 0 ? t(told ? "moment.thenAfter" : "moment.after", { time: timeWords(delay) }) : null;
    return [told, waited].filter(Boolean).join(t("list.separator"));
  };
}
