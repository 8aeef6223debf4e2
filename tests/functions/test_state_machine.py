"""Whatever happens between any two writes, everybody's state is what a naive recount of the accepted events says."""

import json
import math
import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.documents import StoredDocument
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.problems import ProblemLog
from kizuki.aws.publishing import publish
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.session_index import SessionIndex, facts_of, key_of
from kizuki.aws.stream import EventStream
from kizuki.aws.visitors import VisitorStore
from kizuki.campaigns.outcomes import counted, group_of
from kizuki.events import Event, decode_rows
from kizuki.events.times import iso
from kizuki.gateway import Request
from kizuki.pipeline import ingest
from kizuki.pipeline.evaluate import Evaluate
from kizuki.pipeline.ingest import Ingest
from kizuki.pipeline.plan import Record
from kizuki.replay.find import together
from kizuki.rules import Facts, compile_condition
from kizuki.rules.reading import reader
from tests.kizuki.visitors import naive
from tests.memory import Account, Crash

EXAMPLES = int(os.environ.get("STATE_MACHINE_EXAMPLES", "200"))
ZONE = "America/New_York"
NOW = 1_795_262_400_000
QUARTER = 900_000
BEGINNING = NOW - 100 * 7 * QUARTER
"""When every recording began."""
DEVICES = ("d1", "d2", "d3", "d4")
OWNERS = {"d1": "anna", "d2": "anna", "d3": "ben", "d4": "ben"}


def statistic(of: str, **fields: Any) -> dict[str, Any]:
    return {"type": "statistic", "of": of, "op": "gte", "value": 2} | fields


def sequence(*, absent: bool) -> dict[str, Any]:
    steps = {"first": {"event": "Added"}, "then": {"event": "Bought"}}
    return {"type": "sequence", "within": 86_400, "absent": absent} | steps


POSITIVE = [{"type": "property", "path": "price", "op": "gte", "value": 0}]
SEGMENTS = {
    "often": statistic("count", event="Viewed"),
    "week": statistic("sum", path="price", window={"days": 7}),
    "two-days": statistic("count", event=["Added", "Bought"], window={"days": 2}, where=POSITIVE),
    "today": statistic("max", path="price", window="today"),
    "visit": statistic("sum", event="Added", path="price", window="visit"),
    "before": statistic("count", window="previous_visit"),
    "last": statistic("last", path="price"),
    "previous": statistic("previous", event="Viewed", path="price", window={"days": 5}),
    "first": statistic("first", path="price", window={"days": 3}),
    "different": statistic("distinct", path="price", window={"days": 4}),
    "usual": statistic("most_frequent", path="price"),
    "mean": statistic("avg", path="price"),
    "idle": statistic("since_last", event="Bought", value=3600),
    "went-on": sequence(absent=False),
    "stopped": sequence(absent=True),
    "entered": statistic("count", event="Segment Entered", value=1),
}
CAMPAIGN = {
    "id": "hello",
    "name": "Hello",
    "trigger": {"type": "event", "name": "Viewed"},
    "control_percent": 30,
    "variants": [
        {"id": id_, "action": {"type": "bar", "content": {"en": {"title": "Hello"}}}} for id_ in ("one", "two")
    ],
    "caps": {"per_visit": None},
    "goals": [
        {"id": "bought", "name": "Bought", "when": {"type": "event", "name": "Bought"}, "window": {"hours": 2000}},
        {"id": "added", "name": "Added", "when": {"type": "event", "name": "Added"}, "window": "visit"},
    ],
}
STATISTICS = {id_: document for id_, document in SEGMENTS.items() if id_ != "entered"}


