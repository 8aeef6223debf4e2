import { describe, expect, it } from "vitest";
import type { Replay } from "../src/api/types";
import { deviceOf } from "../src/replay/device";
import { markersOf } from "../src/replay/markers";
import { notesOf } from "../src/replay/notes";
import { recorded, storyEvent } from "./events";

const START = Date.UTC(2026, 10, 21);
const note = (at: number, payload: unknown) => recorded(5, START + at, { tag: "kizuki", payload });

describe("notesOf", () => {
  it("reads what the recorder noted, each with what tells it from others", () => {
    const notes = notesOf([
      note(1, { kind: "error", message: "x is undefined", source: "/a.js" }),
      note(2, { kind: "request_failed", method: "GET", url: "https://shop.example/api", status: 500 }),
      note(3, { kind: "request_failed", method: "GET", url: "https://shop.example/api", status: 0 }),
      note(4, { kind: "dead_click", selector: "#buy" }),
      note(5, { kind: "stopped", reason: "size" }),
    ]);

    expect(notes.map(({ kind, about }) => [kind, about])).toEqual([
      ["error", "x is undefined"],
      ["request_failed", "GET https://shop.example/api 500"],
      ["request_failed", "GET https://shop.example/api"],
      ["dead_click", "#buy"],
      ["stopped", ""],
    ]);
  });

  it("takes nothing from the notes of others, or from forged ones", () => {
    const forged = [null, 1, {}, { kind: "constructor" }, { kind: { toString: "x" } }].map((payload) =>
      note(1, payload),
    );
    const others = recorded(5, START, { tag: "my-app", payload: { kind: "error" } });

    expect(notesOf([...forged, others])).toEqual([]);
    expect(notesOf([note(1, { kind: "error", message: { html: "<img>" } })])[0]?.about).toBe("");
    expect(notesOf([note(1, { kind: "console", message: "x".repeat(9_999) })])[0]?.about).toHaveLength(300);
    expect(notesOf(Array.from({ length: 999 }, (_, at) => note(at, { kind: "error" })))).toHaveLength(200);
  });
});

describe("markersOf", () => {
  it("has what was noted and tracked but once", () => {
    const replay = {
      session: "s",
      started_at: new Date(START).toISOString(),
      events: [
        storyEvent("m-1", START + 5_000, { type: "track", event: "Rage Clicked", properties: { selector: "#a" } }),
      ],
    } as unknown as Replay;
    const notes = notesOf([
      note(4_200, { kind: "rage_click", selector: "#a" }),
      note(9_000, { kind: "rage_click", selector: "#b" }),
      note(100, { kind: "console", message: "oh" }),
    ]);

    expect(markersOf(replay, notes).map(({ at, kind, event }) => [at, kind, event.event])).toEqual([
      [100, "error", "Console Error"],
      [5_000, "click", "Rage Clicked"],
      [9_000, "click", "Rage Clicked"],
    ]);
  });
});

describe("deviceOf", () => {
  it.each([
    ["mobile", { width: 1280, height: 720 }, "mobile"],
    [null, { width: 390, height: 664 }, "mobile"],
    [null, { width: 820, height: 1180 }, "tablet"],
    [null, { width: 1000, height: 700 }, "desktop"],
    [null, { width: 1440, height: 900 }, "desktop"],
    ["television", null, "desktop"],
  ] as const)("of %o and %o is %s", (told, size, device) => {
    expect(deviceOf(told, size)).toBe(device);
  });
});
