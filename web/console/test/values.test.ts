import { describe, expect, it } from "vitest";
import type { Operator, Value } from "../src/conditions/document";
import { withFunction } from "../src/conditions/StatisticFields";
import { converted, fitted, type Kind, kindOf, read, unitOf, written } from "../src/conditions/values";
import { found } from "../src/explanation/found";
import { speaksOf } from "../src/segments/usage";

describe("a value", () => {
  it.each<[Value, Kind | null]>([
    ["1", "text"],
    [1, "number"],
    [false, "boolean"],
    [["1", "2"], "text"],
    [["1", 1], "mixed"],
    [[], null],
    [null, null],
  ])("%j is of the kind %s", (value, kind) => {
    expect(kindOf(value)).toBe(kind);
  });

  it.each<[string, Kind, Value]>([
    ["1", "text", "1"],
    ["1", "number", 1],
    ["-0.5", "number", -0.5],
    ["１２,０００", "number", 12_000],
    ["1e999", "number", null],
    ["", "number", null],
    ["five", "number", null],
    ["true", "boolean", true],
    ["yes", "boolean", null],
    ['"1"', "mixed", "1"],
    ["1", "mixed", 1],
    ["gold", "mixed", "gold"],
  ])("typed as %j as %s is %j", (typed, kind, value) => {
    expect(read(typed, kind)).toBe(value);
  });

  it.each(["1", 1, true, 'say "hi"', "true"])("of a mixed list is read as it was written: %j", (value) => {
    expect(read(written(value, "mixed"), "mixed")).toBe(value);
  });

  it.each<[Value, Kind, Value]>([
    [5, "text", "5"],
    ["5", "number", 5],
    ["five", "number", null],
    [["1", "x", "2"], "number", [1, 2]],
    [null, "number", null],
  ])("%j as another kind, %s, is %j", (value, kind, expected) => {
    expect(converted(value, kind)).toEqual(expected);
  });

  it.each<[Value, Operator, boolean, Value]>([
    ["gold", "in", false, ["gold"]],
    [["gold", "silver"], "eq", false, "gold"],
    ["gold", "exists", false, null],
    ["5", "gte", false, 5],
    [5, "contains", false, "5"],
    [true, "eq", false, true],
    ["x", "gte", true, null],
  ])("%j is kept as far as %s takes it", (value, op, numeric, expected) => {
    expect(fitted(value, op, numeric)).toEqual(expected);
  });

  it.each([
    [604_800, "days"],
    [5400, "minutes"],
    [3600, "hours"],
    [61, "seconds"],
    [null, "days"],
  ])("of %s seconds is said in %s", (seconds, unit) => {
    expect(unitOf(seconds)).toBe(unit);
  });
});

describe("a statistic with another function", () => {
  it("keeps what that one takes and leaves what it does not", () => {
    const sum = {
      type: "statistic",
      of: "sum",
      event: "A",
      path: "p",
      window: { days: 7 },
      op: "gte",
      value: 5,
    } as const;

    expect(withFunction(sum, "since_last")).toEqual({
      type: "statistic",
      of: "since_last",
      event: "A",
      window: "all",
      op: "gte",
      value: 5,
    });
    expect(withFunction(sum, "last")).toEqual({ ...sum, of: "last" });
    expect(
      withFunction({ type: "statistic", of: "last", path: "p", op: "in", value: ["1", "x"] }, "sum"),
    ).toMatchObject({
      op: "gte",
      value: 1,
    });
  });
});

describe("the rules of an explanation", () => {
  const rule = (id: string, kind: "segment" | "campaign", holds: boolean) => ({
    id,
    kind,
    name: id,
    holds,
    failed: null,
  });
  const rules = [
    rule("big-cart", "segment", true),
    rule("ship", "campaign", false),
    rule("cart-left", "segment", false),
  ];

  it("are filtered by name and kind, the failing or the holding first", () => {
    const ids = (search: string, kind: "all" | "segment", order: "failing" | "holding") =>
      found(rules, { search, kind, order }).map(({ id }) => id);

    expect(ids("", "all", "failing")).toEqual(["ship", "cart-left", "big-cart"]);
    expect(ids(" CART", "segment", "holding")).toEqual(["big-cart", "cart-left"]);
  });
});

describe("the use of a segment", () => {
  it("is found at any depth of a document", () => {
    const audience = { type: "any", of: [{ type: "not", of: { type: "segment", id: "members" } }] };

    expect(speaksOf({ name: "x", audience }, "members")).toBe(true);
    expect(speaksOf({ name: "members", audience }, "other")).toBe(false);
    expect(speaksOf(null, "members")).toBe(false);
  });
});
