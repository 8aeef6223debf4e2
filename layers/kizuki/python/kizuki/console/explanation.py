"""The time machine: what the rules saw when an event came, from the person's own past folded again."""

import time
from itertools import groupby
from typing import Any, Literal

import msgspec

from kizuki.aws.config import ConfigStore, Published
from kizuki.aws.visitors import VisitorStore
from kizuki.campaigns.advance import advance, identities
from kizuki.console.models import (
    ExplainedPart,
    ExplainedRule,
    Explanation,
    RuleExplanation,
    RulesetRef,
    SeenFacts,
    StatisticValue,
    Step,
    StoryDecision,
    Words,
)
from kizuki.errors import NotFoundError
from kizuki.events import Event
from kizuki.events.times import iso
from kizuki.rules import Facts
from kizuki.rules.catalogue import Words as Told
from kizuki.rules.engine import Engine
from kizuki.rules.explain import Rule, RuleKind, explain, reason, rules, statistics
from kizuki.rules.ruleset import MOMENT_REACHED
from kizuki.visitors import State, fold, merge, note_decisions
from kizuki.visitors.statistics import OWN_EVENTS

When = Literal["then", "now"]
Document = dict[str, Any]
ENTERED, LEFT = "Segment Entered", "Segment Left"
GOAL = "goal:"
"""How what comes after a display is named: no part of whether a campaign is shown."""
MAX_BATCHES = 5_000
"""Requests of one device that are folded again: what a call may take."""


class Moment(msgspec.Struct):
    """An event of a person, and what was known when it had been folded."""

    published: Published
    engine: Engine
    facts: Facts
    left_out: int
    """Events of the person's past that are no longer kept, or too many to fold again."""

    def segment_name(self, id: str) -> str:
        names = {segment.id: segment.name for segment in self.engine.ruleset.segments}
        return names.get(id, id)


def moment(
    visitors: VisitorStore, config: ConfigStore, site: str, state: State, message_id: str, *, ruleset: When
) -> Moment:
    """Go back to an event, with the ruleset that was live when it came, or today's. Raises NotFoundError."""
    history = visitors.history(site, state, most=MAX_BATCHES)
    event = next((event for event in history if event.message_id == message_id), None)
    if event is None:
        reason = f"{message_id!r} is not among the events of the newest {MAX_BATCHES} requests of each device"
        raise NotFoundError("unknown_event", reason)
    at = event.received_at if ruleset == "then" else time.time_ns() // 1_000_000
    published = config.live_at(site, iso(at))
    live = config.engine(site)
    engine = live if live.version == published.version else Engine(config.ruleset(site, published.version))
    return Moment(published, engine, _folded(engine, history, event), max(0, state.events - len(history)))


def _folded(engine: Engine, history: list[Event], last: Event) -> Facts:
    """Fold the past in the order it came, up to an event and with it, as evaluate did.

    Whoever was not known to be this person yet is somebody else until then. Segments are asked at the end only: what
    came before tells when they were entered.
    """
    states: dict[str, State] = {}
    became: dict[str, str] = {}
    before: dict[str, Event] = {}
    history = sorted(history, key=_order)
    for (_, source), batch in groupby(history, key=lambda event: (event.received_at, event.person)):
        events = list(batch)
        person = source
        while person in became:
            person = became[person]
        state = states.pop(person, State(person))
        for other in identities(state, events):
            if other not in became:
                state = merge(state, states.pop(other, State(other)), engine.needs)
                became[other] = person
        states[person] = state
        for event in events:
            if event is last:
                return _asked(engine, state, event, before.get(person))
            _note_move(state, event)
            fold(state, event, engine.needs)
            note_decisions(state, event, engine.calendar)
            if event.name not in OWN_EVENTS:
                before[person] = event
    raise AssertionError(last.message_id)


def _order(event: Event) -> tuple[int, str, int, bool]:
    """Order events as they came, our own behind what caused them."""
    return event.received_at, event.person, event.position, event.name in OWN_EVENTS


def _note_move(state: State, event: Event) -> None:
    """Note when a segment was entered, as the stream was told."""
    id_ = event.properties.get("segment_id")
    if event.name == ENTERED and isinstance(id_, str):
        state.segments[id_] = event.occurred_at
    elif event.name == LEFT and isinstance(id_, str):
        state.segments.pop(id_, None)


def _asked(engine: Engine, state: State, event: Event, before: Event | None) -> Facts:
    """Fold the last event and bring segments up to date; one of our own does not move anybody."""
    if event.name in OWN_EVENTS and before is not None:
        engine.update_segments(Facts(before, state, engine.calendar))
    change = advance(engine, state, event)
    return Facts(event, state, engine.calendar) if change is None else change.facts


def overview(at: Moment) -> Explanation:
    """Say what was known then, and which rules held."""
    facts, state = at.facts, at.facts.state
    return Explanation(
        message_id=facts.event.message_id,
        ruleset=RulesetRef(**msgspec.structs.asdict(at.published)) if at.published.version else None,
        facts=SeenFacts(
            now=iso(facts.now),
            visits=state.visits,
            segments=sorted(state.segments),
            traits=state.traits,
            statistics=[
                StatisticValue(summary=Words(**words), value=value)
                for words, value in statistics(at.engine.ruleset, facts)
            ],
        ),
        left_out=at.left_out,
        rules=[_explained(at, rule) for rule in rules(at.engine.ruleset)],
    )


def of_rule(at: Moment, kind: RuleKind, id: str) -> RuleExplanation:
    """Explain one rule part by part. Raises NotFoundError for one that was not live."""
    rule = next((rule for rule in rules(at.engine.ruleset) if (rule.kind, rule.id) == (kind, id)), None)
    if rule is None:
        raise NotFoundError(f"unknown_{kind}", f"the {kind} {id!r} was not live then: ask with ruleset=now")
    parts = _asked_parts(at, rule)
    steps = {name: explain(condition, at.facts, at.segment_name) for name, condition in parts.items()}
    decision = next((each for each in at.facts.event.decisions if kind == "campaign" and each.campaign == id), None)
    return RuleExplanation(
        kind=kind,
        id=id,
        name=rule.name,
        holds=all(step.holds for name, step in steps.items() if not name.startswith(GOAL)),
        parts=[
            ExplainedPart(name=name, step=Step.model_validate(msgspec.to_builtins(step)))
            for name, step in steps.items()
        ],
        decision=None if decision is None else StoryDecision(**msgspec.structs.asdict(decision), name=rule.name),
    )


def _explained(at: Moment, rule: Rule) -> ExplainedRule:
    broken = at.engine.broken.get((rule.kind, rule.id))
    failed: Told | None = None if broken is None else {"ja": broken, "en": broken}
    for condition in (part for name, part in _asked_parts(at, rule).items() if not name.startswith(GOAL)):
        failed = failed or _failed(condition, at)
    told = None if failed is None else Words(**failed)
    return ExplainedRule(kind=rule.kind, id=rule.id, name=rule.name, holds=failed is None, failed=told)


def _asked_parts(at: Moment, rule: Rule) -> dict[str, Document]:
    """Return the conditions that were asked: when the moment that a campaign waited for has come, not its trigger."""
    event = at.facts.event
    if rule.kind == "campaign" and event.name == MOMENT_REACHED and event.properties.get("campaign_id") == rule.id:
        return {name: part for name, part in rule.parts.items() if name != "trigger"}
    return rule.parts


def _failed(condition: Document, at: Moment) -> Told | None:
    """Say what made a condition fail; None where it held."""
    step = explain(condition, at.facts, at.segment_name)
    return None if step.holds else reason(condition, step, at.segment_name)
