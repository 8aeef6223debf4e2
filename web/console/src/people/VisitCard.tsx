import { Button, Group, Text, Title, Tooltip } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReplaySummary, StoryEvent } from "../api/types";
import { replayPath, useSite } from "../console";
import { duration } from "../format/time";
import { hostOf, number, pathOf } from "../format/values";
import { offsetOf } from "../replay/markers";
import { useReplayReason } from "../replay/reason";
import { When } from "../ui/When";
import { StoryRow } from "./StoryRow";
import { deviceName, type Visit } from "./story";

interface Props {
  visit: Visit;
  /** What the session index says of this visit's recording, once it has answered. */
  replay: ReplaySummary | undefined;
  highlight: string | null;
}

export function VisitCard({ visit, replay, highlight }: Props) {
  const { t, i18n } = useTranslation();
  const playable = replay ? replay.playable : visit.replay !== null;
  const nth = visit.n ? t("story.nthVisit", { n: number(visit.n, i18n.language) }) : t("story.visit");
  const visitTitle = visit.session ? nth : t("story.outside");
  return (
    <section className="k-panel" aria-label={visitTitle}>
      <header className="k-visit-head">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Title order={3} size="h5">
              {visitTitle}
            </Title>
            <Text size="sm" c="dimmed">
              <When at={visit.startedAt} mode="both" />
              {visit.session && ` · ${duration(visit.endedAt - visit.startedAt, i18n.language)}`}
            </Text>
          </Group>
          <Arrival visit={visit} />
        </div>
        {visit.session && (replay || visit.replay) && (
          <PlayVisit
            session={replay?.session ?? visit.replay?.id ?? visit.session}
            replay={replay}
            playable={playable}
          />
        )}
      </header>
      <ol className="k-list" reversed>
        {visit.events.map((event) => (
          <StoryRow
            key={event.message_id}
            event={event}
            moment={playable ? momentOf(event, replay) : null}
            highlighted={event.message_id === highlight}
          />
        ))}
      </ol>
    </section>
  );
}

/** The first events of a visit are sent before its recorder has started: their own time places them. */
function momentOf(event: StoryEvent, replay: ReplaySummary | undefined): StoryEvent["replay"] {
  if (event.replay || !replay || event.session?.id !== replay.session) {
    return event.replay;
  }
  const offset = offsetOf(event, replay);
  return offset <= replay.duration_ms ? { id: replay.session, offset } : null;
}

function Arrival({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const parts = [
    visit.landing && t("story.landing", { page: pathOf(visit.landing) }),
    visit.source
      ? t("story.source", { source: visit.source })
      : visit.referrer && t("story.from", { host: hostOf(visit.referrer) }),
    deviceName(visit.device),
  ].filter(Boolean);
  return parts.length > 0 ? (
    <Text size="xs" c="dimmed" mt={2} className="k-anywhere">
      {parts.join(" · ")}
    </Text>
  ) : null;
}

function PlayVisit({
  session,
  replay,
  playable,
}: {
  session: string;
  replay: ReplaySummary | undefined;
  playable: boolean;
}) {
  const { t, i18n } = useTranslation();
  const site = useSite();
  const reasonText = useReplayReason();
  if (!playable) {
    return (
      <Tooltip label={reasonText(replay?.reason ?? null)} multiline maw={280}>
        <Text size="xs" c="dimmed" className="k-noplay">
          {t("replay.notPlayableShort")}
        </Text>
      </Tooltip>
    );
  }
  return (
    <Button
      component={Link}
      to={replayPath(site, session)}
      size="xs"
      variant="light"
      leftSection={<IconPlayerPlay size={15} />}
      className="k-noshrink"
    >
      {replay ? t("story.playLength", { length: duration(replay.duration_ms, i18n.language) }) : t("story.play")}
    </Button>
  );
}
