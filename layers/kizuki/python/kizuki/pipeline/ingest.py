"""Accept events: read the visitor, decide, write to the stream and the timeline, answer with actions.

Order of work: query → decide → note what is shown → PutRecord → PutItem → answer. A 2xx means durable in both; whatever
fails before it is sent again by the client, and its message id makes that harmless.
"""

import time
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from kizuki.aws.config import ConfigStore
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.stream import EventStream, slices
from kizuki.aws.visitors import Claim, Claims, TimelineBatch, VisitorStore
from kizuki.campaigns import Action, Watch, decide
from kizuki.campaigns.advance import advance, identities, moved, own_event
from kizuki.campaigns.content import locale
from kizuki.campaigns.decide import refreshed, repeat, withdrawn
from kizuki.errors import ConflictError, TryAgainError
from kizuki.events import Event, Refusal, encode_rows, parse
from kizuki.events.limits import MAX_BATCH_BYTES
from kizuki.events.model import Kind
from kizuki.events.text import without_lone_surrogates
from kizuki.events.times import iso
from kizuki.events.wire import write_key
from kizuki.gateway import Request
from kizuki.pipeline.admission import admit
from kizuki.pipeline.completing import complete
from kizuki.replay.sampling import place_at_beginning, recording_answer
from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.visitors import State, derive_session, merge, note_decisions
from kizuki.visitors.fold import was_folded

DAY_SECONDS = 86_400
RECORD_DEVICES = 49
QUICK_HISTORY = 400
"""Batches that an answer may wait for when a rule is new to this person; evaluate reads them all."""
ATTEMPTS = 8
MAX_USER_AGENT = 512
FRESH_MS = 5 * 60 * 1000
"""An event older than this, from an offline queue say, shows nothing: its moment has passed."""

KINDS: dict[str, Kind | None] = {
    "/v1/batch": None, "/v1/b": None, "/v1/import": None,
    "/v1/track": "track", "/v1/t": "track",
    "/v1/identify": "identify", "/v1/i": "identify",
    "/v1/page": "page", "/v1/p": "page",
    "/v1/screen": "screen", "/v1/s": "screen",
    "/v1/group": "group", "/v1/g": "group",
    "/v1/alias": "alias", "/v1/a": "alias",
}  # fmt: skip


class Accepted(msgspec.Struct):
    """The outcome of one request; `document` is the body of its answer."""

    status: int
    document: dict[str, Any]
    origin: str | None


class Screen(msgspec.Struct):
    """What the page of one person is told to show, to take away again, and to wait for."""

    person: str = ""
    known: Claims = msgspec.field(default_factory=Claims)
    claims: list[Claim] = []
    actions: list[Action] = []
    withdrawn: set[str] = set()
    watches: dict[str, Watch] = {}
    recording: dict[str, Any] | None = None
    """What the page's recorder is told."""

    def show(self, actions: list[Action]) -> None:
        shown = {action.campaign for action in actions}
        self.actions = [action for action in self.actions if action.campaign not in shown] + actions
        self.withdrawn -= shown

    def withdraw(self, campaigns: set[str]) -> None:
        """Take away what is on the page, and what an earlier event of this request would have put there."""
        self.actions = [action for action in self.actions if action.campaign not in campaigns]
        self.withdrawn |= campaigns

    def wait(self, watches: list[Watch]) -> None:
        self.watches |= {watch.campaign: watch for watch in watches}


