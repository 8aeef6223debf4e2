import { find, follow, scrollTo } from "../../anchor";
import { element, guard, listen } from "../../kit";

const MARKED_MS = 2200;

/** Bring the visitor, and the focus, to what the selector finds, and ring it for a moment; false when there is nothing. */
export function goTo(selector: string, root: ShadowRoot): boolean {
  const target = find(selector);
  if (!target) return false;
  scrollTo(target);
  focus(target);
  const mark = element("div", "highlight");
  const stop = follow(
    target,
    ({ left, top, width, height }) => {
      const box = { left: left - 6, top: top - 6, width: width + 12, height: height + 12 };
      for (const [side, size] of Object.entries(box)) mark.style.setProperty(side, `${size}px`);
    },
    () => mark.remove(),
  );
  root.append(mark);
  setTimeout(
    guard(() => {
      stop();
      mark.remove();
    }),
    MARKED_MS,
  );
  return true;
}

/** As a link within the page does: those who read by keyboard or ear go on from there. */
function focus(target: HTMLElement): void {
  target.focus({ preventScroll: true });
  if (document.activeElement === target) return;
  target.tabIndex = -1;
  listen(target, "blur", () => target.removeAttribute("tabindex"), { once: true });
  target.focus({ preventScroll: true });
}
