import { type Product, productById } from "./products";

export interface Line {
  product: Product;
  quantity: number;
}

const KEY = "shop.cart";
const SHIPPING_FEE = 500;
const FREE_SHIPPING_FROM = 5000;

export function readCart(): Line[] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]") as [id: string, quantity: number][];
    return stored.flatMap(([id, quantity]) => {
      const product = productById(id);
      return product && quantity > 0 ? [{ product, quantity }] : [];
    });
  } catch {
    return [];
  }
}

function writeCart(lines: readonly Line[]): Line[] {
  const kept = lines.filter(({ quantity }) => quantity > 0);
  localStorage.setItem(KEY, JSON.stringify(kept.map(({ product, quantity }) => [product.id, quantity])));
  return kept;
}

/** Put so many more of a product into the cart, or take them out when negative. */
export function changeCart(product: Product, by: number): Line[] {
  const lines = readCart();
  const line = lines.find((each) => each.product.id === product.id);
  if (line) line.quantity += by;
  else lines.push({ product, quantity: by });
  return writeCart(lines);
}

export function emptyCart(): void {
  localStorage.removeItem(KEY);
}

export function count(lines: readonly Line[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function subtotal(lines: readonly Line[]): number {
  return lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
}

export function shipping(lines: readonly Line[]): number {
  return lines.length === 0 || subtotal(lines) >= FREE_SHIPPING_FROM ? 0 : SHIPPING_FEE;
}
