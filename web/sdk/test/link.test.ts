import { expect, test } from "vitest";
import { LABELS, words } from "../src/actions/labels";
import { safeLink } from "../src/actions/link";

test.each([
  ["https://shop.example/a", "https://shop.example/a"],
  ["/cart?x=1#y", `${location.origin}/cart?x=1#y`],
  ["javascript:alert(1)", undefined],
  [" JAVASCRIPT:alert(1)", undefined],
  ["java\nscript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["vbscript:x", undefined],
  ["", undefined],
  [null, undefined],
])("%j leads to %j", (url, link) => {
  expect(safeLink(url)).toBe(link);
});

test("labels follow the action's language, English where there is no other", () => {
  expect(["ja", "ja-JP", "fr"].map((locale) => words(locale, LABELS).close)).toEqual(["閉じる", "閉じる", "Close"]);
});
