"""Statistics of a person's events: each a monoid over windows, so that folding, merging and forgetting are exact.

A series is one function over one choice of events. It is kept in cells: for all time, for each local day, for each of
the visits that the state holds; only the cells that live rules read.
"""

from collections.abc import Callable, Collection, Iterable
from functools import reduce
from hashlib import blake2b
from heapq import nlargest
from typing import Any, TypeVar

import msgspec

from kizuki.events import Event
from kizuki.visitors.calendar import Calendar

MAX_DISTINCT = 250
DISTINCT_SLACK = 50
MAX_VALUES = 64
"""Different values that one cell of `most_frequent` tells apart."""
MAX_TIMES = 16
MAX_TEXT = 200
MAX_KEY = 12
MILLIONTH = 1_000_000
MAX_SUM = 2**63 - 1
OWN_EVENTS = frozenset({"Segment Entered", "Segment Left"})
"""What Kizuki itself adds to the stream: known by name only, no part of what a visitor did."""
NUMBERS = frozenset({int, float})
SCALARS = frozenset({str, int, float, bool})
NO_VALUE = (None,)
Cell = Any
"""What one function keeps of some events: plain MessagePack. None is nothing yet."""
Value = str | int | float | bool
N = TypeVar("N", int, float)


class Series(msgspec.Struct, array_like=True):
    """The cells of one series: all time, and each of the days still read."""

    ever: Cell = None
    days: dict[int, Cell] = {}


class Accumulator(msgspec.Struct, frozen=True):
    """How one function is kept: `add` one value to a cell, `merge` two cells, tell the `result`.

    `add` gets the value, the moment and the local day. `result` gets the first day of the window and the day of a
    moment, for the functions whose `ever` cell is enough for windows of days (`recent`): they keep what is newest.
    """

    add: Callable[[Cell, Any, int, int], Cell]
    merge: Callable[[Cell, Cell], Cell]
    result: Callable[[Cell, int, Callable[[int], int]], Any]
    recent: bool = False
    takes: Callable[[Any], bool] | None = None
    """Which values count; None counts events."""
    adds: bool = False
    """Whether to merge is to add."""
    weight: int = 1
    """About how many numbers a cell is: what a site's statistics may come to is bounded."""


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
        return accumulator.weight * (1 + (0 if accumulator.recent else self.days) + self.visit)


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
        return None if total is None else accumulator.result(_clamped(total), first, calendar.day)
    cells = [cell for day, cell in series.days.items() if day >= first]
    if not cells:
        return None
    return accumulator.result(reduce(accumulator.merge, cells), first, calendar.day)


def is_number(value: Any) -> bool:
    return type(value) in NUMBERS


def is_scalar(value: Any) -> bool:
    return type(value) in SCALARS


def _millionths(value: float) -> int:
    return round(_clamped(value * MILLIONTH))


def _clamped(number: N) -> N | int:
    """Keep what MessagePack can hold; what is beyond, infinity too, stays at the end of that."""
    return number if -MAX_SUM <= number <= MAX_SUM else MAX_SUM if number > 0 else -MAX_SUM


def _units(millionths: int) -> int | float:
    whole, rest = divmod(millionths, MILLIONTH)
    return whole if rest == 0 else millionths / MILLIONTH


