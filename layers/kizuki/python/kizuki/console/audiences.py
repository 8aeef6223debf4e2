"""Who fulfils a condition: asked of the data hub, as of now or the end of a day."""

import time
from contextlib import suppress
from datetime import date
from typing import Any

import msgspec

from kizuki.aws.athena import Athena, Note, Query
from kizuki.aws.config import ConfigStore
from kizuki.aws.publishing import segment_of
from kizuki.console.models import Audience, AudiencePerson
from kizuki.errors import MalformedError
from kizuki.events.times import iso
from kizuki.rules.problems import check_condition
from kizuki.rules.sql import compile_audience, first_moment
from kizuki.visitors import Calendar

MINUTE_MS = 60_000
EARLIEST = date(1970, 1, 2).toordinal()


def start(config: ConfigStore, athena: Athena, site: str, asked: dict[str, Any]) -> Audience:
    """Start a query. Raises MalformedError for a condition or a day that is none, naming the place."""
    condition, problems = check_condition(asked.get("condition"), "condition")
    if condition is None:
        raise MalformedError("invalid_condition", problems[0].message, path=problems[0].path)
    timezone = config.site(site).timezone
    # The end of this minute: whoever asks twice within one asks the same.
    now = time.time_ns() // 1_000_000 // MINUTE_MS * MINUTE_MS + MINUTE_MS - 1
    as_of = _as_of(asked.get("as_of"), Calendar(timezone), now)
    sql = compile_audience(
        condition, site=site, timezone=timezone, as_of_ms=as_of, segments=_live_segments(config, site)
    )
    note = Note(site, iso(as_of), iso(now))
    return _audience(Query(athena.start(sql, note), note, "running", 0))


def read(athena: Athena, site: str, id: str) -> Audience:
    """Tell what became of a query, with its answer. Raises NotFoundError for one that is not this site's."""
    query = athena.query(site, id)
    audience = _audience(query)
    if query.status == "done":
        rows = athena.rows(id)
        # Where there is nobody at all, there is no row to hold the totals either.
        totals = rows[0] if rows else {}
        audience.count, audience.of = (int(totals.get(name) or 0) for name in ("matching", "everyone"))
        audience.complete_up_to = totals.get("complete_up_to")
        audience.sample = [_person(row) for row in rows if row["matches"] == "1"]
    return audience


def _audience(query: Query) -> Audience:
    return Audience(
        id=query.id,
        status=query.status,
        as_of=query.note.as_of,
        scanned_bytes=query.scanned_bytes,
        reason=query.reason,
    )


def _person(row: dict[str, str | None]) -> AudiencePerson:
    return AudiencePerson(
        id=row["person"] or "", name=_text(row["name"]), email=_text(row["email"]), last_seen=row["last_seen"] or ""
    )


def _text(json: str | None) -> str | None:
    """Read a trait, which is whatever JSON the site has sent; only a text is shown."""
    value = msgspec.json.decode(json or "null")
    return value if isinstance(value, str) else None


def _as_of(day: Any, calendar: Calendar, now: int) -> int:
    """Return the last moment of a local day, of today the present. Raises MalformedError."""
    if day is None:
        return now
    try:
        ordinal = date.fromisoformat(day).toordinal()
    except (TypeError, ValueError) as error:
        raise MalformedError("invalid_day", "must be a day like 2026-11-21, or null for now", path="as_of") from error
    # An operator elsewhere may have tomorrow already: that is now, here.
    if not EARLIEST <= ordinal <= calendar.day(now) + 1:
        raise MalformedError("invalid_day", "must be a day that has begun, after 1970", path="as_of")
    return min(now, first_moment(calendar, ordinal + 1) - 1)


def _live_segments(config: ConfigStore, site: str) -> dict[str, dict[str, Any]]:
    """Read the conditions of live segments; one of another version of Kizuki is out of action, here too."""
    segments = {}
    for stored in config.documents(site, "segment"):
        if stored.status == "live":
            with suppress(MalformedError):
                segments[stored.id] = segment_of(stored.document).model_dump(mode="json")["condition"]
    return segments
