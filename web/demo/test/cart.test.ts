import { beforeEach, expect, test } from "vitest";
import { changeCart, count, emptyCart, readCart, shipping, subtotal } from "../src/cart";
import { products } from "../src/products";

function product(id: string) {
  const found = products.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
}

beforeEach(() => localStorage.clear());

test.each([
  [["linen-shirt"], 4000, 500],
  [["linen-shirt", "cotton-socks"], 4999, 500],
  [["linen-shirt", "drip-coffee"], 5000, 0],
  [[], 0, 0],
])("%j costs %i yen and %i to ship", (ids, cost, fee) => {
  for (const id of ids) changeCart(product(id), 1);
  expect([subtotal(readCart()), shipping(readCart())]).toEqual([cost, fee]);
});

test("lines gather, shrink and go", () => {
  changeCart(product("mug"), 2);
  changeCart(product("mug"), 1);
  expect(count(readCart())).toBe(3);
  changeCart(product("mug"), -3);
  expect(readCart()).toEqual([]);
});

test.each(["", "{", '{"a":1}', '[["unknown",1],["mug",-1]]', "null"])("a stored %j is an empty cart", (stored) => {
  localStorage.setItem("shop.cart", stored);
  expect(readCart()).toEqual([]);
});

test("an ordered cart is empty", () => {
  changeCart(product("mug"), 1);
  emptyCart();
  expect(readCart()).toEqual([]);
});
