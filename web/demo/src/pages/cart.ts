import { changeCart, type Line, readCart, shipping } from "../cart";
import { el } from "../dom";
import { localized, t, yen } from "../language";
import { picture } from "../pictures";
import { open, say } from "../shell";
import { totals } from "../summary";
import { trackCart, trackProduct } from "../tracking";

function row({ product, quantity }: Line, redraw: () => void): HTMLElement {
  const name = localized(product.name);
  const change = (by: number) => () => {
    changeCart(product, by);
    trackProduct(by > 0 ? "Product Added" : "Product Removed", product, Math.abs(by));
    redraw();
    if (by === -quantity) say(t("removed", { name }));
  };
  const step = (label: string, sign: string, by: number) =>
    el(
      "button",
      { type: "button", "aria-label": label, "data-focus": `${product.id}${sign}`, onclick: change(by) },
      sign,
    );
  return el(
    "li",
    { class: "card line" },
    el("img", { src: picture(product.id), alt: "", width: 96, height: 96 }),
    el(
      "div",
      { class: "line-name" },
      el("a", { href: `./product.html?id=${product.id}` }, name),
      el("span", { class: "price" }, yen(product.price)),
    ),
    el(
      "div",
      { class: "stepper" },
      step(t("less", { name }), "−", -1),
      el("span", {}, String(quantity)),
      step(t("more", { name }), "+", 1),
    ),
    el(
      "button",
      { type: "button", class: "link", "aria-label": t("remove", { name }), onclick: change(-quantity) },
      t("removeShort"),
    ),
  );
}

void open({
  title: () => t("cart"),
  content: (redraw) => {
    const lines = readCart();
    const heading = el("h1", {}, t("cart"));
    if (!lines.length) {
      return [
        heading,
        el("p", { class: "empty" }, t("cartEmpty")),
        el("a", { class: "primary", href: "./index.html" }, t("browse")),
      ];
    }
    return [
      heading,
      el(
        "div",
        { class: "columns" },
        el("ul", { class: "lines" }, ...lines.map((line) => row(line, redraw))),
        el(
          "div",
          { class: "card summary" },
          totals(lines, shipping(lines)),
          el("a", { class: "primary", href: "./checkout.html" }, t("checkout")),
        ),
      ),
    ];
  },
  track: () => trackCart("Cart Viewed", readCart()),
});
