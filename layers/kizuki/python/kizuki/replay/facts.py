"""What happened in a recorded session, as far as recordings are looked for and compared by it."""

from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.replay.chunk import SESSION

MAX_EVENTS = 500
"""Of one session: what comes later is not compared, and found by the lists alone."""
MAX_PROPERTIES = 12
MAX_TEXT = 100
MAX_PATH = 256
ProblemKind = Literal["error", "request_failed", "rage_click", "dead_click"]
PROBLEMS: dict[str, ProblemKind] = {
    "Error": "error",
    "Request Failed": "request_failed",
    "Rage Clicked": "rage_click",
    "Dead Clicked": "dead_click",
}
"""Events of the recorder that tell of trouble, and what it is called."""


class FactEvent(msgspec.Struct, frozen=True, array_like=True):
    """One event; `offset` in milliseconds since the recording's start, `properties` its short scalars, nested once."""

    name: str
    offset: int
    path: str | None = None
    properties: dict[str, Any] = {}
    message_id: str = ""


class SessionFacts(msgspec.Struct, kw_only=True):
    """`events` by offset; `country` is ISO 3166, by the visitor's time zone; `started_at` in epoch milliseconds."""

    session: str
    started_at: int
    person: str
    events: list[FactEvent] = []
    visit: int | None = None
    device: str | None = None
    country: str | None = None
    segments: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    """Campaigns of which a goal was reached."""

    def count(self, *names: str) -> int:
        return sum(event.name in names for event in self.events)


def recorded(event: Event) -> tuple[str, int] | None:
    """Return the recording that an event belongs to, and where in it (ms), if it was recorded."""
    replay, offset = lookup(event.context, "replay.id"), lookup(event.context, "replay.offset")
    if not isinstance(replay, str) or SESSION.fullmatch(replay) is None:
        return None
    if type(offset) is not int or not 0 <= offset <= event.occurred_at:
        return None
    return replay, offset


def fact(event: Event, offset: int) -> FactEvent:
    """Return what is kept of an event."""
    return FactEvent(
        event.name[:MAX_TEXT], offset, path_of(event), _scalars(event.properties), event.message_id[:MAX_TEXT]
    )


def path_of(event: Event) -> str | None:
    """Return the path of the page it happened on."""
    url = lookup(event.context, "page.url")
    if not isinstance(url, str):
        return None
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    return (path or "/")[:MAX_PATH]


def _scalars(document: dict[str, Any], *, inside: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in document.items():
        if isinstance(value, dict) and not inside:
            found[name[:MAX_TEXT]] = _scalars(value, inside=True)
        elif isinstance(value, str):
            found[name[:MAX_TEXT]] = value[:MAX_TEXT]
        elif isinstance(value, bool | int | float):
            found[name[:MAX_TEXT]] = value
        if len(found) == MAX_PROPERTIES:
            break
    return found
