import "@rrweb/replay/dist/style.css";
import { Anchor, Group, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TypicalPerson } from "../api/live";
import type { Replay } from "../api/types";
import { replayPath, useConsole, useSite } from "../console";
import { counter } from "../format/time";
import { deviceOf } from "../replay/device";
import { useReplayReason } from "../replay/reason";
import { Stage } from "../replay/Stage";
import { usePlayback } from "../replay/usePlayback";
import { PersonLink } from "../ui/PersonLink";

/** What all players of the page do together. */
export interface Together {
  playing: boolean;
  /** Counts how often they were sent back to the display. */
  restarts: number;
}

interface Props {
  person: TypicalPerson;
  together: Together;
}

/** The recording of one person, from the display of the campaign on. */
export function ComparePlayer({ person, together }: Props) {
  const { queries } = useConsole();
  const site = useSite();
  const replay = useQuery({ ...queries.replay(site, person.replay.id), refetchOnWindowFocus: false });
  const { t } = useTranslation();
  const reasonText = useReplayReason();
  return (
    <div className="k-compare-player">
      {replay.data ? (
        <Playing key={replay.data.session} replay={replay.data} person={person} together={together} />
      ) : (
        <div className="k-stage" data-small="true">
          <Text size="xs" c="dimmed" ta="center">
            {replay.isError ? `${t("replay.notPlayable")}: ${reasonText("missing")}` : t("state.loading")}
          </Text>
        </div>
      )}
      <Group justify="space-between" gap="xs" wrap="nowrap" px="sm" py={6}>
        <PersonLink id={person.person} name={person.name} />
        <Anchor
          component={Link}
          to={replayPath(site, person.replay.id, person.replay.offset)}
          size="xs"
          className="k-noshrink"
          aria-label={t("compare.open")}
          title={t("compare.open")}
        >
          <IconExternalLink size={15} stroke={1.7} />
        </Anchor>
      </Group>
    </div>
  );
}

function Playing({ replay, person, together }: Props & { replay: Replay }) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const at = person.replay.offset;
  const { playback, view } = usePlayback(stage, replay, { at, plays: false });
  const reasonText = useReplayReason();
  const playing = useRef(together.playing);
  playing.current = together.playing;

  useEffect(() => {
    if (!playback) {
      return;
    }
    if (!together.playing) {
      playback.pause();
      return;
    }
    if (playback.getView().ended) {
      // By itself it would begin where the recording does.
      playback.seek(at, null);
    }
    playback.play();
  }, [playback, together.playing, at]);

  useEffect(() => {
    if (!playback || together.restarts === 0) {
      return;
    }
    playback.seek(at, null);
    if (playing.current) {
      // One that has ended has stopped, while the others play.
      playback.play();
    }
  }, [playback, together.restarts, at]);

  const since = Math.max(0, (view?.time ?? at) - at);
  return (
    <>
      <Stage
        stage={stage}
        view={view}
        device={deviceOf(person.device, view?.size ?? null)}
        reason={reasonText(replay.reason ?? view?.reason ?? null)}
        retry={() => playback?.seek(at)}
        small
      />
      <Group gap={8} px="sm" pt={6} wrap="nowrap">
        <Text size="xs" className="k-number" component="span" data-testid="since">
          {t("compare.since", { time: counter(since) })}
        </Text>
        {view?.ended && (
          <Text size="xs" c="dimmed" component="span">
            {t("compare.ended")}
          </Text>
        )}
      </Group>
    </>
  );
}
