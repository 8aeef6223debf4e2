"""What a site's answers say of recording: who is recorded, since when, and how much."""

from unittest.mock import ANY

import pytest

from tests.web.actions import action
from tests.web.recordings import HIDE, META, RECORD, SNAPSHOT, hide, leave, markers, recorded, wait_for_recorded


def test_who_is_not_to_be_recorded_downloads_no_recorder(site, visit):
    site.recording = {"mode": "off"}
    page = visit(attributes=RECORD)
    site.wait_for_event("page")
    page.evaluate("kizuki.replay.start(); kizuki.track('Later')")
    site.wait_for_event("Later")

    assert page.evaluate("document.querySelector('script[src*=recorder]')") is None
    site.recording = {"mode": "record"}
    page.evaluate("kizuki.track('Now')")
    site.wait_for(lambda: site.chunks)

    site.recording = {"mode": "off"}
    page.evaluate("kizuki.track('No more')")
    site.wait_for_event("No more")
    page.evaluate("document.body.append('not recorded'); kizuki.replay.stop()")
    assert "not recorded" not in str(recorded(site))


def test_what_a_page_does_not_ask_for_is_not_recorded_whatever_the_site_says(site, visit):
    site.recording = {"mode": "record"}
    page = visit()
    site.wait_for_event("page")
    page.evaluate("kizuki.track('Later')")
    site.wait_for_event("Later")

    assert page.evaluate("typeof kizuki_recorder") == "undefined"


def test_a_buffer_is_sent_from_its_beginning_once_it_is_wanted_and_the_session_from_then_on(site, visit):
    site.recording = {"mode": "buffer"}
    page = visit(attributes=RECORD)
    page.wait_for_function("window.kizuki_recorder")
    page.evaluate("document.body.append('what led to it'); kizuki.track('Nothing yet')")
    assert site.wait_for_event("Nothing yet")["context"]["replay"] == {"id": ANY}
    site.recording = {"mode": "record"}
    page.evaluate("kizuki.track('It')")

    wait_for_recorded(site, "what led to it")
    assert [event["type"] for event in recorded(site)[:2]] == [META, SNAPSHOT]
    since = recorded(site)[0]["timestamp"]
    page.evaluate("kizuki.track('After')")
    event = site.wait_for_event("After")
    at = page.evaluate("Date.parse", event["timestamp"])
    assert event["context"]["replay"]["offset"] == at - since

    site.recording = {"mode": "buffer"}
    visit("/next", attributes=RECORD, body="<p>the next page</p>")
    wait_for_recorded(site, "the next page")


def test_what_the_first_answer_shows_is_of_the_recording_that_begins_with_it(site, visit):
    site.recording = {"mode": "record"}
    site.actions["page"] = [action("bar", "en")]
    visit(attributes=RECORD)

    replay = site.wait_for_event("Campaign Shown")["context"]["replay"]
    site.wait_for(lambda: site.chunks)
    assert replay["id"] in site.chunks[0].path
    assert 0 <= replay.get("offset", 0) < 60_000


def test_a_page_opened_in_the_background_counts_from_when_it_is_seen(site, visit):
    site.recording = {"mode": "record"}
    page = visit(attributes=RECORD, head=f"<script>({HIDE})(true)</script>")
    page.wait_for_function("window.kizuki_recorder")
    assert site.wait_for_event("page")["context"]["replay"] == {"id": ANY}
    hide(page, hidden=False)
    site.wait_for(lambda: site.chunks)
    page.evaluate("kizuki.track('Seen')")

    event = site.wait_for_event("Seen")
    at = page.evaluate("Date.parse", event["timestamp"])
    assert event["context"]["replay"]["offset"] == at - recorded(site)[0]["timestamp"]


def test_a_session_that_one_tab_sends_all_its_tabs_send(site, visit, context):
    site.recording = {"mode": "buffer"}
    page = visit(attributes=RECORD)
    page.wait_for_function("window.kizuki_recorder")
    other = context.new_page()
    other.goto(site.url)
    other.wait_for_function("window.kizuki_recorder")
    site.recording = {"mode": "record"}
    other.evaluate("kizuki.track('It')")
    [first] = site.wait_for(lambda: site.stored)
    page.evaluate("setInterval(() => document.body.append('in the other tab'), 50)")

    wait_for_recorded(site, "in the other tab")
    [second] = [chunk for chunk in site.stored if chunk.tab != first.tab][:1]
    assert second.path == first.path
    assert [event["type"] for event in second.recorded[:2]] == [META, SNAPSHOT]
    assert second.recorded[0]["timestamp"] > first.recorded[0]["timestamp"]


def test_a_buffer_keeps_the_last_seconds_and_goes_with_its_page(site, visit):
    site.recording = {"mode": "buffer", "buffer_seconds": 1}
    page = visit(attributes=RECORD, body="<p>first</p>")
    page.wait_for_function("window.kizuki_recorder")
    page.evaluate("""() => {
        let n = 0;
        setInterval(() => { document.querySelector("p").textContent = `moment ${++n}`; }, 100);
    }""")
    page.wait_for_function("document.body.textContent.includes('moment 40')")
    site.recording = {"mode": "record"}
    page.evaluate("kizuki.track('It')")

    site.wait_for(lambda: site.stored)
    assert [event["type"] for event in site.stored[0].recorded[:2]] == [META, SNAPSHOT]
    sent = str(site.stored[0].recorded)
    assert "'first'" not in sent
    assert "moment 1'" not in sent
    assert "moment 30" in sent


@pytest.mark.parametrize(("limit", "reason"), [({"max_bytes": 500}, "size"), ({"max_minutes": 0.01}, "time")])
def test_a_session_that_has_had_its_share_says_so_and_is_recorded_no_further(site, visit, limit, reason):
    site.recording = {"mode": "record"} | limit
    page = visit(attributes=RECORD, body="<p>" + " ".join(str(n * n) for n in range(2000)))
    page.evaluate("setInterval(() => document.body.append('.'), 100)")

    site.wait_for(lambda: {"kind": "stopped", "reason": reason} in markers(site))
    last = recorded(site)[-1]["data"]["payload"]["kind"]
    for name in ("Later", "Even later"):
        with page.expect_response("**/v1/batch"):
            page.evaluate("kizuki.track", name)
    page.evaluate("document.body.append('recorded no further')")
    leave(page)
    visit("/away")
    site.wait_for_event("page", 2)
    assert last == "stopped"
    assert "recorded no further" not in str(recorded(site))
