"""Which recordings are worth somebody's time: nobody can watch them all."""

from typing import Literal, NamedTuple

from kizuki.replay.facts import PROBLEMS, SessionFacts

Reason = Literal["goal", "campaign", "order", "rage_click", "error", "request_failed", "dead_click", "hesitated"]
WEIGHTS: dict[Reason, float] = {
    "rage_click": 5,
    "error": 4,
    "goal": 3,
    "request_failed": 3,
    "order": 3,
    "hesitated": 3,
    "campaign": 2,
    "dead_click": 2,
}
"""What a first occurrence is worth; each further one is worth half of the one before."""
SHORT_MS = 10_000
SHORT_FACTOR = 0.3
TIMES = 3


class Interest(NamedTuple):
    """`score` is for ordering only; `reasons` are why, the weightiest first."""

    score: float
    reasons: list[Reason]


def interest(facts: SessionFacts, duration_ms: int) -> Interest:
    """Weigh a session: trouble met, campaigns acted on, goals, orders, and checkouts begun without an order."""
    counts: dict[Reason, int] = {
        "goal": len(facts.goals),
        "campaign": facts.count("Campaign Clicked"),
        "order": facts.count("Order Completed"),
        "hesitated": int(facts.count("Checkout Started") > 0 and facts.count("Order Completed") == 0),
    }
    counts |= {kind: facts.count(name) for name, kind in PROBLEMS.items()}
    worth = {reason: _worth(WEIGHTS[reason], count) for reason, count in counts.items() if count}
    score = sum(worth.values()) * (SHORT_FACTOR if duration_ms < SHORT_MS else 1)
    return Interest(round(score, 3), sorted(worth, key=lambda reason: -worth[reason]))


def _worth(weight: float, count: int) -> float:
    return sum((weight * 0.5**place for place in range(min(count, TIMES))), 0.0)
