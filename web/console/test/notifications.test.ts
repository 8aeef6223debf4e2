import { describe, expect, it } from "vitest";
import type { Delivery } from "../src/api/notifications";
import { filterOf, isFiltered, isRule, matching, underWay } from "../src/deliveries/filter";
import { spelled } from "../src/format/time";
import { en } from "../src/i18n/en";
import { ja } from "../src/i18n/ja";
import { gathered, placeOf } from "../src/incidents/curve";
import { snoozeChoices } from "../src/incidents/snooze";
import {
  definitionOf,
  destinationForm,
  filled,
  KINDS,
  newDestination,
  newSigningSecret,
  TEAMS,
} from "../src/notifications/destination";
import { FAILURES, failureOf } from "../src/notifications/failure";
import {
  deliverOf,
  minutesOf,
  newRule,
  PRESETS,
  presetCondition,
  quietChoices,
  rhythmOf,
  ruleForm,
} from "../src/notifications/rule";
import { partsOf } from "../src/notifications/slackText";

describe("what went wrong with a delivery", () => {
  it("is told by its code, whoever said it", () => {
    const told: Record<string, string | null> = {
      "http_404: no_service": "slackHook",
      "http_404: <html>": "notFound",
      http_404: "notFound",
      "slack: not_in_channel": "slackChannel",
      "slack: invalid_blocks": "slackMessage",
      http_302: "redirect",
      "http_418: teapot": "refused",
      "http_503: http_404: x": "serverError",
      "timeout: the host did not answer in time": "timeout",
      "quiet: the rule has told of the same too lately": "quiet",
      "constructor: of every object": null,
      "http_404: toString": "notFound",
      "": null,
    };

    expect(Object.fromEntries(Object.keys(told).map((error) => [error, failureOf(error)]))).toEqual(told);
  });

  it("has words and advice in both languages", () => {
    const keys = FAILURES.flatMap((failure) => [`failure.${failure}`, `failure.${failure}.todo`]);

    expect(keys.filter((key) => !(key in en) || !(key in ja))).toEqual([]);
  });
});

describe("Slack's marks", () => {
  it("are read as Slack reads them, and what is escaped is text", () => {
    expect(partsOf("*Name*\n&lt;!channel&gt; &amp; co")).toEqual([
      { kind: "bold", text: "Name" },
      { kind: "text", text: "\n<!channel> & co" },
    ]);
    expect(partsOf("<!here> <@U12> <!subteam^S34>")).toEqual([
      { kind: "mention", text: "@here" },
      { kind: "text", text: " " },
      { kind: "mention", text: "@U12" },
      { kind: "text", text: " " },
      { kind: "mention", text: "@S34" },
    ]);
    expect(partsOf("<https://x.example/?a=1&amp;b=2|x.example>")).toEqual([
      { kind: "link", url: "https://x.example/?a=1&b=2", text: "x.example" },
    ]);
    expect(partsOf("<!date^1700000000^{date_num}|then>")).toEqual([
      { kind: "date", at: 1_700_000_000_000, text: "then" },
    ]);
    expect(partsOf("2*3*4")).toEqual([{ kind: "text", text: "2*3*4" }]);
  });
});

describe("a rule", () => {
  it("keeps what its document says, with what it leaves out filled in", () => {
    const definition = { id: "a", name: "A", when: { type: "event", name: "X" }, destinations: ["cs"] };

    expect(ruleForm(definition)).toMatchObject({
      ...definition,
      quiet_seconds: 0,
      deliver: { as: "each" },
      hours: null,
    });
    expect(ruleForm(ruleForm(newRule("b")))).toEqual(newRule("b"));
  });

  it("is delivered as one of four rhythms", () => {
    for (const rhythm of ["each", "minutes", "hourly", "daily"] as const) {
      expect(rhythmOf(deliverOf(rhythm))).toBe(rhythm);
    }
    expect(minutesOf(deliverOf("minutes", { minutes: 45 }))).toBe(45);
    expect(deliverOf("each")).toEqual({ as: "each" });
  });

  it("keeps a quiet time that is not among the usual ones", () => {
    expect(quietChoices(7200)).toContain(7200);
    expect(quietChoices(3600)).toEqual([...new Set(quietChoices(3600))]);
    expect([spelled(7200, "en"), spelled(5400, "ja"), spelled(45, "en")]).toEqual(["2 hours", "90分", "45 seconds"]);
  });

  it("begins with what rules are mostly about", () => {
    const [segment] = PRESETS;

    expect(presetCondition(segment, "vip")).toEqual({
      type: "all",
      of: [
        { type: "event", name: "Segment Entered" },
        { type: "property", path: "segment_id", op: "eq", value: "vip" },
      ],
    });
    expect(presetCondition(segment, null)).toEqual({ type: "event", name: "Segment Entered" });
  });
});

