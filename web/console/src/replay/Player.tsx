import "@rrweb/replay/dist/style.css";
import { SegmentedControl, Text } from "@mantine/core";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Replay } from "../api/types";
import { Controls } from "./Controls";
import { lengthOf, markersOf } from "./markers";
import { useReplayReason } from "./reason";
import { Scrubber } from "./Scrubber";
import { SessionEvents } from "./SessionEvents";
import { Stage } from "./Stage";
import { usePlayback } from "./usePlayback";
import { useShortcuts } from "./useShortcuts";

interface Props {
  replay: Replay;
  /** Milliseconds from the start of the recording. */
  at: number;
}

export function Player({ replay, at }: Props) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const { playback, view } = usePlayback(stage, replay, at);
  const markers = useMemo(() => markersOf(replay), [replay]);
  const reasonText = useReplayReason();
  const length = lengthOf(replay);
  useShortcuts(playback);
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
        </div>
        <Stage
          stage={stage}
          device={replay.events.find(({ device }) => device?.type)?.device?.type ?? "desktop"}
          view={view}
          reason={reasonText(replay.reason ?? "no_full_snapshot")}
          retry={() => view && playback?.seek(view.time)}
        />
        {playback && view ? (
          <>
            <Scrubber playback={playback} view={view} replay={replay} length={length} markers={markers} />
            <Controls playback={playback} view={view} session={replay.session} length={length} />
          </>
        ) : (
          <div className="k-controls-room" />
        )}
      </section>
      <SessionEvents markers={markers} time={view?.time ?? at} seek={(time) => playback?.seek(time)} />
    </div>
  );
}
