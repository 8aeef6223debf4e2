"""The pulse: what five minutes came to, each event once, whatever is delivered again."""

import time
from contextlib import suppress

import pytest

from kizuki.absence.pulse import BUCKET_MS, bucket
from kizuki.aws.pulse import PulseStore
from kizuki.errors import TryAgainError
from kizuki.events.times import iso
from tests.functions.test_ingest import FREE_SHIPPING
from tests.kizuki.aws.faults import refuse

CART = {"id": "cart", "name": "Cart", "when": {"type": "event", "name": "Product Added"}, "destination": "cs"}
HELD = FREE_SHIPPING | {"id": "capped", "caps": {"ever": 1}}


def pulse(platform):
    """Sum of what was counted of late; a test may run over the end of five minutes."""
    now = time.time_ns() // 1_000_000
    rows = PulseStore(platform.dynamodb, "metrics").buckets("shop", bucket(now - 2 * BUCKET_MS), bucket(now))
    summed = {}
    for numbers in rows.values():
        for name, n in numbers.items():
            summed[name] = summed.get(name, 0) + n
    return summed


def visit(platform, track, id, *events):
    context = {"session": {"id": id}}
    batch = [track(name, properties=properties, context=context) for name, properties in events]
    status, answer = platform.post({"batch": batch})
    assert status == 200
    return answer


def test_visits_displays_decisions_and_matches_are_counted_once(platform, track, monkeypatch):
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    platform.publish("campaign", HELD)
    platform.publish("rule", CART)
    added = ("Product Added", {"price": 4000, "cart": {"total": 4000}})
    shown = ("Campaign Shown", {"campaign_id": "capped", "variant": "a"})
    answer = visit(platform, track, "v1", ("Product Viewed", {}), added, shown)
    visit(platform, track, "v2", added, ("Campaign Shown", {"campaign_id": "nobody's"}))
    assert [action["campaign"] for action in answer["actions"]] == ["capped"]

    platform.fold()
    platform.fold()
    once = pulse(platform)

    assert once == {
        "visits": 2, "campaign:capped": 1, "eligible:capped": 2, "decided:capped": 1, "rule:cart": 2,
    }  # fmt: skip


def test_counted_once_when_the_counters_fail_after_the_states_were_written(platform, track, monkeypatch):
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    visit(platform, track, "v1", ("Product Viewed", {}))
    refuse(platform.evaluate.dynamodb, "dynamodb.TransactWriteItems", "ThrottlingException", times=8, executed=False)

    with pytest.raises(TryAgainError):
        platform.fold()
    assert pulse(platform) == {}
    for _ in range(4):
        with suppress(TryAgainError):
            platform.fold()

    assert pulse(platform) == {"visits": 1}


def test_what_comes_late_from_an_import_is_no_pulse(platform, track):
    old = iso(time.time_ns() // 1_000_000 - 3 * 3_600_000)
    platform.post({"batch": [track("Product Viewed", timestamp=old, context={"session": {"id": "v1"}})]}, key="sk_shop")

    platform.fold()

    assert pulse(platform) == {}
