"""Measure two sides of one row in turns, so that whatever the machine does meets both."""

import statistics
import time
from collections.abc import Callable

import msgspec

ROUNDS = 9


class Row(msgspec.Struct):
    """One line of the table: `ours` and `against` in `unit`, their ratio and, where there is a budget, what it may be."""

    name: str
    ours: float
    against: float
    unit: str
    ratio: float
    budget: float | None
    note: str = ""

    @property
    def over(self) -> bool:
        return self.budget is not None and self.ratio > self.budget


def row(name: str, ours: float, against: float, unit: str, budget: float | None, note: str = "") -> Row:
    return Row(name, round(ours, 3), round(against, 3), unit, round(ours / against, 4), budget, note)


def interleaved(*sides: Callable[[], object], number: int) -> list[float]:
    """Return the median microseconds of one call of each side, over rounds in which they take turns."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(ROUNDS):
        for side, call in zip(times, sides, strict=True):
            started = time.perf_counter_ns()
            for _ in range(number):
                call()
            side.append((time.perf_counter_ns() - started) / number / 1000)
    return [statistics.median(side) for side in times]
