import { changeCart } from "./cart";
import { el } from "./dom";
import { localized, t } from "./language";
import type { Product } from "./products";
import { say } from "./shell";
import { trackProduct } from "./tracking";

export function addToCart(product: Product, redraw: () => void): HTMLButtonElement {
  const add = () => {
    changeCart(product, 1);
    trackProduct("Product Added", product);
    redraw();
    say(t("added", { name: localized(product.name) }));
  };
  return el(
    "button",
    {
      type: "button",
      class: "primary",
      "data-add-to-cart": product.id,
      "data-price": product.price,
      "data-focus": `add-${product.id}`,
      onclick: add,
    },
    t("add"),
  );
}
