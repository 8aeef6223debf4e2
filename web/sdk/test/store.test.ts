import { beforeEach, expect, test } from "vitest";
import { createStore } from "../src/core/store";

beforeEach(() => localStorage.clear());

test("nothing reaches the disk until it may, and then everything does", () => {
  const store = createStore(localStorage);
  store.set("a", "1");
  expect([store.get("a"), localStorage.length]).toEqual(["1", 0]);

  store.persist();
  expect([store.get("a"), localStorage.getItem("kizuki.a")]).toEqual(["1", "1"]);
});

test("forgetting leaves what belongs to others", () => {
  localStorage.setItem("site", "kept");
  const store = createStore(localStorage);
  store.persist();
  store.set("a", "1");
  store.forget();
  store.set("b", "2");

  expect(Object.keys(localStorage)).toEqual(["site"]);
  expect([store.get("a"), store.get("b")]).toEqual([null, "2"]);
});

test("memory serves where there is no disk, or a full one", () => {
  const full = {
    getItem: () => null,
    setItem() {
      throw new DOMException("", "QuotaExceededError");
    },
  } as unknown as Storage;
  for (const disk of [undefined, full]) {
    const store = createStore(disk);
    store.persist();
    store.set("a", "1");
    expect([store.get("a"), store.keys("a")]).toEqual(["1", ["a"]]);
  }
});
