"""Who enters and leaves a segment is an event of the stream, and what is published now is true of yesterday."""

from datetime import UTC, datetime, timedelta

import pytest

from kizuki.events.times import iso
from kizuki.rules.ruleset import Ruleset, SegmentSpec
from tests.functions.conftest import SECRET_KEY
from tests.kizuki.aws.faults import refuse

TWICE = {"type": "statistic", "of": "count", "event": "Product Viewed", "op": "gte", "value": 2}
FAN = {"id": "fan", "name": "Fan", "condition": TWICE}
HERE = {"type": "context", "path": "page.path", "op": "eq", "value": "/here"}


def popup(id_, trigger, **fields):
    content = {"ja": {"title": "{{ properties.segment_name }}様"}, "en": {"title": "{{ properties.segment_name }}"}}
    return {
        "id": id_,
        "name": id_,
        "trigger": trigger,
        "variants": [{"action": {"type": "popup", "content": content}}],
    } | fields


def moves(platform, person="a:anon-1"):
    """Segment events of the person's timeline, each once."""
    said = {event.message_id: event for event in platform.timeline(person) if event.name.startswith("Segment")}
    return [(event.name, event.properties["segment_id"]) for event in said.values()]


def test_entering_and_leaving_are_events(platform, track):
    platform.publish("segment", {"id": "here", "name": "Here", "condition": HERE})
    context = {"session": {"id": "visit-1"}, "page": {"path": "/here"}, "replay": {"id": "visit-1", "offset": 5}}

    platform.post({"batch": [track("page", context=context)]})
    platform.fold()
    platform.post({"batch": [track("page")]})
    platform.fold()

    said = {event.message_id: event for event in platform.streamed() if event.name.startswith("Segment")}
    entered, left = said.values()
    assert moves(platform) == [("Segment Entered", "here"), ("Segment Left", "here")]
    assert entered.properties == {"segment_id": "here", "segment_name": "Here"}
    assert (entered.session_id, entered.context) == ("visit-1", context)
    assert (left.name, left.person) == ("Segment Left", "a:anon-1")
    assert platform.metrics.counters("shop", "segment#") == {"here": {"entered": 1, "left": 1, "members": 0}}


def test_a_notification_rule_listens_to_who_enters(platform, track):
    platform.publish("segment", FAN)
    when = {
        "type": "all",
        "of": [
            {"type": "event", "name": "Segment Entered"},
            {"type": "property", "path": "segment_id", "op": "eq", "value": "fan"},
        ],
    }
    platform.publish("rule", {"id": "new-fan", "name": "New fan", "when": when, "destination": "cs"})

    platform.post({"batch": [track(), track(), track()]})
    platform.fold()
    platform.fold()

    [notification] = platform.notifications()
    assert notification["event"]["properties"] == {"segment_id": "fan", "segment_name": "Fan"}


def test_a_campaign_set_off_by_entering_is_in_the_answer_to_the_event_that_did_it(platform, track):
    platform.publish("segment", FAN)
    platform.publish("campaign", popup("welcome", {"type": "event", "name": "Segment Entered"}))

    answers = [platform.post({"batch": [track()]})[1]["actions"] for _ in range(3)]
    platform.fold()

    assert [[action["content"]["title"] for action in actions] for actions in answers] == [[], ["Fan"], []]
    assert platform.metrics.counters("shop", "campaign#")["welcome"]["decided"] == 1
    assert platform.state("a:anon-1").exposures["welcome"].decided == 1


def test_what_one_segment_sets_off_stays_when_others_are_entered_by_the_same_event(platform, track):
    once = TWICE | {"value": 1}
    platform.publish("segment", *({"id": id_, "name": id_, "condition": once} for id_ in ("a", "fan", "z")))
    fan = {"type": "property", "path": "segment_id", "op": "eq", "value": "fan"}
    trigger = {"type": "all", "of": [{"type": "event", "name": "Segment Entered"}, fan]}
    platform.publish("campaign", popup("welcome", trigger))

    _, answer = platform.post({"batch": [track()]})

    assert [action["campaign"] for action in answer["actions"]] == ["welcome"]
    assert answer["withdrawn"] == []


