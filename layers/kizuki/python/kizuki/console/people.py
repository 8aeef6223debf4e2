"""People and their stories: state as a page, the timelines of all a person's devices as one."""

import base64
import binascii
from itertools import accumulate
from typing import Annotated, Any, TypeVar

import msgspec

from kizuki.aws.config import ConfigStore
from kizuki.aws.visitors import StoredBatch, VisitorStore
from kizuki.console.documents import Name
from kizuki.console.models import (
    CampaignExposure,
    EventCount,
    GroupDetail,
    People,
    Person,
    PersonSummary,
    ReplayRef,
    SegmentMembership,
    SessionRef,
    StatisticValue,
    Story,
    StoryDecision,
    StoryEvent,
    Words,
)
from kizuki.errors import MalformedError, NotFoundError
from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.events.times import iso
from kizuki.replay.facts import recorded
from kizuki.rules import Facts
from kizuki.rules.catalogue import Words as Told
from kizuki.rules.engine import Engine
from kizuki.rules.explain import statistics as live_statistics
from kizuki.visitors import State
from kizuki.visitors.refill import refill

T = TypeVar("T")
MAX_PAGE_BYTES = 3_000_000
"""Of stored rows in one page of a story: Lambda's answer is at most 6 MB."""
MAX_BATCHES = 2_000
"""Requests of one device that are folded again for the statistics of a person."""


class Position(msgspec.Struct):
    """Where a page of people ended."""

    person: Annotated[str, msgspec.Meta(min_length=1, max_length=258)]
    seen_hour: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d$")]


Sequence = Annotated[str, msgspec.Meta(pattern=r"^(\d{60})?$")]
"""Where a page of one source's batches ended; empty where none was shown."""


def summary(state: State) -> PersonSummary:
    return PersonSummary(
        id=state.person,
        name=_text(state.traits, "name"),
        email=_text(state.traits, "email"),
        first_seen=iso(state.first_seen),
        last_seen=iso(state.last_seen),
        events=state.events,
        sessions=state.visits,
        segments=sorted(state.segments),
    )


def page(visitors: VisitorStore, site: str, *, cursor: str | None, limit: int) -> People:
    """List people by the hour they were last seen in, within it by the moment."""
    position = _read_cursor(cursor, Position)
    start = visitors.start(site, position.person, position.seen_hour) if position else None
    states, following = visitors.people(site, start=start, limit=limit)
    states.sort(key=lambda state: state.last_seen, reverse=True)
    return People(
        items=[summary(state) for state in states],
        next=_write_cursor(_position(site, following)) if following else None,
    )


def _position(site: str, key: dict[str, Any]) -> "Position":
    return Position(key["pk"]["S"].removeprefix(f"{site}#"), key["seen_hour"]["S"])


def statistics(visitors: VisitorStore, config: ConfigStore, site: str, state: State) -> list[tuple[Told, Any]]:
    """Return every statistic of the live rules, with this person's value up to their newest event."""
    engine = config.engine(site, at_least=state.complete)
    if lacking := engine.lacking(state):
        # Not written: only evaluate writes states.
        history = visitors.history(site, state, most=MAX_BATCHES)
        refill(state, history, engine.needs, lacking, engine.version)
    newest = Event(
        message_id="",
        type="track",
        name="",
        person=state.person,
        occurred_at=state.last_seen,
        received_at=state.last_seen,
    )
    return live_statistics(engine.ruleset, Facts(newest, state, engine.calendar))


def person(state: State, statistics: list[tuple[Told, Any]], *, segment: Name, campaign: Name) -> Person:
    """Show everything the state knows."""
    return Person(
        id=state.person,
        name=_text(state.traits, "name"),
        email=_text(state.traits, "email"),
        traits=state.traits,
        first_seen=iso(state.first_seen),
        last_seen=iso(state.last_seen),
        events=state.events,
        sessions=state.visits,
        devices=state.devices,
        segments=[
            SegmentMembership(id=id_, name=segment(id_), entered_at=iso(at))
            for id_, at in sorted(state.segments.items())
        ],
        counts=[
            EventCount(event=name, count=count)
            for name, count in sorted(state.counts.items(), key=lambda item: (-item[1], item[0]))
        ],
        verified=state.verified,
        group=None if state.group_id is None else GroupDetail(id=state.group_id, traits=state.group_traits),
        statistics=[StatisticValue(summary=Words(**words), value=value) for words, value in statistics],
        campaigns=[
            CampaignExposure(
                id=id_,
                name=campaign(id_),
                shown=exposure.shown,
                clicked=exposure.clicked,
                closed=exposure.closed,
                goals=exposure.goals,
                last_shown=iso(exposure.last_shown) if exposure.last_shown else None,
            )
            for id_, exposure in sorted(state.exposures.items())
        ],
        merged_into=state.merged_into,
    )


