"""What Kizuki knows of one person: everything decisions need, nothing that only the timeline needs.

Structs are arrays on the wire: a field may be appended, with a default, but never moved or removed (else: a new
version in encoding.py). Times are epoch milliseconds; days are Calendar days.
"""

from typing import Any

import msgspec

from kizuki.visitors.accumulators import Cell
from kizuki.visitors.statistics import Series

CONTROL = "control"


class Session(msgspec.Struct, array_like=True):
    """One visit, and the statistics of it that live rules read."""

    id: str
    n: int
    started: int
    last: int
    cells: dict[str, Cell] = {}


class Value(msgspec.Struct, array_like=True):
    """What was said last, and when. None: that there is none."""

    value: Any
    at: int


class Group(msgspec.Struct, array_like=True):
    """A company or team as this person's group calls described it."""

    at: int
    traits: dict[str, Value] = {}


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
    variant: str | None = None
    """The variant that this person is in for good, `control` for the control group."""
    reached: dict[str, int] = {}
    """Goals reached after a decision, each with the moment when that happened first."""
    earlier: dict[str, int] = {}
    """How often it was decided in other visits of late: two devices are two visits at a time."""
    split: str | None = None
    """How the campaign split people when this one met it first: they count for the figures of that split."""

    def in_visit(self, session: str | None) -> int:
        """Return how often it was decided in a visit."""
        if session == self.session:
            return self.in_session
        return 0 if session is None else self.earlier.get(session, 0)

    @property
    def held_back(self) -> bool:
        """Whether the person is in the control group: nothing was ever on their screen."""
        return self.variant == CONTROL


class Move(msgspec.Struct, array_like=True):
    """A segment entered or left, or a campaign sent. `cause` is the place, in its record, of the event that did it."""

    event: str
    subject: str
    name: str
    cause: int


class Pending(msgspec.Struct, array_like=True):
    """What one record came to: additions to counters, by their key, and events to say."""

    sequence: str
    counts: dict[str, dict[str, int]] = {}
    moves: list[Move] = []


class State(msgspec.Struct, array_like=True):
    person: str
    first_seen: int = 0
    last_seen: int = 0
    events: int = 0
    visits: int = 0
    visit_ids: bytes = b""
    """Recent visits, 4 bytes of hash each: a late event of one is not a new one."""
    sessions: list[Session] = []
    """The latest visits, the one with the newest event first."""
    profile: dict[str, Value] = {}
    """Traits; those removed too, as None, or a late event would bring them back."""
    groups: dict[str, Group] = {}
    devices: list[str] = []
    aliases: list[str] = []
    """Members that turned out to be this one."""
    verified: bool = False
    counts: dict[str, int] = {}
    """Events by name, for people to look at; rules read `series`."""
    series: dict[str, Series] = {}
    complete: int = 0
    """The ruleset version whose statistics are all in `series`."""
    cart: Value | None = None
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
    pending: list[Pending] = []
    """What this person's newest records came to beyond the state. It is counted and said after the state is written,
    from here where a crash came between."""
    pages_then: int = 0
    """Pages viewed when the last message was decided: messages keep their distance in pages too."""

    @property
    def traits(self) -> dict[str, Any]:
        return _present(self.profile)

    @property
    def group_id(self) -> str | None:
        """The group of the newest group call."""
        return max(self.groups, key=lambda id_: (self.groups[id_].at, id_), default=None)

    @property
    def group_traits(self) -> dict[str, Any]:
        return _present(self.groups[id_].traits) if (id_ := self.group_id) is not None else {}


def _present(values: dict[str, Value]) -> dict[str, Any]:
    return {name: value.value for name, value in values.items() if value.value is not None}
