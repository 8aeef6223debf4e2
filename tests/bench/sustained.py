"""One visitor at a thousand events a second, folded by evaluate behind a simulated Kinesis.

Some batches come twice, as clients send them again; every fourth invocation fails after its work is done; segments are
entered and left all the while.
"""

import itertools
import random
import time
from collections import Counter
from typing import Any

import msgspec
import pytest
from moto import mock_aws

from kizuki.events import Event, decode_rows, encode_rows, parse
from kizuki.rules import Facts
from kizuki.rules.reading import reader
from kizuki.visitors import Calendar, State, encode_state
from kizuki.visitors.statistics import OWN_EVENTS
from tests.bench import shop
from tests.bench.measure import Row, row
from tests.bench.rulebook import SEGMENTS, STATISTICS, TIMEZONE, segments, statistic
from tests.conftest import LambdaContext
from tests.functions.conftest import Platform
from tests.simulator.kinesis import Mapping
from tests.simulator.stream import Clock, Stream

PER_SECOND, PER_BATCH = 1000, 10
SENT_TWICE, EVERY = 0.05, 4
SECONDS = 60
MAX_ITEM = 400 * 1024
PERSON = f"a:{shop.anonymous_id(0)}"
NOBODY: dict[str, Any] = {
    "message_id": "", "type": "track", "name": "", "person": PERSON, "occurred_at": 0, "received_at": 0,
}  # fmt: skip


class Sustained(msgspec.Struct):
    """What came of it."""

    sent: dict[str, Any]
    """What the stream comes to, each event counted once."""
    folded: dict[str, Any]
    """The same as the state knows it."""
    invocations: int
    failed: int
    busy: float
    """Seconds of work."""
    state_bytes: int
    """Of the largest state."""


class _Stream:
    """kizuki.aws.stream.EventStream, for what evaluate itself says."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def put_many(self, records: list[tuple[str, bytes]]) -> list[str]:
        return [self._stream.put(key, data) for key, data in records]


def sustain(platform: Platform, seconds: int, seed: int = 23) -> Sustained:
    """Send and fold, one second after another."""
    chance = random.Random(seed)
    invocations = itertools.count()
    busy: list[float] = []
    clock = Clock(shop.NOW / 1000)
    stream = Stream(clock)
    platform.publish(
        "segment", *({"id": each.id, "name": each.name, "condition": each.condition} for each in segments())
    )
    platform.evaluate.evaluate._stream = _Stream(stream)

    def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
        started = time.perf_counter()
        answer: dict[str, Any] = platform.evaluate.handler(event, context)
        busy.append(time.perf_counter() - started)
        if next(invocations) % EVERY == 1:
            raise TimeoutError("after the work, before the answer")
        return answer

    mapping = Mapping(handler, stream, clock=clock, context=platform.context, bisect=True, retries=10)
    key = f"shop#{PERSON}"
    largest = 0
    for second in range(seconds):
        sent_again = []
        for number in range(PER_SECOND // PER_BATCH):
            rows = _rows(chance, shop.NOW + second * 1000 + number * 1000 * PER_BATCH // PER_SECOND)
            stream.put(key, rows)
            if chance.random() < SENT_TWICE:
                sent_again.append(rows)
        for rows in sent_again:
            stream.put(key, rows)
        mapping.run_until_idle()
        largest = max(largest, len(encode_state(platform.state(PERSON))))
        clock.advance(1)
    return Sustained(
        sent=_recounted([event for record in stream.records() for event in decode_rows(record.data)[1]]),
        folded=_known(platform.state(PERSON)),
        invocations=len(busy),
        failed=sum(invocation.outcome == "failure" for invocation in mapping.invocations),
        busy=sum(busy),
        state_bytes=largest,
    )


def _rows(chance: random.Random, at: int) -> bytes:
    body = shop.body(shop.calls(chance, at, count=PER_BATCH))
    return b"".join(encode_rows("shop", [accepted.event for accepted in parse(body, received_at=at).accepted]))


def _recounted(events: list[Event]) -> dict[str, Any]:
    """Count what is on the stream, each event once."""
    distinct = list({event.message_id: event for event in events}.values())
    theirs = [event for event in distinct if event.name not in OWN_EVENTS]
    moves = [(event.name, event.properties["segment_id"]) for event in distinct if event.name in OWN_EVENTS]
    return {
        "events": len(distinct),
        "counts": Counter(event.name for event in distinct),
        "visits": len({event.session_id for event in theirs}),
        "sum_month": sum(event.properties["price"] for event in theirs),
        "count_all": sum(event.name == STATISTICS["count_all"]["event"] for event in theirs),
        "segments": {
            id_ for id_ in SEGMENTS if moves.count(("Segment Entered", id_)) > moves.count(("Segment Left", id_))
        },
    }


def _known(state: State) -> dict[str, Any]:
    facts = Facts(Event(**NOBODY), state, Calendar(TIMEZONE))
    return {
        "events": state.events,
        "counts": Counter(state.counts),
        "visits": state.visits,
        **{name: reader(statistic(name, "gte", 0))(facts) for name in ("sum_month", "count_all")},
        "segments": set(state.segments),
    }


def sustained_row() -> Row:
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        found = sustain(Platform(patch, LambdaContext()), SECONDS)
    if found.folded != found.sent:
        raise AssertionError(f"folded {found.folded}, sent {found.sent}")
    if found.state_bytes > MAX_ITEM:
        raise AssertionError(f"a state of {found.state_bytes} bytes is no item")
    note = (
        f"seconds of work for {found.sent['events']:,} events of one visitor in {SECONDS} s, simulated AWS included; "
        f"{found.invocations} invocations, {found.failed} repeated; state {found.state_bytes:,} B"
    )
    return row("sustained", found.busy, SECONDS, "s", 1.0, note)
