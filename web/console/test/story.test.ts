import { describe, expect, it } from "vitest";
import { visitsOf } from "../src/people/story";
import { storyEvent } from "./events";

const second = { id: "s2", n: 2 };
const first = { id: "s1", n: 1 };

describe("visitsOf", () => {
  it("groups by session, newest first, and tells how each visit began", () => {
    const visits = visitsOf(
      [
        storyEvent("e4", 9_000, { session: second, url: "https://shop/cart" }),
        storyEvent("e3", 5_000, {
          session: second,
          url: "https://shop/",
          referrer: "https://search/",
          campaign: { source: "google", medium: "cpc" },
          replay: { id: "s2", offset: 0 },
        }),
        storyEvent("e2", 2_000, { session: first }),
        storyEvent("e1", 1_000, { session: first, url: "https://shop/a" }),
      ],
      true,
    );

    expect(
      visits.map(({ session, n, startedAt, endedAt, landing }) => ({ session, n, startedAt, endedAt, landing })),
    ).toEqual([
      { session: "s2", n: 2, startedAt: 5_000, endedAt: 9_000, landing: "https://shop/" },
      { session: "s1", n: 1, startedAt: 1_000, endedAt: 2_000, landing: "https://shop/a" },
    ]);
    expect(visits[0]).toMatchObject({
      referrer: "https://search/",
      source: "google / cpc",
      replay: { id: "s2", offset: 0 },
      partial: false,
    });
  });

  it("does not claim to know how a visit began while older events are not loaded", () => {
    const [visit] = visitsOf([storyEvent("e1", 1_000, { url: "https://shop/late", referrer: "https://x/" })], false);

    expect(visit).toMatchObject({ partial: true, landing: null, referrer: null, source: null });
  });

  it("keeps a session together when a late event comes between", () => {
    const visits = visitsOf(
      [
        storyEvent("e3", 3_000, { session: second }),
        storyEvent("e2", 2_500, { session: first }),
        storyEvent("e1", 2_000, { session: second }),
      ],
      true,
    );

    expect(visits.map(({ events }) => events.map((event) => event.message_id))).toEqual([["e3", "e1"], ["e2"]]);
  });

  it("leaves what belongs to no visit where it happened", () => {
    const visits = visitsOf(
      [
        storyEvent("e4", 4_000, { session: null }),
        storyEvent("e3", 3_000, { session: null }),
        storyEvent("e2", 2_000),
        storyEvent("e1", 1_000, { session: null }),
      ],
      true,
    );

    expect(visits.map(({ session, events }) => [session, events.length])).toEqual([
      [null, 2],
      ["s", 1],
      [null, 1],
    ]);
  });

  it("shows an event once, though pages overlap when the story grew in between", () => {
    const [visit] = visitsOf([storyEvent("e2", 2), storyEvent("e1", 1), storyEvent("e1", 1)], true);

    expect(visit?.events.map((event) => event.message_id)).toEqual(["e2", "e1"]);
  });
});
