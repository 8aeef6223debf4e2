"""Fold the stream into visitor state, exactly once, and set off what follows from it.

Order of writes: notifications (sent once per id) → segment events (told apart by id, like every event) → counters with
the shard's cursor (one transaction) → states (each on the condition that it has not moved). A crash between any two
leaves work that a redelivery finishes, not repeats: each knows up to where, or by which ids, it has been done.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from kizuki.aws.config import ConfigStore
from kizuki.aws.metrics import MAX_COUNTERS, Counts, FeedEvent, MetricsStore
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.stream import EventStream, slices
from kizuki.aws.visitors import MAX_TOGETHER, TimelineBatch, VisitorStore, padded
from kizuki.campaigns.advance import Change, advance, identities, segment_events
from kizuki.errors import CallerError, ConflictError
from kizuki.events import Event, decode_rows, encode_rows
from kizuki.events.model import lookup
from kizuki.events.times import iso
from kizuki.notifications.model import Notification
from kizuki.pipeline.completing import complete
from kizuki.rules.ruleset import Engine, NotificationSpec
from kizuki.visitors import EXPOSURE_EVENTS, State, merge

REPLAY_LEAD_MS = 5_000
ATTEMPTS = 5
FEED_NAME = 200
FEED_TEXT = 2000
"""What a line of the feed holds at most of an address, and of properties: fifty lines are one item."""
SECOND_MS = 1000
DAY_SECONDS = 86_400
STALE_MS = 60 * 60 * 1000
"""An event told later than this, from an import say, notifies nobody."""
UNFOLDABLE = (
    CallerError,
    msgspec.MsgspecError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
)
"""What one record's content can raise: it would again, however often the record came."""
DECISION_COUNTERS = {"shown": "decided", "control": "control", "suppressed": "suppressed"}


class Record(msgspec.Struct):
    """One Kinesis record; `sequence` is its sequence number as Kinesis gives it."""

    sequence: str
    data: bytes


class PoisonError(Exception):
    """One record cannot be folded. `record` is the one; the cause says why."""

    def __init__(self, record: Record) -> None:
        super().__init__(record.sequence)
        self.record = record


class Plan:
    """What a run of records comes to, computed in memory before anything is written."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, str], tuple[State, int]] = {}
        self.changed: dict[tuple[str, str], set[tuple[str, str]]] = {}
        """Each changed person with those that must be written together with it."""
        self.counts: Counts = {}
        self.notifications: list[Notification] = []
        self.said: dict[tuple[str, str], list[Event]] = {}
        """Events of our own, for the stream."""
        self.feed: dict[str, list[FeedEvent]] = {}

    def change(self, *persons: tuple[str, str]) -> None:
        together = set(persons).union(*(self.changed.get(person, set()) for person in persons))
        for person in together:
            self.changed[person] = together

    def transactions(self) -> list[list[tuple[str, str]]]:
        return [sorted(together) for together in {id(group): group for group in self.changed.values()}.values()]

    @property
    def too_large(self) -> bool:
        """Whether a transaction would not take it; a single record's always does."""
        return len(self.counts) > MAX_COUNTERS or any(
            len(together) > MAX_TOGETHER for together in self.changed.values()
        )

    def count(self, site: str, key: str, name: str, by: int = 1) -> None:
        self.counts.setdefault((site, key), Counter())[name] += by