describe("a destination", () => {
  it("has the fields of its kind only, and comes back as the same kind", () => {
    for (const kind of KINDS) {
      const form = { ...newDestination("a", "en"), name: " A ", kind, channel: "C123456", to: ["x"], template: "{}" };
      const definition = definitionOf(form);

      expect(destinationForm(definition).kind).toBe(kind);
      expect("channel" in definition).toBe(kind === "slackBot");
      expect("template" in definition).toBe(kind === "json");
      expect("to" in definition).toBe(kind === "email" || kind === "line");
      expect(definition.name).toBe("A");
    }
  });

  it("shows a template with what its names might be, at any depth", () => {
    expect(JSON.stringify(filled(TEAMS, { title: "T", text: "X", link: "L" }))).not.toContain("{{");
    expect(filled(["{{ a }}{{b}}", { c: "{{ a | upper }}" }, 1, null], { a: "1" })).toEqual([
      "1{{b}}",
      { c: "{{ a | upper }}" },
      1,
      null,
    ]);
    expect(filled("{{ constructor }}", {})).toBe("{{ constructor }}");
  });

  it("gets a signing secret of 32 bytes, another each time", () => {
    const secret = newSigningSecret();

    expect(secret.startsWith("whsec_")).toBe(true);
    expect(atob(secret.slice(6))).toHaveLength(32);
    expect(newSigningSecret()).not.toBe(secret);
  });
});

describe("the delivery log", () => {
  const delivery = (fields: Partial<Delivery>) =>
    ({ status: "delivered", rule: { id: "a" }, destination: { id: "cs" }, message: null, ...fields }) as Delivery;

  it("is narrowed by every part of the filter", () => {
    const deliveries = [delivery({}), delivery({ status: "failed" }), delivery({ message: "m" })];
    const found = (query: string) => matching(deliveries, filterOf(new URLSearchParams(query)));

    expect(found("")).toEqual(deliveries);
    expect(found("status=failed&rule=a")).toEqual([deliveries[1]]);
    expect(found("message=m")).toEqual([deliveries[2]]);
    expect(found("destination=other")).toEqual([]);
    expect(isFiltered(filterOf(new URLSearchParams("status=nonsense")))).toBe(false);
  });

  it("looks again soon while something is under way", () => {
    expect(underWay([delivery({})])).toBe(false);
    expect(underWay([delivery({}), delivery({ status: "waiting" })])).toBe(true);
  });

  it("tells rules from alerts and samples", () => {
    expect(["orders", "alert.absence", "test"].map(isRule)).toEqual([true, false, false]);
  });
});

describe("an incident", () => {
  it("is drawn by half hours, and its beginning lies where it was", () => {
    const start = Date.UTC(2026, 0, 5);
    const curve = Array.from({ length: 13 }, (_, n) => ({
      at: new Date(start + n * 300_000).toISOString(),
      expected: 1.5,
      seen: n,
    }));
    const points = gathered(curve);

    expect(points.map(({ expected, seen }) => [expected, seen])).toEqual([
      [9, 15],
      [9, 51],
      [1.5, 12],
    ]);
    expect(placeOf(points, new Date(start + 45 * 60_000).toISOString())).toBe(1.5);
    expect(placeOf(points, new Date(start - 1).toISOString())).toBeNull();
    expect(placeOf([], curve[0]?.at ?? "")).toBeNull();
  });

  it("is snoozed until tomorrow by the site's calendar and clocks", () => {
    // 23:30 in Tokyo, still the day before in UTC.
    const [hour, , tomorrow] = snoozeChoices(Date.UTC(2026, 0, 5, 14, 30), "Asia/Tokyo");

    expect(hour.until).toBe("2026-01-05T15:30:00.000Z");
    expect(tomorrow.until).toBe("2026-01-06T00:00:00.000Z");
  });
});
