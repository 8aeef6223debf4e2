/** Things to do, with how many are done: stays in its corner while the visitor does them. */
import type { ActionOf, Item } from "../../action";
import { openDock } from "../../dock";
import { element, listen, rich, type Stage, type Surface, safeLink, text, words } from "../../kit";
import css from "./checklist.css?inline";
import { LABELS } from "./labels";

export function open(stage: Stage, first: ActionOf<"checklist">): Surface<"checklist"> {
  const { frame, show, remove } = openDock(stage, first, css);
  // What the visitor has ticked since the server last said what is done.
  const ticked = new Set<string>();
  let answered = first.id;

  function render(action: ActionOf<"checklist">): void {
    const { title, body, items, completed } = action.content;
    if (action.id !== answered) ticked.clear();
    answered = action.id;
    const labels = words(action.locale, LABELS);
    const isDone = ({ id, done }: Item) => done || ticked.has(id);
    const count = items.filter(isDone).length;
    const end = count === items.length ? completed : undefined;
    const following = (item?: string): Stage => ({
      ...stage,
      clicked: (url) => stage.track("Campaign Clicked", { url, item }),
    });
    const tick = ({ id }: Item): void => {
      ticked.add(id);
      stage.track("Checklist Item Checked", { item: id });
      render(action);
      frame.querySelector<HTMLElement>("input, .panel")?.focus();
    };

    const progress = element("div", "progress");
    progress.style.setProperty("--done", `${count / items.length}`);
    const state = element("p", "count", labels.progress(count, items.length));
    state.role = "status";
    const ring = element("span", "ring", element("span", "", `${count}/${items.length}`));
    ring.style.setProperty("--done", `${count / items.length}`);
    const rows = items.map((item) =>
      row(following(item.id), item, labels[isDone(item) ? "done" : "open"], isDone(item), tick),
    );
    const list = element("ul", "items", ...rows);
    list.role = "list"; // Safari takes a list without bullets for none
    show(
      action,
      [ring, element("span", "name", title)],
      [...text(following(), end?.title ?? title, end ? end.body : body), progress, state],
      [list],
    );
  }

  return { frame, render, remove };
}

function row(stage: Stage, item: Item, state: string, done: boolean, tick: (item: Item) => void): HTMLElement {
  const { id, title, body, automatic } = item;
  const url = safeLink(item.url);
  const name = element(url ? "a" : "label", "name", title) as HTMLAnchorElement & HTMLLabelElement;
  name.id = `name-${id}`;
  if (url) {
    name.href = url;
    listen(name, "click", () => stage.clicked(url));
  }
  const tickable = !done && !automatic;
  const mark = element(tickable ? "input" : "span", "mark") as HTMLInputElement;
  if (tickable) {
    mark.type = "checkbox";
    mark.id = name.htmlFor = `tick-${id}`;
    mark.setAttribute("aria-labelledby", name.id);
    listen(mark, "change", () => tick(item));
  } else {
    mark.role = "img";
    mark.ariaLabel = state;
  }
  return element("li", done ? "item done" : "item", mark, element("div", "what", name, body && rich(stage, body)));
}
