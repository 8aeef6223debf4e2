"""Fold the stream into visitor state, exactly once, and set off what follows from it.

Order of writes: what screens showed, what campaigns came to and what happened in recorded sessions (rows that say the
same however often they are written) → notifications (sent once per id) → states (each on the condition that it has not
moved), which keep what their newest records came to → counters with the shard's cursor (one transaction) → events of
our own (told apart by id, like every event). A crash between any two leaves work that a redelivery finishes, and does
not repeat.
"""

from collections.abc import Sequence

import msgspec

from kizuki.aws.config import ConfigStore
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.problems import ProblemLog
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.session_index import SessionIndex
from kizuki.aws.stream import EventStream, slices
from kizuki.aws.visitors import TimelineBatch, VisitorStore, padded
from kizuki.campaigns.advance import Change, advance, identities, is_stale, moved
from kizuki.campaigns.screens import screen_problem
from kizuki.errors import CallerError, ConflictError
from kizuki.events import Event, decode_rows, encode_rows
from kizuki.pipeline.completing import complete
from kizuki.pipeline.consequences import beat, count, count_merged, outcomes, outcomes_merged
from kizuki.pipeline.notices import campaign_notification, feed_event, moments, notifications
from kizuki.pipeline.plan import Plan, Record
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import NotificationSpec
from kizuki.visitors import Pending, State, merge

ATTEMPTS = 5
MAX_MOVES = 1000
"""Segments entered and left that one record says; all are counted. A page could set off a hundred with each event."""
SECOND_MS = 1000
DAY_SECONDS = 86_400
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


class PoisonError(Exception):
    """One record cannot be folded. `record` is the one; the cause says why."""

    def __init__(self, record: Record) -> None:
        super().__init__(record.sequence)
        self.record = record


class Evaluate:
    """The stream's way."""

    def __init__(
        self,
        *,
        visitors: VisitorStore,
        config: ConfigStore,
        metrics: MetricsStore,
        outcomes: OutcomeStore,
        problems: ProblemLog,
        sessions: SessionIndex,
        queue: NotificationQueue,
        stream: EventStream,
        console_url: str,
    ) -> None:
        self._visitors = visitors
        self._config = config
        self._metrics = metrics
        self._outcomes = outcomes
        self._problems = problems
        self._sessions = sessions
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
        plan = Plan(records)
        for record in records:
            counted = padded(record.sequence) <= cursor
            try:
                self._fold(plan, record, counted=counted)
            except UNFOLDABLE as error:
                raise PoisonError(record) from error
        return plan

    def _fold(self, plan: Plan, record: Record, *, counted: bool) -> None:
        site, events = decode_rows(record.data)
        engine = plan.engines.get(site) or self._config.engine(site)
        source = events[0].person
        state = self._state(plan, site, source)
        sequence = padded(record.sequence)
        folded = sequence <= state.cursors.get(source, "")
        left = [pending for pending in state.pending if pending.sequence == sequence]
        while state.merged_into is not None:
            state = self._state(plan, site, state.merged_into)
        if folded:
            for pending in left:
                plan.settle(site, state.person, pending, events, counted=counted)
            return
        engine = plan.engines[site] = self._complete(site, engine, state)
        pending = Pending(sequence)
        for person in identities(state, events):
            state = self._merged(plan, site, engine, state, person, pending=pending)
        for place, event in enumerate(events):
            visits = state.visits
            change = advance(engine, state, event)
            if change is None:
                continue
            count(pending, engine, change)
            pending.moves += moved(engine, change, place)[: MAX_MOVES - len(pending.moves)]
            for campaign, outcome in outcomes(engine, change).items():
                plan.note_outcome(site, campaign, state.person, outcome)
                if source != state.person:
                    # A crash may have left the device a row before it was merged without one.
                    plan.inherited.append((site, campaign, source, state.person))
            plan.note_session(site, change)
            problem = screen_problem(event, state.person)
            if problem is not None and problem.campaign in engine.counted:
                plan.problems.append((site, problem))
            if not is_stale(event):
                matched = engine.notifications.holding(change.facts)
                began = state.visits > visits
                beat(pending, engine, change, began=began, rules=[rule.id for rule in matched])
                self._notify(plan, site, engine, matched, change)
            plan.feed.setdefault(site, []).append(feed_event(event, state))
        # A source that was merged keeps its own cursor: a member's would grow with every device.
        origin = plan.states[site, source][0]
        origin.cursors[source] = sequence
        plan.leave(origin, pending)
        plan.change((site, state.person), (site, source))
        plan.settle(site, state.person, pending, events, counted=counted)

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

    def _merged(self, plan: Plan, site: str, engine: Engine, state: State, person: str, *, pending: Pending) -> State:
        """Merge someone into the member they turned out to be, when the two meet for the first time."""
        other = self._state(plan, site, person)
        if other.merged_into is not None or other.person == state.person:
            return state
        complete(self._visitors, site, engine, other)
        member, other_key = (site, state.person), (site, other.person)
        merged = merge(state, other, engine.needs)
        count_merged(pending, engine, state, other, merged)
        for campaign, outcome in outcomes_merged(engine, other, merged).items():
            plan.inherit_outcome(site, campaign, other.person, merged.person, outcome)
        plan.states[member] = (merged, plan.states[member][1])
        marker = State(other.person, cursors=other.cursors, merged_into=state.person, pending=other.pending)
        plan.states[other_key] = (marker, plan.states[other_key][1])
        plan.change(member, other_key)
        return merged

    def _notify(self, plan: Plan, site: str, engine: Engine, matched: list[NotificationSpec], change: Change) -> None:
        event, state = change.facts.event, change.facts.state
        plan.notifications += notifications(self._console_url, site, engine, matched, change.facts)
        for moment, rules, facts in moments(engine, change) if engine.moments else ():
            plan.notifications += notifications(self._console_url, site, engine, rules, facts, moment=moment)
        for sending in change.sendings:
            if sending.text is not None:
                plan.notifications.append(campaign_notification(self._console_url, site, sending, event, state))

    def _write(self, shard: str, cursor: str, records: Sequence[Record], plan: Plan) -> None:
        for site, campaign, other, person in plan.inherited:
            self._outcomes.inherit(site, campaign, other, person)
        for (site, campaign, person), outcome in plan.outcomes.items():
            self._outcomes.put(site, campaign, person, outcome)
        for site, problem in plan.problems:
            self._problems.put(site, problem)
        for site in {site for site, _ in plan.sessions}:
            self._sessions.note(site, [facts for (of, _), facts in plan.sessions.items() if of == site])
        if plan.notifications:
            self._queue.send(plan.notifications)
        for persons in plan.transactions():
            self._visitors.save(persons[0][0], [plan.states[person] for person in persons])
        if records and padded(records[-1].sequence) > cursor and plan.counts:
            self._metrics.count(shard, before=cursor, sequence=records[-1].sequence, counts=plan.counts)
        for (site, person), events in plan.said.items():
            self._say(site, person, events)
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
