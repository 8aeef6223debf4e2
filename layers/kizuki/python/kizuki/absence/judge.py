"""Whether a campaign or a rule has fallen silent: windows that grow, each judged by the visits that really came.

Looked at every five minutes over WINDOWS. An alarm needs a chance so small that, by Boole's inequality over all looks
of a week, one campaign has at most FALSE_ALARMS false ones in a week; so few expected never make one.
"""

from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

from kizuki.absence.expectation import Expectation
from kizuki.absence.pulse import BUCKET_MS
from kizuki.absence.tail import chance_of_at_most

HOUR_MS = 3_600_000
HOUR = HOUR_MS // BUCKET_MS
DAY = 24 * HOUR
WINDOWS = (HOUR // 2, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 2 * DAY, 3 * DAY)
"""In buckets."""
LONGEST = WINDOWS[-1]
FALSE_ALARMS = 0.01
LOOKS = 7 * 24 * HOUR * len(WINDOWS)
LIMIT = FALSE_ALARMS / LOOKS
"""6e-7: no window of which fewer than 14.3 are expected can fall below it, were they all missing."""
ABSENT = 0.35
"""More than this share of what is expected is no absence."""
BACK = 0.5
BACK_EXPECTED = 4.0
"""What has come back is seen in the shortest window of which so many are expected."""
GRACE = 2
"""Buckets that a visit has for what is expected of it, before it is held against a campaign."""
LEAST_SHARE = 0.02


class Bucket(NamedTuple):
    """Five minutes of late: `visits` that began while the campaign was to be shown, `place` in the local week."""

    at: int
    place: int
    visits: float
    seen: int


class Verdict(NamedTuple):
    """An absence: since a moment (epoch ms) so many were expected and so many seen.

    `buckets` is the window that shows it, `chance` how probable it is that so few come in it by themselves.
    """

    since: int
    expected: float
    seen: int
    buckets: int
    chance: float


def means_of(expectation: Expectation, series: Iterable[Bucket]) -> list[float]:
    """Return what is expected in each bucket."""
    return expectation.means([(bucket.place, bucket.visits) for bucket in series], hours=1 / HOUR)


def judge(near: Expectation, far: Expectation, series: Sequence[Bucket]) -> Verdict | None:
    """Return what the least probable window says, where it is an absence.

    `series` are the newest buckets, oldest first, without the present one. `near` was learned from before the last day,
    `far` from before the longest window: what is judged has taught nothing.
    """
    chance, window = LIMIT, 0
    means, counts = means_of(near, series), [bucket.seen for bucket in series]
    for size in WINDOWS:
        if size > len(series):
            break
        if size > DAY:
            means = means_of(far, series)
        expected, seen = sum(means[-size:-GRACE]), sum(counts[-size:])
        if seen <= ABSENT * expected:
            dispersion = (far if size > DAY else near).dispersion(size / HOUR)
            found = chance_of_at_most(seen, expected, dispersion)
            if found < chance:
                chance, window, share = found, size, seen / expected
    if not window:
        return None
    first = _fell(counts, means, share)
    return Verdict(series[first].at, sum(means[first:]), sum(counts[first:]), window, chance)


def without(series: Iterable[Bucket], known: Sequence[tuple[int, int]]) -> list[Bucket]:
    """Leave out what incidents that are over were about (epoch ms, from, to): it is not judged again."""
    return [
        each._replace(visits=0.0, seen=0) if any(began <= each.at < ended for began, ended in known) else each
        for each in series
    ]


def is_back(near: Expectation, series: Sequence[Bucket], since: int) -> bool:
    """Tell whether what was missing since a moment comes again, in the shortest window that can tell."""
    expected, seen = 0.0, 0
    late = [bucket for bucket in series if bucket.at >= since]
    for place, (bucket, mean) in enumerate(zip(reversed(late), reversed(means_of(near, late)), strict=True)):
        seen += bucket.seen
        expected += mean if place >= GRACE else 0.0
        if expected >= BACK_EXPECTED:
            return seen >= BACK * expected
    return False


def _fell(counts: Sequence[int], means: Sequence[float], share: float) -> int:
    """Return the place where the rate fell to a share: the likeliest change point of Poisson counts (Page 1954)."""
    share = min(0.9, max(LEAST_SHARE, share))
    best, first, summed = float("-inf"), len(counts) - 1, 0.0
    for place in reversed(range(len(counts))):
        summed += means[place] * (1 - share) + counts[place] * log(share)
        if summed > best:
            best, first = summed, place
    return first
