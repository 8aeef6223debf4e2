import { addToCart } from "../add-to-cart";
import { el } from "../dom";
import { localized, t, yen } from "../language";
import { picture } from "../pictures";
import { type Product, products } from "../products";
import { open } from "../shell";
import { trackList } from "../tracking";

function card(product: Product, redraw: () => void): HTMLElement {
  const name = localized(product.name);
  return el(
    "li",
    { class: "product" },
    el(
      "a",
      { href: `./product.html?id=${product.id}` },
      el("img", { src: picture(product.id), alt: "", width: 400, height: 400 }),
      el("h3", {}, name),
    ),
    el("p", { class: "price" }, yen(product.price)),
    addToCart(product, redraw),
  );
}

void open({
  title: () => t("products"),
  content: (redraw) => [
    el("section", { class: "hero" }, el("h1", {}, t("tagline")), el("p", {}, t("lead"))),
    el("h2", { class: "section-title" }, t("products")),
    el("ul", { class: "products" }, ...products.map((product) => card(product, redraw))),
  ],
  track: () => trackList(products),
});
