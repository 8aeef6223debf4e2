/** The part of the tag that shows an action on the real page to those who are writing it. */
import type { Action } from "./action";
import type { ActionsHost } from "./chunk";
import { endJourney, journey } from "./journey";
import { type Catalogue, element, enclose, words } from "./kit";
import css from "./site-preview.css?inline";
import type { Slots } from "./slots";

const LABELS: Catalogue<{ preview: string; expired: string }> = {
  ja: { preview: "プレビュー", expired: "プレビューの期限が切れています" },
  en: { preview: "Preview", expired: "This preview has expired" },
};

/** Show what the address, or a tour that an earlier page has begun, asks for, and say that it is a preview. */
export async function begin(host: ActionsHost, { show, resume }: Slots): Promise<void> {
  if (!host.token) {
    const begun = journey(true);
    if (begun) {
      badge(begun.action.locale, "preview", host);
      resume(begun.action, begun.seen);
    } else endJourney(true);
    return;
  }
  endJourney(true);
  const token = encodeURIComponent(decodeURIComponent(host.token));
  const query = new URLSearchParams({ writeKey: host.writeKey });
  const response = await fetch(`${host.host}/v1/preview/${token}?${query}`, {
    credentials: "omit",
  });
  const { actions = [] } = response.ok ? ((await response.json()) as { actions?: Action[] }) : {};
  const [first] = actions;
  badge(first?.locale ?? navigator.language, first ? "preview" : "expired", host);
  show(actions);
}

function badge(locale: string, says: "preview" | "expired", { nonce }: ActionsHost): void {
  const label = element("div", "badge", words(locale, LABELS)[says]);
  label.role = "status";
  const host = enclose(label, "top left", css, { nonce });
  host.lang = locale;
  document.documentElement.append(host);
}
