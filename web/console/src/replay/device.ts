import type { Device } from "../api/live";
import type { Size } from "./screen";

const PHONE_PX = 600;
const TABLET_PX = 1100;

/** The kind of device a recording is of: what its events say, else what its screen looks like. */
export function deviceOf(told: string | null | undefined, size: Size | null): Device {
  if (told === "mobile" || told === "tablet" || told === "desktop") {
    return told;
  }
  if (!size) {
    return "desktop";
  }
  const shorter = Math.min(size.width, size.height);
  if (size.width <= PHONE_PX) {
    return "mobile";
  }
  // A window of a computer is wide; what is as narrow as a tablet is taller than it is wide.
  return size.width <= TABLET_PX && size.height > size.width && shorter > PHONE_PX ? "tablet" : "desktop";
}
