import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { QUEUE } from "../src/settings/tag";

it("is the snippet that the tag's own documentation shows", () => {
  const readme = readFileSync(new URL("../../sdk/README.md", import.meta.url), "utf8");

  expect(readme).toContain(`\`\`\`html\n${QUEUE}\n<script async src=`);
});
