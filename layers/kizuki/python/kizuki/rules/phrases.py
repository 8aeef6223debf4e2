"""The parts of a sentence about a condition: values, amounts, windows, moments."""

import re
from datetime import datetime
from typing import Any

import msgspec

from kizuki.rules.catalogue import Texts

MAX_LISTED = 20
MAX_SEEN = 200
PLAIN_PATH = re.compile(r"[\w$.\[\]-]+", re.ASCII)
DURATIONS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MANY = 3
"""Weekdays in a row that are told as a range."""


class Phrases:
    """The phrases of one language."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def window(self, window: str | dict[str, Any] | None) -> tuple[str, str]:
        if window is None:
            return "", ""
        if isinstance(window, dict):
            days = window["days"]
            texts = self.texts.windows["day" if days == 1 else "days"]
            return texts.within.format(n=days), texts.of.format(n=days)
        return self.texts.windows[window]

    def time(self, condition: dict[str, Any]) -> str:
        since, weekdays = condition.get("since"), condition.get("weekdays")
        clock = self.texts.clock.format(since=since, until=condition["until"]) if since else None
        if not weekdays:
            return self.texts.bare.format(clock)
        days = self._weekdays(sorted({WEEKDAYS.index(day) for day in weekdays}))
        return self.texts.moment.format(days=days, clock=self.texts.bare.format(clock)) if clock else days

    def _weekdays(self, days: list[int]) -> str:
        names = [self.texts.weekdays[WEEKDAYS[day]] for day in days]
        in_a_row = len(days) >= MANY and days[-1] - days[0] == len(days) - 1
        if in_a_row:
            return self.texts.weekday.format(self.texts.weekday_range.format(first=names[0], last=names[-1]))
        return self.texts.weekday.format(_listed(names, *self.texts.either_weekday))

    def moment(self, seen: str) -> str:
        at = datetime.fromisoformat(seen)
        return self.texts.moment.format(
            days=self._weekdays([at.weekday()]), clock=self.texts.bare.format(f"{at:%H:%M}")
        )

    def latest(self, first: str, then: str, seen: dict[str, list[str]]) -> str:
        """Say when the two steps of a sequence were met last, by the site's clocks."""
        first_at, then_at = (
            self.texts.bare.format(f"{datetime.fromisoformat(times[-1]):%Y-%m-%d %H:%M}") if times else self.texts.unmet
            for times in (seen["first"], seen["then"])
        )
        return self.texts.latest.format(first=first, then=then, first_at=first_at.rstrip(), then_at=then_at)

    def counted(self, unit: str, number: float) -> str:
        one, many = self.texts.units[unit]
        return self.texts.bare.format(f"{_number(number)} {one if number == 1 else many}".strip()).rstrip()

    def duration(self, seconds: float) -> str:
        sign, rest = "-" if seconds < 0 else "", round(abs(seconds), 3)
        parts = []
        for size, unit in DURATIONS:
            whole, rest = divmod(rest, size)
            if whole:
                parts.append((whole, unit))
        rest = round(rest, 3)
        if rest or not parts:
            parts.append((rest, "second"))
        told = [f"{_number(n)} {self.texts.units[unit][0 if n == 1 else 1]}" for n, unit in parts]
        return self.texts.bare.format(sign + " ".join(told)).rstrip()

    def values(self, value: Any) -> str:
        if not isinstance(value, list):
            return self.value(value)
        if not value:
            return self.texts.nothing
        if len(value) > MAX_LISTED:
            return self.seen(value)
        return _listed([self.value(each) for each in value], *self.texts.either)

    def seen(self, value: Any) -> str:
        if isinstance(value, list):
            told = _enumerated([self.value(each) for each in value[:MAX_LISTED]], self.texts.either[0])
            more = len(value) - MAX_LISTED
            return told.rstrip() + self.texts.more.format(n=more) if more > 0 else told
        return self.value(value)

    def value(self, value: Any) -> str:
        if isinstance(value, str):
            return self.quoted(value[:MAX_SEEN])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.texts.bare.format(_number(value))
        return self.texts.bare.format(msgspec.json.encode(value).decode()[:MAX_SEEN])

    def path(self, path: str) -> str:
        return self.texts.bare.format(path) if PLAIN_PATH.fullmatch(path) else self.quoted(path)

    def quoted(self, text: str) -> str:
        return self.texts.quoted.format(text)


def _number(value: float) -> str:
    return f"{int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value:,}"


def _listed(items: list[str], comma: str, last: str) -> str:
    """Join alternatives: a, b or c."""
    *before, final = items
    return _enumerated(before, comma) + last + final if before else final


def _enumerated(items: list[str], comma: str) -> str:
    """Join with commas, which take no space beside them but their own."""
    text = comma.join(item.strip() for item in items)
    return " " * items[0].startswith(" ") + text + " " * items[-1].endswith(" ")
