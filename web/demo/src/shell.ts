import { count, readCart } from "./cart";
import { el } from "./dom";
import { chooseLanguage, type Language, language, t } from "./language";
import { member, signOut } from "./member";
import { kizuki, startTag } from "./tag";

/** A page of the shop: draws its content, again whenever the language or the cart changes. */
export interface ShopPage {
  title(): string;
  content(redraw: () => void): HTMLElement[];
  /** What the visitor is seen to do by coming here. */
  track?(): void;
}

const LANGUAGES: Record<Language, string> = { ja: "日本語", en: "English" };

function languageSwitch(redraw: () => void): HTMLElement {
  const buttons = Object.entries(LANGUAGES).map(([code, name]) =>
    el(
      "button",
      {
        type: "button",
        lang: code,
        "aria-pressed": String(code === language()),
        onclick: () => {
          chooseLanguage(code as Language);
          redraw();
        },
      },
      name,
    ),
  );
  return el("div", { class: "languages", role: "group", "aria-label": t("language") }, ...buttons);
}

function account(redraw: () => void): HTMLElement[] {
  const signedIn = member();
  if (!signedIn) return [el("a", { href: "./signin.html" }, t("signIn"))];
  const leave = () => {
    signOut();
    kizuki().reset();
    redraw();
  };
  return [
    el("span", { class: "greeting" }, t("greeting", { name: signedIn.name })),
    el("button", { type: "button", class: "link", onclick: leave }, t("signOut")),
  ];
}

function header(redraw: () => void): HTMLElement {
  const items = count(readCart());
  return el(
    "header",
    {},
    el("a", { class: "skip", href: "#content" }, t("skip")),
    el("a", { class: "brand", href: "./index.html" }, t("shop")),
    el(
      "nav",
      { "aria-label": t("menu") },
      languageSwitch(redraw),
      ...account(redraw),
      el(
        "a",
        { class: "cart-link", href: "./cart.html" },
        t("cart"),
        " ",
        el("span", { class: "badge" }, String(items)),
      ),
    ),
  );
}

const toast = el("p", { class: "toast", role: "status" });
let hideToast: ReturnType<typeof setTimeout> | undefined;

/** Say shortly what has happened. */
export function say(message: string): void {
  clearTimeout(hideToast);
  toast.textContent = message;
  hideToast = setTimeout(() => toast.replaceChildren(), 4000);
}

/** Show a page of the shop and start the tag on it. */
export async function open(page: ShopPage): Promise<void> {
  const notice = el("p", { class: "notice", role: "alert", hidden: true });
  const shop = el("div", { class: "shop" });
  document.body.append(notice, shop, toast);
  const redraw = () => {
    const focused = document.activeElement?.getAttribute("data-focus");
    document.documentElement.lang = language();
    document.title = `${page.title()} | ${t("shop")}`;
    notice.textContent = t("noConfiguration");
    shop.replaceChildren(
      header(redraw),
      el("main", { id: "content" }, ...page.content(redraw)),
      el("footer", {}, t("footer")),
    );
    if (focused) document.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus();
  };
  redraw();
  const running = startTag();
  page.track?.();
  notice.hidden = await running;
}
