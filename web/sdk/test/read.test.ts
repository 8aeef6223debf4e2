import { expect, test } from "vitest";
import { readingSeconds } from "../src/actions/moments/read";

test.each([
  ["nothing", "", 5],
  ["238 words: half of a minute", "word ".repeat(238), 30],
  ["500 characters: half of a minute", "読".repeat(500), 30],
  ["both", "word ".repeat(238) + "かな".repeat(250), 60],
  ["a book", "word ".repeat(100_000), 300],
])("%s", (_, text, seconds) => {
  expect(readingSeconds(text)).toBeCloseTo(seconds);
});
