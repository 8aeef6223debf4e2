"""Merge a device's state into the member it turned out to be. Statistics are monoids, so the merge is exact."""

from collections.abc import Callable
from typing import Any, TypeVar

from kizuki.visitors.accumulators import ACCUMULATORS, Cell
from kizuki.visitors.fold import (
    HASH_BYTES,
    MAX_DAYS,
    MAX_EXPOSURES,
    MAX_NAMES,
    MAX_SEEN,
    MAX_VISIT_IDS,
    VISIT_BYTES,
    known_devices,
    last_met,
    latest_groups,
    latest_sessions,
    latest_visits,
    merged_traits,
    pages,
)
from kizuki.visitors.state import Exposure, Group, Session, State
from kizuki.visitors.statistics import Needs, Series, merged_cells, merged_series

K = TypeVar("K")
V = TypeVar("V")
MAX_ALIASES = 20


def merge(member: State, other: State, needs: Needs) -> State:
    """Return the member's state with the other's history in it; neither argument is changed.

    Both must be `complete`. The bounds of `fold` hold here too, or a member of many devices would outgrow what can be
    stored. Cursors are not the member's: each source keeps its own.
    """
    visit_ids, visits = _visits(member, other)
    sessions = _sessions(member, other, needs)
    if sessions:
        sessions[0].n = visits
    alias = [other.person.removeprefix("u:")] if other.person.startswith("u:") else []
    carts = [state.cart for state in (member, other) if state.cart is not None]
    return State(
        person=member.person,
        first_seen=min((seen for seen in (member.first_seen, other.first_seen) if seen), default=0),
        last_seen=max(member.last_seen, other.last_seen),
        events=member.events + other.events,
        visits=visits,
        visit_ids=visit_ids,
        sessions=sessions,
        profile=merged_traits(member.profile, other.profile),
        groups=latest_groups(_merged(member.groups, other.groups, _group)),
        devices=known_devices(list(dict.fromkeys([*member.devices, *other.devices]))),
        aliases=list(dict.fromkeys([*member.aliases, *other.aliases, *alias]))[-MAX_ALIASES:],
        verified=member.verified or other.verified,
        counts=dict(list(_merged(member.counts, other.counts, int.__add__).items())[:MAX_NAMES]),
        series=_series(member, other, needs),
        complete=member.complete,
        cart=max(carts, key=lambda cart: cart.at, default=None),
        exposures=_newest(_merged(member.exposures, other.exposures, _exposure), MAX_EXPOSURES, last_met),
        segments=_merged(member.segments, other.segments, min),
        notified=_merged(member.notified, other.notified, max),
        seen=_merged(member.seen, other.seen, lambda ours, theirs: (theirs + ours)[-MAX_SEEN * HASH_BYTES :]),
        cursors=dict(member.cursors),
        pending=member.pending,
        pages_then=_pages_then(member, other),
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


def _visits(member: State, other: State) -> tuple[bytes, int]:
    """Join the visits: one that both have met, in which the visitor signed in, is one."""
    ours, theirs = (
        [state.visit_ids[n : n + VISIT_BYTES] for n in range(0, len(state.visit_ids), VISIT_BYTES)]
        for state in (member, other)
    )
    new = [id_ for id_ in theirs if id_ not in ours]
    shared = len(theirs) - len(new)
    return b"".join([*new, *ours])[-MAX_VISIT_IDS * VISIT_BYTES :], member.visits + other.visits - shared


def _sessions(member: State, other: State, needs: Needs) -> list[Session]:
    visits: dict[str, Session] = {}
    for visit in (*member.sessions, *other.sessions):
        known = visits.get(visit.id, Session(visit.id, visit.n, visit.started, visit.last))
        visits[visit.id] = Session(
            visit.id,
            max(known.n, visit.n),
            min(known.started, visit.started),
            max(known.last, visit.last),
            _cells(known.cells, visit.cells, needs),
        )
    return latest_sessions(list(visits.values()))


def _cells(ours: dict[str, Cell], theirs: dict[str, Cell], needs: Needs) -> dict[str, Cell]:
    joined: dict[str, Cell] = {}
    for key in ours.keys() | theirs.keys():
        if (need := needs.by_key.get(key)) is not None:
            merge = ACCUMULATORS[need.of].merge
            joined |= merged_cells(
                merge, {key: ours[key]} if key in ours else {}, {key: theirs[key]} if key in theirs else {}
            )
    return joined


def _series(member: State, other: State, needs: Needs) -> dict[str, Series]:
    """Join the statistics that are still needed."""
    return {
        key: merged_series(need, member.series.get(key, Series()), other.series.get(key, Series()))
        for key, need in needs.by_key.items()
        if key in member.series or key in other.series
    }


def _pages_then(member: State, other: State) -> int:
    """Keep the pages viewed since the last message, of whichever of the two it came to."""
    latest = max(
        (member, other),
        key=lambda state: max(
            (each.last_decided for each in state.exposures.values() if not each.held_back), default=0
        ),
    )
    return pages(member) + pages(other) - pages(latest) + latest.pages_then


def _group(a: Group, b: Group) -> Group:
    return Group(max(a.at, b.at), merged_traits(a.traits, b.traits))


def _exposure(a: Exposure, b: Exposure) -> Exposure:
    newer, older = (a, b) if a.last_decided >= b.last_decided else (b, a)
    visits: dict[str, int] = {}
    for id_, n in (*_visited(older), *_visited(newer)):
        visits[id_] = visits.pop(id_, 0) + n
    met = a if a.variant is not None else b
    in_session = newer.in_session if newer.session is None else visits.pop(newer.session)
    return Exposure(
        decided=a.decided + b.decided,
        last_decided=newer.last_decided,
        session=newer.session,
        in_session=in_session,
        days=_days(a.days, b.days),
        shown=a.shown + b.shown,
        last_shown=max(a.last_shown, b.last_shown),
        clicked=a.clicked + b.clicked,
        closed=a.closed + b.closed,
        goals=len(reached := _merged(a.reached, b.reached, min)),
        last_goal=max(a.last_goal, b.last_goal),
        variant=met.variant,
        reached=reached,
        earlier=latest_visits(visits),
        split=met.split,
    )


def _visited(exposure: Exposure) -> list[tuple[str, int]]:
    now = [] if exposure.session is None else [(exposure.session, exposure.in_session)]
    return [*exposure.earlier.items(), *now]
