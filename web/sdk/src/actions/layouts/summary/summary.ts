/** What the page says, in points that lead to their places. */
import type { ActionOf } from "../../action";
import { openDock } from "../../dock";
import { button, element, type Stage, type Surface, text, words } from "../../kit";
import { goTo } from "./go-to";
import { LABELS } from "./labels";
import css from "./summary.css?inline";

/** Narrower, the panel lies over what it leads to. */
const WIDE = "(min-width: 761px)";

export function open(stage: Stage, first: ActionOf<"summary">): Surface<"summary"> {
  const { frame, show, fold, remove } = openDock(stage, first, css);

  function render(action: ActionOf<"summary">): void {
    const { title, body, points } = action.content;
    const rows = points.map(({ text: said, selector }, index) => {
      const lead = (): void => {
        stage.track("Campaign Clicked", { item: index + 1 });
        if (!matchMedia(WIDE).matches) fold();
        if (!selector || !goTo(selector, frame.getRootNode() as ShadowRoot)) stage.problem("selector_missing");
      };
      return element("li", "point", selector ? button("lead", said, lead) : element("span", "", said));
    });
    const following = { ...stage, clicked: (url: string) => stage.track("Campaign Clicked", { url }) };
    show(
      action,
      [element("span", "icon"), element("span", "name", words(action.locale, LABELS).launcher)],
      text(following, title, body),
      [element("ol", "points", ...rows)],
    );
  }

  return { frame, render, remove };
}
