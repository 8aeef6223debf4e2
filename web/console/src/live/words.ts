import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { EventFilter, Filter, FoundReplay } from "../api/live";
import { useConsole, useSite } from "../console";
import { eventTitle } from "../events/wording";
import { duration, shortTime } from "../format/time";
import { inline, number } from "../format/values";
import { usePersonName } from "../ui/PersonLink";
import { countryName } from "./countries";
import type { Part } from "./filter";

const CALLS = ["page", "screen", "identify", "group", "alias"];

/** An event's name in the operator's language. */
export const eventName = (event: string, t: TFunction) =>
  eventTitle({ type: CALLS.includes(event) ? event : "track", event }, t);

/** What a part of a filter says, in words. */
export function usePartText(): (filter: Filter, part: Part) => string {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const personName = usePersonName();
  const segments = useQuery(queries.segments(site)).data?.items;
  const campaigns = useQuery({ ...queries.campaigns(site), staleTime: 60_000 }).data?.items;
  const { language } = i18n;
  const named = (items: readonly { id: string; name: string }[] | undefined, id: string) =>
    items?.find((each) => each.id === id)?.name ?? id;

  return (filter, { kind, index = 0 }) => {
    switch (kind) {
      case "event":
        return eventText(filter.events?.[index], t);
      case "pages":
        return t("filter.sawPage", { pages: filter.pages?.join(t("filter.and")) });
      case "segments":
        return t("filter.inSegment", {
          segments: filter.segments?.map((id) => named(segments, id)).join(t("filter.and")),
        });
      case "campaign":
        return campaignText(filter, (id) => named(campaigns, id), t);
      case "problems":
        return filter.problems?.map((each) => t(`trouble.${each}`)).join(t("filter.or")) ?? "";
      case "visits":
        return visitsText(filter, t, language);
      case "length":
        return t("filter.lengthIs", {
          range: range(seconds(filter.min_seconds, language), seconds(filter.max_seconds, language), t),
        });
      case "device":
        return t(`device.${filter.device ?? "desktop"}`);
      case "country":
        return countryName(filter.country ?? "", language);
      case "period":
        return period(filter, t, language);
      case "unseen":
        return t("filter.unseen");
      case "person":
        return personName(filter.person ?? "");
    }
  };
}

function range(least: string | null, most: string | null, t: TFunction): string {
  if (least !== null && most !== null) {
    return t("filter.between", { least, most });
  }
  return least !== null ? t("filter.atLeast", { least }) : t("filter.atMost", { most });
}

function visitsText({ min_visit, max_visit }: Filter, t: TFunction, language: string): string {
  return max_visit === 1
    ? t("filter.firstVisit")
    : t("filter.visitsAre", { range: range(amount(min_visit, language), amount(max_visit, language), t) });
}

function campaignText({ campaign }: Filter, nameOf: (id: string) => string, t: TFunction): string {
  const { id = "", reached, group } = campaign ?? {};
  const what = group ? t(`group.${group}`) : reached ? t(`reached.${reached}`) : "";
  return t("filter.ofCampaign", { name: nameOf(id), what });
}

const amount = (value: number | undefined, language: string) => (value === undefined ? null : number(value, language));

const seconds = (value: number | undefined, language: string) =>
  value === undefined ? null : duration(value * 1000, language);

function eventText(filter: EventFilter | undefined, t: TFunction): string {
  if (!filter) {
    return "";
  }
  const event = eventName(filter.event, t);
  const where = (filter.where ?? []).map(({ path, op, value }) =>
    [path, t(`op.${op as "eq"}`), value === undefined || value === null ? "" : inline(value)].filter(Boolean).join(" "),
  );
  const told = where.length > 0 ? t("filter.eventWhere", { event, where: where.join(t("filter.and")) }) : event;
  return filter.absent ? t("filter.eventAbsent", { event: told }) : told;
}

function period({ since, until, last_hours }: Filter, t: TFunction, language: string): string {
  if (last_hours !== undefined) {
    return last_hours % 24 === 0 && last_hours > 24
      ? t("filter.lastDays", { count: last_hours / 24 })
      : t("filter.lastHours", { count: last_hours });
  }
  const now = Date.now();
  const at = (iso: string) => shortTime(Date.parse(iso), now, language);
  return t("filter.fromTo", { from: since ? at(since) : "", to: until ? at(until) : "" });
}

const COUNTED = new Set(["rage_click", "error", "request_failed", "dead_click"]);

/** Why a recording is worth watching, the weightiest reason first. */
export function useReasonText(): (reason: string, found: FoundReplay) => string {
  const { t } = useTranslation();
  return (reason, { problems }) => {
    switch (reason) {
      case "goal":
      case "campaign":
      case "order":
      case "hesitated":
        return t(`interest.${reason}`);
      default:
        return COUNTED.has(reason)
          ? t(`interest.${reason as "error"}`, { count: problems[reason as "error"] ?? 1 })
          : reason;
    }
  };
}
