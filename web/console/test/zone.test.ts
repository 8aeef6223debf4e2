import { describe, expect, it } from "vitest";
import { fromClock, toClock } from "../src/format/zone";

describe("fromClock", () => {
  it.each([
    ["2026-12-01T09:00", "Asia/Tokyo", "2026-12-01T00:00:00.000Z"],
    ["2026-07-01T09:00", "Europe/London", "2026-07-01T08:00:00.000Z"],
    ["2026-03-08T03:30", "America/New_York", "2026-03-08T07:30:00.000Z"],
    ["2026-03-08T01:30", "America/New_York", "2026-03-08T06:30:00.000Z"],
    ["2026-01-01T00:15", "Pacific/Auckland", "2025-12-31T11:15:00.000Z"],
  ])("reads %s in %s", (clock, zone, iso) => {
    expect(fromClock(clock, zone)).toBe(iso);
    expect(toClock(iso, zone)).toBe(clock);
  });

  it("takes the next time that there is for one that the clocks skip", () => {
    expect(fromClock("2026-03-29T01:30", "Europe/London")).toBe("2026-03-29T01:30:00.000Z");
  });

  it("has no time for what is none", () => {
    expect(fromClock("", "Asia/Tokyo")).toBeNull();
    expect(toClock(null, "Asia/Tokyo")).toBe("");
  });
});
