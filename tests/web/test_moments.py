"""Moments on a page: what the tag waits for, and what it tells when the moment has come."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import action
from tests.web.conftest import STEADY
from tests.web.site import Site, document

LONG = "<main><h1>Shop</h1><div style='height: 3000px'></div><p id=price>4,000 yen</p><div style='height: 1000px'></div></main>"
WORDS = "<p>" + "word " * 200 + "</p>"


@pytest.fixture
def wait(site: Site, visit, page: Page):
    """Open a page that waits for a moment from now on."""

    def open_page(moment: dict[str, Any] | None, delay: int = 0, body: str = LONG) -> Page:
        site.watches["Asked"] = [{"campaign": "sale", "moment": moment, "delay": delay}]
        visit(body=body, head=STEADY)
        page.evaluate("kizuki.track('Asked')")
        page.wait_for_function("window.kizuki_moments")
        return page

    return open_page


def reached(site: Site) -> dict[str, Any]:
    return site.wait_for_event("Moment Reached")["properties"]


def marked(site: Site, page: Page) -> None:
    """Wait until the page has dealt with what happened so far, and with the answers to what it has told."""
    count = len(site.accepted("Marker"))
    page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => setTimeout(done))).then(() => kizuki.track('Marker'))"
    )
    site.wait_for_event("Marker", count + 1)


def not_yet(site: Site, page: Page) -> bool:
    """Whether nothing was told of what happened so far."""
    marked(site, page)
    return site.accepted("Moment Reached") == []


def test_a_part_of_the_way_down_the_page(site, wait):
    page = wait({"type": "scroll", "percent": 50})
    way = page.evaluate("document.scrollingElement.scrollHeight - innerHeight")
    page.evaluate("y => scrollTo(0, y)", way * 0.48)
    assert not_yet(site, page)

    page.evaluate("y => scrollTo(0, y)", way * 0.5)

    assert reached(site) == {"campaign_id": "sale", "moment": "scroll"}


def test_a_part_of_the_way_in_an_app_that_scrolls_an_element(site, wait):
    body = "<main id=view style='height: 90vh; overflow: auto'><h1>App</h1><div style='height: 3000px'></div></main>"
    page = wait({"type": "scroll", "percent": 100}, body=body)
    assert not_yet(site, page)

    page.evaluate("document.getElementById('view').scrollTo(0, 9999)")

    assert reached(site)["moment"] == "scroll"


def test_an_element_on_the_screen(site, wait):
    page = wait({"type": "visible", "selector": "#price"})
    assert not_yet(site, page)

    page.evaluate("document.getElementById('price').scrollIntoView()")

    assert reached(site) == {"campaign_id": "sale", "moment": "visible"}


def test_an_element_that_an_app_brings_later(site, wait):
    page = wait({"type": "visible", "selector": ".late"}, body="<main><h1>Shop</h1></main>")
    assert not_yet(site, page)

    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=late>Late</p>')")

    assert reached(site)["moment"] == "visible"


def test_a_selector_that_is_none_waits_for_ever_and_breaks_nothing(site, wait, errors):
    site.watches["Asked too"] = [
        {"campaign": "wrong", "moment": {"type": "visible", "selector": ">>"}, "delay": 0},
        {"campaign": "right", "moment": {"type": "scroll", "percent": 1}, "delay": 0},
    ]
    page = wait({"type": "visible", "selector": ">>"})
    page.evaluate("document.querySelector('main').append('more'); kizuki.track('Asked too')")
    site.wait_for_event("Asked too")
    assert not_yet(site, page)

    page.evaluate("scrollTo(0, 500)")

    assert reached(site)["campaign_id"] == "right"
    assert errors == []


@pytest.mark.parametrize("late", [False, True], ids=["there", "drawn later"])
def test_a_text_read_to_its_end_in_the_time_that_takes(site, wait, page, late):
    page.clock.install()
    # 400 words: at 238 a minute, half the time of an average reader is 50 seconds.
    article = f"<article><h2>Story</h2>{WORDS}<div style='height: 2000px'></div>{WORDS}</article><footer>More</footer>"
    wait({"type": "read"}, body="<main><h1>News</h1></main>" if late else f"<main><h1>News</h1>{article}</main>")
    if late:
        page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", article)
        page.clock.run_for(2000)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.clock.run_for(45_000)
    assert not_yet(site, page)

    page.clock.run_for(8000)

    assert reached(site) == {"campaign_id": "sale", "moment": "read"}


def test_a_text_whose_end_was_never_seen_is_not_read(site, wait, page):
    page.clock.install()
    wait({"type": "read"}, body=f"<article><h1>Story</h1>{WORDS}<div style='height: 3000px'></div>{WORDS}</article>")
    page.clock.run_for(120_000)

    assert not_yet(site, page)


def test_so_many_seconds_on_the_screen_in_all(site, wait, page):
    page.clock.install()
    wait({"type": "dwell", "seconds": 30})
    page.clock.run_for(20_000)
    hide(page, hidden=True)
    page.clock.run_for(60_000)
    hide(page, hidden=False)
    page.clock.run_for(8000)
    assert not_yet(site, page)

    page.clock.run_for(4000)

    assert reached(site) == {"campaign_id": "sale", "moment": "dwell"}


def test_so_many_seconds_without_the_visitor_doing_anything(site, wait, page):
    page.clock.install()
    wait({"type": "idle", "seconds": 20})
    page.clock.run_for(15_000)
    page.mouse.move(100, 100)
    page.clock.run_for(15_000)
    page.keyboard.press("Shift")
    page.clock.run_for(15_000)
    assert not_yet(site, page)

    page.clock.run_for(7000)

    assert reached(site) == {"campaign_id": "sale", "moment": "idle"}


def test_the_pointer_leaving_through_the_top(site, wait):
    page = wait({"type": "exit"})
    leave = "(y) => document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {clientX: 300, clientY: y}))"
    page.evaluate(leave, 400)
    assert not_yet(site, page)

    page.evaluate(leave, -3)

    assert reached(site) == {"campaign_id": "sale", "moment": "exit"}


def test_a_quick_way_back_up_by_touch(site, browser):
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 375, "height": 667})
    page = context.new_page()
    site.watches["Asked"] = [{"campaign": "sale", "moment": {"type": "exit"}, "delay": 0}]

    site.pages["/"] = document(site, body=LONG, head=f'{STEADY}<meta name="viewport" content="width=device-width">')
    page.goto(site.url)
    page.wait_for_function("window.kizuki && window.kizuki.version")
    page.evaluate("kizuki.track('Asked')")
    page.wait_for_function("window.kizuki_moments")
    # As slowly as one reads back: a little at each frame.
    page.evaluate("""async () => {
        const frame = () => new Promise(requestAnimationFrame);
        scrollTo(0, 1500);
        await frame();
        await new Promise((later) => setTimeout(later, 400));
        for (let y = 1500; y > 1300; y -= 5) { scrollTo(0, y); await frame(); }
    }""")
    assert not_yet(site, page)

    page.evaluate("""async () => {
        for (let y = 1300; y > 300; y -= 250) {
            scrollTo(0, y);
            await new Promise(requestAnimationFrame);
        }
    }""")

    assert reached(site) == {"campaign_id": "sale", "moment": "exit"}
    context.close()


@pytest.mark.parametrize(("moment", "told"), [(None, "delay"), ({"type": "scroll", "percent": 10}, "scroll")])
def test_a_delay_passes_after_the_moment(site, wait, page, moment, told):
    page.clock.install()
    wait(moment, delay=40)
    if moment:
        page.evaluate("scrollTo(0, 2000)")
        assert not_yet(site, page)
    page.clock.run_for(38_000)
    assert not_yet(site, page)

    page.clock.run_for(3000)

    assert reached(site) == {"campaign_id": "sale", "moment": told}


def test_what_the_answer_to_the_moment_shows_is_shown(site, wait):
    site.actions["Moment Reached"] = [action("slide-in", "en")]
    page = wait({"type": "scroll", "percent": 10})
    page.evaluate("scrollTo(0, 2000)")

    expect(page.get_by_role("region", name="10% off your first order")).to_be_visible()
    site.wait_for_event("Campaign Shown")
    assert len(site.accepted("Moment Reached")) == 1


def test_one_moment_is_told_once_however_often_it_was_asked_for(site, wait):
    page = wait({"type": "scroll", "percent": 10})
    page.evaluate("kizuki.track('Asked')")
    site.wait_for_event("Asked", 2)
    # One request at a time: the next one leaves when the page has read the answer to this one.
    assert not_yet(site, page)
    page.evaluate("scrollTo(0, 2000)")
    reached(site)

    page.evaluate("scrollTo(0, 0); scrollTo(0, 2500)")

    marked(site, page)
    assert len(site.accepted("Moment Reached")) == 1


def test_waiting_ends_with_the_page_of_an_app(site, wait):
    page = wait({"type": "scroll", "percent": 10})
    page.evaluate("history.pushState({}, '', '/other'); scrollTo(0, 2000)")

    assert not_yet(site, page)


def test_waiting_ends_when_the_trigger_is_true_no_longer(site, wait):
    site.withdrawn["Emptied"] = ["sale"]
    page = wait({"type": "scroll", "percent": 10})
    page.evaluate("kizuki.track('Emptied')")
    site.wait_for_event("Emptied")
    assert not_yet(site, page)
    page.evaluate("scrollTo(0, 2000)")

    assert not_yet(site, page)


def hide(page: Page, *, hidden: bool) -> None:
    """Have the tab in the background, as far as the page can tell."""
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
        }""",
        hidden,
    )
