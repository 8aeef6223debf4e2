"""State equals a fold of the accepted events, each once, whatever Kinesis and the stores do."""

import json
import random
from collections import Counter

import pytest
from botocore.exceptions import ConnectTimeoutError

from kizuki.errors import TryAgainError
from kizuki.rules.ruleset import SegmentSpec
from tests.functions.test_ingest import ARM, FREE_SHIPPING, added
from tests.simulator.kinesis import Mapping
from tests.simulator.stream import Clock, KinesisStream


@pytest.fixture
def mapping(platform):
    """Evaluate behind AWS's event source mapping, as the infrastructure sets it up."""
    clock = Clock()
    discarded: list[dict] = []
    mapping = Mapping(
        platform.evaluate.handler,
        KinesisStream(platform.kinesis, "events"),
        clock=clock,
        context=platform.context,
        batch_size=100,
        bisect=True,
        retries=5,
        max_age=3600,
        on_failure=discarded.append,
    )
    mapping.discarded = discarded
    return mapping


def failing(times: int):
    """A botocore hook that breaks the connection on the first calls."""
    left = [times]

    def hook(request, **_):
        if left[0] > 0:
            left[0] -= 1
            raise ConnectTimeoutError(endpoint_url=request.url)

    return hook


def test_state_folds_what_was_accepted(platform, track):
    platform.post({"batch": [track("page"), track("Product Viewed"), track("Product Viewed")]})
    platform.fold()

    state = platform.state("a:anon-1")
    assert state.events == 3
    assert state.visits == 1
    assert state.counts == {"page": 1, "Product Viewed": 2}


def test_redelivery_changes_nothing(platform, track):
    platform.publish("campaign", FREE_SHIPPING)
    platform.post({"batch": [added(track, 4000)]})

    platform.fold()
    once = platform.state("a:anon-1"), platform.metrics.counters("shop", "campaign#")
    platform.fold()

    assert (platform.state("a:anon-1"), platform.metrics.counters("shop", "campaign#")) == once
    assert once[1] == {"free-shipping": {"decided": 1, f"{ARM}:exposed": 1}}


@pytest.mark.parametrize(
    ("operation", "client"),
    [
        ("sqs.SendMessageBatch", "evaluate.evaluate._queue._client"),
        ("dynamodb.TransactWriteItems", "evaluate.dynamodb"),
        ("dynamodb.PutItem", "evaluate.dynamodb"),
        ("dynamodb.GetItem", "evaluate.dynamodb"),
    ],
)
def test_a_crash_between_any_two_writes_is_finished_and_not_repeated(platform, mapping, track, operation, client):
    platform.publish("campaign", FREE_SHIPPING)
    platform.publish(
        "rule", {"id": "cart", "name": "Cart", "when": {"type": "event", "name": "Product Added"}, "destination": "cs"}
    )
    for total in (1000, 2000, 3000):
        platform.post({"batch": [added(track, total)]})
    target = platform
    for name in client.split("."):
        target = getattr(target, name)
    target.meta.events.register_first(f"before-send.{operation}", failing(3))

    mapping.run_until_idle()

    assert mapping.discarded == []
    assert mapping.invocations[0].outcome == "failure"
    assert platform.state("a:anon-1").events == 3
    assert platform.metrics.counters("shop", "campaign#") == {
        "free-shipping": {"decided": 2, "suppressed": 1, "suppressed:caps": 1, f"{ARM}:exposed": 1}
    }
    assert len({notification["id"] for notification in platform.notifications()}) == 3


def test_a_poison_record_goes_to_the_failure_destination_and_the_others_go_on(platform, mapping, track):
    platform.post({"batch": [track()]})
    platform.kinesis.put_record(StreamName="events", PartitionKey="shop#a:anon-1", Data=b"\x00 not rows")
    platform.post({"batch": [track()]})

    mapping.run_until_idle()

    assert len(mapping.discarded) == 1
    assert platform.state("a:anon-1").events == 2


def test_a_rule_that_does_not_compile_disables_itself_only(platform, track):
    platform.publish("campaign", FREE_SHIPPING)
    ruleset = platform.config.engine("shop").ruleset
    ruleset.version += 1
    ruleset.segments.append(SegmentSpec("odd", "Odd", {"type": "telepathy"}))
    platform.config.publish(ruleset)

    _, answer = platform.post({"batch": [added(track, 4000)]})
    platform.fold()

    assert len(answer["actions"]) == 1
    assert platform.ingest.ingest._config.engine("shop").broken == {
        ("segment", "odd"): "'telepathy' is no kind of condition"
    }


