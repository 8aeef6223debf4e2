import { describe, expect, it } from "vitest";
import type { Replay } from "../src/api/types";
import { isLive } from "../src/replay/live";
import { currentMarker, lengthOf, markersOf } from "../src/replay/markers";
import { storyEvent } from "./events";

const START = Date.UTC(2026, 10, 21);
const iso = (offset: number) => new Date(START + offset).toISOString();

function replay(fields: Partial<Replay>): Replay {
  return {
    session: "s",
    person: "a:1",
    started_at: iso(0),
    ended_at: iso(60_000),
    active_at: iso(60_000),
    duration_ms: 60_000,
    url: null,
    chunks: 0,
    playable: true,
    reason: null,
    tabs: [],
    events: [],
    ...fields,
  };
}

describe("markersOf", () => {
  it("places events by the recorder's clock, else by their own, in order", () => {
    const markers = markersOf(
      replay({
        events: [
          storyEvent("by its own time", START + 9_000),
          storyEvent("by the recorder", START + 30_000, { replay: { id: "s", offset: 4_000 } }),
          storyEvent("of another recording", START + 6_000, { replay: { id: "other", offset: 1 } }),
          storyEvent("before it began", START - 500),
        ],
      }),
    );

    expect(markers.map(({ id, at }) => [id, at])).toEqual([
      ["before it began", 0],
      ["by the recorder", 4_000],
      ["of another recording", 6_000],
      ["by its own time", 9_000],
    ]);
    expect(currentMarker(markers, 5_999)?.id).toBe("by the recorder");
    expect(currentMarker(markers, -1)).toBeUndefined();
  });
});

describe("lengthOf", () => {
  it("is that of the longest tab", () => {
    const chunk = { sequence: 0, started_at: iso(0), full_snapshot: true, url: "" };
    const tabs = [{ id: "t", chunks: [{ ...chunk, ended_at: iso(90_000) }], missing: [] }];

    expect(lengthOf(replay({}))).toBe(60_000);
    expect(lengthOf(replay({ tabs }))).toBe(90_000);
  });
});

describe("isLive", () => {
  it("holds for a minute after the last thing that came, whatever the visitor's clock says", () => {
    const came = replay({ ended_at: iso(0), active_at: iso(60_000) });

    expect(isLive(came, START + 119_000)).toBe(true);
    expect(isLive(came, START + 121_000)).toBe(false);
  });
});
