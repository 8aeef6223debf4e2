import { addToCart } from "../add-to-cart";
import { el } from "../dom";
import { localized, t, yen } from "../language";
import { picture } from "../pictures";
import { type Product, productById } from "../products";
import { open } from "../shell";
import { trackProduct } from "../tracking";

const product = productById(new URLSearchParams(location.search).get("id"));
const back = () => el("a", { class: "back", href: "./index.html" }, `← ${t("back")}`);

function details(shown: Product, redraw: () => void): HTMLElement {
  return el(
    "article",
    { class: "detail" },
    el("img", { src: picture(shown.id), alt: "", width: 400, height: 400 }),
    el(
      "div",
      {},
      el("h1", {}, localized(shown.name)),
      el("p", { class: "price" }, yen(shown.price)),
      el("p", {}, localized(shown.description)),
      addToCart(shown, redraw),
    ),
  );
}

void open({
  title: () => (product ? localized(product.name) : t("products")),
  content: (redraw) => [back(), product ? details(product, redraw) : el("h1", {}, t("notFound"))],
  track: () => product && trackProduct("Product Viewed", product),
});
