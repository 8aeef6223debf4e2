"""What each arm did for a goal, against the baseline, and what to do next."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from kizuki.campaigns.experiment.arms import ArmCounts, Interval, wilson
from kizuki.campaigns.experiment.posteriors import best
from kizuki.campaigns.experiment.sequences import difference, lift
from kizuki.campaigns.experiment.split import sample_ratio

ALPHA = 0.05
MIN_PEOPLE = 100
"""In each of two arms compared, before anything is said of them."""
MIN_REACHED = 10
"""Expected in the smaller of the two, at the rate of both together."""
SMALLEST_LIFT = 0.1
"""The smallest lift worth acting on: an arm surely within this of the baseline, up or down, makes no difference."""
LIKELY = 0.95

Label = Literal["collecting", "likely_win", "win", "lose", "no_difference"]
Next = Literal["add_control", "keep_running", "roll_out", "prefer_best", "stop", "decide_by_cost", "check_split"]


class ArmResult(msgspec.Struct):
    """One arm and one goal, which `people` reached. Lift and difference are against the baseline, which has none.

    Their intervals hold the truth of all arms at every look at once, with 95 %; that of the rate at one look.
    """

    id: str
    people: int
    rate: float
    rate_interval: Interval
    lift: float | None = None
    lift_interval: Interval | None = None
    difference: float | None = None
    difference_interval: Interval | None = None
    best: float | None = None
    label: Label | None = None
    next: Next | None = None


def compare(arms: Sequence[ArmCounts], *, baseline: str | None) -> list[ArmResult]:
    """Compare every arm with the baseline (see `baseline_of`).

    With several variants each comparison is made at 5 % divided by their number (Bonferroni). Nothing is concluded from
    people who were not split as the weights say.
    """
    results = [ArmResult(arm.id, arm.reached, arm.rate, wilson(arm)) for arm in arms]
    if len(arms) < 2:  # noqa: PLR2004 - a comparison is of two
        for result in results:
            result.next = "add_control"
        return results
    for result, chance in zip(results, best(arms), strict=True):
        result.best = chance
    against = next((arm for arm in arms if arm.id == baseline), None)
    if against is None:
        return results
    broken = sample_ratio(arms).suspicious
    for arm, result in zip(arms, results, strict=True):
        if arm is not against:
            _judge(result, arm, against, ALPHA / (len(arms) - 1))
            if broken:
                result.label, result.next = "collecting", "check_split"
    winners = [result for result in results if result.next == "roll_out"]
    for result in sorted(winners, key=lambda winner: winner.best or 0)[:-1]:
        result.next = "prefer_best"
    return results


def _judge(result: ArmResult, arm: ArmCounts, against: ArmCounts, alpha: float) -> None:
    result.difference, interval = difference(arm, against, alpha)
    result.difference_interval = interval
    result.lift, relative = lift(arm, against, alpha)
    result.lift_interval = relative
    if _few(arm, against):
        result.label, result.next = "collecting", "keep_running"
    elif interval[0] > 0:
        result.label, result.next = "win", "roll_out"
    elif interval[1] < 0:
        result.label, result.next = "lose", "stop"
    elif relative and relative[0] >= -SMALLEST_LIFT and relative[1] <= SMALLEST_LIFT:
        result.label, result.next = "no_difference", "decide_by_cost"
    elif best([arm, against])[0] >= LIKELY:
        result.label, result.next = "likely_win", "keep_running"
    else:
        result.label, result.next = "collecting", "keep_running"


def _few(arm: ArmCounts, against: ArmCounts) -> bool:
    smaller, people = min(arm.exposed, against.exposed), arm.exposed + against.exposed
    return smaller < MIN_PEOPLE or smaller * (arm.reached + against.reached) < MIN_REACHED * people