def known(visitors: VisitorStore, site: str, id: str) -> State:
    """Read the state of a person, or of the member they were merged into. Raises NotFoundError."""
    state, rev = visitors.state(site, id)
    while rev and state.merged_into is not None:
        state, rev = visitors.state(site, state.merged_into)
    if not rev:
        raise NotFoundError("unknown_person", f"nobody is known as {id!r}")
    return state


def name_of(state: State) -> str | None:
    return _text(state.traits, "name")


def newest(visitors: VisitorStore, site: str, id: str, engine: Engine) -> tuple[State, Event]:
    """Read a person as this ruleset wants to know them, with their newest event. Raises NotFoundError."""
    state = known(visitors, site, id)
    history = visitors.history(site, state, most=MAX_BATCHES)
    if not history:
        raise NotFoundError("unknown_event", f"nothing that {id!r} did is kept any more")
    refill(state, history, engine.needs, frozenset(engine.sources), engine.version)
    return state, history[-1]


def story(visitors: VisitorStore, site: str, state: State, *, campaign: Name, cursor: str | None, limit: int) -> Story:
    """Read the newest events of a person on every device, each once.

    `limit` counts batches. The cursor names, for each source, the last batch seen: sources live on different shards,
    whose sequence numbers do not compare, so pages are cut by the time of receipt.
    """
    before = _read_cursor(cursor, dict[str, Sequence]) or {}
    sources = list(dict.fromkeys([state.person, *(f"a:{device}" for device in state.devices)]))
    batches: list[tuple[int, str, StoredBatch]] = []
    more = False
    for source in sources:
        if cursor is not None and source not in before:
            continue
        page, following = visitors.timeline(site, source, before=before.get(source) or None, limit=limit)
        more = more or following is not None
        # A request that took longer may come behind a later one; the cursor of a source must not jump over either.
        received = accumulate((batch.events[0].received_at for batch in page), min)
        batches += [(at, source, batch) for at, batch in zip(received, page, strict=True)]
    batches.sort(key=lambda item: item[0], reverse=True)
    shown = _within_bounds(batches, limit)
    events: dict[str, StoryEvent] = {}
    remaining = {source: before.get(source, "") for source in sources if cursor is None or source in before}
    for _, source, batch in shown:
        remaining[source] = batch.sequence
        for event in reversed(batch.events):
            events.setdefault(event.message_id, story_event(event, campaign))
    newest = sorted(events.values(), key=lambda event: event.occurred_at, reverse=True)
    following = _write_cursor(remaining) if more or len(batches) > len(shown) else None
    return Story(items=newest, next=following)


def _within_bounds(batches: list[tuple[int, str, StoredBatch]], limit: int) -> list[tuple[int, str, StoredBatch]]:
    """Take batches until a page is full; one at least."""
    sizes = accumulate(batch.size for _, _, batch in batches[:limit])
    fitting = sum(size <= MAX_PAGE_BYTES for size in sizes)
    return batches[: max(1, fitting)]


def story_event(event: Event, campaign: Name) -> StoryEvent:
    place = recorded(event)
    return StoryEvent(
        message_id=event.message_id,
        type=event.type,
        event=event.name,
        occurred_at=iso(event.occurred_at),
        received_at=iso(event.received_at),
        session=SessionRef(id=event.session_id, n=event.session_n) if event.session_id else None,
        url=_text(event.context, "page.url"),
        title=_text(event.context, "page.title"),
        properties=event.properties,
        traits=event.traits,
        device=_object(event.context, "device"),
        referrer=_text(event.context, "page.referrer"),
        campaign=_object(event.context, "campaign"),
        replay=None if place is None else ReplayRef(id=place[0], offset=place[1]),
        decisions=[
            StoryDecision(
                campaign=decision.campaign,
                name=campaign(decision.campaign),
                outcome=decision.outcome,
                step=decision.step,
                reason=decision.reason,
                variant=decision.variant,
            )
            for decision in event.decisions
        ],
    )


def _read_cursor(cursor: str | None, type: type[T]) -> T | None:
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=type)
    except (binascii.Error, msgspec.MsgspecError, ValueError) as error:
        raise MalformedError("invalid_cursor", "this cursor was not given by this API", path="cursor") from error


def _write_cursor(position: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode()


def _text(document: dict[str, object], path: str) -> str | None:
    value = lookup(document, path)
    return value or None if isinstance(value, str) else None


def _object(document: dict[str, object], path: str) -> dict[str, object] | None:
    value = lookup(document, path)
    return value if isinstance(value, dict) and value else None
