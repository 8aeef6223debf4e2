import { guard } from "../core/guard";

/** Call back once, when most of the element is on a screen that somebody sees: not in a hidden tab, not under display: none. */
export function whenDisplayed(element: Element, callback: () => void): void {
  const observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      callback();
    }),
    { threshold: 0.5 },
  );
  observer.observe(element);
}
