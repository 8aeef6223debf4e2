import type { Theme } from "./action";

const COLOUR = /^#([\da-f]{3}|[\da-f]{6})$/i;
const FAMILIES = /^[\p{L}\p{N} ,'"-]{1,200}$/u;
const PROPERTIES = { surface: COLOUR, text: COLOUR, accent: COLOUR, accentText: COLOUR, font: FAMILIES };

/** The custom properties that a theme sets: its colours, its font and its roundness, and nothing that is none of these. */
export function properties(theme: Theme | null | undefined): [name: string, value: string][] {
  const set: [string, string][] = [];
  for (const [key, form] of Object.entries(PROPERTIES)) {
    const value = theme?.[key as keyof typeof PROPERTIES];
    if (typeof value === "string" && form.test(value))
      set.push([`--kizuki-${key === "accentText" ? "accent-text" : key}`, value]);
  }
  const radius = theme?.radius;
  if (typeof radius === "number" && radius >= 0 && radius <= 32) set.push(["--kizuki-radius", `${radius}px`]);
  return set;
}
