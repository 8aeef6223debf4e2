import type { Json } from "../../api/types";

const PICTURE = "/picture.svg";

/**
 * The content with a neutral picture in the place of each image and film: the console loads nothing from elsewhere
 * (its content security policy), and what stands around a picture should stand where it will.
 */
export function withPlaceholders(content: Json): Json {
  if (Array.isArray(content)) {
    return content.map(withPlaceholders);
  }
  if (content === null || typeof content !== "object") {
    return content;
  }
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      if (value === null || typeof value !== "object" || Array.isArray(value)) {
        return [name, withPlaceholders(value)];
      }
      if (name === "image") {
        return [name, value.url ? { ...value, url: PICTURE } : value];
      }
      return [name, name === "video" ? { ...value, poster: PICTURE } : withPlaceholders(value)];
    }),
  );
}

/** Whether there is a picture or a film to be replaced. */
export const hasPictures = (content: Json): boolean =>
  JSON.stringify(withPlaceholders(content)) !== JSON.stringify(content);
