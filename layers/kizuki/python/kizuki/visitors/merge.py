"""Merge a device's state into the member it turned out to be. Statistics are monoids, so the merge is exact."""

from collections.abc import Callable
from typing import TypeVar

from kizuki.visitors.fold import HASH_BYTES, MAX_DEVICES, MAX_SEEN
from kizuki.visitors.state import Exposure, Session, State, Tally, Value

K = TypeVar("K")
V = TypeVar("V")


def merge(member: State, device: State) -> State:
    """Return the member's state with the device's history in it; neither argument is changed."""
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
        traits=older.traits | newer.traits,
        devices=list(dict.fromkeys([*member.devices, *device.devices]))[:MAX_DEVICES],
        session=session,
        previous=previous,
        tallies=_merged(member.tallies, device.tallies, _tally),
        values=_merged(member.values, device.values, _value),
        exposures=_merged(member.exposures, device.exposures, _exposure),
        segments=_merged(member.segments, device.segments, min),
        notified=_merged(member.notified, device.notified, max),
        seen=_merged(member.seen, device.seen, lambda ours, theirs: (theirs + ours)[-MAX_SEEN * HASH_BYTES :]),
        cursors=device.cursors | member.cursors,
        group_id=newer.group_id or older.group_id,
        group_traits=newer.group_traits if newer.group_id else older.group_traits,
    )


def _merged(ours: dict[K, V], theirs: dict[K, V], both: Callable[[V, V], V]) -> dict[K, V]:
    return ours | {key: both(ours[key], value) if key in ours else value for key, value in theirs.items()}


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
    counts = _merged(a.counts, b.counts, int.__add__)
    return Session(a.id, max(a.n, b.n), min(a.started, b.started), max(a.last, b.last), a.events + b.events, counts)


def _tally(a: Tally, b: Tally) -> Tally:
    return Tally(a.count + b.count, min(a.first, b.first), max(a.last, b.last), _merged(a.days, b.days, int.__add__))


def _value(a: Value, b: Value) -> Value:
    return a if a.at >= b.at else b


def _exposure(a: Exposure, b: Exposure) -> Exposure:
    newer = a if a.last_decided >= b.last_decided else b
    return Exposure(
        decided=a.decided + b.decided,
        last_decided=newer.last_decided,
        session=newer.session,
        in_session=a.in_session + b.in_session if a.session == b.session else newer.in_session,
        days=_merged(a.days, b.days, int.__add__),
        shown=a.shown + b.shown,
        last_shown=max(a.last_shown, b.last_shown),
        clicked=a.clicked + b.clicked,
        closed=a.closed + b.closed,
        goals=a.goals + b.goals,
        last_goal=max(a.last_goal, b.last_goal),
    )
