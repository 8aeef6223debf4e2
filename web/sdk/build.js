/** Build the tag: one classic script and two parts that it loads when they are needed. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { minify } from "terser";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** Canvas is never recorded, so the recorder need not carry its worker. */
const withoutCanvasWorker = {
  name: "without-canvas-worker",
  setup({ onLoad }) {
    onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, ({ path }) => {
      const worker = /^const jsContent = '.*';$/m;
      const source = readFileSync(path, "utf8");
      if (!worker.test(source)) throw new Error("the recorder's canvas worker is not where it was");
      return { contents: source.replace(worker, 'const jsContent = "";') };
    });
  },
};

async function bundle(entry, name, globalName) {
  const { outputFiles } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "iife",
    globalName,
    target: "es2020",
    legalComments: "none",
    define: { VERSION: JSON.stringify(version) },
    plugins: [withoutCanvasWorker],
    write: false,
    logLevel: "warning",
  });
  const { code } = await minify(outputFiles[0].text, { ecma: 2020, compress: { passes: 2 } });
  writeFileSync(new URL(`dist/${name}.js`, import.meta.url), code);
}

mkdirSync(new URL("dist", import.meta.url), { recursive: true });
await bundle("src/kizuki.ts", "kizuki");
await bundle("src/actions/actions.ts", "actions", "kizuki_actions");
await bundle("src/recorder/recorder.ts", "recorder", "kizuki_recorder");