class Evaluate:
    """The stream's way."""

    def __init__(
        self,
        *,
        visitors: VisitorStore,
        config: ConfigStore,
        metrics: MetricsStore,
        queue: NotificationQueue,
        stream: EventStream,
        console_url: str,
    ) -> None:
        self._visitors = visitors
        self._config = config
        self._metrics = metrics
        self._queue = queue
        self._stream = stream
        self._console_url = console_url

    def process(self, shard: str, records: Sequence[Record]) -> None:
        """Fold records of one shard, in order. Raises PoisonError once everything before the poison is written."""
        poison: PoisonError | None = None
        for attempt in range(ATTEMPTS):
            cursor = self._metrics.shard_cursor(shard)
            try:
                plan = self._plan(records, cursor)
            except PoisonError as error:
                poison = error
                records = records[: records.index(error.record)]
                plan = self._plan(records, cursor)
            if plan.too_large and len(records) > 1:
                middle = len(records) // 2
                self.process(shard, records[:middle])
                self.process(shard, records[middle:])
                break
            try:
                self._write(shard, cursor, records, plan)
                break
            except ConflictError:
                if attempt + 1 == ATTEMPTS:
                    raise
        if poison is not None:
            raise poison

    def _plan(self, records: Sequence[Record], cursor: str) -> Plan:
        plan = Plan()
        for record in records:
            counted = padded(record.sequence) <= cursor
            try:
                self._fold(plan, record, counted=counted)
            except UNFOLDABLE as error:
                raise PoisonError(record) from error
        return plan

    def _fold(self, plan: Plan, record: Record, *, counted: bool) -> None:
        site, events = decode_rows(record.data)
        engine = self._config.engine(site)
        source = events[0].person
        state = self._state(plan, site, source)
        sequence = padded(record.sequence)
        if sequence <= state.cursors.get(source, ""):
            return
        while state.merged_into is not None:
            state = self._state(plan, site, state.merged_into)
        engine = self._complete(site, engine, state)
        for person in identities(state, events):
            state = self._merged(plan, site, engine, state, person, counted=counted)
        for event in events:
            change = advance(engine, state, event)
            if change is None:
                continue
            if not counted:
                _count(plan, site, engine, change)
            if event.received_at - event.occurred_at <= STALE_MS:
                self._notify(plan, site, engine, change)
            if said := segment_events(engine, change):
                plan.said.setdefault((site, state.person), []).extend(said)
            plan.feed.setdefault(site, []).append(_feed_event(event, state))
        # A source that was merged keeps its own cursor: a member's would grow with every device.
        plan.states[site, source][0].cursors[source] = sequence
        plan.change((site, state.person), (site, source))

    def _state(self, plan: Plan, site: str, person: str) -> State:
        key = (site, person)
        if key not in plan.states:
            plan.states[key] = self._visitors.state(site, person)
        return plan.states[key][0]

    def _complete(self, site: str, engine: Engine, state: State) -> Engine:
        """Give a state the statistics that its ruleset lacked; return the engine, a newer one for a newer state."""
        if state.complete > engine.version:
            engine = self._config.engine(site, at_least=state.complete)
        complete(self._visitors, site, engine, state)
        return engine

    def _merged(self, plan: Plan, site: str, engine: Engine, state: State, person: str, *, counted: bool) -> State:
        """Merge someone into the member they turned out to be, when the two meet for the first time."""
        other = self._state(plan, site, person)
        if other.merged_into is not None or other.person == state.person:
            return state
        complete(self._visitors, site, engine, other)
        if not counted:
            for segment in state.segments.keys() & other.segments.keys():
                plan.count(site, f"segment#{segment}", "members", -1)
        member, other_key = (site, state.person), (site, other.person)
        merged = merge(state, other, engine.needs)
        plan.states[member] = (merged, plan.states[member][1])
        marker = State(other.person, cursors=other.cursors, merged_into=state.person)
        plan.states[other_key] = (marker, plan.states[other_key][1])
        plan.change(member, other_key)
        return merged

    def _notify(self, plan: Plan, site: str, engine: Engine, change: Change) -> None:
        event, state = change.facts.event, change.facts.state
        for spec in engine.notifications.holding(change.facts):
            quiet_until = state.notified.get(spec.id, 0) + spec.quiet_seconds * SECOND_MS
            if spec.id in state.notified and event.occurred_at < quiet_until:
                continue
            state.notified[spec.id] = event.occurred_at
            plan.notifications.append(self._notification(site, spec, event, state))

    def _notification(self, site: str, rule: NotificationSpec, event: Event, state: State) -> Notification:
        story = (
            f"{self._console_url}/sites/{site}/people/{quote(state.person, safe=':')}?event={quote(event.message_id)}"
        )
        replay, offset = lookup(event.context, "replay.id"), lookup(event.context, "replay.offset")
        moment = None
        if isinstance(replay, str) and isinstance(offset, int):
            moment = (
                f"{self._console_url}/sites/{site}/replays/{quote(replay, safe='')}?t={max(0, offset - REPLAY_LEAD_MS)}"
            )
        document = {
            "id": f"{rule.id}:{event.message_id}",
            "site": site,
            "rule": {"id": rule.id, "name": rule.name},
            "destination": rule.destination,
            "occurred_at": iso(event.occurred_at),
            "person": {
                "id": state.person,
                "name": text(state.traits, "name"),
                "email": text(state.traits, "email"),
                "traits": state.traits,
            },
            "session": {"id": event.session_id, "n": event.session_n} if event.session_id and event.session_n else None,
            "event": {
                "name": event.name,
                "type": event.type,
                "message_id": event.message_id,
                "properties": event.properties,
                "url": text(event.context, "page.url"),
                "title": text(event.context, "page.title"),
                "device": _device(event),
            },
            "links": {"story": story, "replay": moment},
        }
        return msgspec.convert(document, Notification)

    def _write(self, shard: str, cursor: str, records: Sequence[Record], plan: Plan) -> None:
        if plan.notifications:
            self._queue.send(plan.notifications)
        for (site, person), events in plan.said.items():
            self._say(site, person, events)
        if records and padded(records[-1].sequence) > cursor and plan.counts:
            self._metrics.count(shard, before=cursor, sequence=records[-1].sequence, counts=plan.counts)
        for persons in plan.transactions():
            self._visitors.save(persons[0][0], [plan.states[person] for person in persons])
        for site, lines in plan.feed.items():
            self._metrics.put_feed(site, shard, lines)

    def _say(self, site: str, person: str, events: list[Event]) -> None:
        """Add events of our own to the stream and to the person's timeline, as ingest does."""
        rows = encode_rows(site, events)
        parts = [b"".join(rows[position] for position in positions) for positions in slices(rows)]
        sequences = self._stream.put_many([(f"{site}#{person}", part) for part in parts])
        expires_at = events[-1].received_at // SECOND_MS + self._config.site(site).timeline_days * DAY_SECONDS
        batches = [TimelineBatch(person, at, part) for at, part in zip(sequences, parts, strict=True)]
        self._visitors.append_many(site, batches, expires_at=expires_at)


