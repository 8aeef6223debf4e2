"""Days as a site counts them: midnight is the site's own."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


class Calendar:
    """Number the days of one time zone. Every zone's offset is constant within a quarter of an hour of UTC."""

    def __init__(self, timezone: str) -> None:
        self.timezone = timezone
        zone = ZoneInfo(timezone)

        @lru_cache(maxsize=4096)
        def day_of_quarter(quarter: int) -> int:
            return datetime.fromtimestamp(quarter * 900, zone).toordinal()

        self._day_of_quarter = day_of_quarter

    def day(self, ms: int) -> int:
        """Return the proleptic ordinal of the local day that holds this moment."""
        return self._day_of_quarter(ms // 900_000)
