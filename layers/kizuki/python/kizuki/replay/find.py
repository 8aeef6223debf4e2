"""Recordings that are in several lists at once, newest first, without reading any list to its end.

Each list is sorted; whoever is furthest behind says where the others go on (a leapfrog join, Veldhuizen 2014). What is
read grows with the shortest list, however long the others are.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Protocol

ReadPage = Callable[[str], list[str]]
"""Read keys below the one given, greatest first; an empty list is the end."""
FIRST = "~"
"""Above every key."""


class Stream(Protocol):
    def seek(self, below: str) -> str | None:
        """Return the greatest key below, None when there is none. What is asked for only ever falls."""


class Listed:
    """One list of the index, read a page at a time from where it is asked for."""

    def __init__(self, read: ReadPage) -> None:
        self._read = read
        self._page: list[str] = []
        self._top = ""

    def seek(self, below: str) -> str | None:
        # The page, ascending, holds every key of the list from its first to the one it was read below.
        if not self._page or below <= self._page[0] or below > self._top:
            self._page = self._read(below)[::-1]
            self._top = below
        place = bisect_left(self._page, below)
        return self._page[place - 1] if place else None


class Union:
    """What is in one of several lists."""

    def __init__(self, streams: list[Stream]) -> None:
        self._streams = streams

    def seek(self, below: str) -> str | None:
        return max((key for stream in self._streams if (key := stream.seek(below)) is not None), default=None)


def together(streams: list[Stream], *, below: str = FIRST, least: str = "") -> Iterator[str]:
    """Yield, greatest first, the keys that are in every stream, from below `below` down to `least`."""
    while (agreed := _agreed(streams, below)) is not None and agreed >= least:
        yield agreed
        below = agreed


def _agreed(streams: list[Stream], below: str) -> str | None:
    key = streams[0].seek(below)
    waiting = streams[1:]
    while key is not None and waiting:
        found = waiting[0].seek(just_above(key))
        if found == key:
            waiting = waiting[1:]
        elif found is None:
            return None
        else:
            # Everybody goes on from the one that is furthest behind.
            key = streams[0].seek(just_above(found))
            waiting = streams[1:]
    return key


def just_above(key: str) -> str:
    return f"{key}\0"
