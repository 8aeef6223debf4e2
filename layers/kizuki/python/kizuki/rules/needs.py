"""What conditions need to be kept of a person's events: the series behind statistics and sequences."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

import msgspec

Document = dict[str, Any]

SINCE = {"since_first": "first_at", "since_last": "last_at"}
KEY_BYTES = 6

_encode = msgspec.json.Encoder(order="sorted").encode


class Source(msgspec.Struct, frozen=True):
    """One series: a function (of visitors/accumulators.py), and the events and values it is over."""

    of: str
    event: str | list[str] | None
    path: str | None
    where: list[Document]

    @property
    def key(self) -> str:
        """Name the series by what it is: the same question of two rules is kept once."""
        names = sorted({self.event} if isinstance(self.event, str) else set(self.event)) if self.event else None
        told = _encode([self.of, names, self.path, sorted(_encode(each) for each in self.where)])
        return urlsafe_b64encode(blake2b(told, digest_size=KEY_BYTES).digest()).decode()


class Coverage(msgspec.Struct, frozen=True, array_like=True):
    """Which windows of a series are read: all time, this many days, visits."""

    ever: bool = False
    days: int = 0
    visit: bool = False

    def __or__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.ever or other.ever, max(self.days, other.days), self.visit or other.visit)

    def holds(self, other: "Coverage") -> bool:
        """Tell whether what is kept for this answers the other too."""
        return self | other == self


def series_key(statistic: Document) -> str:
    """Name the series that a statistic reads."""
    return _source(statistic).key


def sequence_keys(sequence: Document) -> tuple[str, str]:
    """Name the series of a sequence's two steps."""
    first, then = (_step(sequence[step]).key for step in ("first", "then"))
    return first, then


def needs_of(conditions: Iterable[Document]) -> Iterator[tuple[Source, Coverage]]:
    """Yield every series that these conditions (each without what is inside it) read, and how."""
    for condition in conditions:
        match condition.get("type"):
            case "statistic":
                yield _source(condition), _coverage(condition.get("window", "all"))
            case "sequence":
                yield _step(condition["first"]), Coverage(ever=True)
                yield _step(condition["then"]), Coverage(ever=True)


def _source(statistic: Document) -> Source:
    of: str = statistic["of"]
    of = SINCE.get(of, of)
    return Source(of, statistic.get("event"), statistic.get("path"), _plain(statistic.get("where")))


def _step(step: Document) -> Source:
    return Source("times", step["event"], None, _plain(step.get("where")))


def _plain(where: list[Document] | None) -> list[Document]:
    """Leave out what says nothing, so that a document written by hand and a checked one are the same."""
    return [{name: value for name, value in each.items() if value is not None} for each in where or []]


def _coverage(window: Any) -> Coverage:
    match window:
        case "all":
            return Coverage(ever=True)
        case "visit" | "previous_visit":
            return Coverage(visit=True)
        case "today":
            return Coverage(days=1)
        case {"days": int(days)}:
            return Coverage(days=days)
    raise ValueError(f"{window!r} is no window")
