import { describe, expect, it } from "vitest";
import { differences } from "../src/campaigns/versions/diff";

describe("differences", () => {
  it("names every field that differs, and no other", () => {
    expect(
      differences(
        { name: "A", caps: { ever: 1, per_day: 2 }, goals: [] },
        { name: "B", caps: { per_day: 2, ever: 3 }, goals: [], utm: true },
      ),
    ).toEqual([
      { path: ["name"], before: "A", after: "B" },
      { path: ["caps", "ever"], before: 1, after: 3 },
      { path: ["utm"], before: undefined, after: true },
    ]);
  });

  it("tells the entries of a list by their ids", () => {
    const before = {
      variants: [
        { id: "a", weight: 1 },
        { id: "b", weight: 1 },
      ],
    };
    const after = {
      variants: [
        { id: "b", weight: 3 },
        { id: "c", weight: 1 },
      ],
    };

    expect(differences(before, after)).toEqual([
      { path: ["variants", "a"], before: { id: "a", weight: 1 }, after: undefined },
      { path: ["variants", "b", "weight"], before: 1, after: 3 },
      { path: ["variants", "c"], before: undefined, after: { id: "c", weight: 1 } },
    ]);
  });

  it("sees that only the order differs", () => {
    expect(differences({ goals: [{ id: "x" }, { id: "y" }] }, { goals: [{ id: "y" }, { id: "x" }] })).toEqual([
      { path: ["goals"], before: ["x", "y"], after: ["y", "x"] },
    ]);
  });

  it("goes by place where entries have no ids, and takes lists of words as one value", () => {
    expect(
      differences(
        { steps: [{ title: "1" }, { title: "2" }], stop_after: ["click"] },
        { steps: [{ title: "1" }, { title: "zwei" }, { title: "3" }], stop_after: ["click", "goal"] },
      ),
    ).toEqual([
      { path: ["steps", 1, "title"], before: "2", after: "zwei" },
      { path: ["steps", 2], before: undefined, after: { title: "3" } },
      { path: ["stop_after"], before: ["click"], after: ["click", "goal"] },
    ]);
  });

  it("tells entries of a list that was empty one by one", () => {
    expect(differences({ goals: [], stop_after: [] }, { goals: [{ id: "x" }], stop_after: ["click"] })).toEqual([
      { path: ["goals", "x"], before: undefined, after: { id: "x" } },
      { path: ["stop_after"], before: [], after: ["click"] },
    ]);
  });

  it("finds nothing between equals", () => {
    expect(differences({ a: [{ id: "x", of: {} }] }, { a: [{ id: "x", of: {} }] })).toEqual([]);
  });
});
