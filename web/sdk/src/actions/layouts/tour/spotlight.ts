import { element, enclose, type Stage } from "../../kit";
import css from "./tour.css?inline";

const ROOM = 6;
const ROUND = 8;

export interface Spotlight {
  host: HTMLElement;
  frame: HTMLElement;
  arrow: HTMLElement;
  /** Let the page be seen and clicked at `box` alone; nowhere without one, and the card stands in the middle. */
  light(box?: DOMRect): void;
}

/** A veil over the page with a hole in it, and a card beside the hole. */
export function openSpotlight(stage: Stage): Spotlight {
  const frame = element("div", "surface tour");
  frame.role = "dialog";
  frame.tabIndex = -1;
  frame.setAttribute("aria-labelledby", "title");
  const host = enclose(frame, "", css, stage);
  const veil = element("div", "veil");
  const ring = element("div", "ring");
  const arrow = element("div", "arrow");
  frame.before(veil, ring, arrow);

  return {
    host,
    frame,
    arrow,
    light(box) {
      frame.classList.toggle("middle", !box);
      ring.hidden = arrow.hidden = !box;
      if (!box) {
        for (const side of ["left", "top"]) frame.style.removeProperty(side);
        veil.style.clipPath = "";
        return;
      }
      const { x, y, width, height } = new DOMRect(
        box.x - ROOM,
        box.y - ROOM,
        box.width + 2 * ROOM,
        box.height + 2 * ROOM,
      );
      for (const [side, size] of Object.entries({ left: x, top: y, width, height })) {
        ring.style.setProperty(side, `${size}px`);
      }
      veil.style.clipPath = `path(evenodd, "M0 0H99999V99999H0Z${rounded(x, y, width, height)}")`;
    },
  };
}

function rounded(x: number, y: number, width: number, height: number): string {
  const corner = (dx: number, dy: number) => `a${ROUND} ${ROUND} 0 0 1 ${dx} ${dy}`;
  const [across, down] = [width - 2 * ROUND, height - 2 * ROUND];
  return (
    `M${x + ROUND} ${y}h${across}${corner(ROUND, ROUND)}v${down}${corner(-ROUND, ROUND)}` +
    `h${-across}${corner(-ROUND, -ROUND)}v${-down}${corner(ROUND, -ROUND)}Z`
  );
}
