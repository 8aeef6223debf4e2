"""What an event of the stream, or the merge of two persons, adds to counters, and to the rows of outcomes."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kizuki.absence import pulse
from kizuki.campaigns.advance import Change
from kizuki.campaigns.outcomes import Outcome, counted, difference, group_of
from kizuki.campaigns.screens import EVENT as PROBLEM
from kizuki.campaigns.screens import KINDS
from kizuki.events import Decision, Event
from kizuki.pipeline.notices import text
from kizuki.replay.facts import recorded
from kizuki.rules.engine import Engine
from kizuki.visitors import EXPOSURE_EVENTS, Exposure, Pending, State

DECISION_COUNTERS = {"shown": "decided", "control": "control", "suppressed": "suppressed"}


def count(pending: Pending, engine: Engine, change: Change) -> None:
    """Count what one event came to. Of campaigns, only of those that were ever live: anybody can name another."""
    event = change.facts.event
    for decision in [*event.decisions, *(sending.decision for sending in change.sendings)]:
        _count_decision(pending, decision)
    campaign = text(event.properties, "campaign_id")
    if campaign in engine.counted:
        key = f"campaign#{campaign}"
        if (outcome := EXPOSURE_EVENTS.get(event.name)) is not None:
            _add(pending, key, outcome)
        elif event.name == PROBLEM and (kind := text(event.properties, "problem")) in KINDS:
            _add(pending, key, "problems")
            _add(pending, key, f"problem:{kind}")
    for reached in change.goals:
        # The campaign's own number is of its main goal, and of people who were to see it.
        held_back = change.facts.state.exposures[reached.campaign.id].held_back
        if reached.goal.id == reached.campaign.goals[0].id and not held_back:
            _add(pending, f"campaign#{reached.campaign.id}", "goals")
    day = date.fromordinal(engine.calendar.day(event.occurred_at)).isoformat()
    for id_, people in change.people.items():
        if id_ in engine.counted:
            _add_all(pending, f"campaign#{id_}", people)
            # Of a day, what happened on it; what was taken back happened, too.
            _add_all(pending, f"daily#{id_}#{day}", Counter({name: by for name, by in people.items() if by > 0}))
    for segment in change.moves.entered:
        _add(pending, f"segment#{segment}", "entered")
        _add(pending, f"segment#{segment}", "members")
    for segment in change.moves.left:
        _add(pending, f"segment#{segment}", "left")
    for segment in [*change.moves.left, *change.moves.dropped]:
        _add(pending, f"segment#{segment}", "members", -1)


def beat(pending: Pending, engine: Engine, change: Change, *, began: bool, rules: Iterable[str]) -> None:
    """Count what the absence of things is judged by; `began`: the event began a visit, `rules` are those it matched.

    By the time of receipt: a screen that was offline, or a stream that was held up, is no silence.
    """
    event = change.facts.event
    names = [pulse.VISITS] if began else []
    campaign = text(event.properties, "campaign_id")
    if event.name == "Campaign Shown" and campaign in engine.campaign:
        names.append(f"{pulse.SHOWN}{campaign}")
    sent = [sending.decision for sending in change.sendings]
    names += [f"{pulse.SHOWN}{decision.campaign}" for decision in sent if decision.outcome == "shown"]
    names += [f"{pulse.RULE}{rule}" for rule in rules]
    subjects = len(engine.ruleset.campaigns) + len(engine.ruleset.notifications)
    for decision in [*event.decisions, *sent]:
        if decision.campaign in engine.campaign and subjects <= pulse.MAX_EXPLAINED:
            names.append(f"{pulse.ELIGIBLE}{decision.campaign}")
            if decision.outcome == "shown":
                names.append(f"{pulse.DECIDED}{decision.campaign}")
    if names and subjects <= pulse.MAX_SUBJECTS:
        numbers = pending.counts.setdefault(f"{pulse.PREFIX}{pulse.bucket(event.received_at)}", {})
        for name in names:
            pulse.add(numbers, name)


def count_merged(pending: Pending, engine: Engine, member: State, other: State, merged: State) -> None:
    """Count one person where two were."""
    for segment in member.segments.keys() & other.segments.keys():
        _add(pending, f"segment#{segment}", "members", -1)
    for id_ in (member.exposures.keys() | other.exposures.keys()) & engine.counted:
        before = (counted(member.exposures.get(id_)), counted(other.exposures.get(id_)))
        _add_all(pending, f"campaign#{id_}", difference(counted(merged.exposures.get(id_)), *before))


def outcomes(engine: Engine, change: Change) -> dict[str, Outcome]:
    """Return what an event changes for this person, by campaign, where a message was on their screen."""
    event, state = change.facts.event, change.facts.state
    met = {reached.campaign.id for reached in change.goals}
    if event.name in EXPOSURE_EVENTS and (id_ := text(event.properties, "campaign_id")) is not None:
        met.add(id_)
    found = {}
    for campaign in met & engine.counted:
        exposure = state.exposures.get(campaign)
        if exposure is not None and (outcome := _outcome(exposure, event)) is not None:
            found[campaign] = outcome
    return found


def outcomes_merged(engine: Engine, other: State, merged: State) -> dict[str, Outcome]:
    """Return what the member's row says, by campaign, for all that the other has met of it.

    Nothing of it may have been on the other's screen: closed there, what the member saw elsewhere is closed.
    """
    return {
        campaign: Outcome(
            group=group,
            variant=exposure.variant,
            shown_at=exposure.last_shown or None,
            goal_at=exposure.last_goal or None,
        )
        for campaign in other.exposures.keys() & engine.counted
        if (exposure := merged.exposures.get(campaign)) is not None and (group := group_of(exposure)) is not None
    }


def _outcome(exposure: Exposure, event: Event) -> Outcome | None:
    group = group_of(exposure)
    if group is None:
        return None
    outcome = Outcome(
        group=group,
        variant=exposure.variant,
        shown_at=exposure.last_shown or event.occurred_at,
        goal_at=exposure.last_goal or None,
    )
    match EXPOSURE_EVENTS.get(event.name):
        case "shown" if (place := recorded(event)) is not None:
            outcome.replay_id, outcome.replay_offset = place
        case "clicked":
            outcome.clicked_at = event.occurred_at
        case "closed":
            outcome.closed_at = event.occurred_at
    return outcome


def _count_decision(pending: Pending, decision: Decision) -> None:
    key = f"campaign#{decision.campaign}"
    _add(pending, key, DECISION_COUNTERS[decision.outcome])
    if decision.outcome == "suppressed":
        _add(pending, key, f"suppressed:{decision.step}")


def _add_all(pending: Pending, key: str, counts: Counter[str]) -> None:
    for name, by in counts.items():
        _add(pending, key, name, by)


def _add(pending: Pending, key: str, name: str, by: int = 1) -> None:
    names = pending.counts.setdefault(key, {})
    names[name] = names.get(name, 0) + by