@dataclass(frozen=True)
class Call:
    """One event as a client sends it, as often as it likes. Every device has moments of its own."""

    device: str
    number: int
    name: str
    session: int
    signed_in: bool
    price: int | float | None

    @property
    def id(self) -> str:
        return f"{self.device}-{self.number}"

    @property
    def occurred_at(self) -> int:
        return NOW - self.number * 7 * QUARTER - DEVICES.index(self.device)

    @property
    def session_id(self) -> str:
        return f"{self.device}-s{self.session}"

    def document(self) -> dict[str, Any]:
        sent = {
            "type": "track",
            "event": self.name,
            "messageId": self.id,
            "anonymousId": self.device,
            "timestamp": iso(self.occurred_at),
            "properties": self.properties,
            "context": {
                "session": {"id": self.session_id},
                "replay": {"id": self.session_id, "offset": self.occurred_at - BEGINNING},
            },
        }
        return sent | ({"userId": OWNERS[self.device]} if self.signed_in else {})

    def event(self) -> Event:
        return Event(
            message_id=self.id,
            type="track",
            name=self.name,
            person="",
            occurred_at=self.occurred_at,
            received_at=0,
            session_id=self.session_id,
            properties=self.properties,
        )

    @property
    def properties(self) -> dict[str, Any]:
        return {"price": self.price} | ({"campaign_id": "hello"} if self.name.startswith("Campaign") else {})


calls = st.builds(
    Call,
    st.sampled_from(DEVICES),
    st.integers(1, 70),
    st.sampled_from(["Viewed", "Added", "Bought", "Campaign Shown", "Campaign Clicked", "Campaign Closed"]),
    st.integers(0, 1),
    st.booleans(),
    st.sampled_from([None, -1, 0, 0.1, 0.2, 2, 3, 3, 2.5]),
)
crashes = st.none() | st.tuples(st.integers(0, 6), st.booleans())


