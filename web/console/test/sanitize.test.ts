import { describe, expect, it } from "vitest";
import { sanitized } from "../src/replay/sanitize";

function element(tagName: string, attributes: object, ...childNodes: object[]) {
  return { type: 2, tagName, attributes, childNodes, id: 1 };
}

// biome-ignore lint/suspicious/noExplicitAny: recordings have no known shape
function played(node: object): any {
  const [event] = sanitized([{ type: 2, timestamp: 1, data: { node, initialOffset: { top: 0, left: 0 } } }]);
  return (event as unknown as { data: { node: object } }).data.node;
}

describe("a full snapshot", () => {
  it.each([
    ["img", { src: "https://x/", alt: "a", onerror: "x()" }, { alt: "a" }],
    ["img", { src: "data:image/png;base64,AA", srcset: "https://x/ 2x" }, { src: "data:image/png;base64,AA" }],
    ["a", { href: "javascript:x()", ping: "https://x/", class: "b" }, { href: "#", class: "b" }],
    ["iframe", { srcdoc: "<script>x()</script>", SRC: "https://x/" }, {}],
    ["meta", { "http-equiv": "refresh", content: "0;url=https://x" }, { content: "0;url=https://x" }],
    ["use", { "xlink:href": "#icon" }, { "xlink:href": "#icon" }],
    ["rect", { fill: "url(https://x/#a)", mask: "url(#m)" }, { fill: 'url("data:,")', mask: "url(#m)" }],
    ["div", { style: "background: url( 'https://x/a(1).png' )" }, { style: 'background: url("data:,")' }],
    ["p", { style: "background: \\75\\72\\6c(https://x/)" }, { style: 'background: url("data:,")' }],
    [
      "p",
      { style: "background: u\\000072 l(https://x/); content: '\\f101'" },
      { style: "background: url(\"data:,\"); content: '\\f101'" },
    ],
    ["p", { style: "background: \\u\\rl(https://x/)" }, { style: 'background: url("data:,")' }],
    ["p", { style: "content: '\\e61a\\61'" }, { style: "content: '\\e61a\\61'" }],
    ["animate", { attributeName: "href", to: "javascript:x()" }, { attributeName: "href" }],
    [
      "link",
      { rel: "stylesheet", href: "https://x/a.css", _cssText: "@import 'https://x'; p {}" },
      { rel: "stylesheet", _cssText: " p {}" },
    ],
  ])("of <%s> keeps no way to run or fetch", (tag, attributes, kept) => {
    expect(played(element(tag, { ...attributes })).attributes).toEqual(kept);
  });

  it("keeps the places of elements that would run", () => {
    const node = played(element("body", {}, element("SCRIPT", {}), element("object", {}), element("x y", {})));

    expect(node.childNodes.map(({ tagName }: { tagName: string }) => tagName)).toEqual(["noscript", "div", "div"]);
  });

  it("cleans the text of style sheets and leaves other text alone", () => {
    const css = "a { background: URL(//x/y) }";
    const node = played(
      element("body", {}, element("style", {}, { type: 3, textContent: css }), { type: 3, textContent: css }),
    );

    expect(node.childNodes[0].childNodes[0].textContent).toBe('a { background: url("data:,") }');
    expect(node.childNodes[1].textContent).toBe(css);
  });

  it("nested without end is refused", () => {
    let node = element("div", {});
    for (let depth = 0; depth < 5_000; depth++) {
      node = element("div", {}, node);
    }

    expect(() => played(node)).toThrow(RangeError);
  });
});

describe("an increment", () => {
  const increment = (data: object) => ({ type: 3, timestamp: 1, data });

  it("is cleaned as well: added nodes, changed attributes, style rules", () => {
    const events = sanitized([
      increment({
        source: 0,
        adds: [{ node: element("img", { src: "https://x/" }) }],
        attributes: [{ attributes: { style: { background: "url(https://x/)" }, onclick: "x()" } }],
      }),
      increment({ source: 8, adds: [{ rule: "p { cursor: url(https://x/) }" }] }),
      increment({ source: 15, styles: [{ rules: [{ rule: "p { cursor: url(https://x/) }" }] }] }),
    ]);

    expect(JSON.stringify(events)).not.toContain("https://");
    expect(JSON.stringify(events)).not.toContain("onclick");
  });

  it("that draws on a canvas or loads a font is left out", () => {
    expect(sanitized([increment({ source: 9 }), increment({ source: 10, fontSource: "url(https://x/)" })])).toEqual([]);
  });

  it("that says what is no text of a style keeps it", () => {
    const [event] = sanitized([increment({ source: 0, texts: [{ id: 1, value: "see url(https://x/)" }] })]);

    expect(JSON.stringify(event)).toContain("see url(https://x/)");
  });
});

describe("what is no recording", () => {
  it("is refused as a whole, or event by event", () => {
    expect(() => sanitized({ type: 2 })).toThrow(TypeError);
    expect(
      sanitized([null, 1, { type: "2" }, { type: 2, timestamp: 1 }, { type: 3, timestamp: Number.NaN, data: {} }]),
    ).toEqual([]);
  });
});
