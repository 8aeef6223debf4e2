"""The recorder in a real browser: what it sends, when, and what it keeps to itself."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.web.site import Answer, Site

RECORD = 'data-replay="on"'
SNAPSHOT, INCREMENTAL, META = 2, 3, 4


def recorded(site: Site) -> list[dict[str, Any]]:
    return [event for chunk in site.stored for event in chunk.recorded]


def wait_for_recorded(site: Site, text: str) -> None:
    site.wait_for(lambda: any(text in json.dumps(event, ensure_ascii=False) for event in recorded(site)))


def leave(page: Page) -> None:
    page.goto("about:blank")


def test_a_recording_starts_with_a_full_snapshot_and_names_its_session_visitor_and_tab(site, visit):
    visit(attributes=RECORD)

    [chunk] = site.wait_for(lambda: site.chunks)[:1]
    event = site.wait_for_event("page")
    tab = chunk.query.pop("tab")
    assert chunk.path == f"/v1/replay/{event['context']['session']['id']}"
    assert chunk.query == {"writeKey": "wk_test", "anonymousId": event["anonymousId"], "seq": "0"}
    assert 1 <= len(tab) <= 36
    assert chunk.headers["Content-Type"] == "application/octet-stream"
    assert [e["type"] for e in chunk.recorded[:2]] == [META, SNAPSHOT]


def test_nothing_is_recorded_unless_the_site_asks_for_it(site, visit):
    page = visit()
    site.wait_for_event("page")
    assert page.evaluate("typeof kizuki_recorder") == "undefined"

    page.evaluate("kizuki.replay.start()")

    site.wait_for(lambda: site.chunks)


def test_events_name_the_moment_of_the_recording(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("kizuki.track('Moment')")

    event = site.wait_for_event("Moment")
    session = json.loads(page.evaluate("localStorage['kizuki.session']"))
    assert session["recordedFrom"] == recorded(site)[0]["timestamp"]
    at = page.evaluate("Date.parse", event["timestamp"])
    assert event["context"]["replay"] == {"id": session["id"], "offset": at - session["recordedFrom"]}


TYPED = "Typed-7301"
BODY = """
  <input id=text><input id=password type=password><input type=search id=search><textarea id=area></textarea>
  <div id=editable contenteditable>before</div><div id=box role=textbox contenteditable=plaintext-only></div>
  <input type=hidden value=Canary-hidden id=hidden>
  <input type=radio value=Canary-radio id=radio><input type=checkbox value=Canary-check id=check>
  <div data-customer="Canary-data" data-state="open" id=data>kept text</div>
  <a id=link href="/reset?token=Canary-token&amp;x=Canary-x#Canary=fragment">reset</a>
  <form action="/save?sid=Canary-sid" onsubmit="x='Canary-code'"></form>
  <img src="/pixel.png?signature=Canary-signature&amp;w=300" alt="picture">
  <select id=select><option value="Canary-value" label="Canary-label">Canary-option</option><option>Canary-two</option></select>
  <button value="Canary-button">kept button</button>
  <p data-kizuki-mask>Canary-masked</p><p data-kizuki-block>Canary-blocked</p>
  <iframe srcdoc="<p>kept frame</p><input type=hidden value=Canary-frame>"></iframe>
  <!-- Canary-comment -->
