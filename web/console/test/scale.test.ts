import { expect, it } from "vitest";
import { ticks } from "../src/campaigns/results/scale";

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [97, [0, 50, 100]],
  [400, [0, 100, 200, 300, 400]],
  [1234, [0, 500, 1000, 1500]],
])("an axis for up to %d has round values", (max, values) => {
  expect(ticks(max)).toEqual(values);
});
