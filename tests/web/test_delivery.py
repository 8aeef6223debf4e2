"""Events on their way to the server: nothing lost, nothing stuck, whatever goes wrong between."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from local import browser as browsers
from tests.web.site import Answer, document

FULL_SNAPSHOT = 2


@pytest.fixture
def page_with_cache(launch: Callable[..., Browser]) -> Iterator[Page]:
    """A page of a browser with the back/forward cache that visitors have and Playwright turns off."""
    with launch(
        executable_path=browsers.find(full=True), ignore_default_args=["--disable-back-forward-cache"]
    ) as browser:
        yield browser.new_page()


def test_a_refused_connection_is_tried_again_until_everything_has_arrived_once(site, visit):
    site.answers.extend([Answer(503), Answer(500)])
    page = visit()
    page.evaluate("kizuki.track('A')")
    site.wait_for_event("page")

    site.wait_for_event("A")
    assert len(site.accepted("A")) == 1
    assert [request.status for request in site.batches][:3] == [503, 500, 200]


def test_retry_after_is_respected(site, visit):
    site.answers.append(Answer(429, headers={"Retry-After": "3600"}))
    page = visit()
    site.wait_for(lambda: site.batches)
    page.evaluate("kizuki.track('A'); dispatchEvent(new Event('online'))")

    leased = "Number(Object.entries(localStorage).find(([key]) => key.startsWith('kizuki.queue'))[1].split('\\n')[0])"
    page.wait_for_function(f"{leased} > Date.now() + 3600_000")
    assert len(site.batches) == 1


@pytest.mark.parametrize("status", [400, 401, 403])
def test_what_the_server_refuses_is_dropped_and_blocks_nothing(site, visit, status):
    site.answers.append(Answer(status, {"error": {"code": "malformed"}}))
    page = visit()
    site.wait_for(lambda: site.batches)
    page.evaluate("kizuki.track('Good')")

    site.wait_for_event("Good")
    assert site.accepted("page") == []


def test_a_batch_too_large_is_sent_in_smaller_ones(site, visit):
    page = visit(attributes='data-auto-page="off"')
    site.answers.append(Answer(413))
    page.evaluate("for (let n = 0; n < 8; n++) kizuki.track('Item', {n})")

    site.wait_for_event("Item", 8)
    assert [event["properties"]["n"] for event in site.accepted("Item")] == list(range(8))
    assert [len(request.events) for request in site.batches][:2] == [8, 4]


def test_one_event_that_spoils_its_batch_costs_no_other(site, visit):
    page = visit(attributes='data-auto-page="off"')
    malformed = Answer(400, {"error": {"code": "malformed_json"}})
    site.answers.extend([malformed, Answer(), Answer(), malformed])
    page.evaluate("for (let n = 0; n < 4; n++) kizuki.track('Item', {n})")

    site.wait_for_event("Item", 3)
    assert [(r.status, [e["properties"]["n"] for e in r.events]) for r in site.batches] == [
        (400, [0, 1, 2, 3]),
        (200, [0, 1]),
        (200, [2, 3]),
    ]


def test_events_that_were_refused_one_by_one_are_not_sent_again(site, visit):
    page = visit(attributes='data-auto-page="off"')
    site.answers.append(Answer(400, {"error": {}, "refused": [{"index": 0}, {"index": 1}]}))
    page.evaluate("kizuki.track('A'); kizuki.track('B')")
    site.wait_for(lambda: site.batches)
    page.evaluate("kizuki.track('Good')")

    site.wait_for_event("Good")
    assert [[e["event"] for e in r.events] for r in site.batches] == [["A", "B"], ["Good"]]


def test_each_request_is_about_one_person(site, visit):
    page = visit(attributes='data-auto-page="off"')
    page.evaluate("""() => {
        kizuki.track("A"); kizuki.identify("u1"); kizuki.track("B"); kizuki.identify("u2"); kizuki.track("C");
        kizuki.reset(); kizuki.track("D");
    }""")

    site.wait_for_event("D")
    assert [[e.get("event", e["type"]) for e in r.events] for r in site.batches] == [
        ["A", "identify", "B"],
        ["identify", "C"],
        ["D"],
    ]


def test_large_batches_are_split_to_what_a_leaving_page_may_send(site, visit):
    page = visit(attributes='data-auto-page="off"')
    page.evaluate("for (let n = 0; n < 8; n++) kizuki.track('Big', {text: 'あ'.repeat(6_000)})")

    site.wait_for_event("Big", 8)
    assert max(len(request.body) for request in site.batches) <= 60_000


def test_events_tracked_offline_arrive_when_the_connection_is_back(site, visit, context: BrowserContext):
    page = visit()
    site.wait_for_event("page")
    context.set_offline(True)
    page.evaluate("kizuki.track('Offline', {n: 1})")
    context.set_offline(False)

    event = site.wait_for_event("Offline")
    assert event["properties"] == {"n": 1}
    page.wait_for_function("Object.keys(localStorage).every(key => !key.startsWith('kizuki.queue'))")


def test_what_a_page_could_not_send_is_sent_by_the_next_one(site, visit, context: BrowserContext):
    page = visit()
    site.wait_for_event("page")
    site.answers.append(Answer(429, headers={"Retry-After": "3600"}))
    page.evaluate("kizuki.track('Left behind')")
    site.wait_for(lambda: len(site.batches) == 2)

    visit("/next")

    site.wait_for_event("Left behind")


def test_a_page_that_comes_back_from_the_cache_is_seen_again_and_goes_on(site, page_with_cache):
    site.pages["/"] = document(site, attributes='data-replay="on"')
    site.pages["/away"] = "<!doctype html><title>Away</title>"
    page_with_cache.goto(site.url)
    site.wait_for(lambda: site.chunks)
    page_with_cache.evaluate("addEventListener('pageshow', event => event.persisted && kizuki.track('Back'))")
    page_with_cache.goto(f"{site.url}/away")
    page_with_cache.evaluate("history.back()")

    site.wait_for_event("Back")
    site.wait_for(lambda: sum(e["type"] == FULL_SNAPSHOT for chunk in site.stored for e in chunk.recorded) == 2)
    assert len(site.accepted("page")) == 2
    numbers = [chunk.seq for chunk in site.stored]
    assert numbers == list(range(len(numbers)))
    assert len({chunk.tab for chunk in site.chunks}) == 1


def test_an_event_tracked_on_a_click_that_leaves_the_page_is_sent(site, visit):
    site.pages["/away"] = "<!doctype html><title>Away</title>"
    page = visit(body='<a href="/away" onclick="kizuki.track(\'Left\')">leave</a>')
    site.wait_for_event("page")

    page.click("a")

    site.wait_for_event("Left")


def test_two_tabs_share_the_visitor_and_the_session_and_send_each_event_once(site, visit, context: BrowserContext):
    visit()
    site.wait_for_event("page")
    other = context.new_page()
    other.goto(site.url + "/")

    site.wait_for_event("page", 2)
    first, second = site.accepted("page")
    assert first["anonymousId"] == second["anonymousId"]
    assert first["context"]["session"] == second["context"]["session"]
    sent = [event["messageId"] for request in site.batches for event in request.events]
    assert len(sent) == len(set(sent))