"""


def test_what_a_visitor_types_and_what_pages_hide_never_leaves_the_browser(site, visit):
    head = '<meta name="csrf-token" content="Canary-csrf"><script>const secret = "Canary-script"</script>'
    page = visit("/", "?code=Canary-query&id=kept-query", attributes=RECORD, body=BODY, head=head)
    site.wait_for(lambda: site.chunks)
    for field in ("text", "password", "search", "area", "editable", "box"):
        page.locator(f"#{field}").press_sequentially(TYPED)
    page.check("#radio")
    page.check("#check")
    page.select_option("#select", index=1)
    page.evaluate("""() => {
        password.type = "text";
        hidden.value = "Canary-hidden-2"; hidden.setAttribute("value", "Canary-hidden-3");
        data.dataset.customer = "Canary-data-2";
        link.href = "/reset/abcdef0123456789abcdef?token=Canary-token-2";
        text.setAttribute("value", "Canary-value-2");
        document.body.insertAdjacentHTML("beforeend", '<input type=hidden value=Canary-added data-x=Canary-x-2><i>kept later</i>');
        area.textContent = "Canary-area"; editable.firstChild.data = "Canary-text";
        select.add(new Option("Canary-three", "Canary-four"));
    }""")
    page.evaluate("setTimeout(() => document.body.append('kept last'), 50)")

    page.wait_for_function("document.body.textContent.includes('kept last')")
    leave(page)
    wait_for_recorded(site, "kept last")
    everything = json.dumps(recorded(site), ensure_ascii=False)
    assert re.findall(r".{80}Canary[\w-]*", everything) == []
    assert TYPED not in everything
    assert "abcdef0123456789" not in everything
    for kept in ("kept text", "kept button", "kept frame", "kept later", "kept-query", "w=300", '"data-state": "open"'):
        assert kept in everything


def test_what_the_site_unmasks_is_recorded_but_never_a_password(site, visit):
    page = visit(attributes=RECORD, body="<form data-kizuki-unmask><input id=q><input id=p type=password></form>")
    site.wait_for(lambda: site.chunks)
    page.fill("#q", "kept query")
    page.fill("#p", "Canary-password")

    leave(page)
    wait_for_recorded(site, "kept query")
    assert "Canary" not in json.dumps(recorded(site))


def test_leaving_a_page_sends_its_last_moments_and_the_next_page_counts_on(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('last words')")
    visit("/next", attributes=RECORD)

    wait_for_recorded(site, "last words")
    site.wait_for(lambda: sum(e["type"] == SNAPSHOT for e in recorded(site)) == 2)
    numbers = sorted(int(chunk.query["seq"]) for chunk in site.stored)
    assert numbers == list(range(len(numbers)))
    assert len({(chunk.path, chunk.query["tab"]) for chunk in site.chunks}) == 1


def test_what_is_too_large_for_a_leaving_page_is_sent_by_the_tabs_next_page(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('long ' + 'あ'.repeat(40_000) + ' end')")
    visit("/next", attributes=RECORD)

    wait_for_recorded(site, "あ end")
    numbers = sorted(int(chunk.query["seq"]) for chunk in site.stored)
    assert numbers == list(range(len(numbers)))


def test_tabs_share_the_session_and_number_their_chunks_apart(site, visit, context: BrowserContext):
    visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    other = context.new_page()
    other.goto(site.url)

    site.wait_for(lambda: len({chunk.query["tab"] for chunk in site.chunks}) == 2)
    assert len({chunk.path for chunk in site.chunks}) == 1
    assert [chunk.query["seq"] for chunk in site.chunks[:2]] == ["0", "0"]


def test_a_duplicated_tab_takes_a_number_of_its_own(site, visit, context: BrowserContext):
    page = visit(attributes=RECORD, body="<a target=_blank rel=opener href=/>again</a>")
    site.wait_for(lambda: site.chunks)
    page.click("a")

    site.wait_for(lambda: len({chunk.query["tab"] for chunk in site.chunks}) == 2)


def test_a_failed_chunk_is_tried_again_in_order(site, visit):
    page = visit(attributes=f'{RECORD} data-auto-page="off"')
    site.answers.extend([Answer(503), Answer(429, headers={"Retry-After": "1"})])

    site.wait_for(lambda: [chunk.status for chunk in site.chunks] == [503, 429, 201])
    assert {chunk.query["seq"] for chunk in site.chunks} == {"0"}
    assert page.evaluate("kizuki.version")


def test_a_new_session_is_a_new_recording_with_a_snapshot_of_its_own(site, visit):
    page = visit(attributes=RECORD)
    [first] = site.wait_for(lambda: site.chunks)[:1]
    page.evaluate("kizuki.reset(); document.body.append('between sessions')")
    page.evaluate("kizuki.track('Again'); document.body.append('new session')")

    session = site.wait_for_event("Again")["context"]["session"]["id"]
    second = site.wait_for(lambda: [chunk for chunk in site.chunks if session in chunk.path])[0]
    assert second.path != first.path
    assert second.query["seq"] == "0"
    assert second.query["anonymousId"] != first.query["anonymousId"]
    assert [event["type"] for event in second.recorded[:2]] == [META, SNAPSHOT]


def test_an_unattended_page_is_not_recorded_until_somebody_is_back(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("""() => {
        const session = JSON.parse(localStorage["kizuki.session"]);
        localStorage["kizuki.session"] = JSON.stringify({...session, seenAt: Date.now() - 30 * 60_000});
        document.body.append("nobody there");
    }""")
    page.mouse.move(50, 50)
    page.mouse.move(80, 80)

    site.wait_for(lambda: len({chunk.path for chunk in site.chunks}) == 2)
    later = [event for chunk in site.chunks if chunk.path != site.chunks[0].path for event in chunk.recorded]
    assert [event["type"] for event in later[:2]] == [META, SNAPSHOT]
    earlier = [event for chunk in site.chunks if chunk.path == site.chunks[0].path for event in chunk.recorded]
    assert "nobody there" not in json.dumps(earlier)


def test_declining_stops_the_recording_and_forgets_the_tab(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('before'); kizuki.consent('denied'); document.body.append('after')")
    visit("/next", attributes=RECORD)

    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage)]") == [["kizuki.consent"], []]
    assert page.evaluate("typeof kizuki_recorder") == "undefined"
    assert not any(word in json.dumps(recorded(site)) for word in ("before", "after"))


@pytest.mark.parametrize("status", [401, 403])
def test_a_server_that_takes_no_recording_is_not_asked_again(site, visit, status):
    site.pages["/"] = ""
    page = visit(attributes=f'{RECORD} data-auto-page="off"')
    with page.expect_response(lambda answer: "/v1/replay/" in answer.url):
        site.answers.append(Answer(status))
    page.evaluate("document.body.append('more')")
    leave(page)
    visit("/next")

    site.wait_for_event("page")
    assert len(site.chunks) == 1


def test_stopping_keeps_what_was_recorded(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('seen')")
    page.evaluate("new Promise(requestAnimationFrame).then(() => kizuki.replay.stop())")

    wait_for_recorded(site, "seen")


def test_actions_are_part_of_the_recording(site, visit):
    bar = {"type": "bar", "placement": "bottom", "locale": "ja", "content": {"title": "送料無料です"}}
    site.actions["A"] = [bar | {"id": "c:1", "campaign": "c", "name": "C", "variant": "a", "messageId": "1"}]
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("kizuki.track('A')")
    site.wait_for_event("Campaign Shown")

    leave(page)
    wait_for_recorded(site, "送料無料です")
    wait_for_recorded(site, "#17212b")
