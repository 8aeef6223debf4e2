/** The tag's entry: `<script async src=".../kizuki.js" data-write-key="…">`. */
import { readConfig } from "./core/config";
import { guard, warn } from "./core/guard";
import { startTag } from "./core/tag";
import type { Command, Kizuki, User } from "./public";

const METHODS = ["track", "identify", "page", "group", "alias", "reset", "consent", "ready"] as const;
const NOBODY: User = { id: () => null, anonymousId: () => "" };

guard(() => {
  const before = window.kizuki;
  if (before && "user" in before) return warn("this page has the tag already");
  const script = (document.currentScript ??
    document.querySelector("script[data-write-key]")) as HTMLScriptElement | null;
  const config = readConfig(script);
  if (!config) return warn("the script has no data-write-key");
  // The queue's own object goes on as the tag: the site may hold it. Anything else by that name is an element's id.
  const target = (Array.isArray(before) ? before : []) as Command[] & Kizuki;
  window.kizuki = target;
  const command =
    (method: string) =>
    (...args: unknown[]) =>
      target.push([method, ...args]);
  for (const method of METHODS) target[method] = command(method);
  target.replay = { start: command("replay.start"), stop: command("replay.stop") };
  let user: User | undefined;
  const start = guard(() => {
    user ??= startTag(config, target);
  });
  target.user = () => {
    start();
    return user ?? NOBODY;
  };
  // What the page waits for ends here: the rest is a task of its own.
  setTimeout(start);
})();
