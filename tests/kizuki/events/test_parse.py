"""A batch is read as a whole where all is well, and event by event where something is not: what comes out is the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuki.errors import MalformedError
from kizuki.events import parse
from kizuki.events.limits import MAX_DEPTH, MAX_EVENT_BYTES, MAX_INTEGER

NOW = 1_795_262_400_000
TIME = "2026-11-22T10:00:00.000Z"

texts = st.sampled_from(["x", "", "null", " Guest ", "あ", "y" * 256, "y" * 257])
ids = st.none() | texts | st.integers(-2, 2)
times = st.sampled_from([None, TIME, "2026-11-21", "yesterday", "0001-01-01T00:00:00+14:00"])
values = st.sampled_from([1, "a", None, 0.1, 0.30000000000000004, 2**53 - 1, 2**53, [], {"b": [1, {"c": 2**60}]}])
objects = st.none() | st.dictionaries(st.sampled_from("ab"), values, max_size=2)
calls = st.fixed_dictionaries(
    {"type": st.sampled_from(["track", "page", "identify", "group", "alias", "nope"]), "messageId": st.just("m")},
    optional={
        "event": st.just("Viewed") | texts,
        "name": st.just("Top"),
        "anonymousId": st.just("a") | ids,
        "userId": ids,
        "groupId": ids,
        "previousId": ids,
        "timestamp": times,
        "sentAt": times,
        "properties": objects,
        "traits": objects,
        "context": objects | st.just({"userAgent": "Mozilla/5.0 (iPhone)", "session": {"id": "s"}}),
    },
)


def track(**fields):
    return {"type": "track", "event": "Viewed", "messageId": "m", "anonymousId": "a"} | fields


def read(*events, **envelope):
    return parse(json.dumps({"batch": list(events)} | envelope).encode(), received_at=NOW)


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


@given(st.lists(calls, min_size=1, max_size=4), times)
def test_an_event_is_read_the_same_in_any_company(events, sent_at):
    together = read(*events, sentAt=sent_at)
    alone = [read(event, sentAt=sent_at) for event in events]

    accepted = {each.index: each.event for each in together.accepted}
    refused = {each.index: each for each in together.refused}
    assert sorted([*accepted, *refused]) == list(range(len(events)))
    for index, batch in enumerate(alone):
        for each in batch.accepted:
            each.event.position = index
            assert accepted[index] == each.event
        for each in batch.refused:
            assert (refused[index].code, refused[index].limit) == (each.code, each.limit)
            assert refused[index].path == each.path.replace("batch[0]", f"batch[{index}]")


def test_an_event_knows_where_it_stood():
    batch = read(track(), track(event=""), track())

    assert [(each.index, each.event.position) for each in batch.accepted] == [(0, 0), (2, 2)]
    assert [refusal.index for refusal in batch.refused] == [1]


@pytest.mark.parametrize("part", ["properties", "traits", "context"])
def test_depth_and_integers_are_kept_up_to_their_limits(part):
    sound = {"deep": nested(MAX_DEPTH), "large": [MAX_INTEGER, -MAX_INTEGER], "digits": "1234567890123456789"}

    [accepted] = read(track(**{part: sound})).accepted

    assert getattr(accepted.event, part) == sound


@pytest.mark.parametrize("part", ["properties", "traits", "context"])
@pytest.mark.parametrize(
    ("value", "code", "limit"),
    [
        (nested(MAX_DEPTH + 1), "too_deep", MAX_DEPTH),
        ({"a": nested(MAX_DEPTH)}, "too_deep", MAX_DEPTH),
        (MAX_INTEGER + 1, "integer_too_large", MAX_INTEGER),
        ([{"a": -MAX_INTEGER - 1}], "integer_too_large", MAX_INTEGER),
    ],
)
def test_over_its_limits_only_the_event_itself_is_refused(part, value, code, limit):
    batch = read(track(), track(**{part: {"x": value}}), track())

    [refusal] = batch.refused
    assert len(batch.accepted) == 2
    assert (refusal.index, refusal.code, refusal.limit, refusal.message_id) == (1, code, limit, "m")
    assert refusal.path.startswith(f"batch[1].{part}.x")
    assert json.loads(refusal.event) == track(**{part: {"x": value}})


def test_an_event_may_be_as_large_as_the_limit_in_a_body_that_is_larger():
    room = MAX_EVENT_BYTES - len(json.dumps(track(properties={"a": ""})))
    batch = read(*(track(properties={"a": "x" * (room + over)}) for over in (0, 1)))

    assert [each.index for each in batch.accepted] == [0]
    assert [(each.index, each.code) for each in batch.refused] == [(1, "event_too_large")]


def test_a_wrong_time_of_sending_is_named_where_it_stands():
    [by_batch] = read(track(timestamp=TIME), sentAt="soon").refused
    [by_event] = read(track(timestamp=TIME, sentAt="soon"), sentAt=TIME).refused

    assert (by_batch.code, by_batch.path) == ("invalid_time", "sentAt")
    assert (by_event.code, by_event.path) == ("invalid_time", "batch[0].sentAt")


def test_the_context_of_a_batch_is_every_events_and_its_own_wins():
    batch = read(track(), track(context={"locale": "en"}), context={"locale": "ja", "userAgent": "Mozilla/5.0 (iPad)"})

    assert [each.event.context["locale"] for each in batch.accepted] == ["ja", "en"]
    assert {each.event.context["device"]["os"] for each in batch.accepted} == {"iPadOS"}


def test_a_single_call_is_what_its_address_says():
    body = json.dumps(track(type="nope", groupId="acme")).encode()

    [accepted] = parse(body, received_at=NOW, kind="group").accepted

    assert (accepted.event.type, accepted.event.name, accepted.event.group_id) == ("group", "group", "acme")


NO_REQUESTS = [b"", b"[]", b"5", b'"x"', b"null", b"\xff", b"{", b"[" * 10_000]


@pytest.mark.parametrize("body", NO_REQUESTS)
def test_what_is_no_batch_is_refused_as_a_whole(body):
    with pytest.raises(MalformedError) as refused:
        parse(body, received_at=NOW)

    assert refused.value.path == "$"


@pytest.mark.parametrize("body", NO_REQUESTS)
def test_what_is_no_call_is_refused(body):
    batch = parse(body, received_at=NOW, kind="track")

    assert batch.accepted == []
    assert [refusal.path for refusal in batch.refused] == ["$"]
