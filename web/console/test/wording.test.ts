import { createInstance } from "i18next";
import { describe, expect, it } from "vitest";
import { reasonText } from "../src/campaigns/reason";
import { eventKind, eventSummary, eventTitle } from "../src/events/wording";
import { pathOf } from "../src/format/values";
import { en } from "../src/i18n/en";
import { ja } from "../src/i18n/ja";

const i18n = createInstance();
await i18n.init({
  lng: "en",
  resources: { en: { translation: en }, ja: { translation: ja } },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});
const [toEnglish, toJapanese] = [i18n.getFixedT("en"), i18n.getFixedT("ja")];

/** Values, as {{count}}, and the fields of a condition's sentence, as [event]. */
const placeholders = (text: string) =>
  [...text.matchAll(/(?:\{\{|\[)(\w+)(?:\}\}|\])/g)].map(([, name]) => name).sort();

describe("the catalogues", () => {
  it("say the same things in both languages", () => {
    for (const [key, text] of Object.entries(ja)) {
      expect([key, placeholders(text)]).toEqual([key, placeholders(en[key as keyof typeof en])]);
    }
    expect(Object.keys(en).filter((key) => !key.endsWith("_one"))).toEqual(Object.keys(ja));
  });
});

describe("an event", () => {
  const added = {
    type: "track",
    event: "Product Added",
    properties: { name: "麻のシャツ", price: 4000, quantity: 2, currency: "JPY" },
  };

  it("is named in the operator's language when it is well known, else as the site names it", () => {
    expect([eventTitle(added, toEnglish), eventTitle(added, toJapanese)]).toEqual(["Added to cart", "カート追加"]);
    expect(eventTitle({ type: "page", event: "page" }, toJapanese)).toBe("ページ閲覧");
    expect(eventTitle({ type: "track", event: "constructor" }, toEnglish)).toBe("constructor");
    expect(eventKind({ type: "track", event: "constructor" })).toBe("other");
  });

  it("is summed up by what matters of it", () => {
    expect(eventSummary(added, "en")).toBe("麻のシャツ · ¥4,000 · × 2");
    expect(eventSummary({ type: "page", event: "page", url: "https://x/a?b", properties: {} }, "en")).toBe("/a?b");
    expect(eventSummary({ type: "track", event: "Cart Viewed", properties: { cart: { total: 9000 } } }, "en")).toBe(
      "9,000",
    );
    const left = { type: "track", event: "Segment Left", properties: { segment_id: "m", segment_name: "会員" } };
    expect([eventTitle(left, toJapanese), eventKind(left), eventSummary(left, "ja")]).toEqual([
      "セグメントから出た",
      "left",
      "会員",
    ]);
    expect(
      eventSummary({ type: "track", event: "Other", properties: { a: 1, b: "x", c: {}, d: null, e: true } }, "en"),
    ).toBe("a: 1 · b: x · e: true");
    expect(
      eventSummary({ type: "track", event: "Order Completed", properties: { total: 5, currency: "nonsense" } }, "en"),
    ).toBe("5");
  });
});

describe("a reason", () => {
  it("is told in the operator's language, or as the server gave it", () => {
    expect(reasonText({ step: "caps", reason: "2 of 3 today" }, toJapanese)).toBe("今日3回中2回表示済み");
    expect(reasonText({ step: "spacing", reason: "12 s after its last, 600 s apart" }, toEnglish)).toBe(
      "12 s after its last display; 600 s are required",
    );
    expect(
      [
        { step: "caps", reason: "3 of 3 in 7 days" },
        { step: "caps", reason: "100 of 100 in all" },
        { step: "stopped", reason: "after click" },
        { step: "spacing", reason: "1 pages after another message, 3 pages apart on this site" },
      ].map((decision) => reasonText(decision, toEnglish)),
    ).toEqual([
      "already shown in 7 days (3 of 3)",
      "shown 100 times to everybody together, which is the limit",
      "the person has clicked it",
      "1 pages after another message; this site asks for 3",
    ]);
    expect(reasonText({ step: "content", reason: "undefined value" }, toJapanese)).toBe("undefined value");
    expect(reasonText({ step: "content", reason: null }, toJapanese)).toBeNull();
  });
});

describe("the path of a page", () => {
  it.each([
    ["https://x/a?b", "/a?b"],
    ["https://x/?utm_source=google&gclid=1", "/"],
    ["https://x/%E6%A4%9C%E7%B4%A2?q=%E9%9D%92&utm_medium=cpc&n=2#top", "/検索?q=青&n=2"],
    ["https://x/100%", "https://x/100%"],
    ["no address", "no address"],
  ])("of %s reads %s", (url, path) => {
    expect(pathOf(url)).toBe(path);
  });
});
