"""What is kept of values, function by function: cells of plain MessagePack that add, merge and tell their result."""

from collections.abc import Callable
from hashlib import blake2b
from heapq import nlargest
from typing import Any, TypeVar

import msgspec

MAX_DISTINCT = 250
DISTINCT_SLACK = 50
MAX_VALUES = 64
"""Different values that one cell of `most_frequent` tells apart."""
MAX_TIMES = 16
MAX_TEXT = 200
MAX_KEY = 12
MILLIONTH = 1_000_000
MAX_SUM = 2**63 - 1
NUMBERS = frozenset({int, float})
SCALARS = frozenset({str, int, float, bool})
Cell = Any
"""What one function keeps of some events: plain MessagePack. None is nothing yet."""
Value = str | int | float | bool
N = TypeVar("N", int, float)


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


def is_number(value: Any) -> bool:
    return type(value) in NUMBERS


def is_scalar(value: Any) -> bool:
    return type(value) in SCALARS


def _millionths(value: float) -> int:
    return round(clamped(value * MILLIONTH))


def clamped(number: N) -> N | int:
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
        lambda cell, value, *_: clamped((cell or 0) + _millionths(value)),
        lambda a, b: clamped(a + b),
        lambda cell, *_: _units(cell),
        takes=is_number,
        adds=True,
    ),
    "avg": Accumulator(
        lambda cell, value, *_: [clamped((cell or [0])[0] + _millionths(value)), (cell or [0, 0])[1] + 1],
        lambda a, b: [clamped(a[0] + b[0]), a[1] + b[1]],
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
