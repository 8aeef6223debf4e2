"""A recording as the console sees it: when, how long, whether it can be played, and what is missing."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, Self

import msgspec

from kizuki.events.model import person_of
from kizuki.events.times import iso

Reason = Literal["no_full_snapshot", "expired"]


class StoredChunk(msgspec.Struct, frozen=True):
    """One chunk of the index; `key` is where S3 keeps it. Times in milliseconds."""

    tab: str
    sequence: int
    key: str
    started_at: int
    ended_at: int
    full_snapshot: bool


class Summary(msgspec.Struct, frozen=True):
    """ReplaySummary of docs/api.md. `active_at` is by our clock, `reason` says why it cannot be played."""

    session: str
    person: str
    started_at: str
    ended_at: str
    active_at: str
    duration_ms: int
    url: str | None
    chunks: int
    playable: bool
    reason: Reason | None

    @classmethod
    def of(
        cls,
        *,
        session: str,
        anonymous_id: str,
        started_at: int,
        ended_at: int,
        active_at: int,
        url: str | None,
        chunks: int,
        full_snapshot: bool,
        expired: bool,
    ) -> Self:
        reason: Reason | None = None
        if expired:
            reason = "expired"
        elif not full_snapshot:
            # Without one the player shows an empty frame, and says nothing.
            reason = "no_full_snapshot"
        return cls(
            session=session,
            person=person_of(None, anonymous_id),
            started_at=iso(started_at),
            ended_at=iso(ended_at),
            active_at=iso(active_at),
            duration_ms=ended_at - started_at,
            url=url,
            chunks=chunks,
            playable=reason is None,
            reason=reason,
        )


class Tab(msgspec.Struct, frozen=True):
    """A browser tab's chunks in order, and the sequence numbers that never arrived."""

    id: str
    chunks: list[StoredChunk]
    missing: list[int]


class Recording(msgspec.Struct, frozen=True):
    summary: Summary
    tabs: list[Tab]


def tabs(chunks: Iterable[StoredChunk]) -> Iterator[Tab]:
    """Sort chunks into tabs, the tab that began first first."""
    ordered = sorted(chunks, key=lambda chunk: (chunk.tab, chunk.sequence))
    found = [(tab, list(of_tab)) for tab, of_tab in groupby(ordered, key=lambda chunk: chunk.tab)]
    for tab, of_tab in sorted(found, key=lambda pair: min(chunk.started_at for chunk in pair[1])):
        yield Tab(tab, of_tab, _missing(of_tab))


# A forged sequence number must not make a list of a million.
MAX_MISSING = 1000


def _missing(chunks: list[StoredChunk]) -> list[int]:
    present = {chunk.sequence for chunk in chunks}
    gaps = (number for number in range(chunks[-1].sequence) if number not in present)
    return [number for number, _ in zip(gaps, range(MAX_MISSING), strict=False)]
