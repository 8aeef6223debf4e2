"""Goals: what a campaign is for, when it happens after a decision: to show it, or to hold it back."""

from kizuki.rules import Facts
from kizuki.rules.engine import CampaignGoal, Engine
from kizuki.rules.ruleset import GoalSpec
from kizuki.visitors import Exposure

HOUR_MS = 3_600_000


def reached_goals(engine: Engine, facts: Facts) -> list[CampaignGoal]:
    """Return the goals that this event reaches for the first time, each within its window after a decision.

    To be asked before the event's own decisions are noted: what sets a campaign off does not reach its goal.
    """
    reached = []
    for each in engine.goals.holding(facts):
        exposure = facts.state.exposures.get(each.campaign.id)
        if exposure is not None and each.goal.id not in exposure.reached and _in_window(each.goal, exposure, facts):
            reached.append(each)
    return reached


def note_goal(reached: CampaignGoal, facts: Facts) -> None:
    """Note that a goal was reached: once per person."""
    exposure = facts.state.exposures[reached.campaign.id]
    exposure.reached[reached.goal.id] = facts.event.occurred_at
    exposure.goals += 1
    exposure.last_goal = facts.event.occurred_at


def _in_window(goal: GoalSpec, exposure: Exposure, facts: Facts) -> bool:
    elapsed = facts.event.occurred_at - exposure.last_decided
    if not exposure.decided or elapsed < 0:
        return False
    if goal.hours is None:
        return facts.event.session_id is not None and exposure.in_visit(facts.event.session_id) > 0
    return elapsed <= goal.hours * HOUR_MS
