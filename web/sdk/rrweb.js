/** Rewrite `@rrweb/record` as it is bundled: leave out what the recorder never uses, and have it asked about every text. */
import { readFileSync } from "node:fs";

/** From a text up to the next occurrence of another, which stays; and what comes in its place. */
const CUTS = [
  // Canvas: never recorded.
  [
    "var chars =",
    "class StylesheetManager {",
    "class CanvasManager { freeze() {} unfreeze() {} lock() {} unlock() {} reset() {} }\n",
  ],
  ["function is2DCanvasBlank(", "function getInputType("],
  // Images drawn on a canvas: that would change the site's own elements.
  ['if (tagName === "canvas" && recordCanvas) {', 'if (["audio", "video"].includes(tagName)) {'],
  // Frames of other origins: they have a tag of their own, or none.
  ["class CrossOriginIframeMirror {", "class IframeManager {"],
  ['__publicField(this, "crossOriginIframeMap"', '__publicField(this, "mirror");'],
  ["this.crossOriginIframeStyleMirror = new", "this.mirror = options.mirror;"],
  ["if (this.recordCrossOriginIframes) {", "  }\n  addIframe("],
  ["if (iframeEl.contentWindow)\n", "}\n  addLoadListener("],
  ["if (this.recordCrossOriginIframes)\n", "(_b = this.loadListener)"],
  ["handleMessage(message) {", "}\nclass ShadowDomManager {"],
  ["const inEmittingFrame =", "if (mousemoveWait !== void 0"],
  ["if (inEmittingFrame) {", "if (e.type === EventType.FullSnapshot) {", "emit(e, isCheckout);\n"],
  // What belongs to the replayer, and to old versions and browsers.
  ["class BaseRRNode {", "function on(type"],
  ["const DEPARTED_MIRROR_ACCESS_WARNING", "function throttle("],
  ["if (n instanceof BaseRRNode", "return Boolean(index.shadowRoot(n))"],
  ["function polyfill(", "function isSerializedIframe("],
  ["polyfill();", "let lastFullSnapshotEvent"],
  // Fonts, hooks, plugins, packing.
  ["function initFontObserver(", "function initSelectionObserver("],
  ["if (o.collectFonts) {", "}\n  const selectionObserver"],
  ["function mergeHooks(", "function initObservers("],
  ["mergeHooks(o, hooks);", "let mutationObserver;"],
  ["const eventProcessor =", "wrappedEmit = (r"],
  ["for (const plugin of plugins || []) {", "const processedNodeManager"],
  ["const pluginHandlers = [];", "return callbackWrapper(() => {\n    mutationBuffers"],
  ["pluginHandlers.forEach", "});\n}\nfunction hasNestedCSSRule"],
  ["plugins: ((_a2", "},\n        hooks"],
  // Every text goes to `maskTextFn`, with its parent node: a text right under a shadow root has no parent element.
  ["function needMaskingText(", "function onceIframeLoaded(", "function needMaskingText() { return true; }\n"],
  ["function classMatchesRegex(", "function needMaskingText("],
  ["maskTextFn(textContent2, index.parentElement(n))", " : textContent2", "maskTextFn(textContent2, parent)"],
  ["closestElementOfNode(m.target)) : ", "value.replace", "index.parentNode(m.target)) : "],
];
const ENUMS = /^var (EventType|IncrementalSource|NodeType) = [\s\S]*?^}\)\(\1 \|\| {}\);$/gm;

function cut(source, [from, to, instead = ""]) {
  const start = source.indexOf(from);
  const end = source.indexOf(to, start + from.length);
  if (start < 0 || end < 0) throw new Error(`@rrweb/record is another: where are ${from} and ${to}?`);
  return source.slice(0, start) + instead + source.slice(end);
}

/** Write the numbers of its enumerations where they are used. */
function withoutEnums(source) {
  const numbers = new Map();
  for (const [text, name] of source.matchAll(ENUMS)) {
    for (const [, key, number] of text.matchAll(/\["(\w+)"\] = (\d+)/g)) numbers.set(`${name}.${key}`, number);
  }
  return source
    .replace(ENUMS, "")
    .replace(/\b(?:EventType|IncrementalSource|NodeType)\.\w+/g, (name) => numbers.get(name) ?? name);
}

export const leanRecorder = {
  name: "lean-recorder",
  setup({ onLoad }) {
    onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, ({ path }) => ({
      contents: withoutEnums(CUTS.reduce(cut, readFileSync(path, "utf8"))),
    }));
  },
};
