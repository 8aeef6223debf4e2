"""How probable it is that an arm's rate is the highest: uniform priors, so a rate's posterior is a Beta distribution.

Integrated over the log-odds of the rate, where the density of a Beta distribution has one summit and thin tails.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, lgamma, log, log1p, prod, sqrt

from kizuki.campaigns.experiment.arms import ArmCounts

NEGLIGIBLE = 32.0
"""A density e to the minus this of its summit's is none."""
POINTS = 256
"""On each posterior: enough for nine digits."""


class Posterior:
    """The posterior distribution of the log-odds of an arm's rate."""

    def __init__(self, arm: ArmCounts) -> None:
        self.a, self.b = arm.reached + 1, arm.exposed - arm.reached + 1
        self.scale = lgamma(self.a + self.b) - lgamma(self.a) - lgamma(self.b)
        self.summit = log(self.a / self.b)
        self.height = self._log_density(self.summit)

    def grid(self) -> list[float]:
        """Points over all of the distribution but its negligible tails."""
        low, high = self.summit - self._reach(-1), self.summit + self._reach(1)
        return [low + (high - low) * step / POINTS for step in range(POINTS + 1)]

    def density(self, at: float) -> tuple[float, float]:
        """Return the density and its slope."""
        density = exp(self._log_density(at))
        return density, density * (self.a - (self.a + self.b) / (1 + exp(-at)))

    def _log_density(self, at: float) -> float:
        # log(1 + e^at), without overflow
        softplus = at + log1p(exp(-at)) if at > 0 else log1p(exp(at))
        return self.scale + self.a * at - (self.a + self.b) * softplus

    def _reach(self, direction: int) -> float:
        reach = sqrt(1 / self.a + 1 / self.b)
        while self.height - self._log_density(self.summit + direction * reach) < NEGLIGIBLE:
            reach *= 1.25
        return reach


def best(arms: Sequence[ArmCounts]) -> list[float]:
    """Return for each arm the probability that its rate is the highest of all."""
    posteriors = [Posterior(arm) for arm in arms]
    coarse = sorted({point for posterior in posteriors for point in posterior.grid()})
    points = [coarse[0]]
    for low, high in pairwise(coarse):
        points += [(low + high) / 2, high]
    densities, below = [], []
    for posterior in posteriors:
        curve = [posterior.density(point) for point in points]
        densities.append([density for density, _ in curve])
        below.append(_cumulated(points, curve))
    chances = []
    for index in range(len(arms)):
        others = below[:index] + below[index + 1 :]
        highest = [density * prod(column) for density, *column in zip(densities[index], *others, strict=True)]
        chances.append(_integral(points, highest))
    total = sum(chances)
    return [chance / total for chance in chances]


def _cumulated(points: list[float], curve: list[tuple[float, float]]) -> list[float]:
    """Integrate up to each point: the trapezoid rule, corrected by the slopes at its ends (Hermite)."""
    sums = [0.0]
    for (low, high), ((left, rising), (right, falling)) in zip(pairwise(points), pairwise(curve), strict=True):
        width = high - low
        sums.append(sums[-1] + width * (left + right) / 2 + width**2 * (rising - falling) / 12)
    return [value / sums[-1] for value in sums]


def _integral(points: list[float], values: list[float]) -> float:
    """Integrate by Simpson's rule, over points of which every second is halfway between its neighbours."""
    return sum(
        (points[at + 2] - points[at]) / 6 * (values[at] + 4 * values[at + 1] + values[at + 2])
        for at in range(0, len(points) - 2, 2)
    )
