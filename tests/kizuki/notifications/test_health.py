from kizuki.notifications.health import DISABLED_AFTER_MS, Health

HOUR = 3_600_000


def after(*succeeded, every=1000):
    health, now = Health(), 1
    for each in succeeded:
        health = health.succeeded(now) if each else health.failed(now, "http_500")
        now += every
    return health


def test_one_failure_is_no_state_and_five_running_are():
    assert (after(False).state, after(False).failures) == ("healthy", 1)
    assert after(*[False] * 4).state == "healthy"
    degraded = after(*[False] * 5)
    assert (degraded.state, degraded.reason, degraded.since) == ("degraded", "http_500", 4001)


def test_one_that_fails_half_of_the_time_is_degraded_though_it_never_fails_five_times_running():
    assert after(*[True, False] * 12).state == "degraded"
    assert after(*[True, True, True, True, False] * 12).state == "healthy"


def test_it_recovers_once_most_attempts_succeed():
    health = after(*[False] * 5, *[True] * 2)
    assert health.state == "degraded"
    for _ in range(20):
        health = health.succeeded(99)
    assert (health.state, health.reason, health.failures) == ("healthy", None, 0)


def test_after_five_days_without_a_success_it_is_disabled_but_not_for_two_failures_far_apart():
    assert after(*[False] * 30, every=6 * HOUR).state == "disabled"
    assert after(*[False] * 19, every=6 * HOUR).state == "degraded"
    assert after(*[False] * 10, True, *[False] * 15, every=6 * HOUR).state == "degraded"
    assert after(False, False, every=DISABLED_AFTER_MS * 2).state == "healthy"


def test_pauses_grow_to_a_quarter_of_an_hour():
    pauses = [after(*[False] * n).pause() for n in range(1, 13)]
    assert pauses[:5] == [5, 20, 20, 20, 20]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 900
