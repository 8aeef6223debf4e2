import type { Json } from "../api/types";
import { download } from "../format/download";
import { type Definition, definitionOf } from "./document";

/** Save a definition as the JSON document that can be imported elsewhere, or kept in git. */
export function exportDefinition(definition: Definition | Json, id: string): void {
  download(`${id}.json`, "application/json", `${JSON.stringify(definition, null, 2)}\n`);
}

/** Read an exported definition; null for anything else. */
export function readDefinition(text: string): Definition | null {
  try {
    return definitionOf(JSON.parse(text) as Json);
  } catch {
    return null;
  }
}
