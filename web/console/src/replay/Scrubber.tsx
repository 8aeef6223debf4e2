import { useTranslation } from "react-i18next";
import type { Replay } from "../api/types";
import { eventTitle } from "../events/wording";
import { counter } from "../format/time";
import { runsOf } from "./chunks";
import type { Marker } from "./markers";
import type { Playback, View } from "./playback";

interface Props {
  playback: Playback;
  view: View;
  replay: Replay;
  length: number;
  markers: Marker[];
}

const SHOWN = new Set(["page", "campaign", "order", "error"]);

/** Where in the visit one is; marks pages, campaigns, orders and errors, and what this tab has no recording of. */
export function Scrubber({ playback, view, replay, length, markers }: Props) {
  const { t } = useTranslation();
  const place = (time: number) => `${Math.min(100, Math.max(0, (time / Math.max(1, length)) * 100))}%`;
  const start = Date.parse(replay.started_at);
  const tab = replay.tabs.find(({ id }) => id === view.tab);
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
      <div className="k-markers">
        {markers
          .filter(({ kind }) => SHOWN.has(kind))
          .map(({ id, at, kind, event }) => (
            <button
              key={id}
              type="button"
              tabIndex={-1}
              aria-hidden
              data-kind={kind}
              style={{ left: place(at) }}
              title={`${counter(at)} ${eventTitle(event, t)}`}
              onClick={() => playback.seek(at)}
            />
          ))}
      </div>
    </div>
  );
}
