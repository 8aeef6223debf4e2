import { describe, expect, it } from "vitest";
import type { Template } from "../src/api/campaigns";
import { isFound } from "../src/campaigns/gallery/search";
import {
  exampleOf,
  expression,
  inWords,
  pathsIn,
  sampleOf,
  valuesOf,
  withExamples,
} from "../src/campaigns/preview/expressions";

describe("pathsIn", () => {
  it("finds the values that templates ask for, wherever they are written", () => {
    expect(
      pathsIn({
        title: "あと{{ 5000 - cart.total | yen }}、{{traits.name}}さん",
        steps: [
          { body: "{{ visits }} / {{ variables.orders + cart.total }}", url: "/?q={{ properties.product.name }}" },
        ],
        code: 'outside cart.size, {{ "cart.text" }}',
      }),
    ).toEqual(["cart.total", "traits.name", "visits", "variables.orders", "properties.product.name"]);
  });
});

describe("inWords", () => {
  it("shows what is filled in as the words inside, without its format", () => {
    expect(inWords({ title: "あと{{ 5000 - cart.total | yen }}", n: [1, "{{ traits.name }}さん"] })).toEqual({
      title: "あと5000 - cart.total",
      n: [1, "traits.nameさん"],
    });
  });
});

describe("sampleOf", () => {
  it("puts every value at its path", () => {
    expect(sampleOf({ "cart.total": 4000, "traits.address.city": "京都", "traits.name": "山田", visits: 3 })).toEqual({
      cart: { total: 4000 },
      traits: { address: { city: "京都" }, name: "山田" },
      visits: 3,
    });
  });

  it("leaves out what the visitor is said not to have, and is read back", () => {
    expect(sampleOf({ "cart.total": null, visits: 1 })).toEqual({ visits: 1 });
    expect(valuesOf({ cart: { total: 4000 }, traits: { address: { city: "京都" } }, visits: 3 })).toEqual({
      "cart.total": 4000,
      "traits.address.city": "京都",
      visits: 3,
    });
    expect(valuesOf(undefined)).toEqual({});
  });

  it("has an example of every value that nobody chose", () => {
    expect(
      withExamples(["cart.total", "traits.plan"], { "traits.plan": null, visits: 9 }, "山田", "2026-12-01"),
    ).toEqual({
      "cart.total": 4000,
      "traits.plan": null,
      visits: 9,
    });
  });

  it("begins with something believable for every kind of value", () => {
    const values = ["cart.total", "variables.orders", "traits.first_name", "properties.renewal_date", "traits.plan"];

    expect(values.map((path) => exampleOf(path, "山田", "2026-12-01"))).toEqual([
      4000,
      3,
      "山田",
      "2026-12-01",
      "plan",
    ]);
  });
});

describe("expression", () => {
  it("writes a value with its format, or without", () => {
    expect([expression("cart.total", "yen"), expression("traits.name", null)]).toEqual([
      "{{ cart.total | yen }}",
      "{{ traits.name }}",
    ]);
  });
});

describe("isFound", () => {
  const template: Template = {
    id: "t",
    name: { ja: "カート放置の呼び戻し", en: "Bring back abandoned carts" },
    about: { ja: "送料無料まであと少し", en: "Almost free shipping" },
    purpose: "commerce",
    tags: ["EC", "クーポン", "coupon"],
    layout: "bar",
    own: false,
    definition: {},
  };

  it.each(["カート", "かーと", "ｶｰﾄ", "CART coupon", "  free　shipping ", "ec", "", "バー"])(
    "finds it by %j",
    (search) => {
      expect(isFound(template, search, ["バー", "Bar"])).toBe(true);
    },
  );

  it("needs every word", () => {
    expect(isFound(template, "cart survey")).toBe(false);
  });
});
