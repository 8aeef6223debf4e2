"""The country a visitor seems to be in, by the time zone of their device: no address has to be looked up or kept."""

from functools import cache
from importlib.resources import files

# The tz database's own tables: zone.tab names the country of each zone, links give its older names
# (https://data.iana.org/time-zones/theory.html).
TABLES = files("tzdata.zoneinfo")


def country_of(timezone: str) -> str | None:
    """Return the ISO 3166 code of the country that a time zone is of; None for UTC and what is no zone."""
    return _countries().get(timezone)


@cache
def _countries() -> dict[str, str]:
    found = {}
    for line in TABLES.joinpath("zone.tab").read_text().splitlines():
        if line and not line.startswith("#"):
            code, _, zone, *_ = line.split("\t")
            found[zone] = code
    for line in TABLES.joinpath("tzdata.zi").read_text().splitlines():
        if line.startswith("L "):
            _, target, name = line.split()
            if target in found:
                found.setdefault(name, found[target])
    return found
