/** JavaScript of the site's own. */
import type { ActionOf } from "../action";
import { element, listen, type Stage } from "../kit";

/** What the code tells its element: that it has begun, and how it failed. */
const BEGUN = 'document.currentScript.dispatchEvent(new Event("load"));';
const FAILED = 'document.currentScript.dispatchEvent(new ErrorEvent("error",{message:String(error)}))';
const BLOCKED = "blocked by the page's policy";

export function open(stage: Stage, { content }: ActionOf<"script">): undefined {
  const code = `try{${content.code}\n}catch(error){${FAILED}}`;
  let failed: string | undefined;
  try {
    failed = mistake(code, stage.nonce) ?? run(code, stage);
  } catch (error) {
    failed = String(error);
  }
  if (failed) stage.problem("script_error", undefined, { other: failed });
}

/** What keeps the code from being read: looked for in a frame, since the page would be told of it as of its own mistake. */
function mistake(code: string, nonce: string): string | undefined {
  const frame = element("iframe");
  frame.hidden = true;
  document.documentElement.append(frame);
  const { contentWindow, contentDocument } = frame;
  let found: string | undefined;
  if (contentWindow && contentDocument) {
    listen(contentWindow, "error", (event) => {
      found = event.message;
      event.preventDefault();
    });
    const tag = contentDocument.createElement("script");
    tag.nonce = nonce;
    tag.text = `if(0)${code}`;
    contentDocument.documentElement.append(tag);
  }
  frame.remove();
  return found;
}

function run(code: string, stage: Stage): string | undefined {
  let failed: string | undefined = BLOCKED;
  const tag = element("script");
  // At its beginning: the script may leave the page.
  listen(tag, "load", () => {
    failed = undefined;
    stage.track("Campaign Shown");
  });
  listen(tag, "error", ({ message }: ErrorEvent) => {
    failed = message;
  });
  tag.nonce = stage.nonce;
  tag.text = BEGUN + code;
  document.head.append(tag);
  tag.remove();
  return failed;
}
