"""Fold one event into a person's state: the whole meaning of an event for what is known of a visitor.

Folding is deterministic and in place. Growth is bounded: names, traits, devices, visits and ids beyond the bounds below
are not kept one by one, the oldest give way.
"""

import re
from hashlib import blake2b
from typing import Any

import msgspec

from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.visitors.accumulators import SCALARS
from kizuki.visitors.calendar import Calendar
from kizuki.visitors.state import CONTROL, Exposure, Group, Session, State, Value
from kizuki.visitors.statistics import MAX_SESSIONS, Needs

SESSION_GAP_MS = 30 * 60 * 1000
DAY_MS = 86_400_000
MAX_NAMES = 64
MAX_DAYS = 90
MAX_TRAITS = 100
MAX_TRAITS_BYTES = 16 * 1024
MAX_GROUPS = 3
MAX_DEVICES = 50
MAX_CART_BYTES = 1024
MAX_EXPOSURES = 200
MAX_VISIT_IDS = 32
MAX_SEEN = 2560
"""More than one batch holds: a batch that is sent again is known whole. Nobody else has so many in a day."""
HASH_BYTES = 8
VISIT_BYTES = 4
CAMPAIGN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What campaigns/definition.py lets a campaign be called: anything else was never one of ours."""
EXPOSURE_EVENTS = {
    "Campaign Shown": "shown",
    "Campaign Clicked": "clicked",
    "Campaign Closed": "closed",
    "Survey Answered": "clicked",
}
"""What visitors do with a campaign; an answer to a survey is its click."""

_encode = msgspec.msgpack.Encoder().encode


def fold(state: State, event: Event, needs: Needs) -> bool:
    """Fold `event`; False, and nothing done, when its message id was folded before. Numbers the event's visit."""
    if not _first_time(state, event):
        return False
    at = event.occurred_at
    state.events += 1
    state.first_seen = min(state.first_seen or at, at)
    state.last_seen = max(state.last_seen, at)
    visit = _visit(state, event)
    if event.name in state.counts or len(state.counts) < MAX_NAMES:
        state.counts[event.name] = state.counts.get(event.name, 0) + 1
    needs.tally(event, state.series, visit.cells if visit else None)
    if event.anonymous_id and event.anonymous_id not in state.devices:
        state.devices = known_devices([*state.devices, event.anonymous_id])
    state.verified = state.verified or event.verified
    if event.type == "identify":
        state.profile = updated_traits(state.profile, event.traits, at)
    elif event.type == "group" and event.group_id is not None:
        _join_group(state, event.group_id, event)
    _note_cart(state, event)
    _note_outcome(state, event)
    return True


def was_folded(state: State, event: Event) -> bool:
    """Tell whether this message id is among the recent ones."""
    return _is_known(state, _digest(event.message_id, HASH_BYTES))


def derive_session(state: State, event: Event, before: Event | None = None) -> None:
    """Give an event of a client that keeps no sessions the visit it belongs to: a running one, else a new one.

    `before` came just before it in its request: what waited offline for long is still one visit.
    """
    if event.session_id is not None:
        return
    at = event.occurred_at
    spans = [(visit.id, visit.started, visit.last) for visit in state.sessions]
    if before is not None and before.session_id is not None:
        spans.append((before.session_id, before.occurred_at, before.occurred_at))
    running = (id_ for id_, start, end in spans if start - SESSION_GAP_MS <= at <= end + SESSION_GAP_MS)
    event.session_id = next(running, f"s-{event.message_id}")


def _first_time(state: State, event: Event) -> bool:
    digest = _digest(event.message_id, HASH_BYTES)
    if _is_known(state, digest):
        return False
    today = event.received_at // DAY_MS
    if today not in state.seen:
        state.seen = {day: ids for day, ids in state.seen.items() if day >= today - 1}
    ids = state.seen.get(today, b"") + digest
    state.seen[today] = ids[-MAX_SEEN * HASH_BYTES :]
    return True


