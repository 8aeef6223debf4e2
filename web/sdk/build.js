/** Build the tag: one classic script and two parts that it loads when they are needed. */
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

const options = {
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
  sourcemap: "external",
  define: { VERSION: JSON.stringify(version) },
  absWorkingDir: import.meta.dirname,
  logLevel: "warning",
};

await build({ ...options, entryPoints: ["src/kizuki.ts"], outfile: "dist/kizuki.js" });
for (const chunk of ["actions", "recorder"]) {
  const entry = `src/${chunk}/${chunk}.ts`;
  await build({ ...options, entryPoints: [entry], globalName: `kizuki_${chunk}`, outfile: `dist/${chunk}.js` });
}