def test_a_move_is_said_once_however_often_its_record_comes(platform, track):
    platform.publish("segment", FAN)
    platform.post({"batch": [track(), track()]})
    records = platform.records()
    stream = platform.evaluate.evaluate._stream._client
    refuse(stream, "kinesis.PutRecords", "ProvisionedThroughputExceededException", times=1, executed=True)

    for _ in range(3):
        platform.fold(records)
    platform.fold()

    said = [event for event in platform.streamed() if event.name == "Segment Entered"]
    assert len({event.message_id for event in said}) == 1
    assert platform.state("a:anon-1").counts["Segment Entered"] == 1
    assert platform.metrics.counters("shop", "segment#") == {"fan": {"entered": 1, "members": 1}}


def test_a_thousand_segments_are_entered_by_one_event(platform, track):
    condition = {"type": "event", "name": "Cart Viewed"}
    segments = [SegmentSpec(f"s{n}", f"S{n}", condition) for n in range(1000)]
    platform.config.publish(Ruleset(platform.config.ruleset_version("shop") + 1, "shop", "UTC", segments=segments))

    platform.post({"batch": [track("Cart Viewed")]})
    folded = [platform.fold() for _ in range(2)]

    assert folded == [{"batchItemFailures": []}] * 2
    assert len(set(moves(platform))) == len(platform.state("a:anon-1").segments) == 1000
    counters = platform.metrics.counters("shop", "segment#")
    assert list(counters.values()) == [{"entered": 1, "members": 1}] * 1000


def test_one_request_says_a_thousand_moves_and_counts_them_all(platform, track):
    """Or the public key could make a hundred times its request of stream."""
    condition = {"type": "event", "name": "Cart Viewed"}
    platform.publish("segment", *[{"id": f"s{n}", "name": f"S{n}", "condition": condition} for n in range(20)])
    page = {"path": "/", "search": "?" + "x" * 3000}
    calls = [track(("Cart Viewed", "page")[n % 2], context={"page": page}) for n in range(80)]

    platform.post({"batch": calls})
    platform.fold()

    assert len(moves(platform)) == 1000
    assert sum(len(record["Data"]) for record in platform.records()[1:]) < 1_000_000
    assert platform.metrics.counters("shop", "segment#")["s0"] == {"entered": 40, "left": 40, "members": 0}


def test_a_client_cannot_say_who_entered(platform, track):
    status, answer = platform.post({"batch": [track("Segment Entered", properties={"segment_id": "fan"}), track()]})

    assert (status, answer["accepted"]) == (200, 1)
    assert [(each["path"], each["code"]) for each in answer["refused"]] == [("batch[0].event", "reserved_event")]

    status, answer = platform.post(track("Segment Left"), "/v1/track")

    assert (status, answer["error"]["code"], answer["error"]["path"]) == (400, "reserved_event", "event")


def test_a_segment_published_now_is_true_of_yesterday(platform, track):
    """The very next event of a visitor finds them in it: in the answer, in the state, in the count."""
    platform.post({"batch": [track(), track()]})
    platform.fold()

    platform.publish("segment", FAN)
    in_fan = {"type": "segment", "id": "fan"}
    platform.publish("campaign", popup("for-fans", {"type": "event", "name": "page"}, audience=in_fan, page=HERE))
    context = {"session": {"id": "visit-1"}, "page": {"path": "/here"}}
    event = track("page", context=context, properties={"segment_name": "x"})
    _, answer = platform.post({"batch": [event]})
    platform.fold()

    assert [action["campaign"] for action in answer["actions"]] == ["for-fans"]
    assert set(platform.state("a:anon-1").segments) == {"fan"}
    assert platform.metrics.counters("shop", "segment#") == {"fan": {"entered": 1, "members": 1}}


def test_what_was_done_on_a_device_before_signing_in_counts_for_a_later_segment(platform, track):
    platform.post({"batch": [track()]})
    platform.fold()
    platform.post({"batch": [track(userId="42")]})
    platform.fold()

    platform.publish("segment", FAN)
    platform.post({"batch": [track("page", userId="42", anonymousId="phone")]})
    platform.fold()

    state = platform.state("u:42")
    assert set(state.segments) == {"fan"}
    assert state.devices == ["anon-1", "phone"]


def test_a_segment_published_while_somebody_signs_in_is_true_of_their_device_too(platform, track, monkeypatch):
    platform.post({"batch": [track(), track()]})
    platform.fold()
    folded = platform.records()
    platform.post({"batch": [track("page", userId="42")]})
    platform.post({"batch": [track("page", userId="42")]})
    config = platform.evaluate.evaluate._config
    engine, asked = config.engine, []

    def published_after_the_first(site, **arguments):
        if len(asked) == 1:
            platform.publish("segment", FAN)
        asked.append(site)
        return engine(site, **arguments)

    monkeypatch.setattr(config, "engine", published_after_the_first)
    platform.fold(platform.records()[len(folded) :])
    platform.fold()
    platform.publish("segment", FAN)
    platform.post({"batch": [track("page", userId="42")]})
    platform.fold()

    assert set(platform.state("u:42").segments) == {"fan"}


