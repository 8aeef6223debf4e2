"""What is expected of a campaign or a rule: how many came of each visit, at this hour of the week.

Rates are Gamma-Poisson estimates that borrow from one another: an hour of the week from that hour of the day, that from
all hours, each as if BORROWED events had been seen at the wider rate. So a young campaign is judged by the hour of the
day, and one with weeks behind it by the hour of the week, without a switch between the two. Older hours count less.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

HALF_LIFE_DAYS = 7.0
BORROWED = 2.0
CROWD = 2.0
"""Visits beyond so many times the usual are not held against a campaign: a crowd from one advertisement is not like
those who usually come."""
BLOCKS = (1, 2, 6, 24)
"""Hours over which the dispersion is estimated; a longer window has that of the longest."""
LEAST_DISPERSION = 0.02
MIN_BLOCKS = 5
SMALLEST_WEIGHT = 1e-3
DAY = 24
WEEK = 168


class Hour(NamedTuple):
    """One hour of the past: its number since the epoch, its place in the local week (Monday's first is 0)."""

    number: int
    place: int
    visits: float
    """Those that began while the campaign was to be shown."""
    seen: int


class Cell:
    """Visits and what was seen, weighted by age."""

    __slots__ = ("seen", "visits", "weight")

    def __init__(self) -> None:
        self.seen = self.visits = self.weight = 0.0

    def add(self, weight: float, visits: float, seen: float) -> None:
        self.weight += weight
        self.visits += weight * visits
        self.seen += weight * seen

    def rate(self, wider: float, *, without: tuple[float, float] = (0.0, 0.0)) -> float:
        """Return what is seen of a visit; `without` are the visits and what was seen of an hour that is judged."""
        visits, seen = max(0.0, self.visits - without[0]), max(0.0, self.seen - without[1])
        return (seen + BORROWED) / (visits + BORROWED / wider)


class Expectation:
    """Learned from hours of the past, in which everything was as it should be."""

    def __init__(self, hours: Sequence[Hour]) -> None:
        self._newest = max((hour.number for hour in hours), default=0)
        came = Cells()
        for hour in hours:
            came.add(hour, self._weight(hour))
        hours = [hour._replace(visits=min(hour.visits, came.crowd(hour.place, self._own(hour)))) for hour in hours]
        self._cells = Cells()
        for hour in hours:
            self._cells.add(hour, self._weight(hour))
        self.known = self._cells.all.seen > 0 and self._cells.all.visits > 0
        """Whether anything was ever seen."""
        self._rates = [self._rate(place) if self.known else 0.0 for place in range(WEEK)]
        self._crowds = [came.crowd(place) for place in range(WEEK)]
        self._dispersion = self._estimated(hours) if self.known else dict.fromkeys(BLOCKS, LEAST_DISPERSION)

    def means(self, windows: Iterable[tuple[int, float]], *, hours: float) -> list[float]:
        """Return what is expected in windows of so many hours: each a place in the local week, and its visits."""
        rates, crowds = self._rates, [max(CROWD, crowd * hours) for crowd in self._crowds]
        return [rates[place] * min(visits, crowds[place]) for place, visits in windows]

    def dispersion(self, hours: float) -> float:
        """Return the relative variance of the rate over windows of so many hours."""
        return self._dispersion[max((block for block in BLOCKS if block <= hours), default=1)]

    def _weight(self, hour: Hour) -> float:
        return float(2.0 ** ((hour.number - self._newest) / DAY / HALF_LIFE_DAYS))

    def _own(self, hour: Hour) -> tuple[float, float]:
        weight = self._weight(hour)
        return weight, weight * hour.visits

    def _rate(self, place: int, *, without: tuple[float, float] = (0.0, 0.0)) -> float:
        cells = self._cells
        everywhere = max(cells.all.seen - without[1], BORROWED / 2) / max(cells.all.visits - without[0], 1.0)
        by_day = cells.days[place % DAY].rate(everywhere, without=without)
        return cells.weeks[place].rate(by_day, without=without)

    def _estimated(self, hours: Sequence[Hour]) -> dict[int, float]:
        """Estimate by moments, each hour against the rate without it: what an hour taught would seem too regular."""
        expected = {}
        for hour in hours:
            weight = self._weight(hour)
            rate = self._rate(hour.place, without=(weight * hour.visits, weight * hour.seen))
            expected[hour.number] = rate * hour.visits
        found: dict[int, float] = {}
        for block in reversed(BLOCKS):
            sums: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
            for hour in hours:
                summed = sums[hour.number // block]
                summed[0] += hour.seen
                summed[1] += expected[hour.number]
                summed[2] = max(summed[2], self._weight(hour))
            # What a day has in common all its hours have.
            found[block] = max(_moments(sums.values()), *found.values(), LEAST_DISPERSION)
        return found


class Cells:
    """All hours, those of each hour of the day, and those of each hour of the week."""

    def __init__(self) -> None:
        self.all = Cell()
        self.days: defaultdict[int, Cell] = defaultdict(Cell)
        self.weeks: defaultdict[int, Cell] = defaultdict(Cell)

    def add(self, hour: Hour, weight: float) -> None:
        for cell in (self.all, self.days[hour.place % DAY], self.weeks[hour.place]):
            cell.add(weight, hour.visits, hour.seen)

    def crowd(self, place: int, own: tuple[float, float] = (0.0, 0.0)) -> float:
        """Return how many visits are a crowd in this hour of the week; `own`, weight and visits of one, is left out."""
        week, day = self.weeks[place], self.days[place % DAY]
        usual = (day.visits - own[1]) / max(day.weight - own[0], SMALLEST_WEIGHT)
        return CROWD * max(1.0, (week.visits - own[1] + usual) / (week.weight - own[0] + 1))


def _moments(blocks: Iterable[list[float]]) -> float:
    """Solve sum of weight * ((seen - mean)² - mean) = dispersion * sum of weight * mean² for the dispersion."""
    told = [block for block in blocks if block[1] > 0]
    squares = sum(weight * mean * mean for _, mean, weight in told)
    if len(told) < MIN_BLOCKS or squares <= 0:
        return 0.0
    excess = sum(weight * ((seen - mean) ** 2 - mean) for seen, mean, weight in told)
    return excess / squares
