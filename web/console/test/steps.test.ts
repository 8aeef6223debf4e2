import { describe, expect, it } from "vitest";
import { nearest, placeOf, stepOf, within } from "../src/campaigns/editor/steps";

describe("a place in the definition", () => {
  it.each([
    ["variants[1].action.content.en.title", "content"],
    ["variants[0].weight", "goals"],
    ["variables.orders.path", "content"],
    ["trigger.of[0].name", "audience"],
    ["caps.per_days.days", "delivery"],
    ["goals[2].when", "goals"],
    ["name", null],
    ["", null],
  ])("%s belongs to %s", (path, step) => {
    expect(stepOf(path)).toBe(step);
  });

  it("names its variant and language", () => {
    expect(placeOf("variants[1].action.content.en.steps[0].title")).toEqual({ variant: 1, locale: "en" });
    expect(placeOf("variants[0].action.selector")).toEqual({ variant: 0, locale: null });
    expect(placeOf("trigger")).toEqual({ variant: null, locale: null });
  });

  it("is within another only as a whole word", () => {
    expect([within("goals[0].name", "goals[0]"), within("goals[10]", "goals[1]"), within("pages", "page")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("is led to by the field that is nearest to it", () => {
    const fields = ["goals", "goals[0].when", "trigger", "schedule.since"];

    expect(nearest(fields, "goals[0].when.of[1].value")).toBe("goals[0].when");
    expect(nearest(fields, "goals[3].name")).toBe("goals");
    expect(nearest(fields, "schedule")).toBe("schedule.since");
    expect(nearest(fields, "variants")).toBeNull();
  });
});
