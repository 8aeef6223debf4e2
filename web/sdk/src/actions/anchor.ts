/** The part of the tag that finds elements of the page and stays with them: for what is in the page or points at it. */
import { guard, listen } from "./kit";

const PATIENCE_MS = 10_000;
const GAP = 12;
const MARGIN = 8;
/** The least distance of the tip from the corners of the card. */
const TIP = 22;

/** The first element that the selector finds and that can be seen; undefined for a selector that is none. */
export function find(selector: string): HTMLElement | undefined {
  try {
    return [...document.querySelectorAll<HTMLElement>(selector)].find((each) => each.getClientRects().length);
  } catch {
    return undefined;
  }
}

/** Wait for the element, and give up after ten seconds; the result stops waiting. */
export function whenFound(selector: string, found: (element: HTMLElement) => void, missing: () => void): () => void {
  let scheduled = 0;
  const look = guard(() => {
    scheduled = 0;
    const element = find(selector);
    if (!element) return;
    stop();
    found(element);
  });
  // Once a frame, however much an app changes in it.
  const observer = new MutationObserver(() => {
    scheduled ||= requestAnimationFrame(look);
  });
  const timer = setTimeout(
    guard(() => {
      stop();
      missing();
    }),
    PATIENCE_MS,
  );
  const stop = () => {
    observer.disconnect();
    cancelAnimationFrame(scheduled);
    clearTimeout(timer);
  };
  observer.observe(document, { subtree: true, childList: true, attributes: true });
  look();
  return stop;
}

/** Tell where the element is, now and whenever it may have moved; the result stops it. */
export function follow(target: Element, moved: (box: DOMRect) => void, gone: () => void): () => void {
  let scheduled = 0;
  const update = guard(() => {
    scheduled = 0;
    const box = target.getBoundingClientRect();
    if (target.isConnected && box.width + box.height) moved(box);
    else gone();
  });
  const soon = () => {
    scheduled ||= requestAnimationFrame(update);
  };
  const sizes = new ResizeObserver(soon);
  sizes.observe(target);
  sizes.observe(document.documentElement);
  const stops = [
    listen(window, "scroll", soon, { capture: true, passive: true }),
    listen(window, "resize", soon),
    listen(window, "transitionend", soon, { capture: true, passive: true }),
  ];
  update();
  return () => {
    sizes.disconnect();
    cancelAnimationFrame(scheduled);
    for (const stop of stops) stop();
  };
}

/** Bring the element into the middle of the screen, unless it can be seen whole. */
export function scrollTo(target: Element): void {
  const { top, bottom } = target.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth" });
}

/** Put `card`, which stands fixed on the screen, beside `box`: on the wanted side where there is room, else on another. */
export function beside(card: HTMLElement, arrow: HTMLElement, box: DOMRect, wanted: string): void {
  const { offsetWidth: width, offsetHeight: height } = card;
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  // The room on each side, and where the card begins there.
  const sides: Record<string, [room: number, left: number, top: number]> = {
    bottom: [innerHeight - box.bottom - height, x - width / 2, box.bottom + GAP],
    top: [box.top - height, x - width / 2, box.top - height - GAP],
    right: [innerWidth - box.right - width, box.right + GAP, y - height / 2],
    left: [box.left - width, box.left - width - GAP, y - height / 2],
  };
  const fits = (side: string) => (sides[side]?.[0] ?? 0) >= GAP + MARGIN;
  const side = [wanted, ...Object.keys(sides)].find(fits) ?? "bottom";
  const [, left = 0, top = 0] = sides[side] ?? [];
  const at = { x: within(left, MARGIN, innerWidth - width), y: within(top, MARGIN, innerHeight - height) };
  move(card, at.x, at.y);
  // On the edge of the card, as near to the middle of the box as its rounded corners allow.
  const [across, down] = /^[tb]/.test(side) ? [TIP, 0] : [0, TIP];
  move(
    arrow,
    within(x, at.x + across, at.x + width + MARGIN - across),
    within(y, at.y + down, at.y + height + MARGIN - down),
  );
}

/** The value, no less than `least`, and `MARGIN` below `most`. */
const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most - MARGIN));

function move({ style }: HTMLElement, left: number, top: number): void {
  style.left = `${Math.round(left)}px`;
  style.top = `${Math.round(top)}px`;
}
