"""What conditions of a site can speak of: seen lately, written in its documents, and documented."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import Kind
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.publishing import CONDITIONS
from kizuki.aws.visitors import VisitorStore
from kizuki.console.models import EventVocabulary, Vocabulary
from kizuki.rules.compiled import event_names, trigger_names, walk
from kizuki.rules.english import ENGLISH
from kizuki.rules.problems import check_condition

PEOPLE = 25
MAX_EVENTS = 200
MAX_PATHS = 100
MAX_DEPTH = 4
KINDS: tuple[Kind, ...] = ("segment", "campaign", "rule")
Document = dict[str, Any]


def vocabulary(config: ConfigStore, metrics: MetricsStore, visitors: VisitorStore, site: str) -> Vocabulary:
    """Gather names of events, with the paths of their properties, of traits, and of what surrounds an event."""
    events: dict[str, dict[str, None]] = {}
    for seen in metrics.feed(site):
        events.setdefault(seen.event, {}).update(dict.fromkeys(_paths(seen.properties)))
    conditions = list(_conditions(config, site))
    for name, path in chain.from_iterable(_mentions(condition) for condition in conditions):
        events.setdefault(name, {}).update({path: None} if path else {})
    people, _ = visitors.people(site, start=None, limit=PEOPLE)
    parts = [part for condition in conditions for part in walk(condition)]
    return Vocabulary(
        events=[
            EventVocabulary(name=name, properties=sorted(paths)[:MAX_PATHS])
            for name, paths in sorted(events.items())[:MAX_EVENTS]
        ],
        traits=_named("trait", parts, (state.traits for state in people)),
        group_traits=_named("group_trait", parts, (state.group_traits for state in people)),
        context=sorted({*ENGLISH.context, *(part["path"] for part in parts if part["type"] == "context")}),
    )


def _conditions(config: ConfigStore, site: str) -> Iterator[Document]:
    """Yield the conditions of every document that this version can read."""
    for kind in KINDS:
        for stored in config.documents(site, kind):
            for written in _written(kind, stored.document):
                condition, _ = check_condition(written, "")
                if condition is not None:
                    yield condition


def _written(kind: Kind, document: Document) -> list[Any]:
    """Return the conditions of a stored document; one of another version of Kizuki may have none that are known."""
    try:
        return [*CONDITIONS[kind](document).values()]
    except (LookupError, TypeError, AttributeError):
        return []


def _mentions(condition: Document) -> Iterator[tuple[str, str | None]]:
    """Yield the events that a condition names, with the paths that it reads of each."""
    at_hand = trigger_names(condition) or frozenset()
    for part in walk(condition):
        match part["type"]:
            case "event":
                yield from ((name, None) for name in event_names(part["name"]))
            case "property":
                yield from ((name, part["path"]) for name in at_hand)
            case "statistic" if part["event"] is not None:
                for name in event_names(part["event"]):
                    yield from ((name, path) for path in [part["path"], *_read(part["where"])])
            case "sequence":
                for step in (part["first"], part["then"]):
                    for name in event_names(step["event"]):
                        yield from ((name, path) for path in [None, *_read(step["where"])])


def _read(where: list[Document]) -> list[str]:
    return [each["path"] for each in where if each["type"] == "property"]


def _named(kind: str, parts: list[Document], seen: Iterable[Document]) -> list[str]:
    """List the paths of traits, seen lately or written."""
    paths = {path for traits in seen for path in _paths(traits)}
    return sorted(paths | {part["path"] for part in parts if part["type"] == kind})[:MAX_PATHS]


def _paths(document: Document, prefix: str = "", depth: int = 1) -> Iterator[str]:
    """Yield the paths to the values of an object, with `[]` through lists of objects."""
    for name, value in document.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and value and depth < MAX_DEPTH:
            yield from _paths(value, f"{path}.", depth + 1)
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value) and depth < MAX_DEPTH:
            for each in value:
                if isinstance(each, dict):
                    yield from _paths(each, f"{path}[].", depth + 1)
        else:
            yield path
