"""Whatever is sent, repeated or broken on the way, every person is the sum of what was accepted of them."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from tests.functions.conftest import Platform
from tests.functions.test_ingest import FREE_SHIPPING
from tests.kizuki.aws.faults import refuse
from tests.simulator.kinesis import Mapping
from tests.simulator.stream import Clock, KinesisStream

DEVICES = ("d1", "d2", "d3", "d4")
OWNERS = {"d1": "anna", "d2": "anna", "d3": "ben", "d4": "ben"}
NAMES = ("page", "Product Viewed", "Product Added", "人" * 60)
FAULTS = {
    "ingest": ("kinesis.PutRecord", "kinesis.PutRecords", "dynamodb.PutItem", "dynamodb.BatchWriteItem", "dynamodb.Query"),
    "evaluate": ("sqs.SendMessageBatch", "dynamodb.TransactWriteItems", "dynamodb.PutItem", "dynamodb.GetItem"),
}  # fmt: skip

odd = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
properties = st.fixed_dictionaries(
    {}, optional={"price": odd, "cart": st.fixed_dictionaries({"total": st.integers(0, 9000) | odd}), "": odd}
)


@dataclass
class Call:
    """One event as a client sends it, as often as it likes."""

    id: str
    name: str
    device: str
    signed_in: bool
    properties: dict
    session: str | None

    def document(self) -> dict:
        known = {"userId": OWNERS[self.device]} if self.signed_in else {}
        context = {"session": {"id": self.session}} if self.session else {}
        sent = {"type": "track", "event": self.name, "messageId": self.id, "anonymousId": self.device}
        return sent | known | {"properties": self.properties, "context": context}


calls = st.builds(
    Call,
    st.integers(0, 25).map("m{}".format),
    st.sampled_from(NAMES),
    st.sampled_from(DEVICES),
    st.booleans(),
    properties,
    st.sampled_from([None, "v1", "v2"]),
)


@dataclass
class Fault:
    side: str
    operation: str
    times: int
    executed: bool


@dataclass
class Step:
    """A request, what fails meanwhile, and whether the stream is worked off behind it."""

    calls: list[Call]
    faults: list[Fault] = field(default_factory=list)
    fold: bool = False


faults = st.sampled_from(sorted(FAULTS)).flatmap(
    lambda side: st.builds(Fault, st.just(side), st.sampled_from(FAULTS[side]), st.integers(1, 7), st.booleans())
)
steps = st.lists(
    st.builds(Step, st.lists(calls, min_size=1, max_size=5), st.lists(faults, max_size=2), st.booleans()),
    min_size=1,
    max_size=8,
)


class World:
    """A platform behind the event source mapping, and the plain recount of what it accepted."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.discarded: list[dict] = []
        self.mapping = Mapping(
            platform.evaluate.handler,
            KinesisStream(platform.kinesis, "events"),
            clock=Clock(),
            context=platform.context,
            bisect=True,
            retries=10,
            on_failure=self.discarded.append,
        )
        self.calls: dict[str, Call] = {}
        self.accepted: set[str] = set()

    def inject(self, fault: Fault) -> None:
        service = fault.operation.partition(".")[0]
        function = getattr(self.platform, fault.side)
        clients = {
            "dynamodb": function.dynamodb,
            "kinesis": self.platform.ingest.ingest._stream._client,
            "sqs": self.platform.evaluate.evaluate._queue._client,
        }
        refuse(clients[service], fault.operation, "ThrottlingException", times=fault.times, executed=fault.executed)

    def send(self, step: Step) -> None:
        """Send as a client does: what is not answered with success is sent again until it is."""
        # A message id is one event: what comes under it later is the same event, sent again.
        sent = [self.calls.setdefault(f"{call.device}-{call.id}", call) for call in step.calls]
        document = {"batch": [call.document() | {"messageId": f"{call.device}-{call.id}"} for call in sent]}
        for _ in range(30):
            status, answer = self.platform.post(document)
            assert status in {200, 503}
            if status == 200:
                assert (answer["accepted"], answer["refused"]) == (len(sent), [])
                self.accepted |= {f"{call.device}-{call.id}" for call in sent}
                return
        pytest.fail("a client gave up")

    def expected(self) -> dict[str, Counter]:
        """Count every accepted event once, for the member whom its device has met, else for the device."""
        met = {self.calls[id_].device for id_ in self.accepted if self.calls[id_].signed_in}
        people: dict[str, Counter] = defaultdict(Counter)
        for id_ in self.accepted:
            call = self.calls[id_]
            people[f"u:{OWNERS[call.device]}" if call.device in met else f"a:{call.device}"][call.name] += 1
        return dict(people)

    def found(self) -> dict[str, Counter]:
        people = {}
        for person in [f"a:{device}" for device in DEVICES] + [f"u:{user}" for user in set(OWNERS.values())]:
            state = self.platform.state(person)
            assert state.events == sum(state.counts.values())
            if state.events:
                assert state.merged_into is None
                people[person] = Counter(state.counts)
        return people


@pytest.fixture
def _no_backoff(monkeypatch):
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    monkeypatch.setattr("kizuki.aws.clients.PAUSE", 0)


@pytest.mark.usefixtures("_no_backoff")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_every_person_is_the_sum_of_what_was_accepted_of_them(monkeypatch, lambda_context, steps):
    with mock_aws(), monkeypatch.context() as environment:
        platform = Platform(environment, lambda_context)
        world = World(platform)
        platform.publish(
            "campaign", FREE_SHIPPING | {"caps": {"per_visit": None}, "goal": {"type": "event", "name": "page"}}
        )
        rule = {"id": "cart", "name": "Cart", "when": {"type": "event", "name": "Product Added"}, "destination": "cs"}
        platform.publish("rule", rule)
        for step in steps:
            for fault in step.faults:
                world.inject(fault)
            world.send(step)
            if step.fold:
                world.mapping.run_until_idle()
        world.mapping.run_until_idle()
        platform.fold()

        assert world.discarded == []
        assert world.found() == world.expected()
        decided = sum(
            exposure.decided for user in world.found() for exposure in platform.state(user).exposures.values()
        )
        assert platform.metrics.counters("shop", "campaign#").get("free-shipping", {}).get("decided", 0) == decided
        added = {id_ for id_ in world.accepted if world.calls[id_].name == "Product Added"}
        assert {notification["event"]["message_id"] for notification in platform.notifications()} == added
        assert json.dumps(sorted(event.message_id for event in first_copies(platform))) == json.dumps(
            sorted(world.accepted)
        )


def first_copies(platform):
    return {event.message_id: event for event in platform.streamed()}.values()
