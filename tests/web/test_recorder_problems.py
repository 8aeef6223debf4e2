"""What the recorder tells of trouble on the page: as events, and as markers of the recording."""

import pytest

from tests.web.recordings import RECORD, leave, markers, wait_for_recorded
from tests.web.site import Answer


@pytest.fixture
def shop(site, visit, page):
    """A recorded page."""

    def open_page(body=""):
        visit(attributes=RECORD, body=body)
        site.wait_for(lambda: site.chunks)
        return page

    return open_page


def test_errors_failed_requests_and_the_console_are_told_and_marked(site, shop, errors):
    site.missing.add("/api/orders")
    page = shop()
    answered = page.evaluate("""async () => {
        const original = new Error("never mind");
        setTimeout(() => { throw new Error("no cart 12345678 of a@b.example") });
        Promise.reject(original);
        console.error("total is", 12345678, new Error("of nothing"));
        const response = await fetch("/api/orders?id=7", {method: "post"});
        const refused = await fetch("http://127.0.0.1:1/").catch((error) => error.constructor.name);
        const request = new XMLHttpRequest();
        request.open("GET", "/api/orders");
        request.send();
        await new Promise((resolve) => { request.onloadend = resolve; });
        const abort = new AbortController();
        const aborted = fetch("/", {signal: abort.signal}).catch((error) => error.name);
        abort.abort();
        return [response.status, refused, request.status, await aborted];
    }""")
    site.wait_for_event("Request Failed", 3)
    leave(page)

    # As if nobody had looked.
    assert answered == [501, "TypeError", 404, "AbortError"]
    assert len(errors) == 2
    events = [event["properties"] for event in site.accepted("Error")]
    assert [event["message"] for event in events] == ["Uncaught Error: no cart * of *", "never mind"]
    assert events[0]["source"].startswith("http") or events[0]["source"] == ""
    assert [event["properties"] for event in site.accepted("Request Failed")] == [
        {"method": "POST", "url": f"{site.url}/api/orders?id=*", "status": 501},
        {"method": "GET", "url": "http://127.0.0.1:1/", "status": 0},
        {"method": "GET", "url": f"{site.url}/api/orders", "status": 404},
    ]
    site.wait_for(lambda: len(markers(site)) == 6)
    kinds = [marker["kind"] for marker in markers(site)]
    assert sorted(kinds) == ["console", "error", "error"] + ["request_failed"] * 3
    assert {"kind": "console", "message": "total is * of nothing"} in markers(site)


def test_an_odd_error_of_the_page_makes_none_of_the_recorders(site, shop, errors):
    page = shop()
    page.evaluate("""() => {
        dispatchEvent(new Event("error"));
        dispatchEvent(Object.assign(new Event("unhandledrejection"), {reason: Object.create(null)}));
        kizuki.track("Last");
    }""")

    site.wait_for_event("Last")
    assert errors == []


def test_the_tags_own_requests_are_nobodys_problem_and_at_most_twenty_of_a_kind_are_told(site, shop):
    page = shop()
    site.answers.append(Answer(500))
    page.evaluate("kizuki.track('Again')")
    site.wait_for_event("Again")
    page.evaluate("for (let n = 0; n < 30; n++) console.error('again')")
    page.evaluate("kizuki.replay.stop(); console.error('not recorded')")

    site.wait_for(lambda: markers(site))
    assert [marker["kind"] for marker in markers(site)] == ["console"] * 20
    assert site.accepted("Request Failed") == []
    assert page.evaluate(
        "[fetch, console.error, XMLHttpRequest.prototype.send].every(f => `${f}`.includes('[native code]'))"
    )


BUTTONS = """
  <style>.card { cursor: pointer } p { margin: 60px 0 }</style>
  <p><button id=dead class="buy user-20261127">dead</button></p>
  <p><button id=alive onclick="this.textContent = 'answered'">alive</button></p>
  <p><button id=asks onclick="fetch('/')">asks</button></p>
  <p><button id=focuses onclick="document.querySelector('input').focus()">focuses</button></p>
  <p><input type=checkbox id=check></p><p id=text>only text</p>
  <p><span class=card id=card>a card</span></p>
  <canvas class=card id=drawn></canvas>
"""


def test_clicks_that_nothing_follows_are_dead(site, shop):
    page = shop(BUTTONS)
    page.click("#dead")
    first = site.wait_for_event("Dead Clicked")
    page.click("#card")
    second = site.wait_for_event("Dead Clicked", 2)

    assert first["properties"] == {"selector": "button#dead.buy"}
    assert second["properties"] == {"selector": "span#card.card"}
    leave(page)
    wait_for_recorded(site, "span#card.card")
    assert markers(site) == [
        {"kind": "dead_click", "selector": "button#dead.buy"},
        {"kind": "dead_click", "selector": "span#card.card"},
    ]


def test_clicks_that_the_page_or_the_browser_answers_are_not(site, shop, context):
    shop(BUTTONS)
    answered = ["alive", "asks", "focuses", "check", "text", "drawn"]
    for tab, name in [(context.new_page(), name) for name in answered]:
        tab.goto(site.url)
        tab.wait_for_function("window.kizuki_recorder")
        tab.click(f"#{name}")
        tab.evaluate("setTimeout(() => kizuki.track('Looked at'), 2200)")

    site.wait_for_event("Looked at", len(answered))
    assert site.accepted("Dead Clicked") == []


def test_clicks_upon_clicks_are_rage(site, shop):
    page = shop(BUTTONS)
    page.click("#alive", click_count=2)
    page.click("#card")
    page.click("#alive", click_count=5, delay=20)

    event = site.wait_for_event("Rage Clicked")
    assert event["properties"]["selector"] == "button#alive"
    assert event["properties"]["clicks"] >= 5
    assert len(site.accepted("Rage Clicked")) == 1
