import type { ActionsHost, MessageAction } from "./action";
import { labels } from "./labels";
import { type Answers, callToAction, closeButton, element, mount, type Surface } from "./surface";

/** A bar at an edge of the screen: does not take the focus, and is announced politely. */
export function openBar(placement: string, host: ActionsHost, answers: Answers): Surface {
  const frame = element("section", "surface bar");
  const text = element("div", "text");
  text.role = "status";
  frame.append(text);
  const mounted = mount(frame, placement === "top" ? "top" : "bottom", host);

  let cameFrom: EventTarget | null = null;
  frame.addEventListener("focusin", ({ relatedTarget }) => {
    if (!frame.contains(relatedTarget as Node | null)) cameFrom = relatedTarget;
  });
  frame.addEventListener("keydown", ({ key }) => key === "Escape" && answers.onClose());

  return {
    frame,
    render(action: MessageAction) {
      mounted.lang = action.locale;
      frame.ariaLabel = labels(action.locale).region;
      frame.replaceChildren(
        text,
        ...[callToAction(action, answers)].filter((link) => !!link),
        closeButton(action, answers),
      );
      // Screen readers announce what changes in a status, not what it holds when it appears.
      requestAnimationFrame(() => {
        const { title, body } = action.content;
        text.replaceChildren(element("p", "title", title), ...(body ? [element("p", "body", body)] : []));
      });
    },
    remove() {
      const hadFocus = document.activeElement === mounted;
      mounted.remove();
      if (hadFocus && cameFrom instanceof HTMLElement) cameFrom.focus();
    },
  };
}
