"""The obvious design: a dictionary of statistics, kept as JSON, and closures asked one after another."""

import json
from datetime import datetime
from functools import reduce
from operator import getitem
from typing import Any

from tests.bench.rulebook import SEGMENTS, STATISTICS, Document, closure, statistic

DAY_MS = 86_400_000
TOKYO_MS = 9 * 3_600_000
RECENT_DAYS = 2
"""Of these days of receipt the message ids are kept."""


NAMES = {
    name: [asked["event"]] if isinstance(asked.get("event"), str) else asked.get("event")
    for name, asked in STATISTICS.items()
}
PATHS = {name: asked["path"].split(".") for name, asked in STATISTICS.items() if "path" in asked}


def calls(body: bytes, received_at: int) -> list[Document]:
    """Read a request, with the moments as numbers."""
    events = json.loads(body)["batch"]
    for event in events:
        event["at"] = round(datetime.fromisoformat(event["timestamp"]).timestamp() * 1000)
        event["received_at"] = received_at
    return events


def new_state(person: str, traits: Document) -> Document:
    return {
        "person": person, "events": 0, "first_seen": None, "last_seen": 0, "traits": traits, "devices": [], "counts": {},
        "visits": 0, "visit_ids": [], "visit": None, "cart": None, "segments": {}, "seen": {}, "series": {},
    }  # fmt: skip


def fold(state: Document, event: Document) -> bool:
    """Fold one call as Segment spells it; False for one folded before."""
    at, received = event["at"], str(event["received_at"] // DAY_MS)
    if any(event["messageId"] in ids for ids in state["seen"].values()):
        return False
    state["seen"] = {day: ids for day, ids in state["seen"].items() if int(day) > int(received) - RECENT_DAYS}
    state["seen"].setdefault(received, {})[event["messageId"]] = 1
    state["events"] += 1
    state["first_seen"] = at if state["first_seen"] is None else min(state["first_seen"], at)
    state["last_seen"] = max(state["last_seen"], at)
    state["counts"][event["event"]] = state["counts"].get(event["event"], 0) + 1
    visit = event["context"]["session"]["id"]
    if visit not in state["visit_ids"]:
        state["visits"] += 1
        state["visit_ids"].append(visit)
        state["visit"] = {"id": visit, "started": at, "cells": {}}
    if event["anonymousId"] not in state["devices"]:
        state["devices"].append(event["anonymousId"])
    if isinstance(event["properties"].get("cart"), dict):
        state["cart"] = event["properties"]["cart"]
    day = str(_day(at))
    for name, asked in STATISTICS.items():
        names = NAMES[name]
        if names is None or event["event"] in names:
            _add(state, name, asked, event, day)
    return True


def _add(state: Document, name: str, asked: Document, event: Document, day: str) -> None:
    value: Any = reduce(getitem, PATHS[name], event["properties"]) if name in PATHS else 1
    window = asked.get("window", "all")
    if asked["of"] == "last":
        state["series"][name] = [event["at"], value]
    elif window == "all":
        state["series"][name] = state["series"].get(name, 0) + value
    elif window == "visit":
        cells = state["visit"]["cells"]
        cells[name] = cells.get(name, 0) + value
    else:
        days = state["series"].setdefault(name, {})
        days[day] = days.get(day, 0) + value
        first = int(day) - _length(window) + 1
        state["series"][name] = {each: n for each, n in days.items() if int(each) >= first}


def _length(window: Any) -> int:
    return 1 if window == "today" else window["days"]


def _day(ms: int) -> int:
    return (ms + TOKYO_MS) // DAY_MS


def statistics(state: Document) -> Document:
    """Return what each statistic comes to."""
    today = _day(state["last_seen"])
    found = {}
    for name, asked in STATISTICS.items():
        window = asked.get("window", "all")
        if window == "visit":
            found[name] = state["visit"]["cells"].get(name, 0)
        elif asked["of"] == "last":
            at, value = state["series"].get(name, (0, None))
            in_window = window == "all" or _day(at) > today - _length(window)
            found[name] = value if in_window else None
        elif window == "all":
            found[name] = state["series"].get(name, 0)
        else:
            days = state["series"].get(name, {})
            found[name] = sum(n for day, n in days.items() if int(day) > today - _length(window))
    return found


def facts(state: Document, event: Document) -> Document:
    """Return the document that rules are asked about."""
    return plain_facts(state, event) | {"statistics": statistics(state)}


def plain_facts(state: Document, event: Document) -> Document:
    """Return it for rules that ask for no statistic."""
    return {
        "event": {"name": event["event"], "properties": event["properties"]},
        "visits": state["visits"],
        "traits": state["traits"],
        "segments": state["segments"],
    }


MEMBERSHIP = {id_: closure(statistic(*asked)) for id_, asked in SEGMENTS.items()}


def update_segments(state: Document, found: Document, at: int) -> None:
    """Bring membership up to date."""
    for id_, holds in MEMBERSHIP.items():
        if not holds(found):
            state["segments"].pop(id_, None)
        elif id_ not in state["segments"]:
            state["segments"][id_] = at
