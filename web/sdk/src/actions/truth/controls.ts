import { isOwn, isPinned, overlap, points } from "./geometry";

const CONTROL = "a[href], button, input, select, textarea, summary, [role=button], [role=link], [onclick]";
/** Fine enough for a link in a line of text. */
const STEP = 24;

/** A control of the page that lies under the box, and that no scrolling brings out from under it. */
export function coveredControl(box: DOMRect): Element | undefined {
  const grid = points(box, Math.ceil(box.width / STEP), Math.ceil(box.height / STEP));
  const below = new Set(grid.map(([x, y]) => under(x, y)));
  return [...below].find((control) => control && !isFree(control, box));
}

function under(x: number, y: number): Element | undefined {
  const [top, ...rest] = document.elementsFromPoint(x, y);
  if (!top || !isOwn(top)) return undefined;
  const control = rest.find((each) => !isOwn(each))?.closest(CONTROL);
  return control && overlap(control.getBoundingClientRect(), new DOMRect(x - 1, y - 1, 2, 2)) ? control : undefined;
}

/** Whether scrolling the page brings it onto the screen clear of the box. */
function isFree(control: Element, box: DOMRect): boolean {
  const { top, height } = control.getBoundingClientRect();
  const [up, down] = reach(control);
  const fits = (from: number, to: number) => Math.max(from, top - up) <= Math.min(to, top + down);
  return fits(0, box.top - height) || fits(box.bottom, innerHeight - height);
}

/** How far scrolling moves it up, and down. */
function reach(control: Element): [up: number, down: number] {
  let up = 0;
  let down = 0;
  for (let each = control.parentElement; each && !isPinned(control, each); each = each.parentElement) {
    if (each !== document.scrollingElement && !/auto|scroll/.test(getComputedStyle(each).overflowY)) continue;
    down += each.scrollTop;
    up += each.scrollHeight - each.clientHeight - each.scrollTop;
  }
  return [up, down];
}
