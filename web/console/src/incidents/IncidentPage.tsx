import { Anchor, Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { IncidentDetail } from "../api/incidents";
import { ChangedThing, ChangeWords } from "../changes/told";
import { useConsole, useSite } from "../console";
import { duration } from "../format/time";
import { incidentPath, subjectPath } from "../notifications/paths";
import { Page } from "../ui/Page";
import { PersonLink } from "../ui/PersonLink";
import { Failed, LoadingRows } from "../ui/states";
import { When } from "../ui/When";
import { Curve } from "./Curve";
import { IncidentActions } from "./IncidentActions";
import { IncidentBadge, Numbers, Span, useCause } from "./words";
import "../campaigns/results/results.css";
import "../notifications/notifications.css";
import "./incidents.css";

export function IncidentPage() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const incident = useQuery({ ...queries.incident(site, useParams().incident ?? ""), refetchInterval: 60_000 });
  if (!incident.data) {
    return (
      <Page title={t("incidents.title")} about={<Back />}>
        <div className="k-panel">
          {incident.isError ? <Failed error={incident.error} retry={incident.refetch} /> : <LoadingRows />}
        </div>
      </Page>
    );
  }
  const { data } = incident;
  return (
    <Page
      title={t(data.kind === "campaign" ? "incident.titleCampaign" : "incident.titleRule", { name: data.name })}
      about={
        <Group gap="sm">
          <Back />
          <IncidentBadge status={data.status} />
          <Span incident={data} />
        </Group>
      }
    >
      <div className="k-stack">
        <What incident={data} />
        <Curve incident={data} />
        <div className="k-definition">
          <LastGood incident={data} />
          <Changes incident={data} />
        </div>
      </div>
    </Page>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to={incidentPath(useSite())} size="sm">
      ← {t("incidents.title")}
    </Anchor>
  );
}

function What({ incident }: { incident: IncidentDetail }) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  const cause = useCause()(incident);
  const { kind, subject, since, updated_at, ended_at, ending, detail, status } = incident;
  const lasted = Date.parse(ended_at ?? updated_at) - Date.parse(since);
  return (
    <Part title={t("incident.what")}>
      <Text component="p" m={0}>
        <Numbers incident={incident} />{" "}
        <Text span size="sm" c="dimmed">
          {t("incident.within", { time: duration(lasted, i18n.language) })}
        </Text>
      </Text>
      {cause && (
        <Text size="sm" component="p" m={0} mt={6}>
          <strong>{cause.what}</strong> {cause.todo}
        </Text>
      )}
      {detail && (
        <Text size="sm" component="p" m={0} mt={4} className="k-anywhere">
          {detail}
        </Text>
      )}
      {ending && (
        <Text size="sm" component="p" m={0} mt={6}>
          {t(`incident.ending.${ending}`)}
        </Text>
      )}
      {status === "closed" && (
        <Text size="sm" c="dimmed" component="p" m={0} mt={6}>
          {t("incident.closedAbout")}
        </Text>
      )}
      <Group gap="xs" mt="md">
        <Anchor component={Link} to={subjectPath(site, kind, subject)} size="sm">
          {t(kind === "campaign" ? "incident.openCampaign" : "incident.openRule")}
        </Anchor>
        <IncidentActions incident={incident} />
      </Group>
    </Part>
  );
}

function LastGood({ incident: { kind, last_good } }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  return (
    <Part title={t(kind === "campaign" ? "incident.lastDisplay" : "incident.lastDelivery")}>
      {last_good ? (
        <>
          <Text size="sm" component="p" m={0}>
            <When at={last_good.at} mode="both" />
            {last_good.person && (
              <>
                {" · "}
                <PersonLink id={last_good.person} />
              </>
            )}
          </Text>
          <Group gap="md" mt={6}>
            <Within address={last_good.story}>{t("incident.story")}</Within>
            <Within address={last_good.replay}>{t("incident.replay")}</Within>
          </Group>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t("incident.noLast")}
        </Text>
      )}
    </Part>
  );
}

/** A page of this console, by the address that others see it under. */
function Within({ address, children }: { address: string | null; children: ReactNode }) {
  if (!address || !URL.canParse(address, window.location.origin)) {
    return null;
  }
  const { pathname, search } = new URL(address, window.location.origin);
  return (
    <Anchor component={Link} to={pathname + search} size="sm">
      {children}
    </Anchor>
  );
}

function Changes({ incident: { changes } }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const site = useSite();
  return (
    <Part title={t("incident.changes")}>
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("incident.noChanges")}
        </Text>
      ) : (
        <ul className="k-plainlist k-changes">
          {changes.map((change) => (
            <li key={`${change.at} ${change.kind} ${change.id}`}>
              <span>
                <ChangedThing change={change} />
              </span>
              <span>
                <ChangeWords change={change} />
              </span>
              <Text span size="xs" c="dimmed" className="k-anywhere">
                <When at={change.at} mode="both" />
                {change.by && <> · {change.by}</>}
              </Text>
            </li>
          ))}
        </ul>
      )}
      <Anchor
        component={Link}
        to={`/sites/${encodeURIComponent(site)}/changes`}
        size="sm"
        mt={8}
        display="inline-block"
      >
        {t("incident.allChanges")}
      </Anchor>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" mb={6} id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}
