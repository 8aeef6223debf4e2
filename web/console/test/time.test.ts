import { describe, expect, it } from "vitest";
import { clockTime, counter, duration, relativeTime, shortTime } from "../src/format/time";

const NOW = Date.UTC(2026, 10, 21, 10, 0, 0);

describe("relativeTime", () => {
  it.each([
    [0, "now", "今"],
    [-8_000, "8 seconds ago", "8秒前"],
    [-90_000, "1 minute ago", "1分前"],
    [-3 * 3_600_000, "3 hours ago", "3時間前"],
    [-26 * 3_600_000, "yesterday", "昨日"],
    [5 * 60_000, "in 5 minutes", "5分後"],
  ])("tells %i ms in words", (difference, en, ja) => {
    expect(relativeTime(NOW + difference, NOW, "en")).toBe(en);
    expect(relativeTime(NOW + difference, NOW, "ja")).toBe(ja);
  });

  it("takes a clock that is a little ahead for now", () => {
    expect(relativeTime(NOW + 20_000, NOW, "en")).toBe("now");
  });
});

describe("shortTime", () => {
  it("names the year only when it is another", () => {
    expect(shortTime(NOW, NOW, "en")).not.toContain("2026");
    expect(shortTime(NOW - 400 * 86_400_000, NOW, "en")).toContain("2025");
  });
});

describe("clockTime", () => {
  it("counts the hours from 0 to 23", () => {
    expect(clockTime(new Date(2026, 10, 21, 0, 5, 9).getTime(), "en")).toBe("00:05:09");
    expect(clockTime(new Date(2026, 10, 21, 23, 5, 9).getTime(), "ja")).toBe("23:05:09");
  });
});

describe("duration", () => {
  it.each([
    [0, "0s", "0秒"],
    [61_000, "1m 1s", "1分 1秒"],
    [120_000, "2m", "2分"],
    [3_725_000, "1h 2m", "1時間 2分"],
    [-5, "0s", "0秒"],
  ])("tells %i ms by its two largest units", (milliseconds, en, ja) => {
    expect(duration(milliseconds, "en")).toBe(en);
    expect(duration(milliseconds, "ja")).toBe(ja);
  });
});

describe("counter", () => {
  it("shows hours only when there are any", () => {
    expect([0, 65_900, 3_723_000, -1].map(counter)).toEqual(["0:00", "1:05", "1:02:03", "0:00"]);
  });
});
