import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Incident, IncidentStatus } from "../api/incidents";
import { number } from "../format/values";
import { When } from "../ui/When";

const colors: Record<IncidentStatus, string> = { open: "red", snoozed: "indigo", closed: "gray", ended: "teal" };

export function IncidentBadge({ status }: { status: IncidentStatus }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[status]} tt="none" className="k-noshrink">
      {t(`incident.status.${status}`)}
    </Badge>
  );
}

/** "About 60 expected, none came". */
export function Numbers({ incident: { kind, expected, seen } }: { incident: Incident }) {
  const { t, i18n } = useTranslation();
  const words = { expected: number(Math.round(expected), i18n.language), seen: number(seen, i18n.language) };
  return (
    <Text span size="sm">
      {t(kind === "campaign" ? "incident.displays" : "incident.notifications", words)}
    </Text>
  );
}

/** Since when, or from when to when, it was missing. */
export function Span({ incident: { since, ended_at, status, snoozed_until, by } }: { incident: Incident }) {
  const { t } = useTranslation();
  return (
    <Text span size="xs" c="dimmed">
      {t("incident.since")} <When at={since} mode="both" />
      {ended_at && (
        <>
          {" · "}
          {t("incident.until")} <When at={ended_at} mode="both" />
        </>
      )}
      {status === "snoozed" && snoozed_until && (
        <>
          {" · "}
          {t("incident.quietUntil")} <When at={snoozed_until} mode="both" />
        </>
      )}
      {(status === "snoozed" || status === "closed") && by && <> ({by})</>}
    </Text>
  );
}

/** Where it stops, and what may be done about it. */
export function useCause(): (incident: Pick<Incident, "cause" | "kind">) => { what: string; todo: string } | null {
  const { t } = useTranslation();
  return ({ cause }) =>
    cause ? { what: t(`incident.cause.${cause}`), todo: t(`incident.cause.${cause}.todo`) } : null;
}
