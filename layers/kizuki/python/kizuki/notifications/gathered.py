"""Many notifications as one message: counted, grouped by rule, each with a line and its links while there is room."""

from collections.abc import Iterable

import msgspec

from kizuki.notifications import wording
from kizuki.notifications.catalogue import TEXTS, Locale
from kizuki.notifications.model import Notification

MAX_RULES = 12
MAX_LINES = 30
"""In one message, shared out among its rules."""
HEADLINE = 120
MAX_URL = 500


class Line(msgspec.Struct, frozen=True):
    text: str
    story: str
    replay: str | None


class Part(msgspec.Struct, frozen=True):
    """What one rule found: how often, and the newest of it."""

    rule: str
    name: str
    count: int
    lines: list[Line] = []


class Gathering(msgspec.Struct, frozen=True):
    count: int
    parts: list[Part]
    log: str | None
    """The delivery log, which has all of them."""
    digest: str | None = None
    """The name of the rule whose digest it is; None for what came too fast."""

    @property
    def told(self) -> int:
        return sum(len(part.lines) for part in self.parts)


def gather(notifications: list[Notification], locale: Locale, *, digest: bool = False) -> Gathering:
    """Group notifications by rule, those with most first."""
    by_rule: dict[str, list[Notification]] = {}
    for notification in notifications:
        by_rule.setdefault(notification.rule.id, []).append(notification)
    ordered = sorted(by_rule.values(), key=len, reverse=True)[:MAX_RULES]
    room = max(MAX_LINES // len(ordered), 1)
    parts = [
        Part(some[0].rule.id, some[0].rule.name, len(some), [_line(each, locale) for each in some[-room:]])
        for some in ordered
    ]
    first = notifications[0]
    return Gathering(len(notifications), parts, wording.log_url(first), first.rule.name if digest else None)


def joined(before: Gathering, after: Gathering) -> Gathering:
    """Add what came later to a message that is out already."""
    known = {part.rule: part for part in before.parts}
    for part in after.parts:
        earlier = known.get(part.rule)
        count = part.count + (earlier.count if earlier else 0)
        known[part.rule] = Part(part.rule, part.name, count, [*(earlier.lines if earlier else []), *part.lines])
    ordered = sorted(known.values(), key=lambda part: part.count, reverse=True)[:MAX_RULES]
    room = max(MAX_LINES // len(ordered), 1)
    parts = [msgspec.structs.replace(part, lines=part.lines[-room:]) for part in ordered]
    return Gathering(before.count + after.count, parts, after.log or before.log, after.digest)


def headline(gathering: Gathering, locale: Locale) -> str:
    texts = TEXTS[locale]
    if gathering.digest is not None:
        return texts["digest"].format(rule=gathering.digest, n=f"{gathering.count:,}")
    return texts["gathered" if gathering.count != 1 else "gathered_one"].format(n=f"{gathering.count:,}")


def rest(gathering: Gathering, locale: Locale, told: int) -> str | None:
    """Say how many have no line of their own."""
    left = gathering.count - told
    return TEXTS[locale]["more"].format(n=f"{left:,}") if left > 0 else None


def part_title(part: Part, locale: Locale) -> str:
    return TEXTS[locale]["part"].format(rule=part.name, n=f"{part.count:,}")


def plain_lines(gathering: Gathering, locale: Locale) -> Iterable[str]:
    """Say it in plain text, a line each."""
    for part in gathering.parts:
        yield f"■ {wording.one_line(part_title(part, locale))}"
        for line in part.lines:
            yield f"・{line.text}"
            yield f"  {line.replay or line.story}"
    if (more := rest(gathering, locale, gathering.told)) is not None:
        yield more
    if gathering.log:
        yield f"{TEXTS[locale]['log']}: {gathering.log}"


def _line(notification: Notification, locale: Locale) -> Line:
    links = notification.links
    return Line(
        wording.one_line(wording.headline(notification, locale), HEADLINE),
        links.story if len(links.story) <= MAX_URL else "",
        links.replay if links.replay and len(links.replay) <= MAX_URL else None,
    )
