import { Anchor, Badge, Group, Stack, Text, Title } from "@mantine/core";
import { IconRosetteDiscountCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Person } from "../api/types";
import { segmentPath, useSite } from "../console";
import { Fields } from "../events/EventDetails";
import { eventTitle } from "../events/wording";
import { number } from "../format/values";
import { Copy } from "../ui/JsonBlock";
import { PersonAvatar } from "../ui/PersonLink";
import { When } from "../ui/When";
import { Statistics } from "./Statistics";

export function PersonPanel({ person }: { person: Person }) {
  const { t, i18n } = useTranslation();
  return (
    <Stack gap="md">
      <div className="k-panel k-pad">
        <Group wrap="nowrap" gap="sm" mb="md">
          <PersonAvatar id={person.id} name={person.name} size={48} />
          <div style={{ minWidth: 0 }}>
            {person.email && (
              <Text size="sm" fw={500} className="k-anywhere">
                {person.email}
              </Text>
            )}
            <Group gap={2} wrap="nowrap">
              <Text size="xs" c="dimmed" className="k-truncate" title={person.id}>
                {person.id}
              </Text>
              <Copy value={person.id} label={t("copy.id")} />
            </Group>
            {person.verified && (
              <Badge variant="light" color="teal" tt="none" leftSection={<IconRosetteDiscountCheck size={14} />}>
                {t("person.verified")}
              </Badge>
            )}
          </div>
        </Group>
        <dl className="k-facts">
          <Fact name={t("people.lastSeen")}>
            <When at={person.last_seen} />
          </Fact>
          <Fact name={t("people.firstSeen")}>
            <When at={person.first_seen} />
          </Fact>
          <Fact name={t("people.visits")}>{number(person.sessions, i18n.language)}</Fact>
          <Fact name={t("people.events")}>{number(person.events, i18n.language)}</Fact>
        </dl>
      </div>
      <Memberships segments={person.segments} />
      <Panel title={t("person.traits")}>
        <Fields label={t("person.traits")} object={person.traits} />
      </Panel>
      {person.group && (
        <Panel title={t("person.group")}>
          <Text size="sm" fw={600} className="k-anywhere">
            {person.group.id}
          </Text>
          <Fields label={t("person.group")} object={person.group.traits} />
        </Panel>
      )}
      {person.statistics.length > 0 && (
        <Panel title={t("person.statistics")}>
          <Statistics statistics={person.statistics} />
        </Panel>
      )}
      <Campaigns campaigns={person.campaigns} />
      <Counts counts={person.counts} />
      {person.devices.length > 0 && (
        <Panel title={t("person.devices")}>
          <ul className="k-plainlist">
            {person.devices.map((device) => (
              <li key={device}>
                <Text size="xs" c="dimmed" className="k-truncate" title={device}>
                  {device}
                </Text>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Stack>
  );
}

/** Folded on a phone, where the story comes first. */
function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="k-panel k-fold" open={window.matchMedia("(width >= 62em)").matches}>
      <summary>
        <Title order={2} size="h6">
          {title}
        </Title>
      </summary>
      <div>{children}</div>
    </details>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Memberships({ segments }: { segments: Person["segments"] }) {
  const { t } = useTranslation();
  const site = useSite();
  if (segments.length === 0) {
    return null;
  }
  return (
    <Panel title={t("people.segments")}>
      <ul className="k-plainlist k-memberships">
        {segments.map(({ id, name, entered_at }) => (
          <li key={id}>
            <Anchor component={Link} to={segmentPath(site, id)} size="sm" className="k-anywhere">
              {name}
            </Anchor>
            {entered_at && (
              <Text span size="xs" c="dimmed">
                {t("person.since")} <When at={entered_at} />
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Counts({ counts }: { counts: Person["counts"] }) {
  const { t, i18n } = useTranslation();
  if (counts.length === 0) {
    return null;
  }
  const most = Math.max(...counts.map(({ count }) => count));
  return (
    <Panel title={t("person.counts")}>
      <ul className="k-plainlist">
        {[...counts]
          .sort((a, b) => b.count - a.count)
          .map(({ event, count }) => (
            <li key={event} className="k-count">
              <Text size="sm" span className="k-truncate" title={event}>
                {eventTitle({ type: "track", event }, t)}
              </Text>
              <Text size="sm" span fw={600}>
                {number(count, i18n.language)}
              </Text>
              <span className="k-bar" aria-hidden style={{ width: `${(count / most) * 100}%` }} />
            </li>
          ))}
      </ul>
    </Panel>
  );
}

function Campaigns({ campaigns }: { campaigns: Person["campaigns"] }) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  if (campaigns.length === 0) {
    return null;
  }
  return (
    <Panel title={t("nav.campaigns")}>
      <ul className="k-plainlist">
        {campaigns.map((campaign) => (
          <li key={campaign.id} className="k-exposure">
            <Anchor
              component={Link}
              to={`/sites/${encodeURIComponent(site)}/campaigns/${encodeURIComponent(campaign.id)}`}
              size="sm"
              className="k-anywhere"
            >
              {campaign.name}
            </Anchor>
            <Text size="xs" c="dimmed">
              {(["shown", "clicked", "closed", "goals"] as const)
                .map((counter) => `${t(`counter.${counter}`)} ${number(campaign[counter], i18n.language)}`)
                .join(" · ")}
            </Text>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
