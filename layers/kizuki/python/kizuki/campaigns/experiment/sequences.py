"""Confidence sequences: intervals that hold the truth at every look at once, so one may stop at any of them.

The asymptotic sequence of Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, "Time-uniform central limit theory and
asymptotic confidence sequences" (Annals of Statistics 52, 2024), by Robbins' normal mixture. The price of looking at
any time: three standard errors on either side, and more away from the size it is tuned for, where one look takes two.
"""

from functools import lru_cache
from math import inf, log, sqrt

from kizuki.campaigns.experiment.arms import ArmCounts, Interval

TUNED_FOR = 10_000
"""People in the two arms compared at whom the sequence is narrowest: at a tenth of them it is a quarter wider, at ten
times as many 7 % wider than one tuned for those."""


def boundary(people: int, alpha: float) -> float:
    """Return how many standard errors on either side hold the truth at all numbers of people, but with chance alpha."""
    if not people:
        return inf
    time = people * tuning(alpha, TUNED_FOR)
    return sqrt((time + 1) / time * log((time + 1) / alpha**2))


@lru_cache
def tuning(alpha: float, people: int) -> float:
    """Return the mixture's rho squared with which the boundary is narrowest at so many people.

    There x = people * rho squared solves x = log(1 + x) - 2 log(alpha): repeated, it gains a digit a time.
    """
    product = start = -2 * log(alpha)
    for _ in range(30):
        product = start + log(1 + product)
    return product / people


def difference(arm: ArmCounts, baseline: ArmCounts, alpha: float) -> tuple[float, Interval]:
    """Return by how much the arm's rate is above the baseline's, and the interval of that, always valid."""
    found = arm.rate - baseline.rate
    if not arm.exposed or not baseline.exposed:
        return found, (-1.0, 1.0)
    reach = boundary(arm.exposed + baseline.exposed, alpha) * sqrt(arm.variance + baseline.variance)
    return found, (max(-1.0, found - reach), min(1.0, found + reach))


def lift(arm: ArmCounts, baseline: ArmCounts, alpha: float) -> tuple[float | None, Interval | None]:
    """Return the same relative to the baseline's rate: 0.2 is a fifth more.

    Fieller's interval (1954): every ratio r for which `rate - r * baseline's rate` may be 0 by the same sequence. So it
    is always valid too, and it holds 0 when the difference's does. None as long as the baseline's rate may be 0.
    """
    if not baseline.reached or not arm.exposed:
        return None, None
    found = arm.rate / baseline.rate - 1
    squared = boundary(arm.exposed + baseline.exposed, alpha) ** 2
    above, below = squared * arm.variance, squared * baseline.variance
    certain = baseline.rate**2 - below
    if certain <= 0:
        return found, None
    middle = arm.rate * baseline.rate
    reach = sqrt(above * baseline.rate**2 + below * arm.rate**2 - above * below)
    return found, (max(0.0, (middle - reach) / certain) - 1, (middle + reach) / certain - 1)
