import { el } from "../dom";
import { t } from "../language";
import { lastOrder, markCounted } from "../order";
import { open } from "../shell";
import { orderSummary } from "../summary";
import { trackOrder } from "../tracking";

const order = lastOrder();

void open({
  title: () => t("thanks"),
  content: () => [
    ...(order
      ? [
          el("h1", {}, t("thanks")),
          el("p", { class: "lead" }, t("orderNumber", { order: order.id })),
          el("p", {}, t("thanksText")),
          orderSummary(order.lines, order.shipping),
        ]
      : [el("h1", {}, t("noOrder"))]),
    el("a", { class: "primary", href: "./index.html" }, t("browse")),
  ],
  track: () => {
    if (!order || order.counted) return;
    trackOrder(order);
    markCounted();
  },
});
