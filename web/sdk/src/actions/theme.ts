import type { Theme } from "./action";

const COLOUR = /^#([\da-f]{3}|[\da-f]{6})$/i;
const FORMS: Record<keyof Theme, RegExp> = {
  surface: COLOUR,
  text: COLOUR,
  accent: COLOUR,
  accentText: COLOUR,
  radius: /^([12]?\d|3[0-2])$/,
  font: /^[\p{L}\p{N} ,'"-]{1,200}$/u,
};

/** The custom properties that a theme sets: colours, a radius and a font, and nothing that is none of these. */
export function properties(theme: Theme | null | undefined): [name: string, value: string][] {
  return Object.entries(FORMS)
    .map(([key, form]) => [key, theme?.[key as keyof Theme], form] as const)
    .filter(([, value, form]) => /^[ns]/.test(typeof value) && form.test(`${value}`))
    .map(([key, value]) => [`--kizuki-${key.replace("T", "-t")}`, value + (key === "radius" ? "px" : "")]);
}
