import type { ActionOf } from "./action";
import { element } from "./element";
import { type Catalogue, words } from "./labels";
import { enclose } from "./mount";
import css from "./note.css?inline";
import type { Stage, Surface } from "./stage";

const LABELS: Catalogue<{ script: string; redirect: string }> = {
  ja: { script: "ページで実行するスクリプト", redirect: "移動先のページ" },
  en: { script: "Script run on the page", redirect: "Page the visitor is taken to" },
};

/** What has no look of its own, as words: for where actions are written. */
export function openNote(stage: Stage): Surface<"script" | "redirect"> {
  const frame = element("div", "surface note");
  const host = enclose(frame, "", css, stage);
  stage.container.append(host);
  return {
    frame,
    render({ type, locale, content }: ActionOf<"script" | "redirect">) {
      host.lang = locale;
      const what = "code" in content ? content.code : content.url;
      frame.replaceChildren(element("p", "title", words(locale, LABELS)[type]), element("pre", "what", what));
    },
    remove: () => host.remove(),
  };
}
