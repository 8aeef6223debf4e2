import type { Image, Message } from "./action";
import { button, element, listen } from "./element";
import { safeLink } from "./link";
import { richText } from "./rich-text";
import type { Stage } from "./stage";

/** What a frame shows, from top to bottom. */
export interface Parts {
  picture?: HTMLElement | undefined;
  /** What is announced to those who do not see it. */
  text: HTMLElement[];
  foot?: HTMLElement | undefined;
}

export function message(stage: Stage, { title, body, image, button: lead, dismiss }: Message): Parts {
  const buttons = [
    lead && callToAction(stage, lead.label, lead.url),
    dismiss && button("button quiet", dismiss, stage.closed),
  ];
  const shown = buttons.filter((each) => !!each);
  return {
    picture: picture(image),
    text: text(stage, title, body),
    foot: shown.length ? element("div", "foot", ...shown) : undefined,
  };
}

export function text(stage: Stage, title: string, body?: string | null): HTMLElement[] {
  const heading = element("h2", "title", title);
  heading.id = "title";
  const about = body ? rich(stage, body) : undefined;
  if (about) about.id = "body";
  return about ? [heading, about] : [heading];
}

export function rich(stage: Stage, html: string): HTMLElement {
  const block = element("div", "body", richText(html, stage.trust));
  for (const link of block.querySelectorAll("a")) listen(link, "click", () => stage.clicked(link.href));
  return block;
}

/** The button that leads on; undefined when it would lead nowhere safe. */
function callToAction(stage: Stage, label: string, to: string): HTMLAnchorElement | undefined {
  const url = safeLink(to);
  if (!url) return undefined;
  const link = element("a", "button", label);
  link.href = url;
  listen(link, "click", () => stage.clicked(url));
  return link;
}

/** An image in a box whose size does not depend on it, so that nothing moves once it has loaded. */
export function picture(image: Image | null | undefined): HTMLElement | undefined {
  const url = safeLink(image?.url);
  if (!image || !url) return undefined;
  const shown = element("img", "picture");
  shown.alt = image.alt ?? "";
  shown.loading = "lazy";
  listen(shown, "error", () => shown.remove());
  shown.src = url;
  return shown;
}
