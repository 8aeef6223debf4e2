import { describe, expect, it } from "vitest";
import type { ReplayChunk, ReplayTab } from "../src/api/types";
import {
  afterPause,
  FULL_SNAPSHOT,
  fromSnapshot,
  gapsOf,
  INCREMENTAL,
  META,
  merged,
  neededFor,
  runAt,
  runsOf,
  snapshotBefore,
} from "../src/replay/chunks";
import { recorded } from "./events";

/** Chunks of ten seconds each; `*` marks a full snapshot, a space a missing chunk. */
function tab(pattern: string): ReplayTab {
  const chunks = [...pattern].flatMap((mark, sequence): ReplayChunk[] =>
    mark === " "
      ? []
      : [
          {
            sequence,
            started_at: new Date(sequence * 10_000).toISOString(),
            ended_at: new Date(sequence * 10_000 + 9_000).toISOString(),
            full_snapshot: mark === "*",
            url: "",
          },
        ],
  );
  return { id: "t", chunks, missing: [] };
}

const sequences = (pattern: string, unusable: number[] = []) =>
  runsOf(tab(pattern), new Set(unusable)).map(({ chunks }) => chunks.map(({ sequence }) => sequence));

describe("runsOf", () => {
  it.each([
    ["*--", [[0, 1, 2]]],
    [
      "*-- -*-",
      [
        [0, 1, 2],
        [5, 6],
      ],
    ],
    ["---", []],
    ["--*-", [[2, 3]]],
    ["", []],
  ])("plays %o as %o", (pattern, runs) => {
    expect(sequences(pattern)).toEqual(runs);
  });

  it("breaks at a chunk that turned out to be unusable", () => {
    expect(sequences("*--*-", [1])).toEqual([[0], [3, 4]]);
  });

  it("takes a chunk that is listed twice but once", () => {
    const doubled = tab("*--");
    doubled.chunks.push(...doubled.chunks);

    expect(runsOf(doubled).map(({ chunks }) => chunks.length)).toEqual([3]);
  });

  it("puts chunks in order, however they are listed", () => {
    const shuffled = tab("*--");
    shuffled.chunks.reverse();

    expect(runsOf(shuffled)[0]?.chunks.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
  });
});

describe("runAt", () => {
  const runs = runsOf(tab("*-  *-"));

  it("finds the run of a moment, else the next, else the last", () => {
    expect([5_000, 25_000, 999_000].map((at) => runAt(runs, at)?.from)).toEqual([0, 40_000, 40_000]);
    expect(runAt([], 0)).toBeUndefined();
  });
});

describe("gapsOf", () => {
  const gaps = (pattern: string, start: number | null = 0) =>
    gapsOf(tab(pattern), runsOf(tab(pattern)), start).map(({ from, to }) => [from / 1000, to / 1000]);

  it.each([
    ["*-*-", []],
    ["*-  *-", [[19, 40]]],
    [" -*-", [[0, 20]]],
    ["*- --", [[19, 49]]],
    ["*- -- *", [[19, 60]]],
    ["", []],
  ])("of %o are %o", (pattern, found) => {
    expect(gaps(pattern)).toEqual(found);
  });

  it("do not tell when a tab began whose first chunk is missing, where there are several", () => {
    expect(gaps(" *-", null)).toEqual([]);
    expect(gaps(" *-", 0)).toEqual([[0, 10]]);
  });
});

describe("neededFor", () => {
  it("starts from the last full snapshot before the moment", () => {
    const [run] = runsOf(tab("*--*--"));

    expect(run && neededFor(run, 25_000)).toEqual({ first: 0, last: 2 });
    expect(run && neededFor(run, 45_000)).toEqual({ first: 3, last: 4 });
    expect(run && snapshotBefore(run, 2)).toBe(0);
  });
});

describe("merged", () => {
  it("puts events in the order they happened", () => {
    expect(merged([[recorded(3, 3), recorded(3, 1)], [recorded(3, 2)]]).map(({ timestamp }) => timestamp)).toEqual([
      1, 2, 3,
    ]);
  });
});

describe("fromSnapshot", () => {
  it("drops what comes before the snapshot and its viewport", () => {
    const events = [recorded(INCREMENTAL, 1), recorded(META, 2), recorded(FULL_SNAPSHOT, 3), recorded(INCREMENTAL, 4)];

    expect(fromSnapshot(events)).toEqual(events.slice(1));
  });

  it("is empty without a snapshot", () => {
    expect(fromSnapshot([recorded(META, 1), recorded(INCREMENTAL, 2)])).toEqual([]);
  });
});

describe("afterPause", () => {
  it("goes on a second before the next activity when it is far", () => {
    expect(afterPause([1_000, 60_000], 2_000)).toBe(59_000);
  });

  it("is not waited for over night, whatever was chosen", () => {
    expect(afterPause([86_400_000], 2_000, false)).toBe(86_399_000);
    expect(afterPause([60_000], 2_000, false)).toBeNull();
  });

  it("stays when something happens soon, or nothing more is known", () => {
    expect(afterPause([1_000, 5_000], 2_000)).toBeNull();
    expect(afterPause([1_000], 2_000)).toBeNull();
  });
});
