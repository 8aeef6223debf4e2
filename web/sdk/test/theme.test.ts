import { expect, test } from "vitest";
import { properties } from "../src/actions/theme";

test("a theme becomes custom properties", () => {
  const theme = {
    surface: "#FFF",
    accentText: "#102030",
    radius: 0,
    font: '"Noto Serif JP", 游明朝, serif',
    text: null,
  };
  expect(Object.fromEntries(properties(theme))).toEqual({
    "--kizuki-surface": "#FFF",
    "--kizuki-accent-text": "#102030",
    "--kizuki-radius": "0px",
    "--kizuki-font": '"Noto Serif JP", 游明朝, serif',
  });
});

test.each([
  { surface: "red" },
  { accent: "#ffff" },
  { accent: "#fff;" },
  { text: "url(//evil.test)" },
  { radius: 33 },
  { radius: -1 },
  { radius: "4px" },
  { font: "a; color: red" },
  { font: "url(x)" },
  { font: "a\\" },
  { font: "" },
  { font: "x".repeat(201) },
])("%j sets nothing", (theme) => {
  expect(properties(theme as object)).toEqual([]);
});
