/** Compare the built tag, gzipped, with its budgets (`npm run size`); prints them as JSON too with `--json`. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

const { resolve } = createRequire(import.meta.url);
const dist = join(import.meta.dirname, "dist");
// What peers ship, measured here: package.json pins their versions.
const segment = join(dirname(resolve("@segment/analytics-next/package.json")), "dist/umd");
const posthog = join(dirname(resolve("posthog-js/package.json")), "dist");

const gzip = (folder, names) =>
  names
    .map((name) => gzipSync(readFileSync(join(folder, `${name}.js`)), { level: 9 }).length)
    .reduce((sum, size) => sum + size, 0);

/** The core, the runtime, which holds bars, popups and slide-ins, and what the other layouts of a message add to it. */
const messages = ["kizuki", "actions", "anchor", "embed", "tooltip"];
const scripts = readdirSync(dist).filter((file) => file.endsWith(".js"));
const everything = scripts.map((file) => basename(file, ".js")).filter((name) => name !== "recorder");
const array = gzip(posthog, ["array"]);

const rows = [
  { name: "core_tag_gzip", ours: gzip(dist, ["kizuki"]), against: gzip(segment, ["standalone"]), budget: 0.15 },
  { name: "core_actions_gzip", ours: gzip(dist, messages), against: array, budget: 0.1 },
  // All that campaigns can show, and what posthog-js loads to show as much.
  {
    name: "all_actions_gzip",
    ours: gzip(dist, everything),
    against: array + gzip(posthog, ["surveys", "product-tours"]),
    budget: 0.15,
  },
  { name: "recorder_gzip", ours: gzip(dist, ["recorder"]), against: gzip(posthog, ["lazy-recorder"]), budget: 0.35 },
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
