import { Anchor, Group, Text, ThemeIcon, Title } from "@mantine/core";
import { IconBell, IconBellOff, IconCircleCheck, IconSpeakerphone } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Incident } from "../api/incidents";
import { useConsole, useSite } from "../console";
import { incidentPath, subjectPath } from "../notifications/paths";
import { LoadMore } from "../ui/LoadMore";
import { Page } from "../ui/Page";
import { Failed, LoadingRows, StaleNotice } from "../ui/states";
import { IncidentActions } from "./IncidentActions";
import { IncidentBadge, Numbers, Span, useCause } from "./words";
import "../notifications/notifications.css";
import "./incidents.css";

export function IncidentsPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const incidents = useInfiniteQuery({ ...queries.incidents(useSite()), refetchInterval: 30_000 });
  const items = incidents.data?.pages.flatMap((page) => page.items) ?? [];
  const missing = items.filter(({ status }) => status !== "ended");
  const past = items.filter(({ status }) => status === "ended");
  return (
    <Page title={t("incidents.title")} about={t("incidents.about")}>
      {incidents.isError && incidents.data && <StaleNotice error={incidents.error} retry={incidents.refetch} />}
      {incidents.isPending ? (
        <div className="k-panel">
          <LoadingRows rows={4} height={80} />
        </div>
      ) : !incidents.data ? (
        <div className="k-panel">
          <Failed error={incidents.error} retry={incidents.refetch} />
        </div>
      ) : (
        <div className="k-stack">
          {missing.length > 0 ? <Missing incidents={missing} /> : <Calm />}
          {past.length > 0 && <Past incidents={past} />}
        </div>
      )}
      {incidents.data && <LoadMore {...incidents} />}
    </Page>
  );
}

function Missing({ incidents }: { incidents: readonly Incident[] }) {
  const { t } = useTranslation();
  const id = useId();
  const open = incidents.filter(({ status }) => status === "open");
  const others = incidents.filter(({ status }) => status !== "open");
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" mb="xs" id={id}>
        {t("incidents.now")}
      </Title>
      <ul className="k-plainlist k-incidents">
        {[...open, ...others].map((incident) => (
          <li key={incident.id} className="k-panel k-pad k-incident" data-status={incident.status}>
            <Card incident={incident} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Card({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const site = useSite();
  const cause = useCause()(incident);
  return (
    <>
      <Group gap="xs" wrap="wrap" mb={4}>
        <Kind kind={incident.kind} />
        <Anchor component={Link} to={incidentPath(site, incident.id)} fw={600} className="k-anywhere">
          {incident.name}
        </Anchor>
        <IncidentBadge status={incident.status} />
      </Group>
      <Text component="p" m={0}>
        <Numbers incident={incident} />
      </Text>
      {cause && (
        <Text size="sm" component="p" m={0}>
          {cause.what}
        </Text>
      )}
      <Text component="p" m={0} mt={2}>
        <Span incident={incident} />
      </Text>
      <Group gap="xs" mt="sm">
        <Anchor component={Link} to={incidentPath(site, incident.id)} size="sm">
          {t("incident.look")}
        </Anchor>
        <IncidentActions incident={incident} />
      </Group>
    </>
  );
}

function Past({ incidents }: { incidents: readonly Incident[] }) {
  const { t } = useTranslation();
  const id = useId();
  const site = useSite();
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" mb="xs" id={id}>
        {t("incidents.past")}
      </Title>
      <ul className="k-plainlist k-panel k-past">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <Group gap="xs" wrap="wrap">
              <Kind kind={incident.kind} />
              <Anchor component={Link} to={incidentPath(site, incident.id)} size="sm" fw={600} className="k-anywhere">
                {incident.name}
              </Anchor>
              {incident.ending && (
                <Text span size="xs" c="dimmed">
                  {t(`incident.ending.${incident.ending}`)}
                </Text>
              )}
            </Group>
            <Text size="sm" component="p" m={0}>
              <Numbers incident={incident} />
            </Text>
            <Span incident={incident} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Kind({ kind }: Pick<Incident, "kind">) {
  const { t } = useTranslation();
  const Icon = kind === "campaign" ? IconSpeakerphone : IconBell;
  return <Icon size={17} stroke={1.7} aria-label={t(`changes.kind.${kind}`)} role="img" />;
}

/** Nothing is missing: what is watched, and what is not. */
function Calm() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const campaigns = useQuery(queries.campaigns(site)).data?.items ?? [];
  const rules = useQuery(queries.rules(site)).data?.items ?? [];
  const live = [
    ...campaigns
      .filter(({ status }) => status === "live")
      .map(({ id, name, definition }) => ({
        kind: "campaign" as const,
        id,
        name,
        watched: definition.absence !== false,
      })),
    ...rules
      .filter(({ status }) => status === "live")
      .map(({ id, name, definition }) => ({ kind: "rule" as const, id, name, watched: definition.absence !== false })),
  ];
  const watched = live.filter((each) => each.watched);
  const muted = live.filter((each) => !each.watched);
  const count = (kind: "campaign" | "rule") => watched.filter((each) => each.kind === kind).length;
  return (
    <section className="k-panel k-pad k-calm" aria-label={t("incidents.calm")}>
      <ThemeIcon size={46} radius="xl" variant="light" color="teal" aria-hidden>
        <IconCircleCheck size={26} stroke={1.6} />
      </ThemeIcon>
      <div>
        <Text fw={600}>{t("incidents.calm")}</Text>
        <Text size="sm" c="dimmed" component="p" m={0}>
          {t("incidents.watched", { campaigns: count("campaign"), rules: count("rule") })}
        </Text>
        {muted.length > 0 && (
          <div className="k-muted">
            <IconBellOff size={15} aria-hidden />
            <Text span size="sm" c="dimmed">
              {t("incidents.muted")}
            </Text>
            {muted.map(({ kind, id, name }) => (
              <Anchor
                key={`${kind} ${id}`}
                component={Link}
                to={subjectPath(site, kind, id)}
                size="sm"
                className="k-anywhere"
              >
                {name}
              </Anchor>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}
