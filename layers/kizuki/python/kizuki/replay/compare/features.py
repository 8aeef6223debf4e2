"""What somebody did after a display: numbers, the next page, the pages and the events."""

from itertools import pairwise
from statistics import median

import msgspec

from kizuki.replay.facts import FactEvent, SessionFacts

ERRORS = ("Error", "Request Failed")
VIEWS = ("page", "screen")
SILENT = frozenset(
    {"identify", "group", "alias", "Moment Reached", "Rage Clicked", "Dead Clicked", "Segment Entered", "Segment Left"}
) | {*VIEWS, *ERRORS}
"""Events that are no action of the visitor by themselves, or that are counted as a number."""
OWN = "Campaign "
"""Events of campaigns begin so; they made the groups, so that they cannot tell them apart."""
SCROLL = ("scroll", "scroll_depth", "percent")
MAX_PERCENT = 100
NUMBERS = ("first_action", "next_page", "pause", "length", "pages", "dead_clicks", "rage_clicks", "errors", "scroll")
"""Times are in milliseconds, `scroll` in percent of the page."""


class Seen(msgspec.Struct, frozen=True):
    """What one person did after a display. A number that is not known, as the time to a page never opened, is None."""

    numbers: dict[str, float | None]
    next_page: str | None
    pages: frozenset[str]
    events: frozenset[str]


def after(facts: SessionFacts, offset: int, *, length: int | None = None) -> Seen:
    """Gather what came after a moment of a recording (ms); `length` is how long the recording went on after it (ms)."""
    later = [event for event in facts.events if event.offset > offset]
    views = [event for event in later if event.name in VIEWS and event.path is not None]
    moves = [event for event in later if event.name in VIEWS or _is_action(event)]
    gaps = [second.offset - first.offset for first, second in pairwise(moves)]
    if length is None:
        length = later[-1].offset - offset if later else 0
    numbers: dict[str, float | None] = {
        "first_action": float(moves[0].offset - offset) if moves else None,
        "next_page": float(views[0].offset - offset) if views else None,
        "pause": float(median(gaps)) if gaps else None,
        "length": float(max(0, length)),
        "pages": float(len(views)),
        "dead_clicks": float(_count(later, "Dead Clicked")),
        "rage_clicks": float(_count(later, "Rage Clicked")),
        "errors": float(_count(later, *ERRORS)),
        "scroll": _scrolled(later),
    }
    return Seen(
        numbers=numbers,
        next_page=views[0].path if views else None,
        pages=frozenset(event.path for event in views if event.path is not None),
        events=frozenset(event.name for event in later if _is_action(event)),
    )


def _is_action(event: FactEvent) -> bool:
    return event.name not in SILENT and not event.name.startswith(OWN)


def _count(events: list[FactEvent], *names: str) -> int:
    return sum(event.name in names for event in events)


def _scrolled(events: list[FactEvent]) -> float | None:
    """Return how far down a page was ever seen, where the site tells that with its events."""
    told = [
        float(value)
        for event in events
        for value in map(event.properties.get, SCROLL if "scroll" in event.name.lower() else SCROLL[:2])
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MAX_PERCENT
    ]
    return max(told, default=None)
