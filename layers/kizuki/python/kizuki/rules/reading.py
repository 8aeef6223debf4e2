"""What reads the value that a comparison is about: of the event, of the person, a statistic."""

from collections.abc import Callable
from typing import Any

from kizuki.events import Event
from kizuki.events.model import lookup, lookup_all, path_reader
from kizuki.rules.facts import Document, Facts, Read
from kizuki.rules.needs import sequence_keys, series_key
from kizuki.visitors.accumulators import ACCUMULATORS
from kizuki.visitors.statistics import days_result

SECOND_MS = 1000
EVENT_FIELDS = {"property", "context"}
ZERO = {"count", "sum", "distinct"}
"""Statistics that are 0 where nothing happened; the others are missing."""


def reader(document: Document) -> Read:
    """Return what reads the value that a comparison is about; for a path through a list, all its values."""
    kind = document["type"]
    if kind in EVENT_FIELDS:
        read = event_reader(document)
        return lambda facts: read(facts.event)
    if kind == "visits":
        return lambda facts: facts.state.visits
    if kind == "statistic":
        return _remembered(document, _statistic(document))
    name, _, rest = document["path"].partition(".")
    if "[]" in document["path"]:
        path = document["path"]
        if kind == "trait":
            return lambda facts: lookup_all(facts.state.traits, path)
        return lambda facts: lookup_all(facts.state.group_traits, path)
    if kind == "group_trait":
        return lambda facts: lookup(facts.state.group_traits, document["path"])

    def trait(facts: Facts) -> Any:
        known = facts.state.profile.get(name)
        return None if known is None else lookup(known.value, rest) if rest else known.value

    return trait


def event_reader(document: Document) -> Callable[[Event], Any]:
    """Return what reads a property of an event, or of what surrounds it."""
    read = path_reader(document["path"])
    if document["type"] == "property":
        return lambda event: read(event.properties)
    return lambda event: read(event.context)


def _remembered(document: Document, read: Read) -> Read:
    name = f"{series_key(document)} {document['of']} {document.get('window', 'all')}"

    def value(facts: Facts) -> Any:
        known = facts.known
        if name in known:
            return known[name]
        found = known[name] = read(facts)
        return found

    return value


def _statistic(document: Document) -> Read:
    of, window, key = document["of"], document.get("window", "all"), series_key(document)
    empty = 0 if of in ZERO else None
    if of in {"since_first", "since_last"}:

        def since(facts: Facts) -> Any:
            series = facts.state.series.get(key)
            return None if series is None else (facts.now - series.ever) / SECOND_MS

        return since
    if window in ("visit", "previous_visit"):
        return _of_visit(of, key, 0 if window == "visit" else 1, empty)
    result = ACCUMULATORS[of].result
    if window == "all":

        def ever(facts: Facts) -> Any:
            series = facts.state.series.get(key)
            if series is None or series.ever is None:
                return empty
            return result(series.ever, 0, facts.calendar.day)

        return ever
    days = 1 if window == "today" else window["days"]

    def of_days(facts: Facts) -> Any:
        series = facts.state.series.get(key)
        if series is None:
            return empty
        found = days_result(of, series, facts.today - days + 1, facts.calendar)
        return empty if found is None else found

    return of_days


def _of_visit(of: str, key: str, place: int, empty: int | None) -> Read:
    result = ACCUMULATORS[of].result

    def of_visit(facts: Facts) -> Any:
        sessions = facts.state.sessions
        cell = sessions[place].cells.get(key) if len(sessions) > place else None
        return empty if cell is None else result(cell, 0, facts.calendar.day)

    return of_visit


def sequence_times(document: Document, facts: Facts) -> tuple[list[int], list[int]]:
    """Return when the two steps of a sequence happened lately, oldest first, in epoch milliseconds."""
    found = [facts.state.series.get(key) for key in sequence_keys(document)]
    first, then = (series.ever if series is not None else [] for series in found)
    return first, then
