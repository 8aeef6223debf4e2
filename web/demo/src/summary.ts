import { type Line, subtotal } from "./cart";
import { el } from "./dom";
import { localized, t, yen } from "./language";

/** What the lines cost together, with shipping. */
export function totals(lines: readonly Line[], shipping: number): HTMLElement {
  const row = (label: string, value: string, className = "") =>
    el("div", { class: className }, el("dt", {}, label), el("dd", {}, value));
  return el(
    "dl",
    { class: "totals" },
    row(t("subtotal"), yen(subtotal(lines))),
    row(t("shipping"), shipping ? yen(shipping) : t("free")),
    row(t("total"), yen(subtotal(lines) + shipping), "grand"),
  );
}

export function orderSummary(lines: readonly Line[], shipping: number): HTMLElement {
  const items = lines.map(({ product, quantity }) =>
    el(
      "li",
      {},
      el("span", {}, `${localized(product.name)} × ${quantity}`),
      el("span", {}, yen(product.price * quantity)),
    ),
  );
  return el(
    "section",
    { class: "card summary", "aria-labelledby": "summary" },
    el("h2", { id: "summary" }, t("summary")),
    el("ul", {}, ...items),
    totals(lines, shipping),
  );
}
