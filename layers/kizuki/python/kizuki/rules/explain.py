"""Why a condition held or did not: step by step, with the value that each step saw."""

from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from kizuki.rules.catalogue import Words
from kizuki.rules.compiled import compile_condition, walk
from kizuki.rules.facts import Document, Facts
from kizuki.rules.reading import reader, sequence_times
from kizuki.rules.ruleset import Ruleset
from kizuki.rules.wording import SegmentName, capital, joined, statistic_words, summary, told

MAX_SEEN_BYTES = 2000
MAX_TOLD = 3
"""Conditions that a reason names when it takes all of them."""
GROUPS = {"all", "any", "not"}
RuleKind = Literal["segment", "campaign", "rule"]
STATISTIC_FIELDS = ("of", "event", "path", "where", "window")


class Step(msgspec.Struct):
    """One condition as it was asked (docs/api.md)."""

    type: str
    holds: bool
    summary: Words
    seen: Any = None
    of: list["Step"] = []


class Rule(msgspec.Struct):
    """A rule with its conditions, by the name of the field that holds each."""

    kind: RuleKind
    id: str
    name: str
    parts: dict[str, Document]


def explain(condition: Document, facts: Facts, segment_name: SegmentName) -> Step:
    """Ask a condition step by step. Raises MalformedError for one that does not compile."""
    kind, words = condition["type"], summary(condition, segment_name)
    if kind not in GROUPS:
        return Step(kind, compile_condition(condition)(facts), words, _bounded(_seen(condition, facts)))
    steps = [explain(part, facts, segment_name) for part in _parts(condition)]
    held = [step.holds for step in steps]
    holds = all(held) if kind == "all" else any(held) if kind == "any" else not held[0]
    return Step(kind, holds, words, of=steps)


def reason(condition: Document, step: Step, segment_name: SegmentName) -> Words:
    """Say what settled it: the first step that made all of them fail or one of them hold, else each of them."""
    words = _reason(condition, step, segment_name)
    return {locale: capital(sentence) for locale, sentence in words.items()}


def _reason(condition: Document, step: Step, segment_name: SegmentName) -> Words:
    if step.type not in GROUPS:
        return told(condition, segment_name, holds=step.holds, seen=step.seen)
    if not step.of:
        return step.summary
    settling = [
        (part, each)
        for part, each in zip(_parts(condition), step.of, strict=True)
        if step.type == "not" or each.holds is step.holds
    ]
    one_settles = step.type == "not" or step.holds is (step.type == "any")
    named = settling[: 1 if one_settles else MAX_TOLD]
    reasons = [_reason(part, each, segment_name) for part, each in named]
    return joined("all", reasons, 0 if one_settles else len(settling) - len(named))


def rules(ruleset: Ruleset) -> list[Rule]:
    """List the rules of a ruleset with their conditions."""
    kinds: tuple[tuple[RuleKind, list[Any]], ...] = (
        ("segment", ruleset.segments),
        ("campaign", ruleset.campaigns),
        ("rule", ruleset.notifications),
    )
    return [Rule(kind, spec.id, spec.name, spec.conditions()) for kind, specs in kinds for spec in specs]


def statistics(ruleset: Ruleset, facts: Facts) -> list[tuple[Words, Any]]:
    """Return every statistic that the rules of a ruleset read, each once, with its name and this person's value."""
    asked = {
        msgspec.json.encode([part.get(field) for field in STATISTIC_FIELDS], order="sorted"): part
        for rule in rules(ruleset)
        for condition in rule.parts.values()
        for part in walk(condition)
        if part["type"] == "statistic"
    }
    return [(statistic_words(part), _bounded(reader(part)(facts))) for part in asked.values()]


def _parts(condition: Document) -> list[Document]:
    inner: Document | list[Document] = condition["of"]
    return inner if isinstance(inner, list) else [inner]


def _seen(condition: Document, facts: Facts) -> Any:
    match condition["type"]:
        case "event":
            return facts.event.name
        case "time":
            return _local(facts.now, facts)
        case "segment":
            entered = facts.state.segments.get(condition["id"])
            return None if entered is None else _local(entered, facts)
        case "sequence":
            first, then = sequence_times(condition, facts)
            return {"first": [_local(at, facts) for at in first], "then": [_local(at, facts) for at in then]}
    return reader(condition)(facts)


def _local(ms: int, facts: Facts) -> str:
    """Write a moment as the site's clocks showed it."""
    return datetime.fromtimestamp(ms / 1000, ZoneInfo(facts.calendar.timezone)).isoformat(timespec="seconds")


def _bounded(value: Any) -> Any:
    """Cut what is too long to be shown; it becomes text."""
    encoded = msgspec.json.encode(value)
    return value if len(encoded) <= MAX_SEEN_BYTES else encoded[:MAX_SEEN_BYTES].decode(errors="ignore") + "…"
