"""What a language has to say to put conditions into words."""

from typing import Literal, NamedTuple

Locale = Literal["ja", "en"]
Words = dict[Locale, str]


class Frame(NamedTuple):
    """The sentences around a comparison: that it holds or not, and the same told of a value that was seen."""

    holds: str
    fails: str
    held: str
    failed: str


class Window(NamedTuple):
    """A window in a sentence, and before a noun."""

    within: str
    of: str


class Texts(NamedTuple):
    """Templates. Quotes hold what people wrote; what stands bare is a path or a number."""

    quoted: str
    bare: str
    either: tuple[str, str]
    """What stands between alternatives, and before the last of them."""
    more: str
    """What follows a list that was cut short."""
    nothing: str
    conjunction: dict[str, str]
    bracketed: str
    negated: str
    always: str
    never: str
    unreadable: str
    where: str
    units: dict[str, tuple[str, str]]
    windows: dict[str, Window]
    events: dict[str, str]
    subjects: dict[str, str]
    context: dict[str, str]
    statistics: dict[str, str]
    """By function; `.any` where every event counts, `.noun` for its name where the sentence takes something else."""
    frames: dict[str, Frame]
    bounds: dict[str, str]
    unbounds: dict[str, str]
    """Bounds where they do not hold; where a language says that with the verb, nothing differs."""
    actual: str
    missing: str
    unmet: str
    weekdays: dict[str, str]
    weekday: str
    weekday_range: str
    either_weekday: tuple[str, str]
    latest: str
    """When the steps of a sequence were met last."""
    clock: str
    moment: str
