/** Another page, at once. */
import type { ActionOf } from "../action";
import { type Stage, safeLink } from "../kit";

const withoutHash = (url: string) => url.replace(/#.*/, "");

export function open(stage: Stage, { content }: ActionOf<"redirect">): undefined {
  const url = safeLink(content.url);
  if (!url || withoutHash(url) === withoutHash(location.href)) return;
  stage.track("Campaign Shown");
  stage.flush();
  location.assign(url);
}
