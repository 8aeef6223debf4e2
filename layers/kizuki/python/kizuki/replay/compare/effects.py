"""Sizes of effects, and tests of them: short forms of what scipy has, which no Lambda carries."""

from collections.abc import Sequence
from math import asin, erfc, exp, lgamma, sqrt
from typing import NamedTuple


class Tested(NamedTuple):
    """`effect` is positive where the first group has more; `p` is two-sided."""

    effect: float
    p: float


def shares(some: int, of: int, others: int, of_others: int) -> Tested:
    """Compare two shares: Cohen's h (1988), Fisher's exact test (1922)."""
    h = 2 * asin(sqrt(some / of)) - 2 * asin(sqrt(others / of_others))
    return Tested(h, fisher(some, of, others, of_others))


def fisher(some: int, of: int, others: int, of_others: int) -> float:
    """Return the probability, were both shares the same, of a table no likelier than this one."""
    together, everybody = some + others, of + of_others
    low, high = max(0, together - of_others), min(together, of)
    scale = _choose(everybody, together)
    chances = [exp(_choose(of, n) + _choose(of_others, together - n) - scale) for n in range(low, high + 1)]
    # Tables as likely as this one must not be lost to rounding.
    limit = chances[some - low] * (1 + 1e-7)
    return min(1.0, sum(chance for chance in chances if chance <= limit))


def numbers(first: Sequence[float], second: Sequence[float]) -> Tested:
    """Compare two samples: Cliff's delta (1993), Mann & Whitney's U test (1947).

    The test by the normal approximation, with corrections for ties and continuity.
    """
    n, m = len(first), len(second)
    size = n + m
    ordered = sorted([(value, True) for value in first] + [(value, False) for value in second])
    ranks, ties, place = 0.0, 0, 0
    while place < size:
        end = place
        while end < size and ordered[end][0] == ordered[place][0]:
            end += 1
        alike = end - place
        ranks += (place + end + 1) / 2 * sum(mine for _, mine in ordered[place:end])
        ties += alike**3 - alike
        place = end
    u = ranks - n * (n + 1) / 2
    delta = 2 * u / (n * m) - 1
    spread = sqrt(n * m / 12 * (size + 1 - ties / (size * (size - 1))))
    if spread <= 0:
        return Tested(0.0, 1.0)
    z = (max(u, n * m - u) - n * m / 2 - 0.5) / spread
    return Tested(delta, min(1.0, erfc(z / sqrt(2))))


def false_discovery(p: Sequence[float]) -> list[float]:
    """Return the share of false ones among each p and all smaller ones (Benjamini & Hochberg 1995)."""
    order = sorted(range(len(p)), key=p.__getitem__, reverse=True)
    found, least = [0.0] * len(p), 1.0
    for rank, place in enumerate(order):
        least = min(least, p[place] * len(p) / (len(p) - rank))
        found[place] = least
    return found


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
