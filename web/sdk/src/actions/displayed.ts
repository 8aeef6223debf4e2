import { guard } from "../core/guard";

/**
 * Call back once, when half of the element, or as much of it as fills half of the screen, is on a screen that somebody
 * sees: not in a hidden tab, not under display: none.
 */
export function whenDisplayed(element: Element, callback: () => void): void {
  const observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      const isEnough = ({ intersectionRatio, intersectionRect }: IntersectionObserverEntry) =>
        intersectionRatio >= 0.5 || intersectionRect.height > innerHeight / 2;
      if (!entries.some(isEnough)) return;
      observer.disconnect();
      callback();
    }),
    { threshold: [0.1, 0.2, 0.5] },
  );
  observer.observe(element);
}
