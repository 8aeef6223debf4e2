"""Days as a site counts them: midnight is the site's own."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

QUARTER_MS = 900_000
MINUTE_MS = 60_000


class Calendar:
    """Number the days of one time zone. Every zone's offset is constant within a quarter of an hour of UTC."""

    def __init__(self, timezone: str) -> None:
        self.timezone = timezone
        zone = ZoneInfo(timezone)

        @lru_cache(maxsize=4096)
        def quarter(number: int) -> tuple[int, int]:
            local = datetime.fromtimestamp(number * 900, zone)
            return local.toordinal(), local.hour * 60 + local.minute

        self._quarter = quarter

    def day(self, ms: int) -> int:
        """Return the proleptic ordinal of the local day that holds this moment."""
        return self._quarter(ms // QUARTER_MS)[0]

    def weekday(self, ms: int) -> int:
        """Return the local day of the week, Monday 0."""
        return (self.day(ms) - 1) % 7

    def minute(self, ms: int) -> int:
        """Return the minutes since local midnight, by the clock on the wall."""
        return self._quarter(ms // QUARTER_MS)[1] + ms % QUARTER_MS // MINUTE_MS
