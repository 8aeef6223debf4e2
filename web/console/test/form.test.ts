import { describe, expect, it } from "vitest";
import type { Json } from "../src/api/types";
import { changed, conditionOf, formOf, type Group, isGroup, type Node, newKey } from "../src/conditions/form";
import { mistakesOf } from "../src/conditions/problems";

const trait = (path: string): Json => ({ type: "trait", path, op: "eq", value: "gold" });
const visits: Json = { type: "visits", op: "gte", value: 2 };

const LEAVES: Json[] = [
  { type: "event", name: ["Order Completed", "page"] },
  { type: "property", path: "products[].sku", op: "in", value: ["1", 1, true] },
  { type: "context", path: "page.path", op: "not_exists", value: null },
  { type: "group_trait", path: "employees", op: "gte", value: 100.5 },
  { type: "time", since: "22:00", until: "06:00", weekdays: ["fri", "sat"] },
  {
    type: "statistic",
    of: "sum",
    event: null,
    path: "revenue",
    where: [{ type: "property", path: "currency", op: "eq", value: "JPY" }],
    window: { days: 28 },
    op: "gte",
    value: 10_000,
  },
  JSON.parse(
    '{"type":"sequence","first":{"event":"A","where":[]},"then":{"event":["B","C"]},"within":90,"absent":true}',
  ),
  { type: "segment", id: "members", member: false },
];

const DOCUMENTS: Json[] = [
  ...LEAVES,
  { type: "all", of: [] },
  { type: "all", of: LEAVES },
  { type: "all", of: [visits] },
  { type: "any", of: [visits] },
  { type: "any", of: [] },
  { type: "not", of: visits },
  { type: "not", of: { type: "any", of: [visits] } },
  { type: "not", of: { type: "any", of: [visits, trait("a")] } },
  { type: "not", of: { type: "all", of: [visits, trait("a")] } },
  { type: "not", of: { type: "not", of: { type: "not", of: visits } } },
  { of: [{ of: [{ type: "all", of: [trait("a"), { type: "all", of: [] }] }], type: "any" }, visits], type: "all" },
  // What the form has no fields for.
  { type: "weather", is: "rain" },
  { type: "all" },
  { type: "all", of: [visits], note: "x" },
  { type: "not" },
  { type: "trait", path: "plan", op: "eq", value: { a: 1 } },
  { type: "statistic", of: "median", op: "gte", value: 1 },
  null,
  [],
  "text",
];

/** A simple generator with a seed, so that a failure can be had again. */
function generator(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function anyCondition(pick: (below: number) => number, depth: number): Json {
  const kind = depth === 0 ? 0 : pick(4);
  const some = () => Array.from({ length: pick(4) }, () => anyCondition(pick, depth - 1));
  switch (kind) {
    case 1:
      return { type: "all", of: some() };
    case 2:
      return { type: "any", of: some() };
    case 3:
      return { type: "not", of: anyCondition(pick, depth - 1) };
    default:
      return LEAVES[pick(LEAVES.length)] as Json;
  }
}

describe("a condition's form", () => {
  it.each(DOCUMENTS.map((document) => [JSON.stringify(document), document]))("gives back %s", (_, document) => {
    expect(conditionOf(formOf(document))).toEqual(document);
  });

  it("gives back whatever nests", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const document = anyCondition(generator(seed), 4);
      expect(conditionOf(formOf(document))).toEqual(document);
    }
  });

  it("shows rows of a kind as one, whatever they are wrapped in", () => {
    const [none] = formOf({ type: "not", of: { type: "any", of: [visits, trait("a")] } }).of;

    expect(none).toMatchObject({ join: "none", of: [{ leaf: visits }, { leaf: trait("a") }] });
  });

  it("becomes a list with its second row, and everyone with none", () => {
    const form = formOf(visits);
    const two = { ...form, of: [...form.of, { key: newKey(), leaf: { type: "segment" as const, id: "x" } }] };

    expect(conditionOf(two)).toEqual({ type: "all", of: [visits, { type: "segment", id: "x" }] });
    expect(conditionOf({ ...form, of: [] })).toEqual({ type: "all", of: [] });
  });

  it("changes and loses only the row that is meant", () => {
    const document = { type: "all", of: [visits, { type: "any", of: [trait("a"), trait("b")] }] };
    const form = formOf(document);
    const [, any] = form.of as [Node, Group];
    const [a] = any.of as [Node];

    expect(conditionOf(changed(form, a.key, () => null))).toEqual({
      type: "all",
      of: [visits, { type: "any", of: [trait("b")] }],
    });
    expect(conditionOf(changed(form, any.key, (node) => ({ ...(node as Group), join: "none" })))).toEqual({
      type: "all",
      of: [visits, { type: "not", of: { type: "any", of: [trait("a"), trait("b")] } }],
    });
  });
});

describe("a mistake", () => {
  const form = formOf({
    type: "all",
    of: [
      visits,
      { type: "any", of: [trait("a"), { type: "not", of: trait("b") }] },
      { type: "not", of: { type: "any", of: [visits, trait("c")] } },
    ],
  });
  const at = (path: string) => {
    const [mistake] = mistakesOf(form, [{ path, message: "" }]);
    const find = (node: Node): Json | undefined =>
      node.key === mistake?.key
        ? conditionOf(node)
        : isGroup(node)
          ? node.of.map(find).find((each) => each !== undefined)
          : undefined;
    return [find(form), mistake?.field];
  };

  it.each([
    ["condition.of[0].value", visits, "value"],
    ["condition.of[0]", visits, ""],
    ["condition.of[1].of[0].path", trait("a"), "path"],
    ["condition.of[1].of[1].of.op", trait("b"), "op"],
    ["condition.of[2].of.of[1].value", trait("c"), "value"],
  ])("at %s is said at its row", (path, row, field) => {
    expect(at(path)).toEqual([row, field]);
  });

  it("of a group is said of the group", () => {
    expect(at("condition.of[1].of")[0]).toEqual(conditionOf(form.of[1] as Node));
    expect(at("condition")[0]).toEqual(conditionOf(form));
  });

  it("inside of a row keeps the way from there", () => {
    const count = formOf({ type: "statistic", of: "count", where: [{ type: "property" }] });

    expect(mistakesOf(count, [{ path: "condition.where[0].path", message: "m" }])).toEqual([
      {
        key: count.of[0]?.key,
        field: "where[0].path",
        path: "condition.where[0].path",
        message: "m",
      },
    ]);
  });
});
