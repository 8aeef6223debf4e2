"""What a recording costs: bytes that are stored, and the page's main thread; ours and plain rrweb on one scripted session."""

import statistics
from collections.abc import Iterator
from functools import partial

from playwright.sync_api import Browser, Page, Route, sync_playwright

from local import browser as browsers
from tests.bench.measure import Row, row
from tests.bench.sizes import SDK, WEB

RRWEB = WEB / "node_modules" / "@rrweb" / "record" / "dist" / "record.umd.min.cjs"
SHOP = "https://shop.test/"
ROUNDS = 7
SECONDS = 30
"""Of the session whose bytes are counted; chunks are of five seconds, full snapshots come every half minute."""
STEPS = 250
SAMPLE_US = 200

# The same steps for both: a shop whose list grows, whose texts, styles and fields change, that is scrolled and pointed at.
SESSION = """
let seed = 7;
const chance = (most) => (seed = (seed * 48271) % 2147483647) % most;
const words = () => Array.from({length: 4 + chance(9)}, () => ["白い", "シャツ", "linen", "cotton", "4,000", "円"][chance(6)]).join(" ");
const card = () => {
  const item = document.createElement("li");
  item.className = `card c${chance(9)}`;
  item.innerHTML = `<h2>${words()}</h2><p>${words()}</p><a href="/p/${chance(999)}?ref=list"><b>${chance(9999)}</b></a>`;
  return item;
};
const list = () => document.querySelector("ul");
const at = (index) => list().children[index % list().children.length];
const actions = [
  () => list().append(card()), () => list().prepend(card()), () => at(chance(99)).remove(),
  () => { at(chance(99)).firstChild.textContent = words(); }, () => at(chance(99)).classList.toggle("chosen"),
  () => { at(chance(99)).style.transform = `translateX(${chance(40)}px)`; },
  () => { const field = document.querySelector("input"); field.value = words(); field.dispatchEvent(new Event("change", {bubbles: true})); },
  () => scrollTo(0, chance(3000)), () => at(chance(99)).replaceWith(card()),
  () => { document.querySelector("aside").innerHTML = Array.from({length: 12}, () => `<i>${words()}</i>`).join(""); },
  () => at(chance(99)).dispatchEvent(new MouseEvent("mousemove", {bubbles: true, clientX: chance(900), clientY: chance(600)})),
  () => at(chance(99)).dispatchEvent(new MouseEvent("click", {bubbles: true, clientX: chance(900), clientY: chance(600)})),
];
for (let n = 0; n < 60; n++) list().append(card());
const run = (steps, wait) => new Promise((resolve) => {
  const step = () => { if (!steps--) return resolve(); actions[chance(actions.length)](); setTimeout(step, wait); };
  step();
});
"""
STYLE = "".join(
    f".c{n} {{ color: #{n}{n}{n}; padding: {n}px; background: linear-gradient(#fff, #eee) }}" for n in range(40)
)
PAGE = f"""<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>Shop</title><style>{STYLE}</style></head>
<body><h1>Shop</h1><form><input></form><aside></aside><ul></ul><script>{SESSION}</script>"""
OURS = f'<script src="/sdk/kizuki.js" data-write-key="wk_bench" data-host="{SHOP}" data-replay="on"></script>'
PLAIN = '<script src="/rrweb.js"></script><script src="/plain.js"></script>'
# What a site does that uses rrweb as its guide says, sending every five seconds; it masks what people type, as ours does.
SENDER = """
let events = [];
const send = async () => {
  const json = JSON.stringify(events.splice(0));
  const packed = new Blob([json]).stream().pipeThrough(new CompressionStream("gzip"));
  fetch("/v1/replay/plain", {method: "POST", body: await new Response(packed).arrayBuffer()});
};
rrwebRecord.record({emit: (event) => events.push(event), maskAllInputs: true, checkoutEveryNms: 30000});
setInterval(send, 5000);
"""
SIDES = {"ours": (OURS, ("/sdk/recorder.js",)), "plain": (PLAIN, ("/rrweb.js", "/plain.js"))}
RECORDING = "window.kizuki_recorder || window.rrwebRecord"


def recorder_rows() -> Iterator[Row]:
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=browsers.find(), args=browsers.FLAGS) as browser,
    ):
        stored = _bytes(browser)
        times: dict[str, list[float]] = {side: [] for side in SIDES}
        for _ in range(ROUNDS):
            for side, taken in times.items():
                taken.append(_time(browser, side))
    ours, plain = (stored[side] * 60 / SECONDS for side in SIDES)
    yield row(
        "replay_bytes",
        ours,
        plain,
        "B/min",
        1.1,
        f"{SECONDS} s of one scripted session as two recorders send it, gzip every 5 s",
    )
    ours, plain = (statistics.median(times[side]) for side in SIDES)
    yield row(
        "replay_main_thread",
        ours,
        plain,
        "ms",
        1.3,
        f"recorder on the stack, {STEPS} steps of the session, median of {ROUNDS} rounds in turns",
    )


def _bytes(browser: Browser) -> dict[str, int]:
    """Record one session with both at once, until the chunk with its last steps has gone."""
    sizes = dict.fromkeys(SIDES, 0)
    pages = [_open(browser, side, sizes) for side in SIDES]
    for page in pages:
        page.goto(SHOP)
        page.wait_for_function(RECORDING)
        page.evaluate(
            f"window.done = run({SECONDS * 10 - 10}, 100).then(() => new Promise((end) => setTimeout(end, 6000)))"
        )
    for page in pages:
        page.evaluate("window.done")
        page.context.close()
    return sizes


def _time(browser: Browser, side: str) -> float:
    """Return the milliseconds that a profiler saw the recorder, or what it called, at work."""
    page = _open(browser, side, dict.fromkeys(SIDES, 0))
    profiler = page.context.new_cdp_session(page)
    profiler.send("Profiler.enable")
    profiler.send("Profiler.setSamplingInterval", {"interval": SAMPLE_US})
    profiler.send("Profiler.start")
    page.goto(SHOP)
    page.wait_for_function(RECORDING)
    page.evaluate(f"run({STEPS}, 10)")
    profile = profiler.send("Profiler.stop")["profile"]
    page.context.close()
    inside: set[int] = set()
    # Parents come before their children.
    for node in profile["nodes"]:
        if node["id"] in inside or node["callFrame"]["url"].endswith(SIDES[side][1]):
            inside |= {node["id"], *node.get("children", [])}
    taken = zip(profile["samples"], profile["timeDeltas"], strict=True)
    return sum(delta for sample, delta in taken if sample in inside) / 1000


def _open(browser: Browser, side: str, sizes: dict[str, int]) -> Page:
    page = browser.new_context().new_page()
    page.route("**/*", partial(_answer, side, sizes))
    return page


def _answer(side: str, sizes: dict[str, int], route: Route) -> None:
    path = route.request.url.removeprefix(SHOP)
    if path == "":
        route.fulfill(content_type="text/html; charset=utf-8", body=PAGE + SIDES[side][0])
    elif path == "rrweb.js":
        route.fulfill(content_type="text/javascript", body=RRWEB.read_text())
    elif path == "plain.js":
        route.fulfill(content_type="text/javascript", body=SENDER)
    elif path.startswith("sdk/"):
        route.fulfill(content_type="text/javascript", body=(SDK / path.removeprefix("sdk/")).read_text())
    else:
        if path.startswith("v1/replay/"):
            sizes[side] += len(route.request.post_data_buffer or b"")
        route.fulfill(content_type="application/json", body="{}")
