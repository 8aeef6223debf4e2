/** JavaScript of the site's own. */
import type { ActionOf } from "../action";
import { element, listen, type Stage } from "../kit";

export function open(stage: Stage, { content }: ActionOf<"script">): undefined {
  let ran = false;
  let failed: string | undefined;
  const tag = element("script");
  tag.nonce = stage.nonce;
  // At its beginning: the script may leave the page.
  listen(tag, "load", () => {
    ran = true;
    stage.track("Campaign Shown");
  });
  listen(tag, "error", ({ message }: ErrorEvent) => {
    failed = message;
  });
  // What cannot be parsed is told to the window alone: taken here, before the site's own listeners.
  const stop = listen(
    window,
    "error",
    (event) => {
      failed ??= event.message;
      event.stopImmediatePropagation();
      event.preventDefault();
    },
    { capture: true },
  );
  try {
    const told = 'new ErrorEvent("error",{message:String(error)})';
    tag.text = `document.currentScript.dispatchEvent(new Event("load"));try{${content.code}\n}catch(error){document.currentScript.dispatchEvent(${told})}`;
    document.head.append(tag);
  } catch (error) {
    failed = String(error);
  } finally {
    stop();
    tag.remove();
  }
  if (!ran || failed) stage.problem("script_error", undefined, { other: failed ?? "blocked by the page's policy" });
}
