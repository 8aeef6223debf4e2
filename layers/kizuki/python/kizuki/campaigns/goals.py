"""Goals: what a campaign was shown for, when it happens afterwards."""

from kizuki.rules import Facts
from kizuki.rules.ruleset import Engine

HOUR_MS = 3_600_000


def reached_goals(engine: Engine, facts: Facts) -> list[str]:
    """Return the campaigns whose goal this event reaches, and note it: once per display, within its window."""
    reached = []
    for campaign in engine.goals.holding(facts):
        exposure = facts.state.exposures.get(campaign.id)
        if exposure is None or not exposure.last_shown or exposure.last_goal >= exposure.last_shown:
            continue
        elapsed = facts.event.occurred_at - exposure.last_shown
        if 0 <= elapsed <= campaign.goal_hours * HOUR_MS:
            exposure.goals += 1
            exposure.last_goal = facts.event.occurred_at
            reached.append(campaign.id)
    return reached
