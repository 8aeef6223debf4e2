/** The tag's entry: `<script async src=".../kizuki.js" data-write-key="…">`. */
import { readConfig } from "./core/config";
import { guard, warn } from "./core/guard";
import { startTag } from "./core/tag";

guard(() => {
  const before = window.kizuki;
  if (before && "version" in before) return warn("the tag is on this page twice");
  const script = (document.currentScript ??
    document.querySelector("script[data-write-key]")) as HTMLScriptElement | null;
  const config = readConfig(script);
  if (!config) return warn("the script has no data-write-key");
  // The queue's own object goes on as the tag: the site may hold it. Anything else by that name is an element's id.
  const target = Array.isArray(before) ? before : [];
  window.kizuki = target;
  startTag(config, target);
})();
