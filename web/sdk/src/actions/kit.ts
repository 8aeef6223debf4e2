/** What `actions.js` holds for the layouts, whose chunks come without it. */
export { guard } from "../core/guard";
export { openDialog } from "./dialog";
export { button, element, listen } from "./element";
export { box, type Frame } from "./frame";
export { type Catalogue, LABELS, words } from "./labels";
export { safeLink } from "./link";
export { message, picture, rich, text } from "./message";
export { dress, enclose } from "./mount";
export { borrowFocus, openPanel } from "./panel";
export { corner } from "./places";
export type { Problem, Stage, Surface } from "./stage";
