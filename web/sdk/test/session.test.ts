import { beforeEach, expect, test } from "vitest";
import { createSessions, IDLE_MS } from "../src/core/session";
import { createStore } from "../src/core/store";

let time: number;
const tab = () => {
  const store = createStore(localStorage);
  store.persist();
  return createSessions(store, () => time);
};

beforeEach(() => {
  localStorage.clear();
  time = 1_000_000;
});

test("activity keeps a session going, in any tab", () => {
  const { id } = tab().touch();
  time += IDLE_MS - 1;
  expect(tab().touch().id).toBe(id);
  time += IDLE_MS - 1;
  expect(tab().touch().id).toBe(id);
});

test("looking does not keep it going", () => {
  const sessions = tab();
  sessions.touch();
  time += IDLE_MS - 1;
  expect(sessions.peek()).toBeDefined();
  time += 1;
  expect(sessions.peek()).toBeUndefined();
});

test("half an hour of inactivity ends it, and its recording with it", () => {
  const sessions = tab();
  const first = sessions.touch();
  sessions.recordedFrom(time);
  time += IDLE_MS;
  const second = sessions.touch();

  expect(second.id).not.toBe(first.id);
  expect(second.recordedFrom).toBeUndefined();
});

test("all tabs share the time of the first recording", () => {
  tab().touch();
  tab().recordedFrom(time);
  tab().recordedFrom(time + 5000);

  expect(tab().touch().recordedFrom).toBe(time);
});

test.each(["", "{", "null", "[]", '{"id":1}'])("a stored %j is no session", (stored) => {
  localStorage.setItem("kizuki.session", stored);
  const sessions = tab();

  expect(sessions.peek()).toBeUndefined();
  expect(sessions.touch().id).toHaveLength(36);
});
