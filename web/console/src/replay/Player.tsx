import "@rrweb/replay/dist/style.css";
import { Badge, SegmentedControl, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMarkSeen } from "../api/liveChanges";
import type { Replay } from "../api/types";
import { useConsole, useSite } from "../console";
import { counter } from "../format/time";
import { Comments } from "./Comments";
import { Controls } from "./Controls";
import { deviceOf } from "./device";
import { Edge } from "./Edge";
import { lengthOf, type Marker, markersOf } from "./markers";
import { PersonBeside } from "./PersonBeside";
import type { Playback } from "./playback";
import { useReplayReason } from "./reason";
import { Scrubber } from "./Scrubber";
import { SessionEvents } from "./SessionEvents";
import { Stage } from "./Stage";
import { type Opening, usePlayback } from "./usePlayback";
import { useSeen } from "./useSeen";
import { useShortcuts } from "./useShortcuts";
import type { View } from "./view";

interface Props {
  replay: Replay;
  opening: Opening;
  /** The visit goes on. */
  live: boolean;
}

/** Other people's comments appear while one watches. */
const REVIEW_EVERY_MS = 20_000;

export function Player({ replay, opening, live }: Props) {
  const { t } = useTranslation();
  const { api, queries } = useConsole();
  const site = useSite();
  const stage = useRef<HTMLDivElement>(null);
  const { playback, view } = usePlayback(stage, replay, opening);
  const notes = view?.notes;
  const markers = useMemo(() => markersOf(replay, notes), [replay, notes]);
  const review = useQuery({ ...queries.review(site, replay.session), refetchInterval: REVIEW_EVERY_MS }).data;
  const comments = review?.comments ?? [];
  const markSeen = useMarkSeen(api, site, replay.session);
  const reasonText = useReplayReason();
  const length = lengthOf(replay);
  const told = replay.events.find(({ device }) => device?.type)?.device?.type;
  useShortcuts(playback);
  useSeen(view?.status === "ready" && view.playing && !view.waiting, () => markSeen.mutate());
  useEffect(() => {
    if (!live) {
      playback?.settle();
    }
  }, [live, playback]);
  return (
    <div className="k-player">
      <section className="k-panel" aria-label={t("replay.player")}>
        <div className="k-address">
          {replay.tabs.length > 1 && view && playback && (
            <SegmentedControl
              size="xs"
              aria-label={t("player.tab")}
              value={view.tab ?? ""}
              onChange={(tab) => playback.seek(view.time, tab)}
              data={replay.tabs.map(({ id }, index) => ({ value: id, label: t("player.tabN", { n: index + 1 }) }))}
            />
          )}
          <Text size="xs" c="dimmed" className="k-truncate" title={view?.href ?? undefined}>
            {view?.href ?? replay.url ?? ""}
          </Text>
          {live && playback && view && (
            <span className="k-edge">
              <Edge playback={playback} view={view} />
            </span>
          )}
        </div>
        <Stage
          stage={stage}
          device={deviceOf(told, view?.size ?? null)}
          view={view}
          reason={reasonText(replay.reason ?? view?.reason ?? null)}
          retry={() => view && playback?.seek(view.time)}
        />
        {playback && view ? (
          <>
            <Scrubber
              playback={playback}
              view={view}
              replay={replay}
              length={length}
              markers={markers}
              comments={comments}
            />
            <Controls playback={playback} view={view} session={replay.session} length={length} />
            <Gaps playback={playback} view={view} length={length} markers={markers} live={live} />
          </>
        ) : (
          <div className="k-controls-room" />
        )}
      </section>
      <div className="k-stack">
        <PersonBeside replay={replay} />
        <Tabs defaultValue="events" className="k-panel k-side">
          <Tabs.List grow>
            <Tabs.Tab value="events">{t("replay.eventsTab")}</Tabs.Tab>
            <Tabs.Tab
              value="comments"
              rightSection={
                comments.length > 0 && (
                  <Badge size="sm" variant="light" circle>
                    {comments.length}
                  </Badge>
                )
              }
            >
              {t("comment.title")}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="events">
            <SessionEvents markers={markers} time={view?.time ?? opening.at} seek={(time) => playback?.seek(time)} />
          </Tabs.Panel>
          <Tabs.Panel value="comments">
            <Comments
              session={replay.session}
              comments={comments}
              time={view?.time ?? 0}
              pause={() => playback?.pause()}
              seek={(time) => playback?.seek(time)}
            />
          </Tabs.Panel>
        </Tabs>
      </div>
    </div>
  );
}

/** Something happened this long after the end of the recording: its last part did not arrive. */
const LOST_END_MS = 10_000;

/** What of the visit cannot be seen, and when it was. */
function Gaps({
  playback,
  view,
  length,
  markers,
  live,
}: {
  playback: Playback;
  view: View;
  length: number;
  markers: readonly Marker[];
  live: boolean;
}) {
  const { t } = useTranslation();
  const gaps = view.status === "ready" ? playback.gaps() : [];
  const told = gaps.map(({ from, to }) => t("player.gap", { from: counter(from), to: counter(to) }));
  const last = markers.at(-1)?.at ?? 0;
  if (!live && view.status === "ready" && last > length + LOST_END_MS) {
    told.push(t("player.gapEnd", { from: counter(length) }));
  }
  return told.length > 0 ? (
    <Text size="xs" c="dimmed" className="k-gaps">
      {t("player.gaps")} {told.join(t("list.separator"))}
    </Text>
  ) : null;
}
