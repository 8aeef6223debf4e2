import type { Action } from "./action";

const NARROW = "(max-width: 760px)";

/** The corner that a placement names, as classes of the holder. */
export function corner(placement: string): string {
  return /^(top|bottom)-(left|right)$/.test(placement) ? placement.replace("-", " ") : "bottom right";
}

/** What may hold one action at a time: a corner, an edge, the middle; on narrow screens a whole edge. */
export function placeOf({ type, placement, selector }: Action): string {
  if (type === "embed" || type === "tooltip") return type + selector;
  if (type === "tour") return "center";
  // What stays in its corner, folded up, leaves room for others.
  if (type === "checklist" || type === "summary") return type;
  return matchMedia(NARROW).matches ? (placement.split("-")[0] ?? "") : placement;
}
