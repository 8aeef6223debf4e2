import { describe, expect, test } from "vitest";
import { maskMessage, scramble, selectorOf } from "../src/recorder/mask-text";

test.each([
  ["Order 12: Ünïcode!", "xxxxx 00: xxxxxxx!"],
  ["白いシャツ、4,000円（税込）ﾊﾝｶｸ Ａ１", "＊＊＊＊＊、0,000＊（＊＊）＊＊＊＊ ＊＊"],
  ["한국어 кот 👍\n", "xxx xxx 👍\n"],
  ["", ""],
])("the shape of %s is %s", (text, shape) => {
  expect(scramble(text)).toBe(shape);
  expect(scramble(shape)).toBe(shape);
});

describe("messages", () => {
  test.each([
    ["Cannot read properties of undefined (reading 'price')", "Cannot read properties of undefined (reading 'price')"],
    ["Request failed with status code 404", "Request failed with status code 404"],
    [`Unexpected token 'h', "hello Taro" is not valid JSON`, `Unexpected token 'h', "*" is not valid JSON`],
    ["no user taro@shop.example with 4111 1111 1111 1111", "no user * with * * * *"],
    ["GET https://api.example/u/a@b.example?q=secret#x failed", "GET https://api.example/u/*?q=*#x failed"],
    ["expired: token=abc, key: 'd'", "expired: token=* key: *"],
    ["bad 0123456789abcdef01234567", "bad *"],
    ["電話 ０９０１２３４５６７８", "電話 *"],
  ])("%s → %s", (message, masked) => {
    expect(maskMessage(message)).toBe(masked);
  });

  test("are short, however long they were", () => {
    expect(maskMessage("long ".repeat(100_000))).toHaveLength(200);
  });
});

test.each([
  ['<button id="buy" class="primary large wide">', "button#buy.primary.large"],
  ['<a class="user-12345678 link">', "a.link"],
  ['<i id="k0123456789abcdef0123456">', "i"],
  ['<i id="taro@shop.example" class="md:w-1/2 ok">', "i.ok"],
])("%s is found as %s", (html, selector) => {
  document.body.innerHTML = html;
  expect(selectorOf(document.body.firstElementChild as Element)).toBe(selector);
});
