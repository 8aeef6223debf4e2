"""Fold one event into a person's state: the whole meaning of an event for what is known of a visitor.

Folding is deterministic and in place. Growth is bounded: names, paths, days and ids beyond the bounds below are not
counted one by one, the oldest give way.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import msgspec

from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.visitors.calendar import Calendar
from kizuki.visitors.state import Exposure, Session, State, Tally, Value

SESSION_GAP_MS = 30 * 60 * 1000
DAY_MS = 86_400_000
MAX_NAMES = 64
MAX_DAYS = 90
MAX_PATHS = 64
MAX_TEXT = 200
MAX_TRAITS = 100
MAX_TRAITS_BYTES = 16 * 1024
MAX_DEVICES = 50
MAX_EXPOSURES = 200
MAX_SEEN = 2560
"""More than one batch holds: a batch that is sent again is known whole. Nobody else has so many in a day."""
HASH_BYTES = 8
CAMPAIGN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What campaigns/definition.py lets a campaign be called: anything else was never one of ours."""
EXPOSURE_EVENTS = {"Campaign Shown": "shown", "Campaign Clicked": "clicked", "Campaign Closed": "closed"}

_encode = msgspec.msgpack.Encoder().encode


def fold(state: State, event: Event, calendar: Calendar) -> bool:
    """Fold `event`; False, and nothing done, when its message id was folded before. Completes the event's session."""
    if not _first_time(state, event):
        return False
    state.events += 1
    state.first_seen = min(state.first_seen or event.occurred_at, event.occurred_at)
    state.last_seen = max(state.last_seen, event.occurred_at)
    session = _session(state, event)
    if session is not None:
        _visit(session, event)
    _tally(state, event, calendar)
    for path, value in _scalars(event.properties):
        _remember(state, path, value, event.occurred_at)
    if event.anonymous_id and event.anonymous_id not in state.devices:
        state.devices = known_devices([*state.devices, event.anonymous_id])
    if event.type == "identify":
        state.traits = updated_traits(state.traits, event.traits)
    elif event.type == "group":
        if state.group_id != event.group_id:
            state.group_id, state.group_traits = event.group_id, {}
        state.group_traits = updated_traits(state.group_traits, event.traits)
    note_decisions(state, event, calendar)
    _note_outcome(state, event)
    return True


def was_folded(state: State, event: Event) -> bool:
    """Tell whether this message id is among the recent ones."""
    digest = _digest(event.message_id)
    return any(_position(ids, digest) >= 0 for ids in state.seen.values())


def _first_time(state: State, event: Event) -> bool:
    if was_folded(state, event):
        return False
    today = event.received_at // DAY_MS
    state.seen = {day: ids for day, ids in state.seen.items() if day >= today - 1}
    state.seen[today] = (state.seen.get(today, b"") + _digest(event.message_id))[-MAX_SEEN * HASH_BYTES :]
    return True


def _digest(message_id: str) -> bytes:
    return blake2b(message_id.encode(), digest_size=HASH_BYTES).digest()


def _position(ids: bytes, digest: bytes) -> int:
    """Find a hash at a multiple of its size."""
    start = 0
    while (found := ids.find(digest, start)) >= 0:
        if found % HASH_BYTES == 0:
            return found
        start = found + 1
    return -1


def _session(state: State, event: Event) -> Session | None:
    """Find the visit an event belongs to, beginning a new one where it must; None for a visit no longer kept."""
    current = state.session
    if event.session_id is None:
        fresh = current is None or not (
            current.started - SESSION_GAP_MS <= event.occurred_at <= current.last + SESSION_GAP_MS
        )
        event.session_id = f"s-{event.message_id}" if fresh or current is None else current.id
    for known in (current, state.previous):
        if known is not None and known.id == event.session_id:
            event.session_n = known.n
            return known
    if current is not None and event.occurred_at < current.started:
        return None
    state.visits += 1
    state.previous = current
    state.session = Session(event.session_id, state.visits, event.occurred_at, event.occurred_at)
    event.session_n = state.visits
    return state.session


def _visit(session: Session, event: Event) -> None:
    session.events += 1
    session.started = min(session.started, event.occurred_at)
    session.last = max(session.last, event.occurred_at)
    if event.name in session.counts or len(session.counts) < MAX_NAMES:
        session.counts[event.name] = session.counts.get(event.name, 0) + 1


