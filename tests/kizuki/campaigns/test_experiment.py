import numpy as np
import pytest
from scipy import optimize, stats

from kizuki.campaigns.experiment import ArmCounts, ArmResult, SampleRatio, baseline_of, compare, sample_ratio

NODES, WEIGHTS = np.polynomial.legendre.leggauss(2000)
SCENARIOS = {
    "an even split": [(5000, 250), (5000, 350)],
    "a small control group": [(1000, 21), (9000, 260)],
    "a rare goal": [(40_000, 90), (42_000, 121)],
    "a common goal": [(800, 700), (790, 640)],
    "three variants": [(3000, 300), (3100, 345), (2900, 240), (3000, 310)],
}


def arms(*counts):
    names = ["control", *"abcdefghijklmnopqrst"]
    return [ArmCounts(name, 1, exposed, reached) for name, (exposed, reached) in zip(names, counts, strict=False)]


def against_control(*counts):
    return compare(arms(*counts), baseline="control")


def standard_errors(people, alpha):
    """The normal mixture's boundary, its rho found by a general minimiser."""

    def boundary(time):
        return np.sqrt((time + 1) / time * np.log((time + 1) / alpha**2))

    tuned = optimize.minimize_scalar(boundary, bounds=(1e-3, 1e3), method="bounded", options={"xatol": 1e-10}).x
    return boundary(people * tuned / 10_000)


def variance(exposed, reached):
    rate = (reached + 2) / (exposed + 4)
    return rate * (1 - rate) / exposed


@pytest.mark.parametrize("counts", SCENARIOS.values(), ids=SCENARIOS)
def test_a_difference_has_the_interval_of_the_normal_mixture_at_the_level_of_each_comparison(counts):
    (n0, x0), *others = counts

    for (n, x), result in zip(others, against_control(*counts)[1:], strict=True):
        reach = standard_errors(n + n0, 0.05 / len(others)) * np.sqrt(variance(n, x) + variance(n0, x0))
        found = x / n - x0 / n0
        assert result.difference == pytest.approx(found)
        assert result.difference_interval == pytest.approx((found - reach, found + reach), rel=1e-6)


@pytest.mark.parametrize("counts", SCENARIOS.values(), ids=SCENARIOS)
def test_the_ends_of_a_lifts_interval_are_the_ratios_that_the_same_sequence_just_rules_out(counts):
    (n0, x0), *others = counts

    for (n, x), result in zip(others, against_control(*counts)[1:], strict=True):
        for end in result.lift_interval:
            off = abs(x / n - (1 + end) * x0 / n0) / np.sqrt(variance(n, x) + (1 + end) ** 2 * variance(n0, x0))
            assert off == pytest.approx(standard_errors(n + n0, 0.05 / len(others)), rel=1e-6)
        assert result.lift_interval[0] < result.lift < result.lift_interval[1]
        assert result.lift == pytest.approx(x / n / (x0 / n0) - 1)


@pytest.mark.parametrize("counts", SCENARIOS.values(), ids=SCENARIOS)
def test_lift_and_difference_agree_on_whether_there_is_one(counts):
    for result in against_control(*counts)[1:]:
        assert (result.lift_interval[0] > 0) is (result.difference_interval[0] > 0)
        assert (result.lift_interval[1] < 0) is (result.difference_interval[1] < 0)


# Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
@pytest.mark.parametrize(
    ("reached", "exposed", "interval"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_a_rate_has_wilsons_interval_as_published_and_as_scipy_has_it(reached, exposed, interval):
    [result] = compare(arms((exposed, reached)), baseline=None)

    assert result.rate_interval == pytest.approx(interval, abs=5e-5)
    scipys = stats.binomtest(reached, exposed).proportion_ci(method="wilson")
    assert result.rate_interval == pytest.approx((scipys.low, scipys.high), abs=1e-12)


def chances(counts):
    """The integral of a posterior's density and the others' distributions, with scipy's Betas and Gauss' rule."""
    posteriors = [stats.beta(reached + 1, exposed - reached + 1) for exposed, reached in counts]
    for posterior in posteriors:
        low, high = posterior.ppf(1e-13), posterior.isf(1e-13)
        rates = (high - low) / 2 * NODES + (high + low) / 2
        others = [other.cdf(rates) for other in posteriors if other is not posterior]
        yield (posterior.pdf(rates) * np.prod(others, axis=0) * WEIGHTS).sum() * (high - low) / 2


@pytest.mark.parametrize(
    "counts",
    [
        *SCENARIOS.values(),
        [(0, 0), (100, 3)],
        [(10, 10), (12, 12)],
        [(7, 0), (100_000, 1)],
        [(1_000_000, 50_000), (1_000_000, 50_200), (200, 12)],
        [(10_000 + 10 * arm, 500 + 3 * arm) for arm in range(21)],
    ],
)
def test_the_probability_to_be_best_is_the_integral_over_beta_posteriors(counts):
    found = [result.best for result in against_control(*counts)]

    assert found == pytest.approx(list(chances(counts)), abs=1e-7)
    assert sum(found) == pytest.approx(1)


def test_the_probability_to_be_best_is_how_often_rates_drawn_from_the_posteriors_are_the_highest():
    counts = SCENARIOS["three variants"]
    random = np.random.default_rng(7)
    drawn = np.array([random.beta(reached + 1, exposed - reached + 1, 400_000) for exposed, reached in counts])

    shares = np.bincount(drawn.argmax(axis=0), minlength=len(counts)) / 400_000

    assert [result.best for result in against_control(*counts)] == pytest.approx(shares, abs=0.003)


@pytest.mark.parametrize(
    ("counts", "label", "next"),
    [
        ([(99, 20), (5000, 1000)], "collecting", "keep_running"),  # too few people in one arm
        ([(1000, 0), (1000, 15)], "collecting", "keep_running"),  # too few who reach the goal
        ([(1000, 100), (1000, 105)], "collecting", "keep_running"),
        ([(1000, 100), (1000, 130)], "likely_win", "keep_running"),
        ([(10_000, 1000), (10_000, 1200)], "win", "roll_out"),
        ([(10_000, 1200), (10_000, 1000)], "lose", "stop"),
        ([(40_000, 8000), (40_000, 8050)], "no_difference", "decide_by_cost"),
        ([(400_000, 80_000), (400_000, 81_500)], "win", "roll_out"),  # small, and sure
    ],
)
def test_an_arm_is_labelled_by_what_is_sure_of_it(counts, label, next):
    weights = [exposed for exposed, _ in counts]

    control, arm = compare(
        [
            ArmCounts(arm.id, weight, arm.exposed, arm.reached)
            for arm, weight in zip(arms(*counts), weights, strict=True)
        ],
        baseline="control",
    )

    assert (arm.label, arm.next) == (label, next)
    assert (control.label, control.next, control.lift, control.difference) == (None, None, None, None)


def test_of_several_winners_the_best_one_is_rolled_out():
    results = against_control((10_000, 1000), (10_000, 1250), (10_000, 1400), (10_000, 800))

    assert [(result.label, result.next) for result in results] == [
        (None, None),
        ("win", "prefer_best"),
        ("win", "roll_out"),
        ("lose", "stop"),
    ]


def test_more_comparisons_ask_more_of_each():
    alone = against_control((10_000, 1000), (10_000, 1155))[1]
    among_five = against_control((10_000, 1000), (10_000, 1155), *[(10_000, 1000)] * 4)[1]

    assert (alone.label, among_five.label) == ("win", "likely_win")
    assert among_five.difference_interval[0] < alone.difference_interval[0]


def test_nothing_is_concluded_from_a_broken_split():
    results = against_control((10_000, 1000), (11_000, 1500))

    assert (results[1].label, results[1].next) == ("collecting", "check_split")


def test_the_baseline_is_the_control_group_else_the_first_arm():
    a, b, control = ArmCounts("a", 1, 1, 0), ArmCounts("b", 1, 1, 0), ArmCounts("control", 1, 1, 0)

    assert baseline_of([a, b, control]) == "control"
    assert baseline_of([a, b]) == "a"
    assert baseline_of([a]) is None
    assert baseline_of([]) is None


def test_a_lone_arm_has_its_rate_and_the_advice_to_add_a_control_group():
    assert compare([ArmCounts("a", 1, 0, 0)], baseline=None) == [ArmResult("a", 0, 0.0, (0.0, 1.0), next="add_control")]
    assert compare([], baseline=None) == []


def test_without_a_baseline_arms_are_ranked_and_not_judged():
    results = compare(arms((1000, 100), (1000, 200)), baseline=None)

    assert [(result.lift, result.label, result.next) for result in results] == [(None, None, None)] * 2
    assert results[1].best > 0.999


@pytest.mark.parametrize("counts", [[(0, 0), (0, 0)], [(0, 0), (8, 5)], [(8, 0), (0, 0)], [(500, 0), (500, 0)]])
def test_before_anybody_reaches_the_goal_every_difference_is_possible_and_no_lift_is_known(counts):
    result = against_control(*counts)[1]

    assert result.lift is result.lift_interval is None
    assert result.difference_interval[0] < 0 < result.difference_interval[1]
    assert (result.label, result.next) == ("collecting", "keep_running")


def test_a_lift_has_no_interval_as_long_as_the_baseline_may_be_zero():
    result = against_control((100, 2), (100, 4))[1]

    assert result.lift == pytest.approx(1)
    assert result.lift_interval is None


def test_arms_in_which_everybody_reaches_the_goal_make_no_difference():
    result = against_control((2000, 2000), (2000, 2000))[1]

    assert (result.difference, result.lift, result.label) == (0, 0, "no_difference")
    assert result.rate_interval[1] == pytest.approx(1)


def test_more_than_were_exposed_cannot_reach_the_goal():
    with pytest.raises(ValueError, match="arm a: 3 reached the goal of 2 exposed"):
        ArmCounts("a", 1, 2, 3)


@pytest.mark.parametrize(
    ("weights", "exposed"),
    [
        ([1, 1], [5000, 5200]),
        ([0.1, 0.9], [1100, 8900]),
        ([2, 1, 1], [10, 3, 2]),
        ([1, 1, 1], [30_000, 30_400, 29_100]),
    ],
)
def test_a_splits_p_is_the_likelihood_by_the_weights_over_that_by_any_split_around_them(weights, exposed):
    shares = np.array(weights) / sum(weights)
    by_weights = stats.multinomial(sum(exposed), shares).pmf(exposed)
    by_any = stats.dirichlet_multinomial(20 * shares, sum(exposed)).pmf(exposed)

    found = sample_ratio(
        [ArmCounts(str(weight), weight, people, 0) for weight, people in zip(weights, exposed, strict=True)]
    )

    assert found.p == pytest.approx(min(1, by_weights / by_any), rel=1e-6)


@pytest.mark.parametrize(
    ("weights", "exposed", "suspicious"),
    [
        ([1, 1], [10_000, 10_150], False),
        ([1, 1], [10_000, 10_700], True),
        ([1, 9], [1000, 9000], False),
        ([1, 9], [1000, 7600], True),
        ([1, 1], [0, 60], True),
        ([1, 1], [0, 6], False),
        ([0, 1, 1], [0, 100, 104], False),
        ([0, 1, 1], [1, 100, 104], True),
    ],
)
def test_a_split_unlike_the_weights_is_suspicious(weights, exposed, suspicious):
    found = sample_ratio(
        [
            ArmCounts(str(at), weight, people, 0)
            for at, (weight, people) in enumerate(zip(weights, exposed, strict=True))
        ]
    )

    assert found.suspicious is suspicious
    assert (found.p < 0.001) is suspicious


@pytest.mark.parametrize("counts", [[], [(10, 1)], [(0, 0), (0, 0)]])
def test_without_two_arms_and_somebody_in_them_there_is_no_split_to_check(counts):
    assert sample_ratio(arms(*counts)) == SampleRatio(None, suspicious=False)
