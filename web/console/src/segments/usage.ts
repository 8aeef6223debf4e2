import type { Json } from "../api/types";

/** Whether a document holds, at any depth, a condition on this segment. */
export function speaksOf(document: Json, segment: string): boolean {
  if (document === null || typeof document !== "object") {
    return false;
  }
  if (!Array.isArray(document) && document.type === "segment" && document.id === segment) {
    return true;
  }
  return Object.values(document).some((each) => speaksOf(each, segment));
}
