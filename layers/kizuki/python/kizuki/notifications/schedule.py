"""When a notification is due: at once, with the next digest, or when the working day begins."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kizuki.notifications.model import Manner
from kizuki.rules.ruleset import HoursSpec

SECOND_MS = 1000
DAYS_AHEAD = 9
"""Any weekday comes within these, the longest of all windows passed."""


def due(manner: Manner, now: int) -> int | None:
    """Return the moment (epoch ms) to tell at, None where the rule drops what comes outside its hours."""
    zone = ZoneInfo(manner.timezone)
    moment = datetime.fromtimestamp(now / SECOND_MS, zone)
    if manner.hours is not None and manner.hours.outside == "drop" and not _inside(manner.hours, moment):
        return None
    if manner.every is not None:
        moment = _next(manner.every, manner.at, moment)
    if manner.hours is not None and not _inside(manner.hours, moment):
        moment = _opening(manner.hours, moment)
    # Without a reason to wait it is the very moment, not one rounded by a calendar.
    return max(now, round(moment.timestamp() * SECOND_MS)) if manner.every or manner.hours else now


def _next(every: str, at: str, moment: datetime) -> datetime:
    if every == "daily":
        today = _at(moment.date(), at, moment)
        return today if today > moment else _at(moment.date() + timedelta(days=1), at, moment)
    minutes = 60 if every == "hourly" else int(every[:-1])
    midnight = _at(moment.date(), "00:00", moment)
    # Counted in real time from midnight, so that no clock change makes two digests of one, or none.
    passed = (moment.astimezone(UTC) - midnight.astimezone(UTC)) // timedelta(minutes=minutes)
    found = midnight.astimezone(UTC) + (passed + 1) * timedelta(minutes=minutes)
    return found.astimezone(moment.tzinfo)


def _inside(hours: HoursSpec, moment: datetime) -> bool:
    return any(start <= moment < end for start, end in _windows(hours, moment, -1, 0))


def _opening(hours: HoursSpec, moment: datetime) -> datetime:
    return next(start for start, _ in _windows(hours, moment, 0, DAYS_AHEAD) if start > moment)


def _windows(hours: HoursSpec, moment: datetime, first: int, last: int) -> Iterator[tuple[datetime, datetime]]:
    for ahead in range(first, last + 1):
        day = moment.date() + timedelta(days=ahead)
        if day.isoweekday() in hours.weekdays:
            over = 0 if hours.to > hours.since else 1
            yield _at(day, hours.since, moment), _at(day + timedelta(days=over), hours.to, moment)


def _at(day: date, clock: str, moment: datetime) -> datetime:
    """Return a time of day by the moment's clocks; one that a clock change skips is the moment after the change."""
    wall = datetime.combine(day, time.fromisoformat(clock), moment.tzinfo)
    return wall.astimezone(UTC).astimezone(moment.tzinfo)
