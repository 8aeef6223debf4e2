"""The recorder in a real browser: when it records, and for whom."""

import json

import pytest

from tests.web.recordings import META, RECORD, SNAPSHOT, leave, recorded, wait_for_recorded
from tests.web.site import Answer


def test_a_recording_starts_with_a_full_snapshot_and_names_its_session_visitor_and_tab(site, visit):
    visit(attributes=RECORD)

    [chunk] = site.wait_for(lambda: site.chunks)[:1]
    event = site.wait_for_event("page")
    assert chunk.path == f"/v1/replay/{event['context']['session']['id']}"
    assert chunk.query == {"writeKey": "wk_test", "anonymousId": event["anonymousId"]}
    assert (1 <= len(chunk.tab) <= 36, chunk.seq) == (True, 0)
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


def test_a_new_session_is_a_new_recording_with_a_snapshot_of_its_own(site, visit):
    page = visit(attributes=RECORD)
    [first] = site.wait_for(lambda: site.chunks)[:1]
    page.evaluate("kizuki.reset(); document.body.append('between sessions')")
    page.evaluate("kizuki.track('Again'); document.body.append('new session')")

    session = site.wait_for_event("Again")["context"]["session"]["id"]
    second = site.wait_for(lambda: [chunk for chunk in site.chunks if session in chunk.path])[0]
    assert second.path != first.path
    assert second.seq == 0
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
    site.chunk_answers.append(Answer(status))
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('more'); kizuki.track('Later')")
    site.wait_for_event("Later")
    leave(page)
    visit("/next")

    site.wait_for_event("page", 2)
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
