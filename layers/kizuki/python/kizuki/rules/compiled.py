"""Conditions as functions: a document (rules/definition.py) becomes a closure over constants.

A missing or wrongly typed value makes a comparison false, never an error: a visitor's data cannot break a rule.
"""

from collections.abc import Callable, Iterator
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from kizuki.errors import MalformedError
from kizuki.events import Event
from kizuki.rules.facts import Document, Facts, Predicate
from kizuki.rules.needs import sequence_keys
from kizuki.rules.reading import EVENT_FIELDS, SECOND_MS, event_reader, reader, sequence_times
from kizuki.visitors.accumulators import is_number

MAX_DEPTH = 32
NUMERIC = {"eq": eq, "ne": ne, "lt": lt, "lte": le, "gt": gt, "gte": ge}
NEGATIVE = {"ne", "not_in", "not_contains"}
"""Of several values, all must satisfy these; of the other operators, one."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COMPARISONS = EVENT_FIELDS | {"trait", "group_trait"}


def compile_condition(document: Document, depth: int = 0) -> Predicate:
    """Compile one condition. Raises MalformedError for a document that `definition` would not have let through."""
    if depth > MAX_DEPTH:
        raise MalformedError("too_deep", f"a condition nests deeper than {MAX_DEPTH} levels", limit=MAX_DEPTH)
    kind = document.get("type")
    try:
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
                names = frozenset(event_names(document["name"]))
                return lambda facts: facts.event.name in names
            case "segment":
                segment, member = document["id"], document.get("member", True)
                return lambda facts: (segment in facts.state.segments) is member
            case "time":
                return _time(document)
            case "sequence":
                return _sequence(document)
            case "property" | "context" | "trait" | "group_trait" | "visits" | "statistic":
                return _comparison(document, reader(document))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise MalformedError("invalid_condition", f"condition {kind!r} lacks or misuses {error}") from error
    raise MalformedError("invalid_condition", f"{kind!r} is no kind of condition")


def walk(document: Document) -> Iterator[Document]:
    """Yield a condition and every condition inside it."""
    yield document
    inner = document.get("of")
    for part in inner if isinstance(inner, list) else [inner] if isinstance(inner, dict) else []:
        yield from walk(part)


def trigger_names(document: Document) -> frozenset[str] | None:
    """Name the only events on which a condition can hold; None when it can hold on any."""
    match document.get("type"):
        case "event":
            return frozenset(event_names(document["name"]))
        case "all":
            known = [names for part in document["of"] if (names := trigger_names(part)) is not None]
            return frozenset.intersection(*known) if known else None
        case "any":
            each = [trigger_names(part) for part in document["of"]]
            return None if None in each else frozenset().union(*(names for names in each if names is not None))
    return None


def segments_in(document: Document) -> set[str]:
    """Name the segments that a condition speaks of."""
    return {part["id"] for part in walk(document) if part.get("type") == "segment"}


def event_names(name: str | list[str]) -> list[str]:
    return [name] if isinstance(name, str) else name


def many(document: Document) -> bool:
    """Tell whether a comparison's path may lead to several values."""
    return document["type"] in COMPARISONS and "[]" in document["path"]


def event_predicate(documents: list[Document]) -> Callable[[Event], bool] | None:
    """Compile the `where` of a statistic; None for an empty one."""
    parts: list[Callable[[Event], bool]] = [_comparison(document, event_reader(document)) for document in documents]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else lambda event: all(part(event) for part in parts)


def _comparison(document: Document, read: Callable[[Any], Any]) -> Callable[[Any], bool]:
    op = document["op"]
    holds = _test(op, document.get("value"))
    if not many(document):
        return lambda subject: holds(read(subject))
    if op == "not_exists":
        return lambda subject: not read(subject)
    if op in NEGATIVE:
        return lambda subject: bool(values := read(subject)) and all(holds(value) for value in values)
    return lambda subject: any(holds(value) for value in read(subject))


def _test(op: str, value: Any) -> Callable[[Any], bool]:
    match op:
        case "exists":
            return lambda found: found is not None
        case "not_exists":
            return lambda found: found is None
        case "eq":
            return lambda found: _same(found, value)
        case "ne":
            return lambda found: found is not None and not _same(found, value)
        case "in":
            listed = frozenset(map(key_of, value))
            return lambda found: _among(found, listed)
        case "not_in":
            listed = frozenset(map(key_of, value))
            return lambda found: found is not None and not _among(found, listed)
        case "contains":
            return lambda found: _contains(found, value)
        case "not_contains":
            return lambda found: isinstance(found, str | list) and not _contains(found, value)
        case "starts_with":
            return lambda found: isinstance(found, str) and found.startswith(value)
        case _:
            compare = NUMERIC[op]
            return lambda found: is_number(found) and compare(found, value)


def _same(found: Any, value: Any) -> bool:
    """Equal and of one kind: in JSON, true is not 1. A list is equal when it holds the value."""
    if isinstance(found, list):
        return any(_same(each, value) for each in found)
    return found == value and isinstance(found, bool) is isinstance(value, bool)


def _among(found: Any, listed: frozenset[Any]) -> bool:
    if isinstance(found, list):
        return any(_among(each, listed) for each in found)
    return isinstance(found, str | int | float) and key_of(found) in listed


def key_of(value: Any) -> Any:
    """Return what tells a scalar apart in a set: in JSON, true is not 1."""
    return (value,) if isinstance(value, bool) else value


def _contains(found: Any, value: str) -> bool:
    if isinstance(found, list):
        return value in found
    return isinstance(found, str) and value in found


def _sequence(document: Document) -> Predicate:
    within, absent = document["within"] * SECOND_MS, document.get("absent", False)

    def holds(facts: Facts) -> bool:
        firsts, thens = sequence_times(document, facts)
        if not absent:
            return any(first < then <= first + within for first in firsts for then in thens)
        return any(
            first + within <= facts.now and not any(first < then <= first + within for then in thens)
            for first in firsts
        )

    sequence_keys(document)
    return holds


def _time(document: Document) -> Predicate:
    days = frozenset(WEEKDAYS.index(day) for day in document.get("weekdays") or WEEKDAYS)
    since, until = (_minutes(document.get(end)) for end in ("since", "until"))

    def holds(facts: Facts) -> bool:
        if facts.calendar.weekday(facts.now) not in days:
            return False
        if since is None or until is None:
            return True
        minute = facts.calendar.minute(facts.now)
        return since <= minute < until if since <= until else minute >= since or minute < until

    return holds


def _minutes(clock: str | None) -> int | None:
    if clock is None:
        return None
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
