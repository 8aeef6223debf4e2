"""While a campaign or a rule was live and written for the same people at the same moments: what can be learned from."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from kizuki.absence.pulse import SubjectKind

FIELDS: dict[SubjectKind, tuple[str, ...]] = {
    "campaign": (
        "trigger",
        "moment",
        "delay_seconds",
        "page",
        "audience",
        "schedule",
        "control_percent",
        "caps",
        "stop_after",
        "exclusion_group",
        "ignore_spacing",
        "priority",
    ),
    "rule": ("when", "enabled"),
}
"""What decides to whom it comes, and when. What it says does not: a message whose words were broken is to be missed."""

_encode = msgspec.json.Encoder(order="deterministic").encode


class Span(NamedTuple):
    """From `start` to `end` (epoch ms); an `end` of None is still going on."""

    start: int
    end: int | None


class Written(NamedTuple):
    """A version: when it was written (epoch ms), whether it was live, and the document."""

    at: int
    live: bool
    document: Mapping[str, Any]


def spans(kind: SubjectKind, versions: Iterable[Written]) -> list[Span]:
    """Return the spans of a document's versions, the oldest first in both."""
    found: list[Span] = []
    known: bytes | None = None
    for version in versions:
        told = _encode({name: version.document.get(name) for name in FIELDS[kind]}) if version.live else None
        if told == known:
            continue
        if known is not None:
            found[-1] = Span(found[-1].start, version.at)
        if told is not None:
            found.append(Span(version.at, None))
        known = told
    return found
