import { describe, expect, it } from "vitest";
import type { Filter } from "../src/api/live";
import { normal, partsOf, readFilter, sameFilter, without, writeFilter } from "../src/live/filter";

const WHOLE: Filter = {
  since: "2026-11-21T00:00:00.000Z",
  last_hours: 24,
  events: [
    { event: "Product Viewed", where: [{ type: "property", path: "price", op: "gte", value: 1000 }] },
    { event: "Order Completed", absent: true },
  ],
  pages: ["/cart"],
  segments: ["vip"],
  campaign: { id: "sale", group: "clicked" },
  problems: ["error", "rage_click"],
  device: "mobile",
  country: "JP",
  min_visit: 2,
  max_visit: 5,
  min_seconds: 10,
  person: "a:1",
  unseen: true,
};

describe("a filter", () => {
  it("is the same after it has been in an address", () => {
    expect(readFilter(writeFilter(WHOLE))).toEqual(WHOLE);
    expect(writeFilter({})).toBeNull();
  });

  it("leaves out what the server fills in and what asks nothing", () => {
    const told = {
      device: "mobile",
      country: null,
      events: [],
      pages: [],
      unseen: false,
      min_visit: null,
      campaign: null,
    };

    expect(normal(told)).toEqual({ device: "mobile" });
    expect(sameFilter(normal(told), { device: "mobile" })).toBe(true);
  });

  it.each([
    "no json",
    "[]",
    "null",
    '{"device": "fridge", "country": "Japan", "min_visit": -1, "pages": ["cart", 1], "events": [{"where": []}, 2]}',
    '{"campaign": {"id": "sale"}, "problems": ["boredom"], "since": "yesterday", "last_hours": 1e9, "evil": 1}',
  ])("takes nothing from %s", (text) => {
    expect(readFilter(text)).toEqual({});
  });

  it("has a part for whatever it asks, and each can be taken away", () => {
    const kinds = partsOf(WHOLE).map(({ kind }) => kind);

    expect(kinds).toEqual([
      "event",
      "event",
      "pages",
      "campaign",
      "problems",
      "segments",
      "visits",
      "length",
      "device",
      "country",
      "period",
      "unseen",
      "person",
    ]);
    expect(without(WHOLE, { kind: "event", index: 0 }).events).toEqual([{ event: "Order Completed", absent: true }]);
    expect(partsOf(without(WHOLE, { kind: "period" })).map(({ kind }) => kind)).not.toContain("period");
    const nothing = partsOf(WHOLE).reduceRight((filter, part) => without(filter, part), WHOLE);
    expect(nothing).toEqual({});
  });
});
