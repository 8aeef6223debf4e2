import { emptyCart, readCart, shipping } from "./cart";
import { productById } from "./products";
import type { Order } from "./tracking";

const KEY = "shop.order";

/** Turn the cart into an order, for the next page to show. */
export function placeOrder(): void {
  const lines = readCart();
  const order = {
    id: `H${Date.now().toString(36).toUpperCase()}`,
    shipping: shipping(lines),
    lines: lines.map(({ product, quantity }) => [product.id, quantity]),
    counted: false,
  };
  sessionStorage.setItem(KEY, JSON.stringify(order));
  emptyCart();
}

interface StoredOrder {
  id: string;
  shipping: number;
  lines: [id: string, quantity: number][];
  counted: boolean;
}

export function lastOrder(): (Order & { counted: boolean }) | undefined {
  const stored = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as StoredOrder | null;
  if (!stored) return undefined;
  const lines = stored.lines.flatMap(([id, quantity]) => {
    const product = productById(id);
    return product ? [{ product, quantity }] : [];
  });
  return { ...stored, lines };
}

/** Remember that the order has been tracked: a reload of the page is no second order. */
export function markCounted(): void {
  const stored = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as StoredOrder | null;
  if (stored) sessionStorage.setItem(KEY, JSON.stringify({ ...stored, counted: true }));
}
