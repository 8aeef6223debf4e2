"""Measure two sides of one row in turns, so that whatever the machine does meets both."""

import statistics
import time
from collections.abc import Callable

import msgspec

ROUNDS = 9


class Row(msgspec.Struct):
    """One line of the table: `ours` and `against` in `unit`, their ratio and what it may be."""

    name: str
    ours: float
    against: float
    unit: str
    ratio: float
    budget: float
    note: str = ""


def row(name: str, ours: float, against: float, unit: str, budget: float, note: str = "") -> Row:
    return Row(name, round(ours, 3), round(against, 3), unit, round(ours / against, 4), budget, note)


def interleaved(ours: Callable[[], object], against: Callable[[], object], *, number: int) -> tuple[float, float]:
    """Return the median microseconds of one call of each side, over rounds that alternate."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for side, call in zip(times, (ours, against), strict=True):
            started = time.perf_counter_ns()
            for _ in range(number):
                call()
            side.append((time.perf_counter_ns() - started) / number / 1000)
    return statistics.median(times[0]), statistics.median(times[1])