def text(document: dict[str, Any], path: str) -> str | None:
    value = lookup(document, path)
    return value if isinstance(value, str) else None


def _device(event: Event) -> dict[str, str] | None:
    """Say what the visitor holds, where the user agent told; Segment's mobile clients put other things there."""
    device = {name: text(event.context, f"device.{name}") for name in ("type", "browser", "os")}
    return {name: value for name, value in device.items() if value} if all(device.values()) else None


def _count(plan: Plan, site: str, engine: Engine, change: Change) -> None:
    event = change.facts.event
    for decision in event.decisions:
        plan.count(site, f"campaign#{decision.campaign}", DECISION_COUNTERS[decision.outcome])
    outcome, campaign = EXPOSURE_EVENTS.get(event.name), text(event.properties, "campaign_id")
    if outcome is not None and campaign in engine.counted:
        plan.count(site, f"campaign#{campaign}", outcome)
    for goal in change.goals:
        plan.count(site, f"campaign#{goal}", "goals")
    for segment in change.moves.entered:
        plan.count(site, f"segment#{segment}", "entered")
        plan.count(site, f"segment#{segment}", "members")
    for segment in change.moves.left:
        plan.count(site, f"segment#{segment}", "left")
    for segment in [*change.moves.left, *change.moves.dropped]:
        plan.count(site, f"segment#{segment}", "members", -1)


def _feed_event(event: Event, state: State) -> FeedEvent:
    return FeedEvent(
        message_id=event.message_id,
        event=event.name,
        type=event.type,
        occurred_at=iso(event.occurred_at),
        person=state.person,
        name=(text(state.traits, "name") or "")[:FEED_NAME] or None,
        url=(text(event.context, "page.url") or "")[:FEED_TEXT] or None,
        properties=event.properties if len(msgspec.json.encode(event.properties)) <= FEED_TEXT else {},
    )
