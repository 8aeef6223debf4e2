import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ReplayComment } from "../api/live";
import type { Replay } from "../api/types";
import { eventSummary, eventTitle } from "../events/wording";
import { counter } from "../format/time";
import { runsOf } from "./chunks";
import type { Marker } from "./markers";
import type { Playback } from "./playback";
import type { View } from "./view";

interface Props {
  playback: Playback;
  view: View;
  replay: Replay;
  length: number;
  markers: readonly Marker[];
  comments: readonly ReplayComment[];
}

const SHOWN = new Set(["page", "campaign", "order", "error", "click"]);

/** Where in the visit one is; marks pages, campaigns, orders, problems and comments, and what was not recorded. */
export function Scrubber({ playback, view, replay, length, markers, comments }: Props) {
  const { t, i18n } = useTranslation();
  const place = (time: number) => `${Math.min(100, Math.max(0, (time / Math.max(1, length)) * 100))}%`;
  const start = Date.parse(replay.started_at);
  const tab = replay.tabs.find(({ id }) => id === view.tab);
  const marks = [
    ...markers
      .filter(({ kind }) => SHOWN.has(kind))
      .map(({ id, at, kind, event }) => ({
        id,
        at,
        kind: kind as string,
        words: [eventTitle(event, t), eventSummary(event, i18n.language)].filter(Boolean).join(" · "),
      })),
    ...comments.map(({ id, offset, text }) => ({ id: `comment ${id}`, at: offset, kind: "comment", words: text })),
  ];
  return (
    <div className="k-scrubber">
      <div className="k-track" aria-hidden>
        {tab &&
          runsOf(tab).map((run) => (
            <span
              key={run.from}
              className="k-recorded"
              style={{
                left: place(run.from - start),
                width: `calc(${place(run.to - start)} - ${place(run.from - start)})`,
              }}
            />
          ))}
        <span className="k-played" style={{ width: place(view.time) }} />
      </div>
      <input
        type="range"
        min={0}
        max={Math.max(1, length)}
        step={100}
        value={Math.min(view.time, length)}
        onChange={(event) => playback.seek(event.currentTarget.valueAsNumber)}
        aria-label={t("player.position")}
        aria-valuetext={t("player.positionText", { time: counter(view.time), length: counter(length) })}
        disabled={view.status === "unplayable"}
      />
      {/* The list beside the player has the same for the keyboard and for screen readers. */}
      <div className="k-markers">
        {marks.map(({ id, at, kind, words }) => (
          <Tooltip key={id} label={`${counter(at)} ${words}`} multiline maw={280} openDelay={80}>
            <button
              type="button"
              tabIndex={-1}
              aria-hidden
              data-kind={kind}
              data-words={words}
              style={{ left: place(at) }}
              onClick={() => playback.seek(at)}
            />
          </Tooltip>
        ))}
      </div>
    </div>
  );
}
