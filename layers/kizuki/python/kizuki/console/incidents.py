"""Incidents as the console lists them, and what operators do about them."""

import re
import time
from typing import Annotated

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from kizuki.absence.incident import Cause, Ending, Incident, Status
from kizuki.absence.pulse import BUCKET_MS, SubjectKind
from kizuki.aws.incidents import IncidentStore
from kizuki.errors import MalformedError, NotFoundError
from kizuki.events.times import epoch_ms, iso

ID = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\.(campaign|rule)\.[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
MAX_SNOOZE_MS = 30 * 86_400_000


class LastGoodDelivery(BaseModel):
    at: str
    person: str | None
    story: str | None
    replay: str | None


class ChangeSince(BaseModel):
    at: str
    by: str | None
    kind: str
    id: str
    name: str
    change: str
    version: int


class IncidentSummary(BaseModel):
    """What should have come: so many were `expected` from `since` to `updated_at`, so many `seen`."""

    id: str
    kind: SubjectKind
    subject: str
    name: str
    status: Status
    opened_at: str
    since: str
    updated_at: str
    ended_at: str | None
    ending: Ending | None
    expected: float
    seen: int
    cause: Cause | None
    detail: str | None
    snoozed_until: str | None
    by: str | None


class Incidents(BaseModel):
    items: list[IncidentSummary]
    next: str | None


class Point(BaseModel):
    """Five minutes from `at` on."""

    at: str
    expected: float
    seen: int


class IncidentDetail(IncidentSummary):
    """With the day up to `updated_at`, five minutes by five minutes."""

    chance: float
    last_good: LastGoodDelivery | None
    changes: list[ChangeSince]
    curve: list[Point]


class Snooze(BaseModel):
    model_config = ConfigDict(extra="forbid")

    until: Annotated[str, Field(max_length=40, description="ISO 8601; at most 30 days from now")]


def listed(store: IncidentStore, site: str, *, limit: int, cursor: str | None) -> Incidents:
    """List those that have not ended, on the first page, then those that have, newest first."""
    if cursor is not None and not ID.fullmatch(cursor):
        raise MalformedError("invalid_cursor", "this cursor was not given by this API", path="cursor")
    now = _now()
    still = [] if cursor is not None else [stored.incident for stored in store.open(site)]
    ended, following = store.ended(site, limit=limit, before=cursor)
    items = [*still, *(stored.incident for stored in ended)]
    return Incidents(items=[_summary(each, now) for each in items], next=following)


def one(store: IncidentStore, site: str, id: str) -> IncidentDetail:
    """Read one incident with its curve. Raises NotFoundError."""
    return _detail(store.one(site, _known(id)).incident)


def snooze(store: IncidentStore, site: str, id: str, chosen: Snooze, *, by: str | None) -> IncidentDetail:
    """Say nothing of it until a moment. Raises NotFoundError, MalformedError."""
    now = _now()
    try:
        until = epoch_ms(chosen.until)
    except ValueError as error:
        raise MalformedError("invalid_time", "`until` is a time in ISO 8601", path="until") from error
    if not now < until <= now + MAX_SNOOZE_MS:
        raise MalformedError("invalid_time", "`until` is within the next 30 days", path="until")
    _still_open(store, site, id)
    return _detail(store.change(site, id, snoozed_until=iso(until), by=by))


def close(store: IncidentStore, site: str, id: str, *, by: str | None) -> IncidentDetail:
    """Say nothing of it any more: it counts as seen to, until what is missing comes back. Raises NotFoundError."""
    _still_open(store, site, id)
    return _detail(store.change(site, id, closed_at=iso(_now()), by=by))


def _still_open(store: IncidentStore, site: str, id: str) -> None:
    if store.one(site, _known(id)).incident.ended_at is not None:
        raise MalformedError("incident_ended", "this incident is over", path="id")


def _known(id: str) -> str:
    if not ID.fullmatch(id):
        raise NotFoundError("unknown_incident", f"there is no incident {id!r}")
    return id


def _now() -> int:
    return time.time_ns() // 1_000_000


def _told(incident: Incident, now: int) -> dict[str, object]:
    names = IncidentSummary.model_fields.keys() - {"id", "status", "expected"}
    told = {name: getattr(incident, name) for name in names}
    return told | {"id": incident.id, "status": incident.status(now), "expected": round(incident.expected, 1)}


def _summary(incident: Incident, now: int) -> IncidentSummary:
    return IncidentSummary.model_validate(_told(incident, now))


def _detail(incident: Incident) -> IncidentDetail:
    start = epoch_ms(incident.curve_start) if incident.curve_start is not None else 0
    curve = [
        Point(at=iso(start + place * BUCKET_MS), expected=expected, seen=seen)
        for place, (expected, seen) in enumerate(incident.curve)
    ]
    good = incident.last_good
    return IncidentDetail.model_validate(
        _told(incident, _now())
        | {
            "chance": incident.chance,
            "last_good": None if good is None else LastGoodDelivery(**msgspec.structs.asdict(good)),
            "changes": [ChangeSince(**msgspec.structs.asdict(each)) for each in incident.changes],
            "curve": curve,
        }
    )
