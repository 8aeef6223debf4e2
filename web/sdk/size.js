/** Compare the built tag, gzipped, with its budgets (`npm run size`); prints them as JSON too with `--json`. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

// Sizes of the tools that the budgets are measured against, gzip -9: Segment's standalone.js, posthog-js' array.js and lazy-recorder.js.
const AGAINST = { segment: 31_298, posthog: 122_142, posthogRecorder: 72_784 };

const gzip = (name) => gzipSync(readFileSync(new URL(`dist/${name}.js`, import.meta.url)), { level: 9 }).length;
const core = gzip("kizuki");

const rows = [
  { name: "core_tag_gzip", ours: core, against: AGAINST.segment, budget: 0.15 },
  {
    name: "core_actions_gzip",
    ours: core + ["actions", "anchor", "embed", "tooltip"].map(gzip).reduce((sum, size) => sum + size),
    against: AGAINST.posthog,
    budget: 0.1,
  },
  { name: "recorder_gzip", ours: gzip("recorder"), against: AGAINST.posthogRecorder, budget: 0.35 },
].map((row) => ({ ...row, unit: "bytes", ratio: Number((row.ours / row.against).toFixed(4)) }));

if (process.argv.includes("--json")) console.log(JSON.stringify(rows, null, 2));
else {
  for (const { name, ours, against, ratio, budget } of rows) {
    console.log(`${name.padEnd(18)} ${ours} B of ${Math.floor(against * budget)} B (ratio ${ratio}, budget ${budget})`);
  }
}
if (rows.some(({ ratio, budget }) => ratio > budget)) {
  console.error("over budget");
  process.exitCode = 1;
}
