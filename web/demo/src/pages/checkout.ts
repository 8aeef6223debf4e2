import { readCart, shipping } from "../cart";
import { el } from "../dom";
import { field } from "../field";
import { t } from "../language";
import { member } from "../member";
import { placeOrder } from "../order";
import { open } from "../shell";
import { orderSummary } from "../summary";
import { trackCart } from "../tracking";

const lines = readCart();
if (!lines.length) location.replace("./cart.html");

function form(): HTMLElement {
  const known = member();
  const submit = (event: Event) => {
    event.preventDefault();
    placeOrder();
    location.href = "./thanks.html";
  };
  return el(
    "form",
    { class: "card form", onsubmit: submit },
    el("h2", {}, t("delivery")),
    field({ name: "name", label: t("name"), autocomplete: "name", value: known?.name ?? "" }),
    field({ name: "email", label: t("email"), type: "email", autocomplete: "email", value: known?.email ?? "" }),
    field({ name: "postal-code", label: t("postalCode"), autocomplete: "postal-code", inputmode: "numeric" }),
    field({ name: "address", label: t("address"), autocomplete: "street-address" }),
    el("label", { class: "field" }, el("span", {}, t("notes")), el("textarea", { name: "notes", rows: 3 })),
    el("h2", {}, t("payment")),
    field({ name: "card-number", label: t("cardNumber"), autocomplete: "cc-number", inputmode: "numeric" }),
    el("p", { class: "hint" }, t("demoPayment")),
    el("button", { class: "primary" }, t("order")),
  );
}

void open({
  title: () => t("checkoutTitle"),
  content: () => [
    el("h1", {}, t("checkoutTitle")),
    el("div", { class: "columns" }, form(), orderSummary(lines, shipping(lines))),
  ],
  track: () => lines.length && trackCart("Checkout Started", lines),
});
