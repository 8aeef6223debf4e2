"""An arm of an experiment: the control group, or a variant."""

from collections.abc import Sequence
from math import inf, sqrt

import msgspec

CONTROL = "control"
Interval = tuple[float, float]
NORMAL_95 = 1.959963984540054
"""The standard normal distribution has 2.5 % above this."""


class ArmCounts(msgspec.Struct, frozen=True):
    """People of one arm: those exposed, and those among them who reached the goal. `weight` is its share of traffic."""

    id: str
    weight: float
    exposed: int
    reached: int

    def __post_init__(self) -> None:
        if not 0 <= self.reached <= self.exposed:
            raise ValueError(f"arm {self.id}: {self.reached} reached the goal of {self.exposed} exposed")

    @property
    def rate(self) -> float:
        return self.reached / self.exposed if self.exposed else 0.0

    @property
    def variance(self) -> float:
        """The variance of the rate; nobody has none.

        With two who reached the goal and two who did not added (Agresti & Coull 1998). Without them a small control
        group in which few happened to reach it looks sure of that, and 8 % of experiments find a false win.
        """
        if not self.exposed:
            return inf
        rate = (self.reached + 2) / (self.exposed + 4)
        return rate * (1 - rate) / self.exposed


def baseline_of(arms: Sequence[ArmCounts]) -> str | None:
    """Return the arm that the others are compared with: the control group, else the first; None for a lone arm."""
    if len(arms) < 2:  # noqa: PLR2004 - a comparison is of two
        return None
    return next((arm.id for arm in arms if arm.id == CONTROL), arms[0].id)


def wilson(arm: ArmCounts) -> Interval:
    """Return the 95 % interval of an arm's rate at one look (Wilson 1927); nobody exposed can have any rate."""
    if not arm.exposed:
        return 0.0, 1.0
    people, rate, squared = arm.exposed, arm.rate, NORMAL_95**2
    centre = (rate + squared / (2 * people)) / (1 + squared / people)
    reach = NORMAL_95 * sqrt(rate * (1 - rate) / people + squared / (4 * people**2)) / (1 + squared / people)
    return max(0.0, centre - reach), min(1.0, centre + reach)
