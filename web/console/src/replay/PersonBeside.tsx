import { Anchor, Badge, Group, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Replay } from "../api/types";
import { personPath, replayPath, segmentPath, useConsole, useSite } from "../console";
import { inline, number } from "../format/values";
import { PersonAvatar, usePersonName } from "../ui/PersonLink";
import { When } from "../ui/When";

const MAX_SEGMENTS = 6;
const MAX_TRAITS = 8;

/** Who it is that one watches: enough to understand what they do, and the way to their whole story. */
export function PersonBeside({ replay }: { replay: Replay }) {
  const { t, i18n } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const personName = usePersonName();
  const person = useQuery(queries.person(site, replay.person)).data;
  const id = person?.merged_into ?? person?.id ?? replay.person;
  const visit = replay.events.find(({ session }) => session?.n)?.session?.n;
  const traits = Object.entries(person?.traits ?? {});
  return (
    <section className="k-panel k-beside" aria-label={t("person.about")}>
      <Group gap="sm" wrap="nowrap">
        <PersonAvatar id={id} name={person?.name ?? null} size={40} />
        <div style={{ minWidth: 0 }}>
          <Anchor component={Link} to={personPath(site, id)} fw={600} size="sm" className="k-truncate k-block">
            {personName(id, person?.name, person?.email)}
          </Anchor>
          <Text size="xs" c="dimmed" className="k-truncate k-block">
            {[
              person?.name ? person.email : null,
              visit
                ? t("story.nthVisit", { n: number(visit, i18n.language) })
                : person && t("beside.visits", { count: person.sessions }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
      </Group>
      {!person && <Skeleton height={20} mt="xs" />}
      {person && person.segments.length > 0 && (
        <Group gap={4} mt="xs" aria-label={t("people.segments")} role="group">
          {person.segments.slice(0, MAX_SEGMENTS).map((segment) => (
            <Badge
              key={segment.id}
              component={Link}
              to={segmentPath(site, segment.id)}
              variant="light"
              tt="none"
              fw={500}
              className="k-badge-link"
            >
              {segment.name}
            </Badge>
          ))}
        </Group>
      )}
      {traits.length > 0 && (
        <details className="k-more">
          <summary>{t("person.traits")}</summary>
          <dl className="k-beside-traits">
            {traits.slice(0, MAX_TRAITS).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="k-anywhere">{inline(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <OtherVisits replay={replay} person={id} />
    </section>
  );
}

/** A session that was ended in the middle of things goes on in the next one. */
function OtherVisits({ replay, person }: { replay: Replay; person: string }) {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const site = useSite();
  const visits = useQuery({ ...queries.personReplays(site, person), staleTime: 60_000 }).data?.items ?? [];
  const playable = visits.filter((each) => each.playable || each.session === replay.session);
  const at = playable.findIndex(({ session }) => session === replay.session);
  const [next, previous] = at < 0 ? [] : [playable[at - 1], playable[at + 1]];
  if (!next && !previous) {
    return null;
  }
  return (
    <nav className="k-other-visits" aria-label={t("beside.otherVisits")}>
      {previous ? (
        <Anchor component={Link} to={replayPath(site, previous.session)} size="xs">
          ← {t("beside.previous")} <When at={previous.started_at} />
        </Anchor>
      ) : (
        <span />
      )}
      {next && (
        <Anchor component={Link} to={replayPath(site, next.session)} size="xs" ta="right">
          {t("beside.next")} <When at={next.started_at} /> →
        </Anchor>
      )}
    </nav>
  );
}