def test_a_notification_tells_who_what_where_and_links_to_the_moment(platform, track):
    rule = {"id": "cart", "name": "Cart", "when": {"type": "event", "name": "Product Added"}, "destination": "cs"}
    platform.publish("rule", rule)
    context = {
        "session": {"id": "visit-1"},
        "replay": {"id": "visit-1", "offset": 61_000},
        "page": {"url": "https://shop.example.com/shirt", "title": "Shirt"},
    }
    platform.post({"batch": [track("Product Added", messageId="m", context=context, properties={"price": 4000})]})

    platform.fold()

    [notification] = platform.notifications()
    assert notification["id"] == "cart:m"
    assert notification["event"]["url"] == "https://shop.example.com/shirt"
    assert notification["session"] == {"id": "visit-1", "n": 1}
    assert notification["links"] == {
        "story": "https://console.example.com/sites/shop/people/a:anon-1?event=m",
        "replay": "https://console.example.com/sites/shop/replays/visit-1?t=60200",
    }


def test_any_character_can_be_notified_of(platform, track):
    rule = {"id": "cart", "name": "Cart", "when": {"type": "event", "name": "Product Added"}, "destination": "cs"}
    platform.publish("rule", rule)
    platform.post({"batch": [track("Product Added", properties={"note": "\x01 \ufffe \uffff 😀"})]})

    platform.fold()

    messages = platform.sqs.receive_message(QueueUrl=platform.queue_url)["Messages"]
    assert [character for character in "\x01\ufffe\uffff" if character in messages[0]["Body"]] == []
    assert json.loads(messages[0]["Body"])["event"]["properties"] == {"note": "\x01 \ufffe \uffff 😀"}


def test_a_feed_of_long_lines_is_shortened_and_delays_nobody(platform, mapping, track):
    platform.post({"batch": [track(userId="人" * 256) | {"type": "identify", "traits": {"name": "人" * 5000}}]})
    context = {"page": {"url": "https://shop.example.com/" + "人" * 3000}}
    for _ in range(4):
        platform.post({"batch": [track("😀" * 256, userId="人" * 256, context=context) for _ in range(20)]})

    mapping.run_until_idle()

    feed = platform.metrics.feed("shop")
    assert [invocation.outcome for invocation in mapping.invocations] == ["success"]
    assert 10 < len(feed) <= 50
    assert feed[0].name == "人" * 200


def test_a_quiet_rule_speaks_once_about_a_person_until_its_time_has_passed(platform, track):
    rule = {
        "id": "cart",
        "name": "Cart",
        "when": {"type": "event", "name": "Product Added"},
        "destination": "cs",
        "quiet_seconds": 3600,
    }
    platform.publish("rule", rule)

    platform.post({"batch": [track("Product Added"), track("Product Added")]})
    platform.post({"batch": [track("Product Added", anonymousId="anon-2")]})
    platform.fold()

    assert [notification["person"]["id"] for notification in platform.notifications()] == ["a:anon-1", "a:anon-2"]


def test_signing_in_merges_the_device_into_the_member(platform, track):
    platform.post({"batch": [track("page"), track("Product Viewed")]})
    identify = track() | {"type": "identify", "userId": "42", "traits": {"name": "山田 太郎"}}
    platform.post({"batch": [identify]})
    platform.post({"batch": [track("page", anonymousId="anon-1")]})

    platform.fold()

    member, device = platform.state("u:42"), platform.state("a:anon-1")
    assert device.merged_into == "u:42"
    assert member.events == 4
    assert member.visits == 1
    assert member.traits == {"name": "山田 太郎"}
    assert member.devices == ["anon-1"]
    assert member.counts["page"] == 2


def test_ingest_knows_the_merged_history_before_it_is_folded(platform, track):
    vip = {"type": "statistic", "of": "count", "event": "Product Viewed", "op": "gte", "value": 2}
    platform.publish("campaign", FREE_SHIPPING | {"audience": vip})
    platform.post({"batch": [track(), track()]})

    _, answer = platform.post({"batch": [added(track, 4000, userId="42")]})

    assert len(answer["actions"]) == 1


def test_a_visit_ends_after_thirty_minutes_for_clients_that_send_no_session(platform, track):
    sent = "2026-11-21T12:00:00.000Z"
    times = ["2026-11-21T10:00:00.000Z", "2026-11-21T10:29:00.000Z", "2026-11-21T10:59:30.000Z"]
    calls = [track(timestamp=time, context={}) for time in times]

    platform.post({"batch": calls, "sentAt": sent})
    platform.fold()

    assert [event.session_n for event in platform.timeline("a:anon-1")] == [1, 1, 2]
    assert platform.state("a:anon-1").visits == 2


def test_a_goal_counts_once_after_the_display_and_never_before(platform, track):
    order = {"id": "order", "name": "Order", "when": {"type": "event", "name": "Order Completed"}}
    platform.publish("campaign", FREE_SHIPPING | {"goals": [order]})
    shown = {"campaign_id": "free-shipping", "campaign_name": "Free shipping", "variant": "a", "action_id": "x"}

    platform.post({"batch": [track("Order Completed"), added(track, 4000), track("Campaign Shown", properties=shown)]})
    platform.post({"batch": [track("Order Completed"), track("Order Completed")]})
    platform.fold()

    assert platform.metrics.counters("shop", "campaign#") == {
        "free-shipping": {
            "decided": 1,
            "shown": 1,
            "goals": 1,
            f"{ARM}:exposed": 1,
            f"{ARM}:shown": 1,
            f"{ARM}:goal:order": 1,
            "group:shown": 1,
        }
    }


