import { count, type Line, readCart, subtotal } from "./cart";
import { localized } from "./language";
import type { Product } from "./products";
import { kizuki } from "./tag";

const CURRENCY = "JPY";

function productProperties(product: Product, quantity = 1): Record<string, unknown> {
  return {
    product_id: product.id,
    name: localized(product.name),
    category: product.category,
    price: product.price,
    quantity,
    currency: CURRENCY,
  };
}

function cartProperties(lines: readonly Line[]): Record<string, unknown> {
  return { total: subtotal(lines), items: count(lines) };
}

function lineProperties(lines: readonly Line[]): Record<string, unknown>[] {
  return lines.map(({ product, quantity }) => productProperties(product, quantity));
}

export function trackList(products: readonly Product[]): void {
  kizuki().track("Product List Viewed", {
    list_id: "all",
    products: products.map((product, index) => ({ ...productProperties(product), position: index + 1 })),
    cart: cartProperties(readCart()),
  });
}

export function trackProduct(
  event: "Product Viewed" | "Product Added" | "Product Removed",
  product: Product,
  quantity = 1,
): void {
  kizuki().track(event, { ...productProperties(product, quantity), cart: cartProperties(readCart()) });
}

export function trackCart(event: "Cart Viewed" | "Checkout Started", lines: readonly Line[]): void {
  const cart = cartProperties(lines);
  kizuki().track(event, { currency: CURRENCY, value: cart.total, products: lineProperties(lines), cart });
}

export interface Order {
  id: string;
  lines: Line[];
  shipping: number;
}

export function trackOrder({ id, lines, shipping }: Order): void {
  kizuki().track("Order Completed", {
    order_id: id,
    revenue: subtotal(lines),
    shipping,
    total: subtotal(lines) + shipping,
    currency: CURRENCY,
    products: lineProperties(lines),
    // The order has emptied it.
    cart: cartProperties(readCart()),
  });
}
