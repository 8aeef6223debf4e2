/** Build the tag: one classic script, and the parts that it loads when they are needed. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { leanRecorder } from "./rrweb.js";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** Modules whose exports a chunk that is always loaded before holds for those that come after. */
const SHARED = { kit: "actions", anchor: "anchor", dock: "dock" };

const LAYOUTS = [
  "embed",
  "tooltip",
  "tour/tour",
  "checklist/checklist",
  "summary/summary",
  "video",
  "survey/survey",
  "script",
  "redirect",
];

const CHUNKS = {
  actions: "actions/actions",
  anchor: "actions/anchor",
  dock: "actions/dock",
  moments: "actions/moments/moments",
  preview: "actions/site-preview",
  truth: "actions/truth/truth",
  recorder: "recorder/recorder",
  ...Object.fromEntries(LAYOUTS.map((path) => [basename(path), `actions/layouts/${path}`])),
};

/** Leave out what another chunk holds. */
const withoutShared = (chunk) => ({
  name: "without-shared",
  setup({ onResolve }) {
    onResolve({ filter: /\/(kit|anchor|dock)$/ }, ({ path, kind }) => {
      const name = basename(path);
      return kind === "entry-point" || SHARED[name] === chunk ? undefined : { path: `shared:${name}`, external: true };
    });
  },
});

/** Style sheets as text, as small as they get. */
const inlineStyles = {
  name: "inline-styles",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.css\?inline$/ }, ({ path, resolveDir }) => ({
      path: new URL(path.replace("?inline", ""), `file://${resolveDir}/`).pathname,
      namespace: "inline-styles",
    }));
    onLoad({ filter: /.*/, namespace: "inline-styles" }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle(name, entry, wrap) {
  const { outputFiles } = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [`src/${entry}.ts`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    legalComments: "none",
    define: { VERSION: JSON.stringify(version) },
    plugins: [leanRecorder, withoutShared(name), inlineStyles],
    write: false,
    logLevel: "warning",
  });
  const { code } = await minify(wrap(outputFiles[0].text), {
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true, unsafe_methods: true },
  });
  writeFileSync(new URL(`dist/${name}.js`, import.meta.url), code);
}

/** A classic script that defines what the module exports as `kizuki_<name>`, and takes what others hold from theirs. */
function classic(name) {
  const global = (chunk) => `window[${JSON.stringify(`kizuki_${chunk}`)}]`;
  const pairs = (names) => names.replace(/([\w$]+) as ([\w$]+)/g, "$1:$2");
  return (module) => {
    const body = module
      .replace(
        /import\{([^}]*)\}from"shared:(\w+)";/g,
        (_, names, from) => `const{${pairs(names)}}=${global(SHARED[from])};`,
      )
      .replace(/export\{([^}]*)\};?\s*$/, (_, names) => `return{${names.replace(/([\w$]+) as ([\w$]+)/g, "$2:$1")}};`);
    return `${global(name)}=(()=>{${body}})();`;
  };
}

const dist = new URL("dist/", import.meta.url);
mkdirSync(dist, { recursive: true });
await bundle("kizuki", "kizuki", (module) => `(()=>{${module}})();`);
for (const [name, entry] of Object.entries(CHUNKS)) await bundle(name, entry, classic(name));
// Of an earlier build. Not all before this one: a page may be loading them.
for (const file of readdirSync(dist)) {
  const name = basename(file, ".js");
  if (file.endsWith(".js") && name !== "kizuki" && !(name in CHUNKS)) rmSync(new URL(file, dist));
}
