// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { fromField, toField } from "../src/campaigns/content/richText";

describe("fromField", () => {
  it("keeps the tags that bodies may have, and the text of all others", () => {
    expect(
      fromField('<p>One <b>bold</b> <font color="red">red</font><br></p><p><a href="/x" onclick="y()">go</a></p>'),
    ).toBe('<p>One <b>bold</b> red</p><p><a href="/x">go</a></p>');
  });

  it("writes a single paragraph without its tag, and nothing for a text of none", () => {
    expect(fromField("<p>Only <i>this</i><br></p>")).toBe("Only <i>this</i>");
    expect(fromField("<p><br></p>")).toBe("");
  });

  it("drops what runs, and links that lead nowhere safe", () => {
    expect(fromField('<p>a</p><script>steal()</script><p><a href="javascript:x()">b</a></p>')).toBe(
      "<p>a</p><p><a>b</a></p>",
    );
  });

  it("leaves expressions as they were written", () => {
    expect(fromField("<p>5 &lt; 6: {{ cart.total &gt; 3 and true }} &amp; more</p>")).toBe(
      "5 &lt; 6: {{ cart.total > 3 and true }} &amp; more",
    );
  });

  it("takes a pasted heading or box as a paragraph", () => {
    expect(fromField("<h1>Big</h1><div>box</div>")).toBe("<p>Big</p><p>box</p>");
  });
});

describe("toField", () => {
  it("shows line breaks of a body as such", () => {
    expect(toField("one\ntwo\r\nthree")).toBe("one<br>two<br>three");
  });
});
