"""Merge a device's state into the member it turned out to be. Statistics are monoids, so the merge is exact."""

from collections.abc import Callable
from typing import Any, TypeVar

from kizuki.visitors.fold import (
    HASH_BYTES,
    MAX_DAYS,
    MAX_EXPOSURES,
    MAX_NAMES,
    MAX_PATHS,
    MAX_SEEN,
    known_devices,
    last_met,
    updated_traits,
)
from kizuki.visitors.state import Exposure, Session, State, Tally, Value

K = TypeVar("K")
V = TypeVar("V")


def merge(member: State, device: State) -> State:
    """Return the member's state with the device's history in it; neither argument is changed.

    The bounds of `fold` hold here too, or a member of many devices would outgrow what can be stored. Cursors are not
    the member's: each source keeps its own.
    """
    newer, older = (member, device) if member.last_seen >= device.last_seen else (device, member)
    shared = _shared_visits(member, device)
    session, previous = _latest_visits(member, device)
    visits = member.visits + device.visits - shared
    if session is not None:
        session.n = visits
    return State(
        person=member.person,
        first_seen=min((seen for seen in (member.first_seen, device.first_seen) if seen), default=0),
        last_seen=max(member.last_seen, device.last_seen),
        events=member.events + device.events,
        visits=visits,
        traits=updated_traits(older.traits, newer.traits),
        devices=known_devices(list(dict.fromkeys([*member.devices, *device.devices]))),
        session=session,
        previous=previous,
        tallies=_newest(_merged(member.tallies, device.tallies, _tally), MAX_NAMES, lambda tally: tally.last),
        values=_newest(_merged(member.values, device.values, _value), MAX_PATHS, lambda value: value.at),
        exposures=_newest(_merged(member.exposures, device.exposures, _exposure), MAX_EXPOSURES, last_met),
        segments=_merged(member.segments, device.segments, min),
        notified=_merged(member.notified, device.notified, max),
        seen=_merged(member.seen, device.seen, lambda ours, theirs: (theirs + ours)[-MAX_SEEN * HASH_BYTES :]),
        cursors=dict(member.cursors),
        group_id=newer.group_id or older.group_id,
        group_traits=newer.group_traits if newer.group_id else older.group_traits,
    )


def _merged(ours: dict[K, V], theirs: dict[K, V], both: Callable[[V, V], V]) -> dict[K, V]:
    return ours | {key: both(ours[key], value) if key in ours else value for key, value in theirs.items()}


def _newest(all_of_them: dict[K, V], bound: int, at: Callable[[V], Any]) -> dict[K, V]:
    if len(all_of_them) <= bound:
        return all_of_them
    kept = sorted(all_of_them, key=lambda key: at(all_of_them[key]))[-bound:]
    return {key: all_of_them[key] for key in kept}


def _days(ours: dict[int, int], theirs: dict[int, int]) -> dict[int, int]:
    days = _merged(ours, theirs, int.__add__)
    return {day: days[day] for day in sorted(days)[-MAX_DAYS:]}


def _shared_visits(member: State, device: State) -> int:
    """Count visits that both have met: the one in which the visitor signed in."""
    ids = [{visit.id for visit in (state.session, state.previous) if visit} for state in (member, device)]
    return len(ids[0] & ids[1])


def _latest_visits(member: State, device: State) -> tuple[Session | None, Session | None]:
    visits: dict[str, Session] = {}
    for visit in (member.session, member.previous, device.session, device.previous):
        if visit is not None:
            known = visits.get(visit.id)
            visits[visit.id] = (
                _visit(known, visit) if known else _visit(visit, Session(visit.id, visit.n, visit.started, visit.last))
            )
    latest = sorted(visits.values(), key=lambda visit: visit.started, reverse=True)
    return (latest[0] if latest else None), (latest[1] if len(latest) > 1 else None)


def _visit(a: Session, b: Session) -> Session:
    counts = dict(list(_merged(a.counts, b.counts, int.__add__).items())[:MAX_NAMES])
    return Session(a.id, max(a.n, b.n), min(a.started, b.started), max(a.last, b.last), a.events + b.events, counts)


def _tally(a: Tally, b: Tally) -> Tally:
    return Tally(a.count + b.count, min(a.first, b.first), max(a.last, b.last), _days(a.days, b.days))


def _value(a: Value, b: Value) -> Value:
    return a if a.at >= b.at else b


def _exposure(a: Exposure, b: Exposure) -> Exposure:
    newer = a if a.last_decided >= b.last_decided else b
    return Exposure(
        decided=a.decided + b.decided,
        last_decided=newer.last_decided,
        session=newer.session,
        in_session=a.in_session + b.in_session if a.session == b.session else newer.in_session,
        days=_days(a.days, b.days),
        shown=a.shown + b.shown,
        last_shown=max(a.last_shown, b.last_shown),
        clicked=a.clicked + b.clicked,
        closed=a.closed + b.closed,
        goals=a.goals + b.goals,
        last_goal=max(a.last_goal, b.last_goal),
    )
