import { guard, listen } from "../kit";

/**
 * The page is scrolled to this part of its way: 0 is its top, 1 its end. In an app that scrolls an element of the page,
 * that element counts when it is at least half as high as the screen. What cannot be scrolled never gets there.
 */
export const scrolled = (part: number) => (reached: () => void) => {
  const look = (scroller: Element | null) => {
    if (!scroller || scroller.clientHeight < innerHeight / 2) return;
    const way = scroller.scrollHeight - scroller.clientHeight;
    // Browsers scroll by fractions of a pixel.
    if (way > 0 && scroller.scrollTop + 1 >= way * part) reached();
  };
  const stop = listen(
    window,
    "scroll",
    ({ target }) => look(target instanceof Element ? target : document.scrollingElement),
    { capture: true, passive: true },
  );
  const { scrollingElement } = document;
  if (scrollingElement?.scrollTop) queueMicrotask(guard(() => look(scrollingElement)));
  return stop;
};

/** Pages change often, and this goes on for as long as they last. */
const FIND_MS = 250;

/** Half of an element, or as much of it as fills half of the screen, can be seen; it may come later. */
export const visible = (selector: string) => (reached: () => void) => {
  document.querySelector(selector); // one that is none is told once
  const watched = new WeakSet<Element>();
  const seen = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      const enough = ({ isIntersecting, intersectionRatio, intersectionRect }: IntersectionObserverEntry) =>
        isIntersecting && (intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight / 2);
      if (entries.some(enough)) reached();
    }),
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  );
  let scheduled: ReturnType<typeof setTimeout> | undefined;
  const find = guard(() => {
    scheduled = undefined;
    for (const element of document.querySelectorAll(selector)) {
      if (!watched.has(element)) seen.observe(element);
      watched.add(element);
    }
  });
  const changes = new MutationObserver(() => {
    scheduled ??= setTimeout(find, FIND_MS);
  });
  changes.observe(document, { subtree: true, childList: true, attributes: true });
  find();
  return () => {
    seen.disconnect();
    changes.disconnect();
    clearTimeout(scheduled);
  };
};
