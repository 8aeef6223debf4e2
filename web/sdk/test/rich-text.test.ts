import { expect, test } from "vitest";
import { richText } from "../src/actions/rich-text";

function made(html: string): string {
  const holder = document.createElement("div");
  holder.append(richText(html, (text) => text));
  return holder.innerHTML.replaceAll(' class=""', "");
}

test.each([
  ["a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"],
  ["<p><b>a</b><br>b</p>", "<p><b>a</b><br>b</p>"],
  ["<ol><li><code>x</code></li></ol><h3>t</h3>", "<ol><li><code>x</code></li></ol><h3>t</h3>"],
  ["<div><section>a<span onclick='x()'>b</span></section></div>", "a<span>b</span>"],
  ['<a href="javascript:alert(1)">a</a>', "<a>a</a>"],
  ['<a href="mailto:a@b.test" target="_blank">a</a>', '<a href="mailto:a@b.test">a</a>'],
  ["<img src=x onerror=alert(1)>b", "b"],
  ["<!-- a -->b", "b"],
])("%s becomes %s", (html, expected) => {
  expect(made(html)).toBe(expected);
});