def test_a_person_enters_and_leaves_a_segment(platform, track):
    big = {"type": "statistic", "of": "last", "path": "cart.total", "op": "gte", "value": 3000}
    platform.publish("segment", {"id": "big-cart", "name": "Big cart", "condition": big})

    platform.post({"batch": [added(track, 4000)]})
    platform.fold()
    inside = list(platform.state("a:anon-1").segments)
    platform.post({"batch": [added(track, 1000)]})
    platform.fold()

    assert (inside, list(platform.state("a:anon-1").segments)) == (["big-cart"], [])


def test_a_thousand_events_with_duplicates_and_faults_come_out_even(platform, mapping, track):
    """Accepted = in the timeline = folded = on the stream, less duplicates, with faults on both ways."""
    chance = random.Random(20261121)
    people = [f"anon-{n}" for n in range(20)]
    events = [track(anonymousId=chance.choice(people)) for _ in range(950)]
    sent = events + chance.sample(events, 50)
    chance.shuffle(sent)
    platform.ingest.dynamodb.meta.events.register_first("before-send.dynamodb.PutItem", failing(3))
    platform.evaluate.dynamodb.meta.events.register_first("before-send.dynamodb.PutItem", failing(3))

    accepted = 0
    for start in range(0, len(sent), 10):
        batch = {"batch": sent[start : start + 10]}
        status, answer = platform.post(batch)
        if status == 503:
            status, answer = platform.post(batch)
        assert status == 200
        accepted += answer["accepted"]
    mapping.run_until_idle()

    expected = Counter(event["anonymousId"] for event in events)
    timeline = {person: {event.message_id for event in platform.timeline(f"a:{person}")} for person in people}
    assert accepted == 1000
    assert len({event.message_id for event in platform.streamed()}) == 950
    assert {person: len(ids) for person, ids in timeline.items()} == expected
    assert {person: platform.state(f"a:{person}").events for person in people} == expected
    assert mapping.discarded == []


def test_what_cannot_be_written_is_not_reported_as_done(platform, track):
    platform.post({"batch": [track()]})
    platform.evaluate.dynamodb.meta.events.register_first("before-send.dynamodb.PutItem", failing(100))

    with pytest.raises(TryAgainError):
        platform.fold()


def test_what_kinesis_really_delivers_is_folded(platform, sample):
    assert platform.evaluate.handler(sample("evaluate/records"), platform.context) == {"batchItemFailures": []}

    state = platform.state("a:3f1c2a52-9a51-4f65-8f0e-0a3f7b1d2c11")
    assert (state.events, state.cart.value["total"]) == (2, 4000)


def test_what_was_done_before_signing_in_is_the_members_also_when_one_batch_holds_both(platform, track):
    platform.post({"batch": [track("page"), track("page")]})
    platform.post({"batch": [track("page"), track("Signed In", userId="42")]})

    platform.fold()

    assert platform.state("a:anon-1").merged_into == "u:42"
    assert platform.state("u:42").events == 4


def test_an_event_sent_again_once_its_visitor_has_signed_in_counts_once(platform, track):
    event = track("page")
    platform.post({"batch": [event]})
    platform.post({"batch": [event, track("Signed In", userId="42")]})

    platform.fold()

    assert platform.state("u:42").events == 2


def test_a_member_of_very_many_devices_stays_small_and_blocks_nothing(platform, mapping, track):
    for _ in range(2):
        for device in range(60):
            platform.post({"batch": [track(anonymousId=f"d{device}", properties={f"p{device}": device})]})
    calls = [track(anonymousId=f"d{device}", userId="42") for device in range(120)]
    platform.post({"batch": calls})
    for device in range(60):
        platform.post({"batch": [track(anonymousId=f"d{device}")]})

    mapping.run_until_idle()

    member = platform.state("u:42")
    assert mapping.discarded == []
    assert {invocation.outcome for invocation in mapping.invocations} == {"success"}
    assert member.events == 120 + 120 + 60
    assert platform.state("a:d119").merged_into == "u:42"
    assert (len(member.devices), member.devices[0], member.devices[-1]) == (50, "d0", "d59")
    assert set(member.cursors) == {"u:42"}


def test_a_record_of_a_site_that_is_gone_is_set_aside(platform, track):
    platform.post({"batch": [track()]})
    data = platform.records()[0]["Data"].replace(b'"site":"shop"', b'"site":"gone"')
    last = platform.kinesis.put_record(StreamName="events", PartitionKey="gone#a:anon-1", Data=data)

    assert platform.fold() == {"batchItemFailures": [{"itemIdentifier": last["SequenceNumber"]}]}
    assert platform.state("a:anon-1").events == 1