def _tally(state: State, event: Event, calendar: Calendar) -> None:
    tally = state.tallies.get(event.name)
    if tally is None:
        if len(state.tallies) >= MAX_NAMES:
            del state.tallies[min(state.tallies, key=lambda name: state.tallies[name].last)]
        tally = state.tallies[event.name] = Tally(0, event.occurred_at, event.occurred_at)
    tally.count += 1
    tally.first = min(tally.first, event.occurred_at)
    tally.last = max(tally.last, event.occurred_at)
    day = calendar.day(event.occurred_at)
    tally.days[day] = tally.days.get(day, 0) + 1
    if len(tally.days) > MAX_DAYS:
        del tally.days[min(tally.days)]


def _scalars(properties: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in properties.items():
        if len(prefix) + len(key) > MAX_TEXT:
            continue
        if isinstance(value, dict):
            if depth < 3:  # noqa: PLR2004 - cart.total is one level; deeper than three, nobody writes rules on
                yield from _scalars(value, f"{prefix}{key}.", depth + 1)
        elif isinstance(value, str):
            yield prefix + key, value[:MAX_TEXT]
        elif not isinstance(value, list):
            yield prefix + key, value


def _remember(state: State, path: str, value: Any, at: int) -> None:
    known = state.values.get(path)
    if known is not None and known.at > at:
        return
    if known is None and len(state.values) >= MAX_PATHS:
        del state.values[min(state.values, key=lambda path: state.values[path].at)]
    state.values[path] = Value(value, at)


def known_devices(devices: list[str]) -> list[str]:
    """Keep the first, by which a person is placed in a campaign's variant for good, and the newest."""
    return devices if len(devices) <= MAX_DEVICES else [devices[0], *devices[1 - MAX_DEVICES :]]


def updated_traits(traits: dict[str, Any], news: dict[str, Any]) -> dict[str, Any]:
    """Lay new traits over the old; null removes one. What would grow beyond the bounds stays as it was."""
    merged = {name: value for name, value in (traits | news).items() if value is not None}
    if len(merged) <= MAX_TRAITS and len(_encode(merged)) <= MAX_TRAITS_BYTES:
        return merged
    kept = {name: value for name, value in traits.items() if news.get(name, value) is not None}
    size = sum(_trait_bytes(name, value) for name, value in kept.items())
    for name, value in news.items():
        grown = size - (_trait_bytes(name, kept[name]) if name in kept else 0) + _trait_bytes(name, value)
        if value is not None and (name in kept or len(kept) < MAX_TRAITS) and grown <= MAX_TRAITS_BYTES:
            kept[name], size = value, grown
    return kept


def _trait_bytes(name: str, value: Any) -> int:
    return len(_encode(name)) + len(_encode(value))


def note_decisions(state: State, event: Event, calendar: Calendar) -> None:
    """Note what campaigns decided on an event, so that caps hold from that moment. Part of `fold`."""
    for decision in event.decisions:
        if decision.outcome == "suppressed":
            continue
        exposure = _exposure(state, decision.campaign)
        if exposure.session != event.session_id:
            exposure.session, exposure.in_session = event.session_id, 0
        exposure.decided += 1
        exposure.in_session += 1
        exposure.last_decided = max(exposure.last_decided, event.occurred_at)
        day = calendar.day(event.occurred_at)
        exposure.days = {kept: n for kept, n in exposure.days.items() if kept > day - MAX_DAYS}
        exposure.days[day] = exposure.days.get(day, 0) + 1


def _note_outcome(state: State, event: Event) -> None:
    field = EXPOSURE_EVENTS.get(event.name)
    campaign = lookup(event.properties, "campaign_id")
    if field is not None and isinstance(campaign, str) and CAMPAIGN_ID.fullmatch(campaign):
        exposure = _exposure(state, campaign)
        setattr(exposure, field, getattr(exposure, field) + 1)
        if field == "shown":
            exposure.last_shown = max(exposure.last_shown, event.occurred_at)


def _exposure(state: State, campaign: str) -> Exposure:
    exposure = state.exposures.get(campaign)
    if exposure is None:
        if len(state.exposures) >= MAX_EXPOSURES:
            del state.exposures[min(state.exposures, key=lambda id_: last_met(state.exposures[id_]))]
        exposure = state.exposures[campaign] = Exposure()
    return exposure


def last_met(exposure: Exposure) -> int:
    return max(exposure.last_decided, exposure.last_shown)
