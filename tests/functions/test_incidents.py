"""Incidents and the comparison of groups, as the console asks for them."""

import time

import pytest

from kizuki.absence.incident import Incident
from kizuki.aws.incidents import IncidentStore, StoredIncident
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.session_index import SessionIndex
from kizuki.aws.sessions import SessionStore
from kizuki.campaigns.outcomes import Outcome
from kizuki.events.times import iso
from kizuki.replay.chunk import Address, Chunk
from kizuki.replay.facts import FactEvent, SessionFacts
from tests.functions.test_ingest import FREE_SHIPPING

NOW = time.time_ns() // 1_000_000 // 60_000 * 60_000
HOUR = 3_600_000


@pytest.fixture
def incidents(platform):
    return IncidentStore(platform.dynamodb, "metrics")


def incident(subject, hours_ago, **fields):
    at = iso(NOW - hours_ago * HOUR)
    told = {"kind": "campaign", "subject": subject, "name": subject.title(), "opened_at": at, "since": at}
    return Incident(**told, updated_at=iso(NOW), expected=40.04, seen=0, chance=1e-9, **fields)


def test_what_is_still_missing_comes_first_then_what_is_over_newest_first(call, incidents):
    over = {"ending": "returned", "ended_at": iso(NOW)}
    for made in (incident("old", 9), incident("b", 3, **over), incident("a", 5, **over), incident("new", 1)):
        incidents.put("shop", StoredIncident(made))

    status, page = call("/api/sites/shop/incidents")
    _, first = call("/api/sites/shop/incidents", query={"limit": "2"})
    _, rest = call("/api/sites/shop/incidents", query={"limit": "2", "cursor": first["next"]})

    assert status == 200
    assert [(each["subject"], each["status"]) for each in page["items"]] == [
        ("new", "open"), ("old", "open"), ("b", "ended"), ("a", "ended"),
    ]  # fmt: skip
    assert page["items"][0]["expected"] == 40.0
    assert [each["subject"] for each in first["items"] + rest["items"]] == ["new", "old", "b", "a"]
    assert call("/api/sites/other/incidents", groups="[site:shop]")[0] == 403
    assert call("/api/sites/shop/incidents", query={"cursor": "x"})[0] == 400


def test_an_incident_has_its_curve(call, incidents):
    made = incident("banner", 1, curve_start=iso(NOW - 600_000), curve=[(5.0, 4), (5.2, 0)])
    incidents.put("shop", StoredIncident(made))

    status, told = call(f"/api/sites/shop/incidents/{made.id}")

    assert status == 200
    assert told["curve"] == [
        {"at": iso(NOW - 600_000), "expected": 5.0, "seen": 4},
        {"at": iso(NOW - 300_000), "expected": 5.2, "seen": 0},
    ]
    assert call("/api/sites/shop/incidents/nothing")[0] == 404


def test_an_operator_snoozes_and_closes(call, incidents):
    made = incident("banner", 1)
    incidents.put("shop", StoredIncident(made))
    path = f"/api/sites/shop/incidents/{made.id}"
    until = iso(NOW + HOUR)

    status, snoozed = call(f"{path}/snooze", "POST", {"until": until})
    refused = [
        call(f"{path}/snooze", "POST", {"until": wrong})[0]
        for wrong in ("soon", iso(NOW - HOUR), iso(NOW + 999 * HOUR))
    ]
    _, closed = call(f"{path}/close", "POST")

    assert (status, snoozed["status"], snoozed["snoozed_until"], snoozed["by"]) == (
        200,
        "snoozed",
        until,
        "cs@example.com",
    )
    assert refused == [400, 400, 400]
    assert closed["status"] == "closed"


def recorded(platform, person, group, n, events, *, playable=True):
    """A person of a group, with a recording of a minute of which the display is at five seconds."""
    session, at = f"visit-{person}", NOW - n * 1000
    chunk = Chunk(
        site="shop", address=Address(session=session, tab="t", sequence=0, anonymous_id=person), started_at=at,
        ended_at=at + 60_000, events=2, full_snapshot=playable, url="https://shop.example.com/", body=b"x",
    )  # fmt: skip
    SessionStore(platform.dynamodb, "sessions").add(chunk, None, user_agent=None)
    shown = FactEvent("Campaign Shown", 5_000, "/", {"campaign_id": "free-shipping"}, "m0")
    told = [
        FactEvent(name, 6_000 + place * 1000, path, {}, f"m{place + 1}") for place, (name, path) in enumerate(events)
    ]
    facts = SessionFacts(
        session=session, started_at=at, person=f"a:{person}", events=[shown, *told], device="mobile", visit=1
    )
    SessionIndex(platform.dynamodb, "sessions").note("shop", [facts])
    outcome = Outcome(group=group, variant="a", shown_at=at + 5_000, replay_id=session, replay_offset=5_000)
    OutcomeStore(platform.dynamodb, "sessions").put("shop", "free-shipping", f"a:{person}", outcome)


def test_groups_are_compared_by_their_recordings(call, platform):
    platform.publish("campaign", FREE_SHIPPING)
    for n in range(12):
        recorded(
            platform, f"buyer-{n}", "clicked_goal", n, [("page", "/cart"), ("Coupon Applied", "/cart")], playable=n > 0
        )
        recorded(platform, f"looker-{n}", "shown", n, [("page", "/")])

    status, told = call("/api/sites/shop/campaigns/free-shipping/compare")

    assert status == 200
    goal, clicked, shown, closed = told["groups"]
    assert [(each["group"], each["size"], each["recorded"]) for each in (goal, clicked, shown, closed)] == [
        ("clicked_goal", 12, 12), ("clicked", 0, 0), ("shown", 12, 12), ("closed", 0, 0),
    ]  # fmt: skip
    assert [len(each["people"]) for each in (goal, clicked, shown, closed)] == [3, 0, 3, 0]
    assert goal["people"][0] == {
        "person": "a:buyer-1", "name": None, "variant": "a", "shown_at": iso(NOW - 1000 + 5_000), "device": "mobile",
        "visit": 1, "duration_ms": 60_000, "replay": {"id": "visit-buyer-1", "offset": 5_000},
    }  # fmt: skip
    coupon = next(each for each in told["differences"] if each["kind"] == "event")
    assert coupon["sentence"]["ja"] == (
        "クリックしてゴールした人の100%に、表示のあと「クーポン適用」がありました（表示のみの人では0%、差は100ポイント）。"
    )
    assert coupon["groups"] == {"clicked_goal": {"people": 12, "value": 1.0}, "shown": {"people": 12, "value": 0.0}}
    assert "原因" in told["caveat"]["ja"]
    assert call("/api/sites/shop/campaigns/none/compare")[0] == 404
