"""What conditions are asked about."""

from collections.abc import Callable
from typing import Any

import msgspec

from kizuki.events import Event
from kizuki.visitors import Calendar, State


class Facts(msgspec.Struct):
    """What a condition is asked about: an event, and the person's state with that event folded in."""

    event: Event
    state: State
    calendar: Calendar
    at: int | None = None
    """The moment of asking; None: that of the person's newest event."""
    known: dict[str, Any] = {}
    """Statistics worked out so far: many rules ask for one."""
    day: int = 0

    @property
    def now(self) -> int:
        return self.state.last_seen if self.at is None else self.at

    @property
    def today(self) -> int:
        """The local day of `now`."""
        if not self.day:
            self.day = self.calendar.day(self.now)
        return self.day


Predicate = Callable[[Facts], bool]
Read = Callable[[Facts], Any]
Document = dict[str, Any]
