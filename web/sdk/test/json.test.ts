import { afterEach, expect, test } from "vitest";
import { toJson } from "../src/core/json";

const added: object[] = [];

afterEach(() => {
  for (const prototype of added.splice(0)) Reflect.deleteProperty(prototype, "toJSON");
});

test("JSON is what it was before old libraries gave it a form of their own", () => {
  const value = { list: ["a", 1, { b: [true] }], at: new Date(0), none: null, left: undefined };
  const expected = JSON.stringify(value);
  for (const prototype of [String.prototype, Number.prototype, Boolean.prototype, Array.prototype]) {
    Object.defineProperty(prototype, "toJSON", { value: () => "twice", configurable: true });
    added.push(prototype);
  }

  expect(toJson(value)).toBe(expected);
});

test("half of a character is replaced", () => {
  expect(toJson({ text: "a\ud83d", whole: "👍" })).toBe('{"text":"a\ufffd","whole":"👍"}');
});