def _is_known(state: State, digest: bytes) -> bool:
    for ids in state.seen.values():  # noqa: SIM110 - a generator costs as much as the search
        if _position(ids, digest) >= 0:
            return True
    return False


def _digest(id_: str, size: int) -> bytes:
    return blake2b(id_.encode(), digest_size=size).digest()


def _position(ids: bytes, digest: bytes) -> int:
    """Find a hash at a multiple of its size."""
    size = len(digest)
    start = 0
    while (found := ids.find(digest, start)) >= 0:
        if found % size == 0:
            return found
        start = found + 1
    return -1


def _visit(state: State, event: Event) -> Session | None:
    """Note the event's visit; None for an event of no visit, and for a visit older than those kept."""
    if event.session_id is None:
        return None
    at = event.occurred_at
    latest = state.sessions[0] if state.sessions else None
    if latest is not None and latest.id == event.session_id:
        latest.started, latest.last = min(latest.started, at), max(latest.last, at)
        event.session_n = latest.n
        return latest
    visit = next((visit for visit in state.sessions if visit.id == event.session_id), None)
    if visit is None:
        digest = _digest(event.session_id, VISIT_BYTES)
        older = len(state.sessions) == MAX_SESSIONS and at < state.sessions[-1].last
        forgetful = len(state.visit_ids) == MAX_VISIT_IDS * VISIT_BYTES
        place = _position(state.visit_ids, digest)
        if place < 0 and not (older and forgetful):
            state.visits += 1
            state.visit_ids = (state.visit_ids + digest)[-MAX_VISIT_IDS * VISIT_BYTES :]
            place = len(state.visit_ids) - VISIT_BYTES
        if older:
            return None
        # One that went on while others came between, on a fourth device say, is the latest again.
        newer = (len(state.visit_ids) - place) // VISIT_BYTES - 1
        visit = Session(event.session_id, state.visits - newer, at, at)
        state.sessions.append(visit)
    visit.started, visit.last = min(visit.started, at), max(visit.last, at)
    state.sessions = latest_sessions(state.sessions)
    event.session_n = visit.n
    return visit


def latest_sessions(sessions: list[Session]) -> list[Session]:
    """Order visits by their newest event, the newest first, and keep the latest."""
    return sorted(sessions, key=lambda visit: (visit.last, visit.id), reverse=True)[:MAX_SESSIONS]


def known_devices(devices: list[str]) -> list[str]:
    """Keep the first, by which a person is placed in a campaign's variant for good, and the newest."""
    return devices if len(devices) <= MAX_DEVICES else [devices[0], *devices[1 - MAX_DEVICES :]]


def updated_traits(traits: dict[str, Value], news: dict[str, Any], at: int) -> dict[str, Value]:
    """Lay new traits over older ones; null removes one. What would grow beyond the bounds stays as it was."""
    fresh = {name: value for name, value in news.items() if name not in traits or traits[name].at <= at}
    merged = traits | {name: Value(value, at) for name, value in fresh.items()}
    return _bounded(traits, merged)


def merged_traits(ours: dict[str, Value], theirs: dict[str, Value]) -> dict[str, Value]:
    newer = {name: value for name, value in theirs.items() if name not in ours or ours[name].at <= value.at}
    return _bounded(ours, ours | newer)


def _bounded(before: dict[str, Value], after: dict[str, Value]) -> dict[str, Value]:
    if len(after) <= MAX_TRAITS and len(_encode(after)) <= MAX_TRAITS_BYTES:
        return after
    kept = dict(before)
    size = sum(_trait_bytes(name, value) for name, value in kept.items())
    for name, value in after.items():
        grown = size - (_trait_bytes(name, kept[name]) if name in kept else 0) + _trait_bytes(name, value)
        if (name in kept or len(kept) < MAX_TRAITS) and grown <= MAX_TRAITS_BYTES:
            kept[name], size = value, grown
    return kept


