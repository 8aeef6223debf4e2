import type { ActionsHost, MessageAction } from "./action";
import { type Answers, callToAction, closeButton, element, mount, type Surface } from "./surface";

/** A modal dialog. The browser's own: it takes the focus, gives it back, and makes the page behind inert. */
export function openPopup(host: ActionsHost, answers: Answers): Surface {
  const frame = element("dialog", "surface popup");
  const mounted = mount(frame, "center", host);

  frame.addEventListener("cancel", answers.onClose);
  frame.addEventListener("click", ({ target }) => target === frame && answers.onClose());
  frame.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    // The browser would let Tab leave for its own toolbar.
    const stops = [...frame.querySelectorAll<HTMLElement>("a, button")];
    const root = frame.getRootNode() as ShadowRoot;
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (root.activeElement !== from && root.activeElement !== frame) return;
    event.preventDefault();
    to?.focus();
  });

  return {
    frame,
    render(action: MessageAction) {
      const { title, body } = action.content;
      mounted.lang = action.locale;
      const panel = element("div", "panel");
      const text = element("div", "text");
      const heading = element("h2", "title", title);
      heading.id = "title";
      text.append(heading);
      frame.setAttribute("aria-labelledby", "title");
      frame.removeAttribute("aria-describedby");
      if (body) {
        const paragraph = element("p", "body", body);
        paragraph.id = "body";
        text.append(paragraph);
        frame.setAttribute("aria-describedby", "body");
      }
      panel.append(text, ...[callToAction(action, answers)].filter((link) => !!link), closeButton(action, answers));
      frame.replaceChildren(panel);
      if (!frame.open) frame.showModal();
    },
    remove() {
      frame.close();
      mounted.remove();
    },
  };
}
