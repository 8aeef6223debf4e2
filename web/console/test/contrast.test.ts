import { expect, it } from "vitest";
import { contrast, sixDigits } from "../src/settings/contrast";

it.each([
  ["#000", "#ffffff", 21],
  ["#fff", "#FFFFFF", 1],
  ["#767676", "#fff", 4.54],
  ["#fff", "#767676", 4.54],
])("the contrast of %s and %s is %d", (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 2);
});

it("has no contrast for what is no colour", () => {
  expect(contrast("white", "#000")).toBeNull();
  expect([sixDigits("#1aF"), sixDigits("#12345")]).toEqual(["#11aaFF", null]);
});
