"""What the documentation says of statistics, worked out from the raw events: no cells, no merging, nothing kept."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kizuki.events import Event

OWN = {"Segment Entered", "Segment Left"}


def in_order(events: list[Event]) -> list[Event]:
    """Every event once, by when it happened."""
    once = {event.message_id: event for event in reversed(events)}.values()
    return sorted(once, key=lambda event: (event.occurred_at, event.received_at, event.position))


def visits(events: list[Event]) -> list[str]:
    """Session ids, the one with the newest event first."""
    newest: dict[str, int] = {}
    for event in events:
        if event.session_id is not None:
            newest[event.session_id] = max(newest.get(event.session_id, 0), event.occurred_at)
    return sorted(newest, key=lambda id_: (newest[id_], id_), reverse=True)


def local_day(at: int, zone: str) -> Any:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone)).date()


def values(document: Any, path: str) -> list[Any]:
    found = [document]
    for part in path.replace("[]", ".[]").split("."):
        if part == "[]":
            found = [element for each in found if isinstance(each, list) for element in each]
        else:
            found = [each.get(part) for each in found if isinstance(each, dict)]
    return [each for each in found if isinstance(each, str | int | float)]


def where_holds(event: Event, where: list[dict[str, Any]]) -> bool:
    for each in where:
        found = values(event.properties if each["type"] == "property" else event.context, each["path"])
        numbers = [value for value in found if not isinstance(value, bool | str)]
        match each["op"]:
            case "eq":
                if each["value"] not in [value for value in found if type(value) is type(each["value"])]:
                    return False
            case "gte":
                if not any(number >= each["value"] for number in numbers):
                    return False
            case op:
                raise NotImplementedError(op)
    return True


def chosen(events: list[Event], statistic: dict[str, Any], zone: str, now: int) -> list[Event]:
    names = statistic.get("event")
    names = [names] if isinstance(names, str) else names
    window = statistic.get("window", "all")
    latest = visits(events)
    found = []
    for event in in_order(events):
        if names is None and event.name in OWN:
            continue
        if names is not None and event.name not in names:
            continue
        if not where_holds(event, statistic.get("where", [])):
            continue
        if window == "visit" and event.session_id not in latest[:1]:
            continue
        if window == "previous_visit" and event.session_id not in latest[1:2]:
            continue
        days = 1 if window == "today" else window["days"] if isinstance(window, dict) else None
        if days is not None and local_day(event.occurred_at, zone) <= local_day(now, zone) - timedelta(days=days):
            continue
        found.append(event)
    return found


def statistic(events: list[Event], document: dict[str, Any], zone: str, now: int) -> Any:
    some = chosen(events, document, zone, now)
    of = document["of"]
    if of == "count":
        return len(some)
    if of in {"since_first", "since_last"}:
        if not some:
            return None
        times = [event.occurred_at for event in some]
        return (now - (min(times) if of == "since_first" else max(times))) / 1000
    return of_values(of, [value for event in some for value in values(event.properties, document["path"])])


def of_values(of: str, found: list[Any]) -> Any:
    numbers = [value for value in found if not isinstance(value, bool | str)]
    told_apart = Counter((type(value) is not bool, isinstance(value, str), value) for value in found)
    most = max(told_apart.values(), default=0)
    usual = sorted(key for key, n in told_apart.items() if n == most)
    answers = {
        "sum": round(sum(round(number * 1_000_000) for number in numbers) / 1_000_000, 6),
        "avg": sum(numbers) / len(numbers) if numbers else None,
        "min": min(numbers, default=None),
        "max": max(numbers, default=None),
        "first": found[0] if found else None,
        "last": found[-1] if found else None,
        "previous": found[-2] if len(found) > 1 else None,
        "distinct": len(told_apart),
        "most_frequent": usual[0][2] if usual else None,
    }
    return answers[of]


def sequence(events: list[Event], document: dict[str, Any], now: int) -> bool:
    steps = []
    for step in (document["first"], document["then"]):
        names = [step["event"]] if isinstance(step["event"], str) else step["event"]
        times = [
            event.occurred_at
            for event in in_order(events)
            if event.name in names and where_holds(event, step.get("where", []))
        ]
        steps.append(times[-16:])
    firsts, thens = steps
    within = document["within"] * 1000
    if document.get("absent"):
        return any(
            first + within <= now and not any(first < then <= first + within for then in thens) for first in firsts
        )
    return any(first < then <= first + within for first in firsts for then in thens)
