/** The part of the tag that shows an action on the real page to those who are writing it. */
import type { Action } from "./action";
import type { ActionsHost } from "./chunk";
import { type Catalogue, element, enclose, words } from "./kit";
import css from "./site-preview.css?inline";

const LABELS: Catalogue<{ preview: string; expired: string }> = {
  ja: { preview: "プレビュー", expired: "プレビューの期限が切れています" },
  en: { preview: "Preview", expired: "This preview has expired" },
};

/** Ask for the actions of a preview, and say that it is one. */
export async function load(token: string, host: ActionsHost): Promise<Action[]> {
  const query = new URLSearchParams({ writeKey: host.writeKey });
  const response = await fetch(`${host.host}/v1/preview/${encodeURIComponent(token)}?${query}`, {
    credentials: "omit",
  });
  const { actions = [] } = response.ok ? ((await response.json()) as { actions?: Action[] }) : {};
  const [first] = actions;
  badge(first?.locale ?? navigator.language, first ? "preview" : "expired", host);
  return actions;
}

/** Say that what is on the screen is a preview. */
export function badge(locale: string, says: "preview" | "expired", { nonce }: ActionsHost): void {
  const label = element("div", "badge", words(locale, LABELS)[says]);
  label.role = "status";
  const host = enclose(label, "preview", css, { nonce, still: false });
  host.lang = locale;
  document.documentElement.append(host);
}
