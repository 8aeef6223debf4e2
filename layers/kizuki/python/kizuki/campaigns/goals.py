"""Goals: what a campaign was shown for, when it happens afterwards."""

from kizuki.rules import Facts
from kizuki.rules.ruleset import Engine

HOUR_MS = 3_600_000


def reached_goals(engine: Engine, facts: Facts) -> list[str]:
    """Return the campaigns whose goal this event reaches, and note it: once per display, within its window."""
    reached = []
    for rule in engine.goals.of(facts.event.name):
        exposure = facts.state.exposures.get(rule.spec.id)
        if exposure is None or not exposure.last_shown or exposure.last_goal >= exposure.last_shown:
            continue
        elapsed = facts.event.occurred_at - exposure.last_shown
        if 0 <= elapsed <= rule.spec.goal_hours * HOUR_MS and rule.holds("goal", facts):
            exposure.goals += 1
            exposure.last_goal = facts.event.occurred_at
            reached.append(rule.spec.id)
    return reached
