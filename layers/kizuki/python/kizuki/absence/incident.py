"""An incident: what should have come and does not, from its opening to its end."""

from typing import Literal

import msgspec

from kizuki.absence.pulse import SubjectKind
from kizuki.events.times import epoch_ms, iso

Cause = Literal["out_of_action", "not_displayed", "held_back", "not_triggered", "not_matched"]
"""Where it stops: it disabled itself; it was decided, but no screen said that it was shown; people were eligible, but a
step kept it from them; nothing set it off; no event matched the rule."""
Ending = Literal["returned", "paused", "over", "changed", "muted"]
"""It came back; or it is not to come any more: it is not live, its schedule or its displays to everybody are over, it
was changed so that what to expect is not known yet, or nobody wants to know."""
Status = Literal["open", "snoozed", "closed", "ended"]


class LastGood(msgspec.Struct, omit_defaults=True):
    """The last that came: when (ISO 8601), to whom, and links into the console."""

    at: str
    person: str | None = None
    story: str | None = None
    replay: str | None = None


class ChangeSince(msgspec.Struct):
    """A line of the audit trail."""

    at: str
    by: str | None
    kind: str
    id: str
    name: str
    change: str
    version: int


class Incident(msgspec.Struct, omit_defaults=True):
    """Times in ISO 8601. `expected` and `seen` are what should have come and what came from `since` to `updated_at`."""

    kind: SubjectKind
    subject: str
    name: str
    opened_at: str
    since: str
    updated_at: str
    expected: float
    seen: int
    chance: float
    """How probable so few are by chance, when it opened."""
    cause: Cause | None = None
    detail: str | None = None
    last_good: LastGood | None = None
    changes: list[ChangeSince] = []
    ended_at: str | None = None
    ending: Ending | None = None
    snoozed_until: str | None = None
    closed_at: str | None = None
    by: str | None = None
    """Who snoozed or closed it last."""
    alerted_at: str | None = None
    end_alerted: bool = False
    curve_start: str | None = None
    curve: list[tuple[float, int]] = []
    """Expected and seen by five minutes, over the day up to `updated_at`."""

    @property
    def key(self) -> tuple[str, str]:
        """Name what is missing."""
        return self.kind, self.subject

    @property
    def id(self) -> str:
        """Name it, in order of opening, so that it fits an address as it is."""
        return f"{self.opened_at}.{self.kind}.{self.subject}"

    @property
    def span(self) -> tuple[int, int]:
        """From when to when it was missing, as far as is known (epoch ms)."""
        return epoch_ms(self.since), epoch_ms(self.ended_at or self.updated_at)

    def status(self, now: int) -> Status:
        if self.ended_at is not None:
            return "ended"
        if self.closed_at is not None:
            return "closed"
        return "snoozed" if self.snoozed_until is not None and epoch_ms(self.snoozed_until) > now else "open"

    def go_on(self, expected: float, seen: int, now: int) -> None:
        """Note that it is still missing, and what was expected and seen from `updated_at` to now."""
        self.expected += expected
        self.seen += seen
        self.updated_at = iso(now)

    def end(self, ending: Ending, now: int) -> None:
        self.ending, self.ended_at = ending, iso(now)

    def reopen(self, now: int) -> None:
        """Go on with one that had seemed over."""
        self.ending = self.ended_at = None
        self.updated_at = iso(now)
        self.end_alerted = False

    def due(self, now: int) -> Literal["opened", "ended"] | None:
        """Tell what is to be said of it: once that it opened, again after a snooze, and once that it ended."""
        if self.ended_at is not None:
            said = self.alerted_at is not None and self.closed_at is None and self.ending == "returned"
            return "ended" if said and not self.end_alerted else None
        if self.status(now) != "open":
            return None
        if self.alerted_at is None:
            return "opened"
        woken = self.snoozed_until is not None and self.alerted_at < self.snoozed_until
        return "opened" if woken else None
