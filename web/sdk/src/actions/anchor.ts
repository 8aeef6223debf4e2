/** The part of the tag that finds elements of the page and stays with them: for what is in the page or points at it. */
import { guard } from "../core/guard";
import { listen } from "./kit";

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
  const size = { width: card.offsetWidth, height: card.offsetHeight };
  const side = sideOf(box, size, wanted);
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  // Where the card would begin, and where its tip stands on that edge.
  const [left, top] = {
    top: [middle.x - size.width / 2, box.top - size.height - GAP],
    bottom: [middle.x - size.width / 2, box.bottom + GAP],
    left: [box.left - size.width - GAP, middle.y - size.height / 2],
    right: [box.right + GAP, middle.y - size.height / 2],
  }[side] as [number, number];
  const x = within(left, MARGIN, innerWidth - size.width - MARGIN);
  const y = within(top, MARGIN, innerHeight - size.height - MARGIN);
  move(card, x, y);
  const across = within(middle.x, x + TIP, x + size.width - TIP);
  const down = within(middle.y, y + TIP, y + size.height - TIP);
  const tips = { top: [across, y + size.height], bottom: [across, y], left: [x + size.width, down], right: [x, down] };
  move(arrow, ...(tips[side] as [number, number]));
}

type Side = "top" | "bottom" | "left" | "right";

function sideOf(box: DOMRect, { width, height }: { width: number; height: number }, wanted: string): Side {
  const room: Record<Side, number> = {
    bottom: innerHeight - box.bottom - height,
    top: box.top - height,
    right: innerWidth - box.right - width,
    left: box.left - width,
  };
  const sides = Object.keys(room) as Side[];
  const order = [...sides.filter((side) => side === wanted), ...sides];
  const fitting = order.find((side) => room[side] >= GAP + MARGIN);
  return fitting ?? (room.top > room.bottom ? "top" : "bottom");
}

const within = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

function move({ style }: HTMLElement, left: number, top: number): void {
  style.left = `${Math.round(left)}px`;
  style.top = `${Math.round(top)}px`;
}
