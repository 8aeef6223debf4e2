"""What one event changes for one person, the same in ingest (foreseeing) and in evaluate (writing)."""

import msgspec

from kizuki.campaigns import reached_goals
from kizuki.events import Event
from kizuki.rules import Facts
from kizuki.rules.ruleset import Engine
from kizuki.visitors import State, fold


class Change(msgspec.Struct):
    facts: Facts
    entered: list[str]
    left: list[str]
    goals: list[str]


def new_devices(state: State, events: list[Event]) -> list[str]:
    """Name the devices that these events of one person tie to their member for the first time."""
    ids = dict.fromkeys(event.anonymous_id for event in events if event.user_id and event.anonymous_id)
    return [f"a:{id_}" for id_ in ids if id_ not in state.devices]


def advance(engine: Engine, state: State, event: Event) -> Change | None:
    """Fold an event, bring segments up to date, note goals; None for an event folded before."""
    if not fold(state, event, engine.calendar):
        return None
    facts = Facts(event, state, engine.calendar)
    entered, left = engine.update_segments(facts)
    return Change(facts, entered, left, reached_goals(engine, facts))
