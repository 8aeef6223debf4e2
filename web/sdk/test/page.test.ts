import { afterEach, expect, test, vi } from "vitest";
import { campaign } from "../src/core/context";
import { uuid } from "../src/core/ids";
import { pageKey } from "../src/core/on-page-change";

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ["/a", "/a#reviews", true],
  ["/a?q=1", "/a?q=2", false],
  ["/a", "/b", false],
  ["/#/a", "/#/b", false],
  ["/#!a", "/#!b", false],
  ["/a", "/a?", true],
])("%s and %s are the same page: %s", (one, other, same) => {
  const key = (path: string) => pageKey(new URL(path, "https://shop.example"));
  expect(key(one) === key(other)).toBe(same);
});

test("utm parameters become Segment's campaign", () => {
  const search = "?utm_source=line&utm_medium=push&utm_campaign=%E5%A4%8F&utm_term=a&utm_content=b&x=1";
  expect(campaign(search)).toEqual({ source: "line", medium: "push", name: "夏", term: "a", content: "b" });
  expect(campaign("?utm_source=")).toBeUndefined();
});

test("ids are random UUIDs on pages without randomUUID too", () => {
  vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) });
  expect(uuid()).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
});
