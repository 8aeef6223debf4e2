"""Statistics of a person's events: each a monoid over windows, so that folding, merging and forgetting are exact.

A series is one function over one choice of events. It is kept in cells: for all time, for each local day, for each of
the visits that the state holds; only the cells that live rules read.
"""

from collections.abc import Callable, Collection, Iterable
from functools import reduce
from typing import Any

import msgspec

from kizuki.events import Event
from kizuki.visitors.accumulators import ACCUMULATORS, MAX_TEXT, Cell, clamped
from kizuki.visitors.calendar import Calendar

OWN_EVENTS = frozenset({"Segment Entered", "Segment Left", "Campaign Sent"})
"""What Kizuki itself adds to the stream: known by name only, no part of what a visitor did."""
NO_VALUE = (None,)
MAX_SESSIONS = 3
"""Visits of which statistics are kept."""


class Series(msgspec.Struct, array_like=True):
    """The cells of one series: all time, and each of the days still read."""

    ever: Cell = None
    days: dict[int, Cell] = {}


class Need(msgspec.Struct, frozen=True):
    """One series that live rules read, and of which windows."""

    key: str
    of: str
    values: Callable[[Event], Iterable[Any]] | None
    where: Callable[[Event], bool] | None
    events: frozenset[str] | None
    ever: bool
    days: int
    visit: bool

    @property
    def weight(self) -> int:
        accumulator = ACCUMULATORS[self.of]
        days, visits = 0 if accumulator.recent else self.days, MAX_SESSIONS if self.visit else 0
        return accumulator.weight * (1 + days + visits)


Feed = Callable[[dict[str, Series], dict[str, Cell] | None, Event, int], None]
"""Add an event, of a local day, to its series and to the cells of its visit (None where that is not kept)."""


class Needs:
    """Everything that live rules need to be kept of events."""

    def __init__(self, needs: Iterable[Need], calendar: Calendar) -> None:
        self.calendar = calendar
        self.by_key = {need.key: need for need in needs}
        self._by_name: dict[str, list[tuple[Need, Feed]]] = {}
        self._any: list[tuple[Need, Feed]] = []
        for need in self.by_key.values():
            fed = (need, _feed(need))
            if need.events is None:
                self._any.append(fed)
            for name in need.events or ():
                self._by_name.setdefault(name, []).append(fed)

    def tally(
        self,
        event: Event,
        series: dict[str, Series],
        visit: dict[str, Cell] | None,
        *,
        only: Collection[str] | None = None,
    ) -> None:
        """Add one event to the series it feeds (of `only` these keys); `visit` are the cells of its visit, if kept."""
        day = self.calendar.day(event.occurred_at)
        for fed in (self._by_name.get(event.name, ()), () if event.name in OWN_EVENTS else self._any):
            for need, feed in fed:
                if (only is None or need.key in only) and (need.where is None or need.where(event)):
                    feed(series, visit, event, day)


def _feed(need: Need) -> Feed:
    """Compile a need: every event goes through several of these."""
    if need.of == "count":
        return _feed_count(need)
    accumulator, key, values = ACCUMULATORS[need.of], need.key, need.values
    add, takes = accumulator.add, accumulator.takes
    in_ever = need.ever or bool(need.days and accumulator.recent)
    days = 0 if accumulator.recent else need.days
    in_visit = need.visit

    def feed(series: dict[str, Series], visit: dict[str, Cell] | None, event: Event, day: int) -> None:
        at = event.occurred_at
        for raw in NO_VALUE if values is None else values(event):
            if takes is not None and not takes(raw):
                continue
            value = raw[:MAX_TEXT] if type(raw) is str else raw
            kept = series.get(key)
            if kept is None:
                kept = series[key] = Series()
            if in_ever:
                kept.ever = add(kept.ever, value, at, day)
            if days:
                cell = kept.days.get(day)
                kept.days[day] = add(cell, value, at, day)
                if cell is None and len(kept.days) > days:
                    kept.days = _latest_days(kept.days, days)
            if in_visit and visit is not None:
                visit[key] = add(visit.get(key), value, at, day)

    return feed


def _feed_count(need: Need) -> Feed:
    """Compile a need that only counts, as most do."""
    key, in_ever, days, in_visit = need.key, need.ever, need.days, need.visit

    def feed(series: dict[str, Series], visit: dict[str, Cell] | None, _: Event, day: int) -> None:
        kept = series.get(key)
        if kept is None:
            kept = series[key] = Series()
        if in_ever:
            kept.ever = (kept.ever or 0) + 1
        if days:
            _count_day(kept, day, days)
        if in_visit and visit is not None:
            visit[key] = visit.get(key, 0) + 1

    return feed


def _count_day(kept: Series, day: int, days: int) -> None:
    if day in kept.days:
        kept.days[day] += 1
        return
    kept.days[day] = 1
    if len(kept.days) > days:
        kept.days = _latest_days(kept.days, days)


def _latest_days(cells: dict[int, Cell], days: int) -> dict[int, Cell]:
    newest = max(cells)
    return {day: cell for day, cell in cells.items() if day > newest - days}


def merged_series(need: Need, ours: Series, theirs: Series) -> Series:
    merge = ACCUMULATORS[need.of].merge
    days = merged_cells(merge, ours.days, theirs.days)
    newest = max(days, default=0)
    return Series(
        _joined(merge, ours.ever, theirs.ever),
        {day: cell for day, cell in days.items() if day > newest - need.days},
    )


def merged_cells(
    merge: Callable[[Cell, Cell], Cell], ours: dict[Any, Cell], theirs: dict[Any, Cell]
) -> dict[Any, Cell]:
    return ours | {key: _joined(merge, ours.get(key), cell) for key, cell in theirs.items()}


def _joined(merge: Callable[[Cell, Cell], Cell], ours: Cell, theirs: Cell) -> Cell:
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    return merge(ours, theirs)


def days_result(of: str, series: Series, first: int, calendar: Calendar) -> Any:
    """Return the statistic over the days from `first` on; None where there is nothing."""
    accumulator = ACCUMULATORS[of]
    if accumulator.recent:
        return accumulator.result(series.ever, first, calendar.day) if series.ever is not None else None
    if accumulator.adds:
        total = None
        for day, cell in series.days.items():
            if day >= first:
                total = cell if total is None else total + cell
        return None if total is None else accumulator.result(clamped(total), first, calendar.day)
    cells = [cell for day, cell in series.days.items() if day >= first]
    if not cells:
        return None
    return accumulator.result(reduce(accumulator.merge, cells), first, calendar.day)
