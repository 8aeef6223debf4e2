/** The contrast of two colours (`#rgb` or `#rrggbb`), from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number | null {
  const [first, second] = [luminance(one), luminance(other)];
  if (first === null || second === null) {
    return null;
  }
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

export const COLOUR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;

function luminance(colour: string): number | null {
  const full = sixDigits(colour);
  if (!full) {
    return null;
  }
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** As a colour field takes it; null for what is no colour. */
export function sixDigits(colour: string): string | null {
  if (!COLOUR.test(colour)) {
    return null;
  }
  return colour.length === 7 ? colour : `#${[...colour.slice(1)].map((digit) => digit + digit).join("")}`;
}
