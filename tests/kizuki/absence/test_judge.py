"""The model by itself, against scipy where scipy has it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kizuki.absence.expectation import Expectation, Hour
from kizuki.absence.judge import DAY, GRACE, HOUR, LIMIT, LONGEST, Bucket, judge
from kizuki.absence.pulse import BUCKET_MS
from kizuki.absence.spans import Span, Written, spans
from kizuki.absence.tail import chance_of_at_most


@settings(max_examples=60)
@given(st.integers(0, 400), st.floats(0.01, 500), st.floats(1e-6, 3))
def test_the_tail_is_scipys(seen, mean, dispersion):
    shape = 1 / dispersion
    assert chance_of_at_most(seen, mean, dispersion) == pytest.approx(
        stats.nbinom.cdf(seen, shape, shape / (shape + mean)), rel=1e-6, abs=1e-300
    )
    assert chance_of_at_most(seen, mean, 0) == pytest.approx(stats.poisson.cdf(seen, mean), rel=1e-9)


def flat(visits: float, seen: int, days: int = 21) -> Expectation:
    return Expectation([Hour(number, number % 168, visits, seen) for number in range(days * 24)])


def series(*parts: tuple[int, float, int]) -> list[Bucket]:
    """Buckets of Monday on, from (how many, visits, seen) of each."""
    told = [(visits, seen) for size, visits, seen in parts for _ in range(size)]
    return [Bucket(n * BUCKET_MS, n // HOUR % 168, visits, seen) for n, (visits, seen) in enumerate(told)]


def test_what_is_expected_follows_the_visits():
    expectation = flat(visits=120, seen=60)

    assert expectation.means([(5, 10.0), (5, 0.0), (80, 15.0)], hours=1 / HOUR) == pytest.approx([5, 0, 7.5], rel=0.01)


def test_a_crowd_counts_as_twice_the_usual():
    assert flat(visits=120, seen=60).means([(5, 500.0)], hours=1 / HOUR) == pytest.approx([10], rel=0.01)


def test_an_hour_of_the_week_is_learned_once_weeks_have_shown_it():
    """Nights without displays: after days by the hour of the day, after weeks on Sundays alone."""
    nights = [Hour(n, n % 168, 100, 0 if n % 24 < 6 else 50) for n in range(4 * 24)]
    sundays = [Hour(n, n % 168, 100, 0 if n % 168 >= 144 else 50) for n in range(6 * 168)]

    day, week = Expectation(nights), Expectation(sundays)

    assert day.means([(24 * 5 + 3, 100.0)], hours=1)[0] < 2
    assert day.means([(24 * 5 + 12, 100.0)], hours=1)[0] > 45
    assert week.means([(150, 100.0)], hours=1)[0] < 5
    assert week.means([(30, 100.0)], hours=1)[0] > 45


def test_silence_is_an_alarm_while_visitors_come_and_none_when_they_do_not():
    model = flat(visits=120, seen=60)
    before = (LONGEST - HOUR, 10.0, 5)

    stopped = judge(model, model, series(before, (HOUR, 10.0, 0)))
    empty = judge(model, model, series(before, (HOUR, 0.0, 0)))

    assert stopped is not None
    assert (stopped.since, stopped.seen) == ((LONGEST - HOUR) * BUCKET_MS, 0)
    assert stopped.expected == pytest.approx(60, rel=0.02)
    assert stopped.chance < LIMIT
    assert empty is None


def test_so_few_expected_are_never_an_alarm():
    model = flat(visits=120, seen=60)

    assert judge(model, model, series((2 + GRACE, 10.0, 0))) is None
    assert judge(flat(10, 0), flat(10, 0), series((LONGEST, 10.0, 0))) is None


def test_visits_have_ten_minutes_for_what_is_expected_of_them():
    model = flat(visits=120, seen=60)

    assert judge(model, model, series((LONGEST - 2, 0.0, 0), (2, 20.0, 0))) is None
    assert judge(model, model, series((LONGEST - 4, 0.0, 0), (4, 20.0, 0))) is not None


def test_two_fifths_of_it_are_no_absence():
    model = flat(visits=1200, seen=600)

    assert judge(model, model, series((LONGEST - DAY, 100.0, 50), (DAY, 100.0, 20))) is None
    assert judge(model, model, series((LONGEST - DAY, 100.0, 50), (DAY, 100.0, 10))) is not None


def test_what_varies_more_alarms_later():
    """Days of much and days of nothing, as those of a campaign that goes by the weather."""
    even = flat(visits=120, seen=60)
    uneven = Expectation([Hour(n, n % 168, 120, 120 if n * 7 // 24 % 13 % 2 else 0) for n in range(28 * 24)])
    window = series((LONGEST - 2 * HOUR, 10.0, 5), (2 * HOUR, 10.0, 0))

    assert even.dispersion(1) < 0.1
    assert uneven.dispersion(1) > 0.5
    assert judge(even, even, window) is not None
    assert judge(uneven, uneven, window) is None


def test_the_words_of_a_message_may_change_but_not_whom_it_is_for():
    campaign = {"trigger": {"type": "event", "name": "page"}, "variants": [{"id": "a"}], "goals": []}
    versions = [
        Written(1, live=False, document=campaign),
        Written(2, live=True, document=campaign),
        Written(3, live=True, document=campaign | {"variants": [{"id": "b"}]}),
        Written(4, live=True, document=campaign | {"audience": {"type": "segment", "id": "vip"}}),
        Written(5, live=False, document=campaign),
        Written(6, live=True, document=campaign),
    ]

    assert spans("campaign", versions) == [Span(2, 4), Span(4, 5), Span(6, None)]
