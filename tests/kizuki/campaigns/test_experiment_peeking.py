"""Looking at an experiment after every 100 people and stopping at the first verdict: what may be believed then."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from kizuki.campaigns.experiment import ArmCounts, sample_ratio
from kizuki.campaigns.experiment.sequences import difference, lift

MEASURED = Path(__file__).parents[3] / "web/console/src/campaigns/measured.ts"
RUNS = 1000
PEOPLE = 20_000
LOOK = 100
ALPHA = 0.05
Z = stats.norm.isf(ALPHA / 2)


class Looks(NamedTuple):
    """One experiment: at each look, people and those who reached the goal, of the control group and of the others."""

    exposed: np.ndarray
    reached: np.ndarray

    def arms(self) -> Iterator[list[ArmCounts]]:
        for exposed, reached in zip(self.exposed.tolist(), self.reached.tolist(), strict=True):
            yield [ArmCounts(str(arm), 1, *counts) for arm, counts in enumerate(zip(exposed, reached, strict=True))]


def experiments(rates, shares, *, runs=RUNS, people=PEOPLE, seed=20_261_201) -> Iterator[Looks]:
    random = np.random.default_rng(seed)
    for _ in range(runs):
        arm = random.choice(len(rates), size=people, p=shares)
        goal = random.random(people) < np.take(rates, arm)
        members = arm[:, None] == np.arange(len(rates))
        yield Looks(
            members.cumsum(axis=0)[LOOK - 1 :: LOOK],
            (members & goal[:, None]).cumsum(axis=0)[LOOK - 1 :: LOOK],
        )


def said(name):
    """A figure that the console tells people."""
    return float(re.search(rf"{name} = ([\d.]+);", MEASURED.read_text())[1])


def excluded(interval, value):
    return not interval[0] <= value <= interval[1]


def naive_verdict(looks):
    """The z-test of two proportions at 5 %, asked at every look."""
    (n0, n1), (x0, x1) = np.maximum(looks.exposed.T, 1), looks.reached.T
    pooled = (x0 + x1) / (n0 + n1)
    return bool((np.abs(x1 / n1 - x0 / n0) > Z * np.sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1))).any())


@pytest.mark.parametrize(("rate", "control"), [(0.1, 0.5), (0.1, 0.1), (0.02, 0.5), (0.02, 0.05)], ids=str)
def test_arms_that_do_not_differ_are_found_to_in_at_most_5_percent_of_experiments_however_often_looked_at(
    rate, control
):
    ours = naive = 0
    for looks in experiments([rate, rate], [control, 1 - control]):
        ours += any(excluded(difference(arm, base, ALPHA)[1], 0) for base, arm in looks.arms())
        naive += naive_verdict(looks)

    assert ours / RUNS <= said("falsePositiveRate") <= 0.05
    assert naive / RUNS > 0.15


def test_of_several_variants_that_do_not_differ_at_most_5_percent_of_experiments_find_one_that_does():
    found = sum(
        any(excluded(difference(arm, base, ALPHA / 3)[1], 0) for base, *others in looks.arms() for arm in others)
        for looks in experiments([0.1] * 4, [0.25] * 4, people=10_000)
    )

    assert found / RUNS <= 0.05


@pytest.mark.parametrize(("rates", "control"), [([0.1, 0.12], 0.5), ([0.02, 0.03], 0.1)], ids=str)
def test_intervals_hold_the_truth_where_one_stops_and_everywhere_before_in_95_percent_of_experiments(rates, control):
    truth, true_lift = rates[1] - rates[0], rates[1] / rates[0] - 1
    missed = missed_lift = missed_at_stop = 0
    for looks in experiments(rates, [control, 1 - control]):
        every = [(difference(arm, base, ALPHA)[1], lift(arm, base, ALPHA)[1]) for base, arm in looks.arms()]
        stop = next((interval for interval, _ in every if excluded(interval, 0)), every[-1][0])
        missed += any(excluded(interval, truth) for interval, _ in every)
        missed_lift += any(interval is not None and excluded(interval, true_lift) for _, interval in every)
        missed_at_stop += excluded(stop, truth)

    assert missed / RUNS <= 0.05
    assert missed_lift / RUNS <= 0.05
    assert missed_at_stop / RUNS <= 0.05


@pytest.mark.parametrize(
    ("rates", "control", "people", "power"),
    [([0.1, 0.12], 0.5, 20_000, 0.9), ([0.05, 0.06], 0.5, 40_000, 0.9), ([0.1, 0.12], 0.2, 30_000, 0.9)],
    ids=str,
)
def test_a_lift_of_a_fifth_is_found(rates, control, people, power):
    runs = 300

    found = sum(
        any(difference(arm, base, ALPHA)[1][0] > 0 for base, arm in looks.arms())
        for looks in experiments(rates, [control, 1 - control], runs=runs, people=people)
    )

    assert found / runs >= power


def test_a_split_that_is_right_is_rarely_doubted_however_often_looked_at():
    ours = naive = 0
    critical = stats.chi2.isf(ALPHA, df=1)
    for looks in experiments([0.1, 0.1], [0.5, 0.5]):
        ours += any(sample_ratio(arms).p < ALPHA for arms in looks.arms())
        n0, n1 = looks.exposed.T
        naive += bool(((n0 - n1) ** 2 / (n0 + n1) > critical).any())

    assert ours / RUNS <= 0.05
    assert naive / RUNS > 0.15


def test_a_split_that_is_wrong_is_doubted():
    runs = 200

    found = sum(
        any(sample_ratio(arms).suspicious for arms in looks.arms())
        for looks in experiments([0.1, 0.1], [0.47, 0.53], runs=runs)
    )

    assert found / runs > 0.99
