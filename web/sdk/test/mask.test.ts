import { describe, expect, test } from "vitest";
import { maskAttributes } from "../src/recorder/mask-attributes";
import { maskEvent } from "../src/recorder/mask-event";
import { maskUrl } from "../src/recorder/mask-url";

describe("addresses", () => {
  test.each([
    ["/product?id=linen-shirt&page=2", "/product?id=linen-shirt&page=2"],
    ["/search?keyword=shirt", "/search?keyword=shirt"],
    ["/reset?token=a", "/reset?token=*"],
    ["/cb?code=1&state=open#top", "/cb?code=*&state=open#top"],
    ["/in?email=a%40b.example&x=a@b.example", "/in?email=*&x=*"],
    ["/in?x=0123456789abcdef01234567", "/in?x=*"],
    ["/in?0123456789abcdef01234567", "/in?*"],
    ["/reset/0123456789abcdef01234567/now", "/reset/*/now"],
    ["/blog/how-to-wash-a-linen-shirt-in-2026", "/blog/how-to-wash-a-linen-shirt-in-2026"],
    ["/app#access_token=abc", "/app#*"],
    ["/img?X-Amz-Signature=a&X-Amz-Credential=b&w=300", "/img?X-Amz-Signature=*&X-Amz-Credential=*&w=300"],
    ["javascript:alert(1)", "#"],
    ["data:image/png;base64,aaaaaaaaaaaaaaaaaaaaaaaa1", "data:image/png;base64,aaaaaaaaaaaaaaaaaaaaaaaa1"],
    ["", ""],
  ])("%s → %s", (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
  });

  test("a link needs none of its parameters", () => {
    expect(maskUrl("/a?x=1&y=2&z#w", "link")).toBe("/a?x=*&y=*&*#w");
  });
});

describe("attributes", () => {
  test.each([
    ["input", { type: "HIDDEN", value: "s" }, { type: "HIDDEN", value: "" }],
    ["input", { type: "radio", value: "s" }, { type: "radio", value: "" }],
    ["input", { type: "submit", value: "Buy" }, { type: "submit", value: "Buy" }],
    ["input", { value: "***" }, { value: "***" }],
    ["button", { value: "s" }, { value: "" }],
    ["option", { value: "s", label: "s", selected: true }, { value: "", label: "", selected: true }],
    ["li", { value: "3" }, { value: "3" }],
    [
      "div",
      { "data-user": "s", "data-state": "open", class: "a" },
      { "data-user": "", "data-state": "open", class: "a" },
    ],
    ["a", { href: "/x?q=1", onclick: "s", title: "t" }, { href: "/x?q=*", title: "t" }],
    ["A", { HREF: "/x?q=1" }, { HREF: "/x?q=*" }],
    ["iframe", { rr_src: "/x?q=1", srcdoc: "s" }, { rr_src: "/x?q=*" }],
    ["link", { href: "/style.css?v=3" }, { href: "/style.css?v=3" }],
    ["img", { srcset: "/a.png?w=1&token=s 1x, /b.png 2x" }, { srcset: "/a.png?w=1&token=* 1x, /b.png 2x" }],
    ["meta", { name: "csrf", content: "s" }, { name: "csrf", content: "" }],
    ["meta", { name: "viewport", content: "width=1" }, { name: "viewport", content: "width=1" }],
    ["video", { rr_mediaCurrentTime: 3, rr_mediaState: "paused" }, { rr_mediaCurrentTime: 3, rr_mediaState: "paused" }],
    ["div", { style: { color: "red" }, hidden: null }, { style: { color: "red" }, hidden: null }],
  ])("<%s %o>", (tag, attributes, masked) => {
    expect(maskAttributes(tag, attributes)).toEqual(masked);
  });
});

test("a changed attribute is masked by what its element is", () => {
  const input = document.createElement("input");
  input.type = "hidden";
  const mutation = { source: 0, adds: [], removes: [], texts: [], attributes: [{ id: 7, attributes: { value: "s" } }] };

  const masked = maskEvent({ type: 3, timestamp: 1, data: mutation }, (id) => (id === 7 ? input : null));

  expect(masked.data).toEqual({ ...mutation, attributes: [{ id: 7, attributes: { value: "" } }] });
});

test("the recorder's own nodes stay as they are", () => {
  const node = { tagName: "input", attributes: { type: "hidden", value: "s" }, childNodes: [] };
  const event = { type: 2, timestamp: 1, data: { node, initialOffset: { top: 0, left: 0 } } };
  const before = structuredClone(event);

  maskEvent(event, () => null);

  expect(event).toEqual(before);
});