class Totals:
    """Displays taken, for this request, of campaigns that have so many for everybody together."""

    def __init__(self, metrics: MetricsStore, site: str) -> None:
        self._metrics = metrics
        self._site = site
        self._taken: set[tuple[str, str]] = set()
        self._kept: set[tuple[str, str]] = set()

    def of(self, event: Event) -> Callable[[str, int, bool], bool]:
        """Return what takes a display for this event, once however often the event is decided."""

        def claim(campaign: str, limit: int, take: bool) -> bool:  # noqa: FBT001 - the shape of Claim
            key = (campaign, event.message_id)
            if key in self._taken or key in self._kept:
                return True
            if not take:
                return self._metrics.taken(self._site, campaign) < limit
            if not self._metrics.take(self._site, campaign, limit):
                return False
            self._taken.add(key)
            return True

        return claim

    def keep(self, claims: list[Claim]) -> None:
        """Take nothing again for what an earlier attempt of this request took: its events were not written."""
        for claim in claims:
            self._kept |= {(each.campaign, claim.message_id) for each in claim.decisions if each.outcome == "shown"}

    def settle(self, events: list[Event]) -> None:
        """Give back what another request's decision made vain."""
        shown = {
            (decision.campaign, event.message_id)
            for event in events
            for decision in event.decisions
            if decision.outcome == "shown"
        }
        for campaign, _ in self._taken - shown:
            self._metrics.give_back(self._site, campaign)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Ingest:
    """The page's way."""

    def __init__(
        self,
        *,
        visitors: VisitorStore,
        config: ConfigStore,
        metrics: MetricsStore,
        stream: EventStream,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._visitors = visitors
        self._config = config
        self._metrics = metrics
        self._stream = stream
        self._clock = clock

    def accept(self, request: Request, kind: Kind | None) -> Accepted:
        """Take one request of the tracking API. Raises CallerError, or TryAgainError with nothing promised."""
        body = without_lone_surrogates(request.content(MAX_BATCH_BYTES))
        grant = self._config.site_for_key(request.basic_user() or write_key(body))
        grant.allow(request.origin)
        received_at = request.received_at or self._clock()
        user_agent = request.headers.get("user-agent", "")[:MAX_USER_AGENT]
        context = {"userAgent": user_agent} if user_agent and request.origin else {}
        batch = parse(body, received_at=received_at, kind=kind, context=context)
        batch = admit(batch, grant, alone=kind is not None)
        if batch.refused:
            self._metrics.put_refused(grant.site, batch.refused, refused_at=iso(received_at))
        refused = [_answered(refusal) for refusal in batch.refused]
        if not batch.accepted:
            return Accepted(
                400, {"error": refused[0] | {"message": refused[0]["reason"]}, "refused": refused}, request.origin
            )
        events = [accepted.event for accepted in batch.accepted]
        persons = _by_person(events)
        expires_at = received_at // 1000 + grant.timeline_days * DAY_SECONDS
        shown = Screen()
        if len(persons) == 1 and grant.kind == "write":
            shown = self._decide_alone(grant.site, events, now=received_at)
        place_at_beginning(events, shown.recording, now=received_at)
        self._write(grant.site, persons, expires_at=expires_at)
        last = events[-1]
        document = {
            "success": True,
            "accepted": len(events),
            "refused": refused,
            "session": {"id": last.session_id, "n": last.session_n} if last.session_id else None,
            "actions": shown.actions,
            "withdrawn": sorted(shown.withdrawn),
            "watch": list(shown.watches.values()),
        } | ({} if shown.recording is None else {"recording": shown.recording})
        return Accepted(200, document, request.origin)

    def preview(self, request: Request, token: str) -> Accepted:
        """Answer what a draft looks like, to whoever holds its link. Raises NotFoundError once that has expired."""
        grant = self._config.site_for_key(request.basic_user() or request.query.get("writeKey"))
        grant.allow(request.origin)
        actions = self._config.preview(grant.site, token)
        wanted = locale(request.query.get("locale") or request.headers.get("accept-language"))
        action = actions.get(wanted) or next(iter(actions.values()))
        return Accepted(200, {"actions": [action]}, request.origin)

    def _decide_alone(self, site: str, events: list[Event], *, now: int) -> Screen:
        """Decide as if no other request of this person came at the same moment, in another tab or on another device.

        What is shown is noted before anything is written; whoever finds that somebody else was first decides again.
        """
        totals = Totals(self._metrics, site)
        for _ in range(ATTEMPTS):
            for event in events:
                event.decisions = []
            decided = self._decide(site, events, totals, now=now)
            if not decided.claims:
                break
            try:
                self._visitors.claim(site, decided.person, decided.known, decided.claims, now=now)
                break
            except ConflictError:
                continue
        else:
            totals.settle([])
            raise TryAgainError("busy", "too much is decided about this person at once")
        totals.settle(events)
        return decided

    def _decide(self, site: str, events: list[Event], totals: "Totals", *, now: int) -> Screen:
        """Decide on each event with everything accepted before it; the decisions are left on the events."""
        engine, state, earlier, known = self._foreseen(site, events, now=now)
        screen = Screen(state.person, known)
        sent = {event.message_id for event in events}
        totals.keep([claim for claim in known.items if claim.message_id in sent - earlier.keys()])
        here: dict[str, Event] = {}
        worth_recording = False
        before: Event | None = None
        for event in events:
            first = here.setdefault(event.message_id, event)
            if first is not event:
                event.decisions, event.session_id, event.session_n = first.decisions, first.session_id, first.session_n
                continue
            stored = earlier.get(event.message_id)
            if stored is not None:
                event.decisions, event.session_id, event.session_n = (
                    stored.decisions,
                    stored.session_id,
                    stored.session_n,
                )
                facts = Facts(event, state, engine.calendar)
                screen.withdraw(withdrawn(engine, facts))
                screen.show(repeat(engine, facts))
                # The page that sent it first may have been left before the answer came.
                worth_recording |= _is_reason(engine, facts, now=now)
                continue
            derive_session(state, event, before)
            before = event
            change = advance(engine, state, event)
            worth_recording |= _is_reason(engine, Facts(event, state, engine.calendar), now=now)
            if change is None or now - event.occurred_at > FRESH_MS:
                continue
            # What evaluate will say of segments can set off a campaign at once; it is noted with the event that did it.
            for cause in [event, *(own_event(event, state.person, move) for move in moved(engine, change))]:
                facts = Facts(cause, state, engine.calendar)
                decided = decide(engine, facts, now=now, claim=totals.of(event))
                if cause is event:
                    screen.withdraw(withdrawn(engine, facts))
                    screen.show(refreshed(engine, facts))
                # Another segment entered says nothing of the message that the first one set off.
                event.decisions += decided.decisions
                note_decisions(state, replace(cause, decisions=decided.decisions), engine.calendar)
                screen.show(decided.actions)
                screen.wait(decided.watches)
            if made := [decision for decision in event.decisions if decision.outcome != "suppressed"]:
                claim = Claim(event.message_id, event.occurred_at, event.session_id, made, now)
                screen.claims.append(claim)
        screen.recording = recording_answer(engine, events[-1].session_id, begun=worth_recording)
        return screen

    def _foreseen(self, site: str, events: list[Event], *, now: int) -> tuple[Engine, State, dict[str, Event], Claims]:
        """Return the state as evaluate will have folded it, the newest stored events by message id, and the claims."""
        person = events[0].person
        sources = {person: self._visitors.read(site, person)}
        state = sources[person].state
        while state.merged_into is not None:
            person = state.merged_into
            sources[person] = self._visitors.read(site, person)
            state = sources[person].state
        engine = self._config.engine(site)
        if state.complete > engine.version:
            engine = self._config.engine(site, at_least=state.complete)
        complete(self._visitors, site, engine, state, most=QUICK_HISTORY)
        # Who signed in on another device just now brings what was done there.
        newest = [event for source, visitor in sources.items() for event in visitor.unfolded(source)]
        for other in identities(state, [*newest, *events])[:RECORD_DEVICES]:
            visitor = self._visitors.read(site, other)
            if visitor.state.merged_into not in (None, state.person):
                continue  # a shared device: what is done on it is another member's
            sources[other] = visitor
            if visitor.state.merged_into is None:
                complete(self._visitors, site, engine, visitor.state, most=QUICK_HISTORY)
                state = merge(state, visitor.state, engine.needs)
        for source, visitor in sources.items():
            for event in visitor.unfolded(source):
                advance(engine, state, event)
        stored = {
            event.message_id: event
            for visitor in sources.values()
            for batch in visitor.batches
            for event in batch.events
        }
        claims = sources[state.person].claims
        here = {event.message_id for event in events}
        for claim in (each for visitor in sources.values() for each in visitor.claims.counting(now)):
            claimed = _claimed(claim, state)
            # What is on the timeline was folded above; what is in this request is decided again.
            if claim.message_id not in here and claim.message_id not in stored and not was_folded(state, claimed):
                note_decisions(state, claimed, engine.calendar)
        return engine, state, stored, claims

    def _write(self, site: str, persons: dict[str, list[Event]], *, expires_at: int) -> None:
        """Write to the stream, then to the timeline; nearly always one record and one item."""
        parts: list[tuple[str, bytes]] = []
        for person, events in persons.items():
            for together in _few_devices(events):
                rows = encode_rows(site, together)
                parts += [(person, b"".join(rows[position] for position in positions)) for positions in slices(rows)]
        if len(parts) == 1:
            [(person, rows_of_one)] = parts
            sequence = self._stream.put(f"{site}#{person}", rows_of_one)
            self._visitors.append(site, TimelineBatch(person, sequence, rows_of_one), expires_at=expires_at)
            return
        sequences = self._stream.put_many([(f"{site}#{person}", data) for person, data in parts])
        batches = [TimelineBatch(person, at, data) for (person, data), at in zip(parts, sequences, strict=True)]
        self._visitors.append_many(site, batches, expires_at=expires_at)


def _claimed(claim: Claim, state: State) -> Event:
    """Return an event that says no more than what was decided on it."""
    return Event(
        message_id=claim.message_id,
        type="track",
        name="",
        person=state.person,
        occurred_at=claim.occurred_at,
        received_at=claim.occurred_at,
        session_id=claim.session_id,
        decisions=claim.decisions,
    )


def _is_reason(engine: Engine, facts: Facts, *, now: int) -> bool:
    """Whether an event is what the site records visits for."""
    return engine.recorded is not None and now - facts.event.occurred_at <= FRESH_MS and engine.recorded(facts)


def _by_person(events: list[Event]) -> dict[str, list[Event]]:
    """Group events by person. A page's batch is one person: what came before signing in is the member's too."""
    devices = {event.anonymous_id for event in events}
    users = {event.user_id for event in events if event.user_id}
    if len(devices) == 1 and None not in devices and len(users) == 1:
        for event in events:
            event.person = f"u:{next(iter(users))}"
    persons: dict[str, list[Event]] = {}
    for event in events:
        persons.setdefault(event.person, []).append(event)
    return persons


def _few_devices(events: list[Event]) -> list[list[Event]]:
    """Split events, in order, so that each part names identities that one transaction can merge into their member."""
    parts: list[list[Event]] = [[]]
    named: set[str | None] = set()
    for event in events:
        named |= {event.anonymous_id, event.previous_id}
        if len(named) > RECORD_DEVICES:
            parts.append([])
            named = {event.anonymous_id, event.previous_id}
        parts[-1].append(event)
    return parts


def _answered(refusal: Refusal) -> dict[str, Any]:
    """Tell the client what was refused, without sending its own event back."""
    document: dict[str, Any] = msgspec.to_builtins(refusal)
    document.pop("event", None)
    return document
