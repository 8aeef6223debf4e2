/** Draws actions where they are written: the console's editor and gallery. */
import type { Action } from "./actions/action";
import { safeLink } from "./actions/link";

/** Draw `action` inside `container`, as it would look on a page; the result takes it away. */
export function renderAction(container: HTMLElement, action: Action): () => void {
  const frame = document.createElement("div");
  const root = frame.attachShadow({ mode: "open" });
  const card = document.createElement("div");
  card.style.cssText =
    "position:absolute;inset:0;margin:auto;width:min(360px,100% - 24px);height:fit-content;padding:20px;border-radius:12px;background:#fff;color:#17212b;box-shadow:0 8px 32px #0005;font:15px/1.5 sans-serif";
  const { content } = action;
  const title = "title" in content ? content.title : "steps" in content ? (content.steps[0]?.title ?? "") : action.type;
  card.append(title);
  if ("button" in content && content.button && safeLink(content.button.url)) {
    card.append(document.createElement("br"), content.button.label);
  }
  frame.style.cssText = "position:relative;display:block;height:100%;min-height:160px;overflow:hidden";
  root.append(card);
  container.append(frame);
  return () => frame.remove();
}
