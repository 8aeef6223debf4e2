import { guard } from "../core/guard";
import { selectorOf } from "./mask-text";
import type { Tell } from "./problems";

const RAGE_MS = 1000;
const RAGE_PX = 30;
const RAGE_CLICKS = 3;
const DEAD_MS = 2000;

const CLICKABLE =
  'a,button,summary,[onclick],[role="button"],[role="link"],[role="tab"],[role^="menuitem"],[role="option"],[role="switch"]';
/** What answers a click without any change of the document, or within a tree that cannot be seen. */
const ANSWERS =
  "input,select,textarea,label,option,[contenteditable],canvas,video,audio,iframe,embed,object,[download]";

export interface Clicks {
  /** Something has happened on the page; `focus`, which pressing a button moves, counts only after the click. */
  happened(focus?: boolean): void;
  stop(): void;
}

const FIELD = "input,textarea,select,[contenteditable]";

function pointed(element: Element): Element | null {
  return element.closest(CLICKABLE) ?? (getComputedStyle(element).cursor === "pointer" ? element : null);
}

/** Tell clicks that come fast upon each other, and those that nothing follows. `ignored` selects what is not looked at. */
export function watchClicks(tell: Tell, ignored: string): Clicks {
  let pressedAt = 0;
  let pressing = false;
  let happenedAt = 0;
  let recent: { at: number; x: number; y: number }[] = [];
  let burst = 0;
  let rage: ReturnType<typeof setTimeout> | undefined;
  let dead: ReturnType<typeof setTimeout> | undefined;

  const tellRage = (element: Element) => {
    const target = pointed(element);
    const clicks = burst;
    burst = 0;
    // Three clicks select a paragraph.
    if (!target && !getSelection()?.isCollapsed) return;
    tell("rage_click", { selector: selectorOf(target ?? element), clicks }, "Rage Clicked");
  };

  function countRage({ timeStamp: at, clientX: x, clientY: y }: MouseEvent, element: Element): void {
    recent = recent.filter((click) => at - click.at <= RAGE_MS && Math.hypot(x - click.x, y - click.y) <= RAGE_PX);
    recent.push({ at, x, y });
    if (recent.length < RAGE_CLICKS) return;
    burst = burst ? burst + 1 : recent.length;
    clearTimeout(rage);
    rage = setTimeout(guard(tellRage), RAGE_MS, element);
  }

  function awaitAnswer(event: MouseEvent, element: Element, since: number): void {
    clearTimeout(dead);
    const target = pointed(element);
    if (!target || target.closest(`${ANSWERS},${ignored}`) || (/-/.test(target.localName) && !target.shadowRoot))
      return;
    const page = location.href;
    const look = () => {
      const to = String(target.closest<HTMLAnchorElement>("a[href]")?.href ?? "javascript:");
      // Followed by the browser, however long the next page takes to come.
      const leads = !event.defaultPrevented && !/^javascript:/.test(to) && to.split("#")[0] !== page.split("#")[0];
      if (happenedAt >= since || location.href !== page || leads) return;
      tell("dead_click", { selector: selectorOf(target) }, "Dead Clicked");
    };
    dead = setTimeout(guard(look), DEAD_MS);
  }

  const onPress = () => {
    pressedAt = Date.now();
    pressing = true;
  };
  const onClick = guard((event: MouseEvent) => {
    // Pressing may be what the page answers; a key presses nothing.
    const since = pressing ? pressedAt : Date.now();
    pressing = false;
    const element = event.composedPath()[0];
    if (!event.isTrusted || !(element instanceof Element)) return;
    if (!element.matches(FIELD)) countRage(event, element);
    awaitAnswer(event, element, since);
  });
  const happened = (focus = false) => {
    if (!focus || !pressing) happenedAt = Date.now();
  };
  const onSubmit = () => happened();
  addEventListener("pointerdown", onPress, true);
  addEventListener("click", onClick, true);
  addEventListener("submit", onSubmit, true);

  return {
    happened,
    stop() {
      clearTimeout(rage);
      clearTimeout(dead);
      removeEventListener("pointerdown", onPress, true);
      removeEventListener("click", onClick, true);
      removeEventListener("submit", onSubmit, true);
    },
  };
}
