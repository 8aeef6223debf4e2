import { describe, expect, it } from "vitest";
import { hasPictures, withPlaceholders } from "../src/campaigns/preview/placeholders";

describe("a preview in the console", () => {
  it("loads no image and no film from elsewhere, wherever they are in the content", () => {
    const content = {
      title: "T",
      image: { url: "https://cdn.example/a.png", alt: "A" },
      steps: [
        { title: "1", image: { url: "https://cdn.example/b.png", alt: "" } },
        { title: "2", image: null },
      ],
      video: { url: "https://cdn.example/film.mp4", poster: "https://cdn.example/p.png" },
      button: { label: "Go", url: "https://shop.example/" },
    };

    expect(withPlaceholders(content)).toEqual({
      title: "T",
      image: { url: "/picture.svg", alt: "A" },
      steps: [
        { title: "1", image: { url: "/picture.svg", alt: "" } },
        { title: "2", image: null },
      ],
      video: { url: "https://cdn.example/film.mp4", poster: "/picture.svg" },
      button: { label: "Go", url: "https://shop.example/" },
    });
  });

  it("says so only where there are any", () => {
    expect(hasPictures({ title: "T", image: { url: "https://x/a.png" } })).toBe(true);
    expect(hasPictures({ title: "T", image: null, button: { url: "https://x/" } })).toBe(false);
  });
});
