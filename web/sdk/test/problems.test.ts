import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchClicks } from "../src/recorder/clicks";
import { watchRequests } from "../src/recorder/problems";
import { wrap } from "../src/recorder/wrap";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

test("a wrapped method is called as before, and put back unless somebody else has wrapped it", () => {
  const seen: unknown[] = [];
  const object = {
    base: 2,
    add(this: { base: number }, n: number): number {
      if (n < 0) throw new RangeError("negative");
      return this.base + n;
    },
  };
  const original = object.add;

  const restore = wrap(object, "add", (_, args, result) => {
    seen.push(args, result);
    throw new Error("never the page's concern");
  });
  expect(object.add(3)).toBe(5);
  expect(() => object.add(-1)).toThrow(RangeError);
  expect(seen).toEqual([[3], 5]);
  restore();
  expect(object.add).toBe(original);

  const again = wrap(object, "add", () => seen.push("late"));
  const inner = object.add;
  object.add = function (n) {
    return inner.call(this, n) * 2;
  };
  again();
  expect(object.add(3)).toBe(10);
  expect(seen).toHaveLength(2);
});

test("a page gets the very promise that the browser made", async () => {
  const promise = Promise.reject(new TypeError("Failed to fetch"));
  const fetched = () => promise;
  window.fetch = fetched as never;
  const told = vi.fn();
  const began = vi.fn();
  const stop = watchRequests("https://ingest.example/v1/", began, told);

  expect(window.fetch("https://ingest.example/v1/batch")).toBe(promise);
  expect(began).not.toHaveBeenCalled();
  expect(window.fetch(new Request("https://api.example/orders?q=1", { method: "PUT" }))).toBe(promise);
  await expect(promise).rejects.toThrow("Failed to fetch");
  const failed = { method: "PUT", url: "https://api.example/orders?q=*", status: 0 };
  expect(told.mock.calls).toEqual([["request_failed", failed, "Request Failed"]]);
  stop();
  expect(window.fetch).toBe(fetched);
});

function press(element: Element, { trusted = true, x = 10, y = 10 } = {}): void {
  element.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  const click = new MouseEvent("click", { bubbles: true, composed: true, clientX: x, clientY: y });
  Object.defineProperty(click, "isTrusted", { value: trusted });
  Object.defineProperty(click, "timeStamp", { value: Date.now() });
  element.dispatchEvent(click);
}

function page(html: string): (selector: string) => Element {
  document.body.innerHTML = html;
  return (selector) => document.querySelector(selector) as Element;
}

test("a click is dead when nothing has happened for two seconds after it", () => {
  const find = page(
    '<button id="a">a</button><p>text</p><a href="#x">here</a><a href="/next">next</a><input><x-y role="button">',
  );
  const told = vi.fn();
  const clicks = watchClicks(told, ".blocked");
  const after = (selector: string, ms = 2000, then = () => {}) => {
    told.mockClear();
    press(find(selector));
    vi.advanceTimersByTime(10);
    then();
    vi.advanceTimersByTime(ms);
    return told.mock.calls;
  };

  expect(after("button")).toEqual([["dead_click", { selector: "button#a" }, "Dead Clicked"]]);
  expect(after("button", 1900)).toEqual([]);
  expect(after("button", 2000, () => clicks.happened())).toEqual([]);
  expect(after("button", 2000, () => clicks.happened(true))).toEqual([]);
  expect(after("a[href^='#']")).toEqual([]); // the address has changed
  expect(after("a[href^='#']")).toHaveLength(1);
  for (const selector of ["p", "a[href='/next']", "input", "x-y"]) expect(after(selector)).toEqual([]);
  find("button").className = "blocked";
  expect(after("button")).toEqual([]);
  find("button").className = "";
  press(find("button"));
  clicks.stop();
  vi.advanceTimersByTime(5000);
  expect(told).not.toHaveBeenCalled();
});

test("pressing moves the focus, which answers nothing", () => {
  const find = page("<button>a</button>");
  const told = vi.fn();
  const clicks = watchClicks(told, ".blocked");
  find("button").addEventListener("pointerdown", () => clicks.happened(true));

  press(find("button"));
  vi.advanceTimersByTime(2000);

  expect(told).toHaveBeenCalledOnce();
  clicks.stop();
});

test("three clicks in a second at one place are rage, told once with how many there were", () => {
  const find = page("<button>a</button>");
  const told = vi.fn();
  const clicks = watchClicks(told, ".blocked");
  clicks.happened();
  const times = (count: number, apart: number, options: (n: number) => object = () => ({})) => {
    told.mockClear();
    vi.advanceTimersByTime(5000);
    told.mockClear();
    for (let n = 0; n < count; n++) {
      press(find("button"), options(n));
      vi.advanceTimersByTime(apart);
    }
    clicks.happened();
    vi.advanceTimersByTime(1000);
    return told.mock.calls.filter(([kind]) => kind === "rage_click").map(([, { clicks }]) => clicks);
  };

  expect(times(3, 100)).toEqual([3]);
  expect(times(12, 200)).toEqual([12]);
  expect(times(2, 100)).toEqual([]);
  expect(times(6, 600)).toEqual([]);
  expect(times(6, 100, (n) => ({ x: 40 * n }))).toEqual([]);
  expect(times(6, 100, () => ({ trusted: false }))).toEqual([]);
  clicks.stop();
});
