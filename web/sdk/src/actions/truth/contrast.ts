/** WCAG 2.2, 1.4.3: text and what is behind it. */
const LEAST = 4.5;

type Colour = [red: number, green: number, blue: number];

/** The contrast of the button that leads on, when it is too low. */
export function contrast(frame: HTMLElement): { ratio: number } | undefined {
  const lead = frame.querySelector(".button:not(.quiet)");
  if (!lead) return undefined;
  const { color, backgroundColor } = getComputedStyle(lead);
  const behind = over(backgroundColor, over(getComputedStyle(frame).backgroundColor, [255, 255, 255]));
  const text = over(color, behind);
  if (!behind || !text) return undefined;
  const [darker = 0, lighter = 0] = [luminance(behind), luminance(text)].sort((one, other) => one - other);
  const ratio = (lighter + 0.05) / (darker + 0.05);
  return ratio < LEAST ? { ratio: Math.floor(ratio * 100) / 100 } : undefined;
}

/** What is seen of a computed colour that lies over another; undefined when it is not written in red, green and blue. */
function over(colour: string, below: Colour | undefined): Colour | undefined {
  const [, red, green, blue, alpha = "1"] = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(colour) ?? [];
  if (!red || !green || !blue || !below) return undefined;
  const mix = (part: string, under: number) => Number(part) * Number(alpha) + under * (1 - Number(alpha));
  return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2])];
}

function luminance([red, green, blue]: Colour): number {
  const linear = (part: number) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
