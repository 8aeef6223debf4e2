"""Made-up traffic of a shop: day and night, weekends, growth, days and hours that differ by themselves, and faults."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from kizuki.absence.expectation import Expectation, Hour
from kizuki.absence.judge import HOUR, HOUR_MS, LONGEST, Bucket, Verdict, is_back, judge, without
from kizuki.absence.pulse import BUCKET_MS

START = 1_790_550_000_000 - 1_790_550_000_000 % (7 * 24 * HOUR_MS) + 4 * 24 * HOUR_MS
"""A Monday, 00:00 UTC."""
DAY = 24 * HOUR
WEEK = 7 * DAY
LEARN = 3 * 24
"""Hours before anything is judged."""


@dataclass
class Fault:
    """From one bucket to another, `share` of what should come does."""

    first: int
    last: int
    share: float = 0.0


@dataclass
class Subject:
    """A campaign or rule: `rate` per visit; `fading` is the part of it lost in a week (a cap of one for ever)."""

    name: str
    rate: float
    evening: float = 1.0
    fading: float = 0.0
    noise: float = 0.15
    faults: list[Fault] = field(default_factory=list)
    paused: list[Fault] = field(default_factory=list)


@dataclass
class Site:
    weeks: int
    daily: float = 6000
    growth: float = 0.03
    closed: list[Fault] = field(default_factory=list)
    """Nobody comes."""
    crowds: list[tuple[int, int, float]] = field(default_factory=list)
    """From, to, and how many times as many come, of whom nobody is meant by any campaign."""


def simulate(site: Site, subjects: Sequence[Subject], seed: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return visits and, by subject, what was seen, in buckets of five minutes."""
    random = np.random.default_rng(seed)
    size = site.weeks * WEEK
    at = np.arange(size)
    hour, weekday = at / HOUR % 24, at // DAY % 7
    shape = 0.08 + np.exp(-(((hour - 21) % 24 - 12) ** 2 - 144) / 200) / 2 + np.exp(-((hour - 12.5) ** 2) / 30)
    shape *= np.where(weekday >= 5, 0.7, 1.0) * (1 + site.growth) ** (at / WEEK)
    shape *= site.daily / (shape[:DAY].sum())
    means = shape * noise(random, size, HOUR, 0.15) * noise(random, size, DAY, 0.1)
    for fault in site.closed:
        means[fault.first : fault.last] *= fault.share
    usual = random.poisson(means)
    visits = usual.copy()
    for first, last, times in site.crowds:
        visits[first:last] += random.poisson(means[first:last] * (times - 1))
    return visits, {subject.name: displays(subject, usual, hour, random) for subject in subjects}


def displays(subject: Subject, visits: np.ndarray, hour: np.ndarray, random: np.random.Generator) -> np.ndarray:
    size = len(visits)
    rate = subject.rate * (1 - subject.fading) ** (np.arange(size) / WEEK)
    rate *= np.where(hour >= 18, subject.evening, 1.0)
    rate *= noise(random, size, HOUR, subject.noise) * noise(random, size, DAY, subject.noise)
    # Of a visit's displays six of ten come within five minutes of its beginning, the last after a quarter of an hour.
    later = np.convolve(visits, [0.6, 0.25, 0.1, 0.05])[:size]
    for fault in [*subject.faults, *subject.paused]:
        rate[fault.first : fault.last] *= fault.share
    return random.poisson(later * rate)


def noise(random: np.random.Generator, size: int, block: int, deviation: float) -> np.ndarray:
    """Return factors around 1 that stay the same for a block, from a Gamma distribution."""
    shape = 1 / deviation**2
    return np.repeat(random.gamma(shape, 1 / shape, size // block + 1), block)[:size]


class Watched:
    """One subject as the watch sees it: learns once a day, looks every five minutes, learns nothing from incidents."""

    def __init__(self, visits: np.ndarray, seen: np.ndarray, paused: Sequence[Fault] = ()) -> None:
        self.since = 0
        live = np.ones(len(visits))
        for pause in paused:
            live[pause.first : pause.last] = 0
        self.series = [
            Bucket(START + place * BUCKET_MS, place // HOUR % 168, float(came * on), int(seen))
            for place, (came, seen, on) in enumerate(zip(visits, seen, live, strict=True))
        ]
        self.hourly = [
            Hour(place, place % 168, sum(b.visits for b in some), sum(b.seen for b in some))
            for place, some in enumerate(self.series[at : at + HOUR] for at in range(0, len(visits), HOUR))
        ]
        self.incidents: list[list[int]] = []
        """First and last bucket; the last of one that is open is the end of time."""
        self._models: tuple[Expectation, Expectation] | None = None

    def run(self, first: int, last: int) -> list[tuple[int, Verdict]]:
        """Watch from one bucket to another; return the alarms, each with the bucket that raised it."""
        alarms = []
        for now in range(first, last):
            if self._models is None or now % DAY == 0:
                self._models = self._learn(now - DAY), self._learn(now - LONGEST)
            near, far = self._models
            series = self.series[max(0, now - LONGEST) : now]
            over = [(START + first * BUCKET_MS, START + last * BUCKET_MS) for first, last in self.incidents]
            if self.incidents and self.incidents[-1][1] > now:
                if is_back(near, series, START + self.incidents[-1][0] * BUCKET_MS):
                    self.incidents[-1][1] = now
            elif near.known and (verdict := judge(near, far, without(series, over) if over else series)) is not None:
                self.incidents.append([(verdict.since - START) // BUCKET_MS, len(self.series) + 1])
                alarms.append((now, verdict))
        return alarms

    def _learn(self, before: int) -> Expectation:
        until = before // DAY * 24
        hours = [
            hour
            for hour in self.hourly[max(0, until - 35 * 24) : until]
            if not any(
                first <= hour.number * HOUR + HOUR and hour.number * HOUR < last for first, last in self.incidents
            )
        ]
        return Expectation(hours if len(hours) >= LEARN else [])
