import { useTranslation } from "react-i18next";
import { WEEKDAYS } from "../../conditions/document";
import { regional } from "../../format/locale";
import { number } from "../../format/values";
import type { Caps, GoalWindow, Schedule, StopAfter } from "../document";

/** The delivery of a campaign in words. */
export function useDeliveryWords() {
  const { t, i18n } = useTranslation();
  const language = i18n.language;

  /** "Once per visit; 3 times in 7 days" */
  function capsWords(caps: Caps | undefined): string {
    // Once per visit is what a campaign that says nothing gets; null takes the limit away.
    const perVisit = caps?.per_visit === undefined ? 1 : caps.per_visit;
    const limits = [
      perVisit && t("caps.perVisit", { count: perVisit }),
      caps?.per_day && t("caps.perDay", { count: caps.per_day }),
      caps?.per_days && t("caps.perDays", { count: caps.per_days.times, days: caps.per_days.days }),
      caps?.ever && t("caps.ever", { count: caps.ever }),
      caps?.min_seconds && t("caps.apart", { time: timeWords(caps.min_seconds) }),
      caps?.total && t("caps.total", { total: number(caps.total, language) }),
    ].filter(Boolean);
    return limits.length > 0 ? limits.join(t("list.separator")) : t("caps.none");
  }

  /** "Mon, Tue, between 9:00 and 18:00"; null for any hour of any day. */
  function hoursWords(schedule: Schedule | undefined): string | null {
    const days = schedule?.weekdays?.length
      ? WEEKDAYS.filter((day) => schedule.weekdays?.includes(day)).map((day) => t(`weekday.${day}`))
      : null;
    const told = [
      days && t("schedule.days", { days: days.join(t("list.and")) }),
      schedule?.since && schedule.until && t("schedule.between", { since: schedule.since, until: schedule.until }),
    ].filter(Boolean);
    return told.length > 0 ? told.join(t("list.separator")) : null;
  }

  /** "Never again after a click or a close"; null where nothing ends it. */
  function stopWords(after: readonly StopAfter[] | undefined): string | null {
    return after?.length ? t("stop.words", { what: after.map((each) => t(`stop.${each}`)).join(t("list.or")) }) : null;
  }

  function windowWords(window: GoalWindow | undefined): string {
    if (window === "visit") {
      return t("goal.visit");
    }
    const hours = window?.hours ?? 24;
    return hours >= 48 && hours % 24 === 0 ? t("goal.days", { count: hours / 24 }) : t("goal.hours", { count: hours });
  }

  function timeWords(seconds: number): string {
    const [unit, size] = (
      [
        ["day", 86_400],
        ["hour", 3600],
        ["minute", 60],
      ] as const
    ).find(([, each]) => seconds % each === 0) ?? ["second", 1];
    return new Intl.NumberFormat(regional(language), {
      style: "unit",
      unit,
      unitDisplay: language === "ja" ? "short" : "long",
    })
      .format(seconds / size)
      .replace(language === "ja" ? /\s/g : /^$/, "");
  }

  return { capsWords, hoursWords, stopWords, windowWords, timeWords };
}
