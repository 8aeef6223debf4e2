"""Weeks of made-up traffic: what stops is found, what does not is left alone. The table is simulate.py's."""

import pytest

from kizuki.absence.pulse import BUCKET_MS
from tests.kizuki.absence.traffic import DAY, HOUR, START, WEEK, Fault, Site, Subject, Watched, simulate

WEEKS = 5
STOP = 4 * WEEK + DAY + 11 * HOUR
END = WEEKS * WEEK
CLOSED = Fault(3 * WEEK + 2 * DAY + 12 * HOUR, 3 * WEEK + 2 * DAY + 15 * HOUR)
"""Nobody comes at noon, for three hours: the site is down, or its tag is gone from every page."""
CROWD = (3 * WEEK + 3 * DAY + 20 * HOUR, 3 * WEEK + 3 * DAY + 22 * HOUR, 6.0)
"""An advertisement brings six times as many, of whom no campaign means anybody."""
SITE = Site(WEEKS, closed=[CLOSED], crowds=[CROWD])


def watched(subject: Subject, seed: int = 11) -> Watched:
    visits, seen = simulate(SITE, [subject], seed)
    return Watched(visits, seen[subject.name], subject.paused)


@pytest.mark.parametrize(
    ("rate", "share", "within"),
    [
        pytest.param(0.2, 0.0, 2 * HOUR, id="1,200 a day: within two hours"),
        pytest.param(0.03, 0.15, 10 * HOUR, id="180 a day, of which the tag of one page brought most: within ten"),
        pytest.param(0.01, 0.0, 30 * HOUR, id="60 a day: within thirty"),
        pytest.param(0.002, 0.0, 72 * HOUR, id="12 a day, for rare visitors: within three days"),
    ],
)
def test_a_campaign_that_stops_is_found_and_when_it_stopped(rate, share, within):
    subject = watched(Subject("campaign", rate, faults=[Fault(STOP, END, share)]))

    alarms = subject.run(STOP - 2 * HOUR, STOP + within)

    [(_, verdict)] = alarms
    assert verdict.seen <= 0.35 * verdict.expected
    assert abs(verdict.since - START - STOP * BUCKET_MS) <= max(90 * 60_000, within * BUCKET_MS // 4)


@pytest.mark.parametrize(
    ("subject", "first", "last"),
    [
        pytest.param(Subject("all", 0.2), CLOSED.first, CLOSED.last + 6 * HOUR, id="while nobody comes, and after"),
        pytest.param(Subject("some", 0.05), CROWD[0], CROWD[1] + 6 * HOUR, id="in a crowd that means nothing to it"),
        pytest.param(
            Subject("paused", 0.05, paused=[Fault(STOP, STOP + DAY)]),
            STOP,
            STOP + DAY + 12 * HOUR,
            id="while it is paused",
        ),
        pytest.param(Subject("fading", 0.05, fading=0.25), 3 * WEEK, 4 * WEEK, id="as it fades by a quarter a week"),
        pytest.param(Subject("wild", 0.05, noise=0.35), 3 * WEEK, 4 * WEEK, id="as it varies wildly"),
    ],
)
def test_nothing_is_said(subject, first, last):
    assert watched(subject).run(first, last) == []


def test_what_comes_back_ends_and_may_be_missing_again():
    again = STOP + DAY
    subject = watched(Subject("campaign", 0.2, faults=[Fault(STOP, STOP + 6 * HOUR), Fault(again, again + 6 * HOUR)]))

    subject.run(STOP - HOUR, again + 12 * HOUR)

    [first, second] = subject.incidents
    assert STOP + 6 * HOUR <= first[1] <= STOP + 7 * HOUR
    assert again <= second[0] + 2
    assert again + 6 * HOUR <= second[1] <= again + 7 * HOUR
