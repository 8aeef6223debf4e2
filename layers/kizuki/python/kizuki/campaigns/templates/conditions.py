"""Conditions, briefly: the documents of kizuki.rules.definition."""

from typing import Any

Condition = dict[str, Any]
Window = str | dict[str, int]
DAY = 86_400


def event(*names: str) -> Condition:
    return {"type": "event", "name": names[0] if len(names) == 1 else list(names)}


def prop(path: str, op: str, value: Any = None) -> Condition:
    return _comparison("property", path, op, value)


def trait(path: str, op: str, value: Any = None) -> Condition:
    return _comparison("trait", path, op, value)


def context(path: str, op: str, value: Any = None) -> Condition:
    return _comparison("context", path, op, value)


def on(path: str) -> Condition:
    """The page is this one."""
    return context("page.path", "eq", path)


def under(path: str) -> Condition:
    """The page is this one or below it."""
    return context("page.path", "starts_with", path)


def visits(op: str, value: int) -> Condition:
    return {"type": "visits", "op": op, "value": value}


def count(name: str, op: str, value: int, *, window: Window = "all", where: list[Condition] | None = None) -> Condition:
    """How often an event happened."""
    return figure("count", name, window=window, where=where) | {"type": "statistic", "op": op, "value": value}


def ever(name: str) -> Condition:
    """The event happened, whenever."""
    return statistic("since_last", name, None, "exists", None)


def never(name: str) -> Condition:
    return statistic("since_last", name, None, "not_exists", None)


def statistic(of: str, name: str | None, path: str | None, op: str, value: Any, *, window: Window = "all") -> Condition:
    told = figure(of, name, path, window=window) | {"type": "statistic", "op": op}
    return told if value is None else told | {"value": value}


def figure(
    of: str, name: str | None, path: str | None = None, *, window: Window = "all", where: list[Condition] | None = None
) -> Condition:
    """A statistic without a comparison: a variable of a campaign."""
    told = {"of": of, "event": name, "path": path, "where": where, "window": window}
    return {field: value for field, value in told.items() if value is not None}


def every(*conditions: Condition) -> Condition:
    return {"type": "all", "of": list(conditions)}


def either(*conditions: Condition) -> Condition:
    return {"type": "any", "of": list(conditions)}


def negated(condition: Condition) -> Condition:
    return {"type": "not", "of": condition}


def days(number: int) -> Window:
    """Today and the days before it."""
    return {"days": number}


def _comparison(type: str, path: str, op: str, value: Any) -> Condition:
    told = {"type": type, "path": path, "op": op, "value": value}
    return {field: each for field, each in told.items() if each is not None}
