import { expect, test } from "vitest";
import { createPending } from "../src/recorder/pending";

const META = 4;
const at = (timestamp: number, type = 3) => ({ type, timestamp, data: {} });

test("everything comes in order, in arrays that fit a chunk", () => {
  const pending = createPending();
  const lines = Array.from({ length: 10 }, (_, n) => JSON.stringify(String(n).repeat(100_000)));
  for (const [n, line] of lines.entries()) pending.add(at(n), n % 2 ? line : () => line);

  expect(pending.full()).toBe(false); // what is not written yet is not counted
  const chunks = pending.take();
  expect(chunks.flatMap((chunk) => JSON.parse(chunk))).toEqual(lines.map((line) => JSON.parse(line)));
  expect(Math.max(...chunks.map((chunk) => chunk.length))).toBeLessThan(750_000);
  expect(pending.take()).toEqual([]);
});

test("a buffer begins with the last snapshot that is older than its time", () => {
  const pending = createPending();
  for (let second = 0; second < 100; second++) {
    if (second % 30 === 0) pending.add(at(second * 1000, META), `${second}`, 30_000);
    pending.add(at(second * 1000), `${second}`, 30_000);
  }

  expect(pending.from()).toBe(60_000);
  expect(JSON.parse(pending.take()[0] ?? "")[0]).toBe(60);
});

test("a buffer takes no more memory than it may, and goes on with the next snapshot", () => {
  const pending = createPending();
  pending.add(at(0, META), '"first"', 30_000);
  for (let n = 1; n < 10; n++) pending.add(at(n), `"${"x".repeat(1_000_000)}"`, 30_000);
  expect(pending.take()).toEqual([]);

  pending.add(at(10), '"lost"', 30_000);
  pending.add(at(11, META), '"second"', 30_000);
  expect(pending.take()).toEqual(['["second"]']);
});
