import { beforeEach, expect, test } from "vitest";
import { createOutbox } from "../src/core/outbox";
import { createStore, type Store } from "../src/core/store";

let store: Store;
let time: number;
const now = () => time;
const outbox = (writeKey = "wk") => createOutbox(store, writeKey, now);

beforeEach(() => {
  localStorage.clear();
  time = 1_000_000;
  store = createStore(localStorage);
  store.persist();
});

test("events wait in order until they are removed, and nothing stays behind", () => {
  const box = outbox();
  box.add("a");
  box.add("b");
  box.add("c");
  box.remove(["a", "b"]);
  expect(box.waiting()).toEqual(["c"]);

  box.remove(["c"]);
  expect(localStorage.length).toBe(0);
});

test("a live page's queue is left alone", () => {
  outbox().add("a");

  expect(outbox().adopt()).toBe(false);
});

test("a released queue goes to the next page, before its own events, and is gone from the first", () => {
  const first = outbox();
  first.add("a");
  first.release();
  const second = outbox();
  second.add("b");

  expect(second.adopt()).toBe(true);
  expect(second.waiting()).toEqual(["a", "b"]);
  expect(first.waiting()).toEqual([]);
});

test("an answer that comes in after the page was left does not keep the queue from the next page", () => {
  const first = outbox();
  first.add("a");
  first.release();
  first.lease(3_600_000);

  expect(outbox().adopt()).toBe(true);
});

test("a page that comes back has its queue again, unless another has taken it", () => {
  const first = outbox();
  first.add("a");
  first.release();
  first.reclaim();
  expect(outbox().adopt()).toBe(false);

  first.release();
  expect(outbox().adopt()).toBe(true);
  first.reclaim();
  expect(first.waiting()).toEqual([]);
});

test("a queue whose page has died is adopted when its lease has run out", () => {
  outbox().add("a");
  time += 200_000;
  const second = outbox();

  expect(second.adopt()).toBe(true);
  expect(second.waiting()).toEqual(["a"]);
});

test("a lease that was made longer stays so when events are added", () => {
  const first = outbox();
  first.add("a");
  first.lease(3_600_000);
  first.add("b");
  time += 3_000_000;

  expect(outbox().adopt()).toBe(false);
});

test("another write key's queue is not adopted", () => {
  const first = outbox("other");
  first.add("a");
  first.release();

  expect(outbox().adopt()).toBe(false);
});

test("the oldest events go when there are too many", () => {
  const box = outbox();
  for (let number = 0; number < 1001; number++) box.add(String(number));

  expect(box.waiting()).toHaveLength(1000);
  expect(box.waiting()[0]).toBe("1");
});

test("the oldest events go when they are too large together", () => {
  const box = outbox();
  box.add(`a${"x".repeat(600_000)}`);
  box.add(`b${"x".repeat(600_000)}`);

  expect(box.waiting().map((event) => event[0])).toEqual(["b"]);
});
