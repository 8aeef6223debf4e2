"""Conditions as functions: a document (rules/definition.py) becomes a closure over constants.

A missing or wrongly typed value makes a comparison false, never an error: a visitor's data cannot break a rule.
"""

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import msgspec

from kizuki.errors import MalformedError
from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.visitors import Calendar, State


class Facts(msgspec.Struct):
    """What a condition is asked about: an event, and the person's state with that event folded in."""

    event: Event
    state: State
    calendar: Calendar


Predicate = Callable[[Facts], bool]
Read = Callable[[Facts], Any]
Document = dict[str, Any]

MAX_DEPTH = 32
NUMERIC = {"eq": eq, "ne": ne, "lt": lt, "lte": le, "gt": gt, "gte": ge}
READERS: dict[str, Callable[[str], Read]] = {
    "property": lambda path: lambda facts: lookup(facts.event.properties, path),
    "context": lambda path: lambda facts: lookup(facts.event.context, path),
    "trait": lambda path: lambda facts: lookup(facts.state.traits, path),
    "last_value": lambda path: lambda facts: getattr(facts.state.values.get(path), "value", None),
}


def compile_condition(document: Document, depth: int = 0) -> Predicate:
    """Compile one condition. Raises MalformedError for a document that `definition` would not have let through."""
    if depth > MAX_DEPTH:
        raise MalformedError("too_deep", f"a condition nests deeper than {MAX_DEPTH} levels", limit=MAX_DEPTH)
    kind = document.get("type")
    try:
        if kind in READERS:
            return _comparison(READERS[kind](document["path"]), document["op"], document.get("value"))
        match kind:
            case "all":
                parts = [compile_condition(part, depth + 1) for part in document["of"]]
                return lambda facts: all(part(facts) for part in parts)
            case "any":
                parts = [compile_condition(part, depth + 1) for part in document["of"]]
                return lambda facts: any(part(facts) for part in parts)
            case "not":
                inner = compile_condition(document["of"], depth + 1)
                return lambda facts: not inner(facts)
            case "event":
                names = frozenset(event_names(document))
                return lambda facts: facts.event.name in names
            case "segment":
                segment, member = document["id"], document.get("member", True)
                return lambda facts: (segment in facts.state.segments) is member
            case "visits":
                compare, number = NUMERIC[document["op"]], document["value"]
                return lambda facts: compare(facts.state.visits, number)
            case "count":
                compare, number = NUMERIC[document["op"]], document["value"]
                count = _counter(document["event"], document.get("window", "all"))
                return lambda facts: compare(count(facts), number)
    except (KeyError, TypeError, AttributeError) as error:
        raise MalformedError("invalid_condition", f"condition {kind!r} lacks or misuses {error}") from error
    raise MalformedError("invalid_condition", f"{kind!r} is no kind of condition")


def trigger_names(document: Document) -> frozenset[str] | None:
    """Name the only events on which a condition can hold; None when it can hold on any."""
    match document.get("type"):
        case "event":
            return frozenset(event_names(document))
        case "all":
            known = [names for part in document["of"] if (names := trigger_names(part)) is not None]
            return frozenset.intersection(*known) if known else None
        case "any":
            each = [trigger_names(part) for part in document["of"]]
            return None if None in each else frozenset().union(*(names for names in each if names is not None))
    return None


def mentions_segment(document: Document) -> bool:
    """Tell whether a condition asks for membership in a segment."""
    inner = document.get("of")
    parts = inner if isinstance(inner, list) else [inner] if inner else []
    return document.get("type") == "segment" or any(mentions_segment(part) for part in parts)


def reader(document: Document) -> Read:
    """Return what reads the value that a comparison is about."""
    kind = document["type"]
    if kind == "visits":
        return lambda facts: facts.state.visits
    if kind == "count":
        return _counter(document["event"], document.get("window", "all"))
    return READERS[kind](document["path"])


def event_names(document: Document) -> list[str]:
    """Name the events that an `event` condition lists."""
    name = document["name"]
    return [name] if isinstance(name, str) else name


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _comparison(read: Callable[[Facts], Any], op: str, value: Any) -> Predicate:
    match op:
        case "exists":
            return lambda facts: read(facts) is not None
        case "not_exists":
            return lambda facts: read(facts) is None
        case "eq":
            return lambda facts: _same(read(facts), value)
        case "ne":
            return lambda facts: (found := read(facts)) is not None and not _same(found, value)
        case "in":
            return lambda facts: any(_same(found, each) for found in [read(facts)] for each in value)
        case "not_in":
            return lambda facts: (found := read(facts)) is not None and not any(_same(found, each) for each in value)
        case "contains":
            return lambda facts: isinstance(found := read(facts), str | list) and value in found
        case "not_contains":
            return lambda facts: isinstance(found := read(facts), str | list) and value not in found
        case "starts_with":
            return lambda facts: isinstance(found := read(facts), str) and found.startswith(value)
        case _:
            compare = NUMERIC[op]
            return lambda facts: is_number(found := read(facts)) and compare(found, value)


def _same(found: Any, value: Any) -> bool:
    """Equal and of one kind: in JSON, true is not 1. A list is equal when it holds the value."""
    if isinstance(found, list):
        return any(_same(each, value) for each in found)
    return found == value and isinstance(found, bool) is isinstance(value, bool)


def _counter(event: str, window: Any) -> Callable[[Facts], int]:
    match window:
        case "all":
            return lambda facts: tally.count if (tally := facts.state.tallies.get(event)) else 0
        case "visit":
            return lambda facts: visit.counts.get(event, 0) if (visit := facts.state.session) else 0
        case "previous_visit":
            return lambda facts: visit.counts.get(event, 0) if (visit := facts.state.previous) else 0
        case "today":
            return _days(event, 1)
        case {"days": int(days)}:
            return _days(event, days)
    raise MalformedError("invalid_condition", f"{window!r} is no window")


def _days(event: str, days: int) -> Callable[[Facts], int]:
    def count(facts: Facts) -> int:
        tally = facts.state.tallies.get(event)
        if tally is None:
            return 0
        first = facts.calendar.day(facts.event.occurred_at) - days
        return sum(n for day, n in tally.days.items() if day > first)

    return count