def _canonical(value: Value) -> Value:
    """Give 5.0 and 5 one form."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def _key(value: Value) -> str:
    """Write a value so that true, 1 and "1" differ."""
    return msgspec.json.encode(_canonical(value)).decode()


def _short(key: str) -> str:
    """Stand for a long value by a hash; what is short stands for itself."""
    return key if len(key) <= MAX_KEY else blake2b(key.encode(), digest_size=MAX_KEY // 2).hexdigest()


def _newest(cell: dict[str, int]) -> dict[str, int]:
    """Keep the values met latest."""
    if len(cell) <= MAX_DISTINCT:
        return cell
    return dict(nlargest(MAX_DISTINCT, cell.items(), key=lambda item: (item[1], item[0])))


def _add_distinct(cell: Cell, value: Value, _: int, day: int) -> Cell:
    cell = cell or {}
    key = _short(_key(value))
    cell[key] = max(cell.get(key, day), day)
    # To sort at every value would cost a list of thousands of them a second.
    return cell if len(cell) <= MAX_DISTINCT + DISTINCT_SLACK else _newest(cell)


def _merge_distinct(ours: Cell, theirs: Cell) -> Cell:
    return _newest(ours | {key: max(day, ours.get(key, day)) for key, day in theirs.items()})


def _add_frequent(cell: Cell, value: Value, _: int, __: int) -> Cell:
    cell = cell or {}
    key = _key(value)
    if key in cell or len(cell) < MAX_VALUES:
        cell[key] = cell.get(key, 0) + 1
    return cell


def _merge_frequent(ours: Cell, theirs: Cell) -> Cell:
    both = ours | {key: n + ours.get(key, 0) for key, n in theirs.items()}
    return dict(nlargest(MAX_VALUES, both.items(), key=lambda item: item[1]))


def _most_frequent(cell: Cell, _: int, __: object) -> Value:
    most = max(cell.values())
    values: list[Value] = [msgspec.json.decode(key) for key, n in cell.items() if n == most]
    kinds = (bool, (int, float), str)
    return min(values, key=lambda value: ([isinstance(value, kind) for kind in kinds].index(True), value))


def _last_two(cell: Cell, value: Value, at: int, _: int) -> Cell:
    """Keep the two newest, the older one first; of two of one moment the one folded later is newer."""
    return _insert(cell or [], at, value)[-2:]


def _insert(cell: list[list[Any]], at: int, value: Value) -> list[list[Any]]:
    place = next((n for n in range(len(cell), 0, -1) if cell[n - 1][0] <= at), 0)
    return [*cell[:place], [at, value], *cell[place:]]


def _previous(cell: Cell, first: int, day: Callable[[int], int]) -> Any:
    return cell[0][1] if len(cell) > 1 and day(cell[0][0]) >= first else None


def _add_time(cell: Cell, _: Any, at: int, __: int) -> Cell:
    return sorted([*(cell or []), at])[-MAX_TIMES:]


def _always(value: Any, _: int, __: object) -> Any:
    return value


ACCUMULATORS = {
    "count": Accumulator(lambda cell, *_: (cell or 0) + 1, int.__add__, _always, adds=True),
    "sum": Accumulator(
        lambda cell, value, *_: _clamped((cell or 0) + _millionths(value)),
        lambda a, b: _clamped(a + b),
        lambda cell, *_: _units(cell),
        takes=is_number,
        adds=True,
    ),
    "avg": Accumulator(
        lambda cell, value, *_: [_clamped((cell or [0])[0] + _millionths(value)), (cell or [0, 0])[1] + 1],
        lambda a, b: [_clamped(a[0] + b[0]), a[1] + b[1]],
        lambda cell, *_: cell[0] / MILLIONTH / cell[1],
        takes=is_number,
        weight=2,
    ),
    "min": Accumulator(
        lambda cell, value, *_: value if cell is None else min(cell, value), min, _always, takes=is_number
    ),
    "max": Accumulator(
        lambda cell, value, *_: value if cell is None else max(cell, value), max, _always, takes=is_number
    ),
    "first": Accumulator(
        lambda cell, value, at, _: cell if cell is not None and cell[0] <= at else [at, value],
        lambda a, b: a if a[0] <= b[0] else b,
        lambda cell, *_: cell[1],
        takes=is_scalar,
        weight=4,
    ),
    "last": Accumulator(
        lambda cell, value, at, _: cell if cell is not None and cell[0] > at else [at, value],
        lambda a, b: a if a[0] > b[0] else b,
        lambda cell, first, day: cell[1] if day(cell[0]) >= first else None,
        recent=True,
        takes=is_scalar,
        weight=4,
    ),
    "previous": Accumulator(
        _last_two,
        lambda a, b: sorted(a + b, key=lambda item: item[0])[-2:],
        _previous,
        recent=True,
        takes=is_scalar,
        weight=8,
    ),
    "distinct": Accumulator(
        _add_distinct,
        _merge_distinct,
        lambda cell, first, _: min(sum(day >= first for day in cell.values()), MAX_DISTINCT),
        recent=True,
        takes=is_scalar,
        weight=MAX_DISTINCT + DISTINCT_SLACK,
    ),
    "most_frequent": Accumulator(_add_frequent, _merge_frequent, _most_frequent, takes=is_scalar, weight=16),
    "first_at": Accumulator(lambda cell, _, at, __: at if cell is None else min(cell, at), min, _always),
    "last_at": Accumulator(lambda cell, _, at, __: at if cell is None else max(cell, at), max, _always),
    "times": Accumulator(_add_time, lambda a, b: sorted(a + b)[-MAX_TIMES:], _always, recent=True, weight=MAX_TIMES),
}
