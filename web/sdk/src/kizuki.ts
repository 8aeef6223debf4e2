/** The tag's entry: `<script async src=".../kizuki.js" data-write-key="…">`. */
import { readConfig } from "./core/config";
import { guard, warn } from "./core/guard";
import { startTag } from "./core/tag";
import type { Kizuki } from "./public";

guard(() => {
  const before = window.kizuki;
  if (before && "version" in before) return warn("the tag is on this page twice");
  const script = (document.currentScript ??
    document.querySelector("script[data-write-key]")) as HTMLScriptElement | null;
  const config = readConfig(script);
  if (!config) return warn("the script has no data-write-key");
  // The queue's own object goes on as the tag, since the site may hold it. Anything else there (an element's id) is not ours.
  const target = Array.isArray(before) ? before : [];
  window.kizuki = Object.assign(target, startTag(config, target.splice(0))) as Kizuki;
})();