def _trait_bytes(name: str, value: Value) -> int:
    return len(_encode(name)) + len(_encode(value))


def _join_group(state: State, id_: str, event: Event) -> None:
    group = state.groups.get(id_, Group(0))
    traits = updated_traits(group.traits, event.traits, event.occurred_at)
    state.groups[id_] = Group(max(group.at, event.occurred_at), traits)
    state.groups = latest_groups(state.groups)


def latest_groups(groups: dict[str, Group]) -> dict[str, Group]:
    return dict(sorted(groups.items(), key=lambda item: (item[1].at, item[0]))[-MAX_GROUPS:])


def _note_cart(state: State, event: Event) -> None:
    """Remember the last cart seen: messages speak of it on pages that do not."""
    cart = event.properties.get("cart")
    if not isinstance(cart, dict) or (state.cart is not None and state.cart.at > event.occurred_at):
        return
    scalars = {name: value for name, value in cart.items() if type(value) in SCALARS}
    if scalars and len(_encode(scalars)) <= MAX_CART_BYTES:
        state.cart = Value(scalars, event.occurred_at)


def note_decisions(state: State, event: Event, calendar: Calendar, *, on_page: bool = True) -> None:
    """Note what campaigns decided on an event, so that caps hold from that moment: goals come after it.

    What is sent off the page keeps no distance from what is shown on it.
    """
    for decision in event.decisions:
        if decision.outcome == "suppressed":
            continue
        exposure = exposure_to(state, decision.campaign)
        exposure.variant = CONTROL if decision.outcome == "control" else decision.variant
        exposure.split = exposure.split or decision.split
        if exposure.session != event.session_id:
            _enter(exposure, event.session_id)
        exposure.decided += 1
        exposure.in_session += 1
        exposure.last_decided = max(exposure.last_decided, event.occurred_at)
        day = calendar.day(event.occurred_at)
        exposure.days = {kept: n for kept, n in exposure.days.items() if kept > day - MAX_DAYS}
        exposure.days[day] = exposure.days.get(day, 0) + 1
        if decision.outcome == "shown" and on_page:
            state.pages_then = pages(state)


def _enter(exposure: Exposure, session: str | None) -> None:
    """Count on in another visit: one that goes on, or a new one."""
    before = exposure.in_visit(session)
    visits = {id_: n for id_, n in exposure.earlier.items() if id_ != session}
    if exposure.session is not None:
        visits[exposure.session] = exposure.in_session
    exposure.session, exposure.in_session, exposure.earlier = session, before, latest_visits(visits)


def latest_visits(visits: dict[str, int]) -> dict[str, int]:
    """Keep as many beside the present one as have statistics."""
    return dict([*visits.items()][1 - MAX_SESSIONS :])


def pages(state: State) -> int:
    """Return how many pages the person has viewed."""
    return state.counts.get("page", 0)


def _note_outcome(state: State, event: Event) -> None:
    field = EXPOSURE_EVENTS.get(event.name)
    if field is None:
        return
    campaign = lookup(event.properties, "campaign_id")
    if isinstance(campaign, str) and CAMPAIGN_ID.fullmatch(campaign):
        exposure = exposure_to(state, campaign)
        setattr(exposure, field, getattr(exposure, field) + 1)
        if field == "shown":
            exposure.last_shown = max(exposure.last_shown, event.occurred_at)


def exposure_to(state: State, campaign: str) -> Exposure:
    """Return what a campaign and this person have done to each other, to be added to."""
    exposure = state.exposures.get(campaign)
    if exposure is None:
        if len(state.exposures) >= MAX_EXPOSURES:
            del state.exposures[min(state.exposures, key=lambda id_: last_met(state.exposures[id_]))]
        exposure = state.exposures[campaign] = Exposure()
    return exposure


def last_met(exposure: Exposure) -> tuple[bool, int]:
    """Order exposures: those that were never decided, whose ids anybody can make up, give way first."""
    return exposure.decided > 0, max(exposure.last_decided, exposure.last_shown)
