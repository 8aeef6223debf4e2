"""What the tag costs a page while it starts, in a real browser."""

import statistics
from itertools import count

from playwright.sync_api import Page, Route, sync_playwright

from local import browser as browsers
from tests.bench.measure import Row, row
from tests.bench.sizes import SDK, SEGMENT

ROUNDS = 60
SHOP = "https://shop.test/"
# Without isolation the browser's clock counts tenths of milliseconds.
ISOLATED = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
PAGE = "<!doctype html><html lang='en'><head><title>Shop</title></head><body><h1>Shop</h1></body></html>"
# Read and run at once, as a script of the page is: nothing of its network counts, only what the page waits for.
EVALUATE = """([source, attributes, before]) => {
    Object.assign(window, before);
    const script = document.createElement("script");
    for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
    script.text = source;
    const began = performance.now();
    document.head.append(script);
    return 1000 * (performance.now() - began);
}"""
OURS = ((SDK / "kizuki.js").read_text, {"data-write-key": "wk_bench", "data-host": SHOP}, {})
THEIRS = (SEGMENT.read_text, {"data-global-segment-analytics-key": "analytics"}, {"analytics": [["page"]]})


def eval_row() -> Row:
    """Microseconds to read and run each tag in a page that has just been opened, the two taking turns."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.FLAGS)
        page = browser.new_page()
        page.route("**/*", _answer)
        times: tuple[list[float], list[float]] = ([], [])
        numbers = count()
        for _ in range(ROUNDS):
            for side, (read, attributes, before) in zip(times, (OURS, THEIRS), strict=True):
                # Each time another text, or the browser would remember how it had read the last one.
                side.append(_evaluate(page, f"{read()}\n// {next(numbers)}", attributes, before))
        browser.close()
    ours, theirs = (statistics.median(side) for side in times)
    return row(
        "core_eval",
        ours,
        theirs,
        "µs",
        0.15,
        f"evaluation of kizuki.js and Segment's standalone.js, {ROUNDS} pages each",
    )


def _evaluate(page: Page, source: str, attributes: dict[str, str], before: dict[str, object]) -> float:
    page.goto(SHOP)
    assert page.evaluate("crossOriginIsolated"), "the clock is too coarse"
    return page.evaluate(EVALUATE, [source, attributes, before])


def _answer(route: Route) -> None:
    if route.request.url == SHOP:
        route.fulfill(content_type="text/html", headers=ISOLATED, body=PAGE)
    else:
        route.abort()
