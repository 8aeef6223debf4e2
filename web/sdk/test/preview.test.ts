// @vitest-environment node
import { expect, test } from "vitest";

test("the preview can be imported where there is no page", async () => {
  expect(typeof globalThis.document).toBe("undefined");
  expect(await import("../src/preview")).toHaveProperty("renderAction");
});
