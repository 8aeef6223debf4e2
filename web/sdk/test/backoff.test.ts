import { expect, test } from "vitest";
import { backoff, LONGEST_WAIT_MS, retryAfter } from "../src/core/backoff";

test("waits double up to a minute", () => {
  const waits = [0, 1, 2, 5, 6, 40].map((attempt) => backoff(attempt, () => 1));
  expect(waits).toEqual([1000, 2000, 4000, 32_000, 60_000, LONGEST_WAIT_MS]);
});

test("waits are spread over the second half", () => {
  expect([backoff(1, () => 0), backoff(1, () => 0.5)]).toEqual([1000, 1500]);
});

test.each([
  ["3", 3000],
  ["0", 0],
  ["-5", 0],
  ["Thu, 01 Jan 2026 00:00:10 GMT", 10_000],
  ["Wed, 31 Dec 2025 23:59:50 GMT", 0],
  ["soon", 0],
  [null, 0],
])("Retry-After %s is %i ms", (header, wait) => {
  expect(retryAfter(header, Date.parse("2026-01-01T00:00:00Z"))).toBe(wait);
});