class Stream(RuleBasedStateMachine):
    """Clients, ingest, a stream of two shards, evaluate: each may end between any two of its writes."""

    @initialize()
    def start(self) -> None:
        self.account = Account()
        self.config = ConfigStore(self.account.dynamodb, "config", ruleset_max_age=0)
        self.config.put_site(Site("shop", "Shop", ZONE))
        for kind in ("write", "secret"):
            self.config.put_key(kind, site="shop", kind=kind, created_at="2026-11-21T00:00:00.000Z")
        self.config.put_document("shop", "campaign", StoredDocument("hello", "live", "", CAMPAIGN))
        publish(self.config, "shop")
        self.visitors = VisitorStore(self.account.dynamodb, "visitors")
        self.outcomes = OutcomeStore(self.account.dynamodb, "sessions")
        self.metrics = MetricsStore(self.account.dynamodb, "metrics")
        self.clock = NOW
        self.ingest, self.evaluate = self.new_ingest(), self.new_evaluate()
        self.accepted: dict[str, Call] = {}
        self.sent: dict[str, Call] = {}
        self.done = [0 for _ in self.account.kinesis.shards]

    def new_ingest(self) -> Ingest:
        def clock() -> int:
            self.clock += 1000
            return self.clock

        return Ingest(
            visitors=self.visitors,
            config=ConfigStore(self.account.dynamodb, "config", ruleset_max_age=0),
            metrics=self.metrics,
            stream=EventStream(self.account.kinesis, "events"),
            clock=clock,
        )

    def new_evaluate(self) -> Evaluate:
        return Evaluate(
            visitors=self.visitors,
            config=ConfigStore(self.account.dynamodb, "config", ruleset_max_age=0),
            metrics=self.metrics,
            outcomes=self.outcomes,
            problems=ProblemLog(self.account.dynamodb, "metrics"),
            sessions=SessionIndex(self.account.dynamodb, "sessions"),
            queue=NotificationQueue(self.account.sqs, "queue"),
            stream=EventStream(self.account.kinesis, "events"),
            console_url="https://console.example.com",
        )

    @rule(batch=st.lists(calls, min_size=1, max_size=5), crash=crashes, key=st.sampled_from(["write", "secret"]))
    def send(self, batch: list[Call], crash: tuple[int, bool] | None, key: str) -> None:
        """Send as a client does: what is not answered with success is sent again until it is."""
        # A message id is one event: what comes under it later is the same event, sent again.
        batch = [self.sent.setdefault(call.id, call) for call in batch]
        body = json.dumps({"writeKey": key, "batch": [call.document() for call in batch]}).encode()
        request = Request("POST", "/v1/batch", {}, {}, {}, body, None, binary=True)
        self.crash(crash)
        for _ in range(3):
            try:
                answer = self.ingest.accept(request, None)
            except Crash:
                self.ingest = self.new_ingest()
                continue
            assert (answer.status, answer.document["accepted"], answer.document["refused"]) == (200, len(batch), [])
            break
        self.account.crash_after = None
        self.accepted |= {call.id: call for call in batch}

    @rule(shard=st.integers(0, 1), count=st.integers(1, 8), crash=crashes)
    def fold(self, shard: int, count: int, crash: tuple[int, bool] | None) -> None:
        """Deliver the next records of a shard; what did not succeed comes again, perhaps in other pieces."""
        start = self.done[shard]
        self.crash(crash)
        if self.deliver(shard, start, start + count):
            self.done[shard] = min(start + count, len(self.account.kinesis.shards[shard]))
        self.account.crash_after = None

    @rule(shard=st.integers(0, 1), back=st.integers(1, 10), count=st.integers(1, 10))
    def deliver_again(self, shard: int, back: int, count: int) -> None:
        start = max(0, self.done[shard] - back)
        self.deliver(shard, start, min(start + count, self.done[shard]))

    @rule(live=st.sets(st.sampled_from(sorted(SEGMENTS))))
    def publish(self, live: set[str]) -> None:
        for id_, condition in SEGMENTS.items():
            document = {"id": id_, "name": id_, "condition": condition}
            status = "live" if id_ in live else "paused"
            self.config.put_document("shop", "segment", StoredDocument(id_, status, "", document))
        publish(self.config, "shop")

    def crash(self, crash: tuple[int, bool] | None) -> None:
        if crash is not None:
            self.account.crash_after, self.account.executed = crash

    def deliver(self, shard: int, start: int, end: int) -> bool:
        records = [Record(sequence, data) for sequence, data in self.account.kinesis.shards[shard][start:end]]
        if not records:
            return True
        try:
            self.evaluate.process(f"shard-{shard}", records)
        except Crash:
            self.evaluate = self.new_evaluate()
            return False
        return True

    def drain(self) -> None:
        while any(done < len(records) for done, records in zip(self.done, self.account.kinesis.shards, strict=True)):
            for shard, records in enumerate(self.account.kinesis.shards):
                end = len(records)
                assert self.deliver(shard, self.done[shard], end)
                self.done[shard] = end

    def teardown(self) -> None:
        if not hasattr(self, "account"):
            return
        self.drain()
        # Everybody comes once more, so that everybody is asked by the rules that are live now.
        for device in sorted({call.device for call in self.accepted.values()}):
            self.send([Call(device, 0, "Viewed", 9, signed_in=False, price=1)], None, "write")
        self.drain()
        self.check()

    def people(self) -> dict[str, list[Event]]:
        """Give every accepted event once, to the member whom its device has met, else to the device."""
        met = {call.device for call in self.accepted.values() if call.signed_in}
        people: dict[str, list[Event]] = defaultdict(list)
        for call in self.accepted.values():
            person = f"u:{OWNERS[call.device]}" if call.device in met else f"a:{call.device}"
            people[person].append(call.event())
        return people

    def check(self) -> None:
        engine = self.config.engine("shop")
        assert engine.broken == {}
        members: Counter[str] = Counter()
        campaign: Counter[str] = Counter()
        groups: dict[str, str] = {}
        people = self.people()
        for person in [*(f"a:{device}" for device in DEVICES), *(f"u:{user}" for user in set(OWNERS.values()))]:
            state, _ = self.visitors.state("shop", person)
            if person not in people:
                assert state.events == 0
                continue
            events = people[person]
            said = {id_: n for id_, n in state.counts.items() if id_ in naive.OWN}
            assert {id_: n for id_, n in state.counts.items() if id_ not in naive.OWN} == Counter(
                event.name for event in events
            )
            assert state.events == len(events) + sum(said.values())
            assert state.visits == len(naive.visits(events))
            latest = naive.in_order(events)[-1]
            facts = Facts(latest, state, engine.calendar)
            assert facts.now == latest.occurred_at
            for id_ in engine.segment.keys() & STATISTICS.keys():
                self.agree(id_, facts, events)
            members.update(state.segments.keys())
            exposure = state.exposures.get("hello")
            campaign.update(counted(exposure))
            if exposure is not None and (group := group_of(exposure)) is not None:
                groups[person] = group
            assert state.segments.keys() <= engine.segment.keys()
        in_segments = {id_: n["members"] for id_, n in self.metrics.counters("shop", "segment#").items()}
        assert {id_: n for id_, n in in_segments.items() if n} == members
        self.campaign_adds_up(campaign, groups)
        self.recordings_are_found_by_what_happened(people)
        self.stream_says_each_move_once()

    def campaign_adds_up(self, people: Counter[str], groups: dict[str, str]) -> None:
        """Counters of people, and the rows of the four groups, are what everybody's exposure says."""
        told = self.metrics.counters("shop", "campaign#").get("hello", {})
        assert {name: n for name, n in told.items() if n and name.startswith(("arm:", "group:"))} == people
        rows = self.account.dynamodb._table("sessions")
        of_campaign = {sk: item for (pk, sk), item in rows.items() if pk == "shop#campaign#hello"}
        assert {person: item["by_group"]["S"].rpartition("#")[2] for person, item in of_campaign.items()} == groups

    def recordings_are_found_by_what_happened(self, people: dict[str, list[Event]]) -> None:
        """Each session knows its events once, and its person; each list of the index has the sessions it should."""
        happened: dict[str, dict[str, str]] = defaultdict(dict)
        for event in (event for events in people.values() for event in events):
            happened[str(event.session_id)][event.message_id] = event.name
        lists: dict[str, set[str]] = defaultdict(set)
        for session, events in happened.items():
            rows = self.account.dynamodb._table("sessions")
            facts = facts_of(session, [item for (pk, _), item in sorted(rows.items()) if pk == f"shop#{session}"])
            assert facts is not None
            assert facts.started_at == BEGINNING
            assert {each.message_id: each.name for each in facts.events if each.name not in naive.OWN} == events
            for name in set(events.values()):
                lists[name].add(session)
        for name, sessions in lists.items():
            found = list(together([SessionIndex(self.account.dynamodb, "sessions").listed("shop", f"event:{name}")]))
            assert found == [key_of(BEGINNING, session) for session in sorted(sessions, reverse=True)]

    def agree(self, id_: str, facts: Facts, events: list[Event]) -> None:
        document = SEGMENTS[id_]
        holds = compile_condition(document)(facts)
        if document["type"] == "sequence":
            assert holds is naive.sequence(events, document, facts.now)
        else:
            found, expected = reader(document)(facts), naive.statistic(events, document, ZONE, facts.now)
            assert found == expected or math.isclose(found, expected, abs_tol=1e-9), (id_, found, expected)
        assert (id_ in facts.state.segments) is holds

    def stream_says_each_move_once(self) -> None:
        rows = [decode_rows(data)[1] for records in self.account.kinesis.shards for _, data in records]
        moves = {event.message_id: event for events in rows for event in events if event.name in naive.OWN}
        counters = self.metrics.counters("shop", "segment#")
        for name, counter in (("Segment Entered", "entered"), ("Segment Left", "left")):
            said = Counter(event.properties["segment_id"] for event in moves.values() if event.name == name)
            assert said == Counter({id_: n.get(counter, 0) for id_, n in counters.items()}), name


def test_everybody_is_the_sum_of_what_was_accepted_of_them(monkeypatch):
    # The calls here are days old, and are to be decided all the same.
    monkeypatch.setattr(ingest, "FRESH_MS", 365 * 86_400_000)
    run_state_machine_as_test(
        Stream,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
