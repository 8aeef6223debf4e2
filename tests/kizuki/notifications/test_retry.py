import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuki.notifications.retry import ATTEMPTS, JITTER, MAX_WAIT, WAITS, verdict, wait


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([200, 201, 202, 204, 299], "delivered"),
        ([408, 425, 429, 500, 502, 503, 504, 599], "retry"),
        ([100, 300, 301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422], "refused"),
    ],
)
def test_an_answer_is_judged_by_its_status(statuses, expected):
    assert {verdict(status) for status in statuses} == {expected}


def test_waits_grow_from_seconds_to_hours():
    assert [wait(n, jitter=0) for n in range(1, ATTEMPTS + 1)] == [*map(float, WAITS), float(WAITS[-1])]
    assert 71 * 3600 < sum(WAITS) < 73 * 3600


@given(
    attempts=st.integers(min_value=0, max_value=100),
    retry_after=st.none() | st.floats(min_value=0, max_value=1e9),
    jitter=st.floats(min_value=0, max_value=1),
)
def test_a_wait_is_never_shorter_than_asked_for_and_ends(attempts, retry_after, jitter):
    seconds = wait(attempts, retry_after=retry_after, jitter=jitter)

    assert min(retry_after or 0, MAX_WAIT) <= seconds <= MAX_WAIT * (1 + JITTER)
