"""The sample-ratio check: whether people were split over the arms as the weights say.

The sequential multinomial test of Lindon & Malek, "Anytime-Valid Inference For Multinomial Count Data" (NeurIPS 2022):
exact for any numbers of people, and however often it is looked at, false alarms are as rare as it says. The usual
chi-square test, looked at every day, raises many times as many.
"""

from collections.abc import Sequence
from math import exp, lgamma, log

import msgspec

from kizuki.campaigns.experiment.arms import ArmCounts

SUSPICIOUS = 0.001
"""One experiment in a thousand whose split is right is ever suspected: a broken split takes the verdicts away."""
CONCENTRATION = 20
"""Of the Dirichlet distribution: it sees within 25 people that an arm gets nobody instead of half of them, within
13,000 that it gets 48 instead of 50 %. Ten times as much would need 62 and 11,500 people, a tenth 14 and 14,400."""


class SampleRatio(msgspec.Struct, frozen=True):
    """`p` is valid at every look; None where there is nothing to compare."""

    p: float | None
    suspicious: bool


def sample_ratio(arms: Sequence[ArmCounts]) -> SampleRatio:
    """Check the numbers of people exposed against the arms' weights."""
    weights, people = sum(arm.weight for arm in arms), sum(arm.exposed for arm in arms)
    if len(arms) < 2 or not weights or not people:  # noqa: PLR2004 - a split is into two
        return SampleRatio(None, suspicious=False)
    if any(arm.exposed and not arm.weight for arm in arms):
        return SampleRatio(0.0, suspicious=True)
    # The Bayes factor of "any split, by a Dirichlet distribution around the weights" against "split by the weights".
    evidence = lgamma(CONCENTRATION) - lgamma(CONCENTRATION + people)
    for arm in arms:
        if arm.weight:
            share = arm.weight / weights
            prior = CONCENTRATION * share
            evidence += lgamma(prior + arm.exposed) - lgamma(prior) - arm.exposed * log(share)
    p = exp(-max(0.0, evidence))
    return SampleRatio(p, suspicious=p < SUSPICIOUS)