def test_of_a_past_too_large_to_fold_again_the_newest_counts(platform, track, monkeypatch):
    """Or one visitor's past could take all the memory there is."""
    for n in range(4):
        platform.post({"batch": [track(properties={"price": n})]})
    platform.fold()
    size = max(len(record["Data"]) for record in platform.records())
    # The newest two, and the event that asks, which has arrived too.
    monkeypatch.setattr("kizuki.aws.visitors.MAX_HISTORY_BYTES", 3 * size + size // 2)

    ever = {"type": "statistic", "of": "sum", "path": "price", "op": "eq", "value": 2 + 3}
    platform.publish("segment", {"id": "s", "name": "S", "condition": ever})
    platform.post({"batch": [track("page")]})
    platform.fold()

    assert set(platform.state("a:anon-1").segments) == {"s"}


def test_a_longer_window_is_filled_again_and_what_nobody_reads_is_dropped(platform, track):
    day = {
        "type": "statistic",
        "of": "count",
        "event": "Product Viewed",
        "op": "gte",
        "value": 2,
        "window": {"days": 2},
    }
    month = day | {"window": {"days": 30}}
    past = iso(int((datetime.now(UTC) - timedelta(days=10)).timestamp() * 1000))
    platform.publish("segment", {"id": "s", "name": "S", "condition": day})
    platform.post({"batch": [track(timestamp=past), track(timestamp=past), track()]})
    platform.fold()
    assert platform.state("a:anon-1").segments == {}

    platform.publish("segment", {"id": "s", "name": "S", "condition": month})
    platform.post({"batch": [track("page")]})
    platform.fold()
    assert set(platform.state("a:anon-1").segments) == {"s"}

    platform.publish("segment", {"id": "s", "name": "S", "condition": HERE})
    platform.post({"batch": [track("page")]})
    platform.fold()
    assert platform.state("a:anon-1").series == {}


def test_a_segment_may_speak_of_another_in_any_order_and_a_circle_disables_itself(platform, track):
    first = {"id": "a", "name": "A", "condition": {"type": "segment", "id": "z"}}
    platform.publish("segment", first, {"id": "z", "name": "Z", "condition": TWICE})
    circle = [{"id": f"c{n}", "name": "C", "condition": {"type": "segment", "id": f"c{1 - n}"}} for n in (0, 1)]
    platform.publish("segment", *circle)

    platform.post({"batch": [track(), track()]})
    platform.fold()

    assert set(platform.state("a:anon-1").segments) == {"a", "z"}


def test_server_events_of_the_past_fold_as_others_do_and_notify_nobody(platform, track):
    platform.publish("segment", FAN)
    rule = {"id": "r", "name": "R", "when": {"type": "event", "name": "Product Viewed"}, "destination": "cs"}
    platform.publish("rule", rule)
    platform.publish("campaign", popup("all", {"type": "event", "name": "Product Viewed"}))
    past = [f"2023-0{month}-01T00:00:00Z" for month in (1, 2, 3)]
    history = [track(anonymousId=None, userId="7", context={}, timestamp=at) for at in past]

    status, answer = platform.post({"batch": history}, path="/v1/import", key=SECRET_KEY)
    platform.fold()
    platform.fold()

    assert (status, answer["accepted"], answer["actions"]) == (200, 3, [])
    state = platform.state("u:7")
    assert (state.events, state.visits, set(state.segments)) == (4, 0, {"fan"})
    assert iso(state.first_seen) == "2023-01-01T00:00:00.000Z"
    assert platform.notifications() == []


@pytest.mark.parametrize("late", [0, 1])
def test_late_events_of_a_merged_device_land_with_the_member(platform, track, late):
    platform.publish("segment", FAN)
    platform.post({"batch": [track("page", userId="42")]})
    platform.fold()

    for _ in range(2):
        platform.post({"batch": [track(timestamp="2026-01-01T00:00:00Z") if late else track()]})
    platform.fold()

    assert set(platform.state("u:42").segments) == {"fan"}
    assert platform.state("a:anon-1").merged_into == "u:42"
