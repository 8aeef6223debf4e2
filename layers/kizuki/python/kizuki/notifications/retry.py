"""When a delivery is tried again."""

from typing import Literal

# Seconds after the first, second, … attempt: three days in all, close first, because a notice is worth most while the
# visitor is there. After that Standard Webhooks' schedule.
WAITS = (5, 30, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 20 * 3600)
ATTEMPTS = len(WAITS) + 1
MAX_AGE_SECONDS = 4 * 86_400
"""An attempt that fails so long after the first is the last, however few there were: its lane may have been at rest."""
MAX_WAIT = 24 * 3600
# A crowd that failed together must not come back together.
JITTER = 0.2
# 408 and 425 are the transport's, 429 asks for patience; other 4xx mean that the message itself is not wanted.
PASSING = frozenset({408, 425, 429})

Verdict = Literal["delivered", "retry", "refused"]


def verdict(status: int) -> Verdict:
    """Judge an answer. A redirect is a refusal: it is not followed."""
    if status // 100 == 2:  # noqa: PLR2004 - the class of success
        return "delivered"
    return "retry" if status in PASSING or status // 100 == 5 else "refused"  # noqa: PLR2004 - and of servers' faults


def wait(attempts: int, *, retry_after: float | None = None, jitter: float) -> float:
    """Seconds until the next attempt after `attempts` so far; never sooner than asked for. `jitter` is from 0 to 1."""
    planned = float(WAITS[min(max(attempts, 1), len(WAITS)) - 1])
    return min(max(planned, retry_after or 0.0), MAX_WAIT) * (1 + JITTER * jitter)
