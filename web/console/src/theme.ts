import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

// 藍 (ai), the indigo of dyed cloth.
const ai: MantineColorsTuple = [
  "#eaf4f9",
  "#d6e7ef",
  "#abd0e1",
  "#7cb7d2",
  "#57a2c5",
  "#3f95be",
  "#2f86b0",
  "#1f7199",
  "#165e83",
  "#0c4a69",
];

export const theme = createTheme({
  colors: { ai },
  primaryColor: "ai",
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  defaultRadius: "md",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK JP", monospace',
  headings: { fontWeight: "650" },
  cursorType: "pointer",
  respectReducedMotion: true,
});

const colors = ["ai", "gray", "red", "pink", "grape", "indigo", "cyan", "teal", "green", "lime", "yellow", "orange"];

/** The light variant of each colour (badges, icons), with text that contrasts as WCAG AA asks. */
function light(background: (color: string) => string, text: (color: string) => string): Record<string, string> {
  return Object.fromEntries(
    colors.flatMap((color) => [
      [`--mantine-color-${color}-light`, background(`--mantine-color-${color}`)],
      [`--mantine-color-${color}-light-color`, text(`--mantine-color-${color}`)],
    ]),
  );
}

/** Mantine's dimmed and light texts are below that contrast; these pass on every surface used here. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...light(
      (color) => `var(${color}-1)`,
      (color) => `color-mix(in srgb, var(${color}-9) 72%, black)`,
    ),
    "--mantine-color-dimmed": "#565f69",
    "--mantine-color-body": "#ffffff",
    "--kizuki-page": "#f6f7f9",
    "--kizuki-line": "#e3e6ea",
    "--kizuki-soft": "#f1f3f5",
    "--kizuki-highlight": "#fff4d6",
    "--kizuki-wrong": "#b3261e",
    "--mantine-color-error": "#b3261e",
    "--kizuki-right": "#0b7a53",
  },
  dark: {
    ...light(
      (color) => `color-mix(in srgb, var(${color}-9) 38%, #24262a)`,
      (color) => `var(${color}-1)`,
    ),
    "--mantine-color-dimmed": "#adb4bc",
    "--mantine-color-anchor": "var(--mantine-color-ai-2)",
    "--kizuki-page": "#191a1c",
    "--kizuki-line": "#3a3d42",
    "--kizuki-soft": "#2a2c2f",
    "--kizuki-highlight": "#4a3f1c",
    "--kizuki-wrong": "#ffb4ab",
    "--mantine-color-error": "#ffb4ab",
    "--kizuki-right": "#63d3a6",
  },
});
