"""What Kizuki knows of one person: everything decisions need, nothing that only the timeline needs.

Structs are arrays on the wire: a field may be appended, with a default, but never moved or removed.
Times are epoch milliseconds; days are Calendar days.
"""

from typing import Any

import msgspec


class Session(msgspec.Struct, array_like=True):
    """One visit: ends after 30 minutes without an event."""

    id: str
    n: int
    started: int
    last: int
    events: int = 0
    counts: dict[str, int] = {}


class Tally(msgspec.Struct, array_like=True):
    """How often an event of one name happened: ever, and on each of the days still kept."""

    count: int
    first: int
    last: int
    days: dict[int, int] = {}


class Value(msgspec.Struct, array_like=True):
    """The last value seen at one property path, and when."""

    value: str | int | float | bool | None
    at: int


class Exposure(msgspec.Struct, array_like=True):
    """What one campaign and this person have done to each other."""

    decided: int = 0
    last_decided: int = 0
    session: str | None = None
    """The visit of the last decision, and how often it was decided in it."""
    in_session: int = 0
    days: dict[int, int] = {}
    shown: int = 0
    last_shown: int = 0
    clicked: int = 0
    closed: int = 0
    goals: int = 0
    last_goal: int = 0


class State(msgspec.Struct, array_like=True):
    person: str
    first_seen: int = 0
    last_seen: int = 0
    events: int = 0
    visits: int = 0
    traits: dict[str, Any] = {}
    devices: list[str] = []
    session: Session | None = None
    previous: Session | None = None
    tallies: dict[str, Tally] = {}
    values: dict[str, Value] = {}
    exposures: dict[str, Exposure] = {}
    segments: dict[str, int] = {}
    """Segment id to the moment it was entered."""
    notified: dict[str, int] = {}
    """Notification rule id to the moment it last fired."""
    seen: dict[int, bytes] = {}
    """Recent message ids, 8 bytes of hash each, by UTC day of receipt."""
    cursors: dict[str, str] = {}
    """This person's own records: up to which sequence number they are folded, also once merged into another."""
    merged_into: str | None = None
    group_id: str | None = None
    group_traits: dict[str, Any] = {}
