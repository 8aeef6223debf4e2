"""The built tag in a real browser: what it sends, and when."""

import json
import time

import pytest
from playwright.sync_api import Page

from kizuki.events.parse import parse
from kizuki.events.wire import write_key
from kizuki.replay.chunk import Address, Chunk
from tests.web.site import document

STUBS = """<script>
  window.kizuki = window.kizuki || [];
  for (const method of ["track", "identify", "page", "group", "alias", "reset", "consent", "ready"])
    kizuki[method] = (...args) => kizuki.push([method, ...args]);
</script>"""


def stored(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kizuki'))")


def test_a_page_view_is_sent_on_load_with_its_whole_context(site, visit):
    page = visit("/cart", "?utm_source=line&utm_medium=push&utm_campaign=summer")

    event = site.wait_for_event("page")
    url = f"{site.url}/cart?utm_source=line&utm_medium=push&utm_campaign=summer"
    view = {
        "url": url,
        "path": "/cart",
        "title": "Shop",
        "referrer": "",
        "search": "?utm_source=line&utm_medium=push&utm_campaign=summer",
    }
    volatile = {key: event.pop(key) for key in ("messageId", "timestamp", "anonymousId")}
    session = event["context"].pop("session")
    assert all(volatile.values())
    assert list(session) == ["id"]
    assert event == {
        "type": "page",
        "userId": None,
        "properties": view,
        "context": {
            "library": {"name": "kizuki.js", "version": "0.1.0"},
            "locale": "ja",
            "page": view,
            "campaign": {"source": "line", "medium": "push", "name": "summer"},
            "userAgent": page.evaluate("navigator.userAgent"),
            "timezone": "Asia/Tokyo",
            "screen": {"width": 1280, "height": 720},
        },
    }
    request = site.batches[0]
    assert request.headers["Content-Type"].startswith("text/plain")
    assert json.loads(request.body)["writeKey"] == "wk_test"
    assert "sentAt" in json.loads(request.body)


def test_calls_made_before_the_script_has_loaded_are_sent_in_order_after_it(site, visit):
    early = "kizuki.track('A', {n: 1}); kizuki.push(['track', 'B']); kizuki.ready(() => kizuki.track('C'))"
    visit(head=f"{STUBS}<script>{early}</script>")

    site.wait_for_event("C")
    assert [event.get("event") for event in site.accepted()] == [None, "A", "B", "C"]
    assert site.accepted("A")[0]["properties"] == {"n": 1}


def test_the_last_argument_of_any_call_may_be_what_to_do_after_it(site, visit):
    page = visit()
    page.evaluate("""() => {
        window.done = [];
        const after = (name) => () => done.push(name);
        kizuki.track("A", after("track"));
        kizuki.track("B", {n: 1}, after("properties"));
        kizuki.track("C", {n: 2}, {integrations: {}}, after("options"));
        kizuki.identify("42", after("identify"));
        kizuki.identify({plan: "pro"}, {token: "proof"}, after("traits"));
        kizuki.page("Home", after("page"));
        kizuki.group("acme", after("group"));
        kizuki.alias("new", after("alias"));
        kizuki.ready(after("ready"));
        kizuki.track("D", () => { throw new Error("the site's own") });
    }""")

    page.wait_for_function("done.length === 9")
    assert page.evaluate("done") == [
        "track", "properties", "options", "identify", "traits", "page", "group", "alias", "ready",
    ]  # fmt: skip
    site.wait_for_event("D")
    assert [site.accepted(name)[0]["properties"] for name in "ABC"] == [{}, {"n": 1}, {"n": 2}]
    assert [(e["userId"], e["traits"]) for e in site.accepted("identify")] == [("42", {}), ("42", {"plan": "pro"})]
    assert site.accepted("identify")[1]["context"]["userToken"] == "proof"
    assert site.accepted("group")[0]["traits"] == {}
    assert site.accepted("alias")[0]["previousId"] == "42"


def test_the_tag_can_be_called_as_soon_as_its_script_has_run(site, page):
    called = "onload=\"kizuki.track('Loaded'); window.first = kizuki.user().anonymousId(); kizuki.replay.stop()\""
    site.pages["/"] = document(site, attributes=called)
    page.goto(site.url)

    loaded = site.wait_for_event("Loaded")
    assert [event.get("event") for event in site.accepted()] == [None, "Loaded"]
    assert page.evaluate("first") == loaded["anonymousId"]


def test_a_second_copy_of_the_tag_does_nothing(site, page):
    site.pages["/"] = document(site, head=site.tag())
    page.goto(site.url)
    page.wait_for_function("window.kizuki && window.kizuki.version")
    page.evaluate("kizuki.track('A')")

    site.wait_for_event("A")
    assert [event.get("event") for event in site.accepted()] == [None, "A"]


def test_identify_names_the_visitor_in_every_later_event_and_reset_forgets_them(site, visit):
    page = visit()
    page.evaluate("""() => {
        kizuki.identify(42, {name: "山田 太郎"}, {token: "proof"});
        kizuki.track("Known");
        kizuki.group("acme", {plan: "pro"});
        kizuki.alias("new-id");
        kizuki.reset();
        kizuki.track("Stranger");
    }""")

    stranger = site.wait_for_event("Stranger")
    [identified] = site.accepted("identify")
    [known] = site.accepted("Known")
    assert (identified["userId"], identified["traits"]) == ("42", {"name": "山田 太郎"})
    assert identified["context"]["userToken"] == "proof"
    assert (known["userId"], known["context"]["userToken"]) == ("42", "proof")
    assert site.accepted("group")[0]["groupId"] == "acme"
    assert (site.accepted("alias")[0]["previousId"], site.accepted("alias")[0]["userId"]) == ("42", "new-id")
    assert stranger["userId"] is None
    assert stranger["anonymousId"] != known["anonymousId"]
    assert stranger["context"]["session"]["id"] != known["context"]["session"]["id"]


@pytest.mark.parametrize("user", ["undefined", "null", "''", "' '", "NaN", "0", "'undefined'"])
def test_nobody_is_identified_by_the_id_of_nobody(site, visit, user):
    page = visit()
    page.evaluate(f"kizuki.identify({user}, {{plan: 'pro'}}); kizuki.track('After')")

    assert site.wait_for_event("After")["userId"] is None
    assert site.accepted("identify")[0]["traits"] == {"plan": "pro"}


def test_the_server_reads_all_that_the_tag_sends(site, visit):
    page = visit("/", "?utm_source=line", attributes='data-replay="on"')
    site.wait_for(lambda: site.chunks)
    page.evaluate("""() => {
        kizuki.identify(42, {name: "山田 太郎", at: new Date(0)}, {token: "proof"});
        kizuki.track("Odd", {not: NaN, missing: undefined, half: "\ud83d", zero: "\u0000", emoji: "👍", deep: [[{a: 1}]]});
        kizuki.page("Catalogue", "Shirts", {a: 1}); kizuki.page("Home"); kizuki.page({b: 2});
        kizuki.group(7, {plan: "pro"}); kizuki.alias("other"); kizuki.reset(); kizuki.track("Last");
    }""")

    site.wait_for_event("Last")
    for request in site.batches:
        batch = parse(request.body, received_at=round(time.time() * 1000))
        assert batch.refused == []
        assert write_key(request.body) == "wk_test"
    for chunk in site.chunks:
        address = Address.of(
            chunk.path.removeprefix("/v1/replay/"), chunk.query, {k.lower(): v for k, v in chunk.headers.items()}
        )
        assert Chunk.read("site", address, chunk.body).full_snapshot
    pages = [(e.get("category"), e.get("name"), e["properties"].get("name")) for e in site.accepted("page")]
    assert pages == [(None, None, None), ("Catalogue", "Shirts", "Shirts"), (None, "Home", "Home"), (None, None, None)]


def test_a_single_page_app_counts_each_page_once_under_its_new_title(site, visit):
    page = visit()
    site.wait_for_event("page")
    page.evaluate("""() => {
        history.pushState({}, "", "/list?q=1"); document.title = "List";
        history.replaceState({}, "", "/list?q=1");
        history.replaceState({}, "", "/list?q=1#reviews");
    }""")
    site.wait_for_event("page", 2)
    page.go_back()

    site.wait_for_event("page", 3)
    views = [event["properties"] for event in site.accepted("page")]
    assert [(view["path"], view["title"]) for view in views] == [("/", "Shop"), ("/list", "List"), ("/", "List")]
    assert views[1]["referrer"] == f"{site.url}/"


def test_half_an_hour_without_activity_ends_the_session(site, visit):
    page = visit()
    first = site.wait_for_event("page")["context"]["session"]
    page.evaluate("""() => {
        const session = JSON.parse(localStorage["kizuki.session"]);
        localStorage["kizuki.session"] = JSON.stringify({...session, seenAt: Date.now() - 30 * 60_000});
        kizuki.track("Later");
    }""")

    assert site.wait_for_event("Later")["context"]["session"] != first


def test_a_visitor_who_declines_is_neither_tracked_nor_remembered(site, visit):
    page = visit()
    site.wait_for_event("page")
    page.evaluate("kizuki.track('Unsent'); kizuki.consent('denied'); kizuki.track('Denied')")
    assert stored(page) == ["kizuki.consent"]

    visit("/next")
    page.evaluate("kizuki.track('Still denied'); kizuki.consent('granted'); kizuki.track('Granted')")

    site.wait_for_event("Granted")
    assert [event.get("event") for event in site.accepted()] == [None, "Granted"]


def test_a_refusal_in_one_tab_holds_in_the_others(site, visit, context):
    page = visit()
    other = context.new_page()
    other.goto(site.url)
    other.wait_for_function("window.kizuki && window.kizuki.version")
    site.wait_for_event("page", 2)
    heard = page.evaluate_handle("({ of: new Promise((resolve) => addEventListener('storage', () => resolve())) })")

    other.evaluate("kizuki.consent('denied')")
    page.evaluate("({ of }) => of", heard)
    page.evaluate("kizuki.track('Refused')")
    assert stored(page) == ["kizuki.consent"]

    page.evaluate("kizuki.consent('granted'); kizuki.track('Granted')")
    site.wait_for_event("Granted")
    assert site.accepted("Refused") == []


def test_nothing_is_sent_or_stored_until_consent_when_the_site_requires_it(site, visit):
    page = visit(attributes='data-consent="required"')
    page.evaluate("kizuki.track('Early')")
    assert (stored(page), site.requests) == ([], [])

    page.evaluate("kizuki.consent('granted')")

    site.wait_for_event("Early")
    assert [event.get("event") for event in site.accepted()] == [None, "Early"]


def test_a_consent_call_in_the_queue_comes_before_everything_else(site, visit):
    page = visit(head=STUBS + "<script>kizuki.track('A'); kizuki.consent('denied')</script>")

    page.evaluate("kizuki.consent('granted'); kizuki.track('B')")

    site.wait_for_event("B")
    assert [event.get("event") for event in site.accepted()] == ["B"]


def test_global_privacy_control_is_a_refusal_where_the_site_respects_it(site, page):
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
    site.pages["/"] = document(site, attributes='data-dnt="respect"')
    page.goto(site.url)
    page.wait_for_function("window.kizuki && window.kizuki.version")

    page.evaluate("kizuki.track('A'); kizuki.consent('granted'); kizuki.track('B')")

    site.wait_for_event("B")
    assert [event.get("event") for event in site.accepted()] == ["B"]


def test_blocked_storage_costs_the_memory_between_pages_and_nothing_else(site, page):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError') }})"
    )
    site.pages["/"] = document(site)
    page.goto(site.url)
    page.wait_for_function("window.kizuki && window.kizuki.version")
    page.evaluate("kizuki.identify('u1'); kizuki.track('A')")

    event = site.wait_for_event("A")
    assert event["userId"] == "u1"
    assert event["anonymousId"] == site.accepted("page")[0]["anonymousId"]


def test_no_error_escapes_into_the_site(site, visit):
    page = visit()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.evaluate("""() => {
        const loop = {}; loop.self = loop;
        kizuki.track("Circular", loop); kizuki.track("Big", {n: 1n}); kizuki.track(); kizuki.identify(null);
        kizuki.group(); kizuki.alias(); kizuki.page(null, null, null); kizuki.push(["nonsense"], ["track", "Fine"]);
        kizuki.ready("not a function"); kizuki.consent(); kizuki.consent("granted"); kizuki.track("Last");
    }""")

    site.wait_for_event("Last")
    assert errors == []


def test_an_element_that_is_named_like_the_tag_does_not_break_it(site, visit):
    page = visit(body='<div id="kizuki"></div>', head="")

    page.evaluate("window.kizuki.track('A')")

    site.wait_for_event("A")
