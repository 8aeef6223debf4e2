/** Points on each side of the grid that is laid over an action. */
const GRID = 5;
/** So much of an action may be covered: a corner that something else rounds off, say. */
const SHARE = 0.2;

export const areaOf = ({ width, height }: DOMRect): number => width * height;

/** The common area, in square pixels; what only touches has none. */
export function overlap(one: DOMRect, other: DOMRect): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 1 && height > 1 ? width * height : 0;
}

/** Points spread over the box, but for its rounded corners. */
export function points(box: DOMRect, columns = GRID, rows = GRID): [x: number, y: number][] {
  return [...new Array(columns * rows).keys()].map((index) => [
    box.left + (box.width * ((index % columns) + 0.5)) / columns,
    box.top + (box.height * (Math.floor(index / columns) + 0.5)) / rows,
  ]);
}

const OWN = "kizuki-action";

export const isOwn = (element: Element): boolean => element.localName === OWN;

/** Whether it stays where it is on the screen when what holds it, up to `within`, is scrolled. */
export function isPinned(element: Element, within?: Element): boolean {
  for (let each: Element | null = element; each && each !== within; each = each.parentElement) {
    if (/fixed|sticky/.test(getComputedStyle(each).position)) return true;
  }
  return false;
}

/** What of the page lies over the action, or over its button; what is off the screen is covered by nothing. */
export function cover(frame: HTMLElement, box: DOMRect): Element | undefined {
  const lead = frame.querySelector(".button");
  const middle = lead && points(lead.getBoundingClientRect(), 1, 1)[0];
  const over = middle && foreign(middle, frame);
  if (over) return over;
  const places = points(box);
  const covered = places.map((point) => foreign(point, frame)).filter((each) => !!each);
  return covered.length > places.length * SHARE ? covered[0] : undefined;
}

/** What can be touched at that point, when it is the page's. */
function foreign([x, y]: [x: number, y: number], frame: HTMLElement): Element | undefined {
  const touched = document.elementFromPoint(x, y);
  const root = frame.getRootNode() as ShadowRoot;
  return !touched || touched === root.host || isOwn(touched) ? undefined : touched;
}

/** A short selector, for people: what kind of element, its id, else its first classes. */
export function label(element: Element): string {
  const { localName, id, classList } = element;
  const names = id
    ? `#${id}`
    : [...classList]
        .slice(0, 2)
        .map((name) => `.${name}`)
        .join("");
  return (localName + names).slice(0, 100);
}
