"""What a notification says, in words and one line each: the same in Slack, mail and LINE."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from itertools import accumulate
from urllib.parse import quote
from zoneinfo import ZoneInfo

from kizuki.notifications.catalogue import DEVICES, EVENTS, TEXTS, Locale
from kizuki.notifications.model import Notification
from kizuki.notifications.properties import shown

PROPERTIES = 10
LINES = 4
"""Of a campaign's words; the story has the rest."""
WORD = 300


def headline(notification: Notification, locale: Locale) -> str:
    """Say who did what; of an alert, its title."""
    if notification.alert is not None:
        return notification.alert.title[locale]
    event = event_name(notification, locale)
    return TEXTS[locale]["header"].format(
        event=event, person=person(notification, locale), visit=_visit(notification, locale)
    )


def event_name(notification: Notification, locale: Locale) -> str:
    return EVENTS[locale].get(notification.event.name, notification.event.name)


def person(notification: Notification, locale: Locale) -> str:
    person = notification.person
    if person.name or person.email:
        return person.name or person.email or ""
    # A member's id is the site's own and means something; a device's is random, its beginning tells it apart.
    if person.id.startswith("u:"):
        return person.id[2:]
    return TEXTS[locale]["anonymous"].format(id=person.id[2:10])


def message_lines(notification: Notification, locale: Locale) -> list[str]:
    """Return the first lines of what a campaign or an alert says."""
    text = notification.alert.text[locale] if notification.alert is not None else notification.text
    return [line for line in (text or "").splitlines() if line.strip()][:LINES]


def properties(notification: Notification, locale: Locale) -> list[tuple[str, str]]:
    return shown(notification.event.properties, locale, limit=PROPERTIES)


def device(notification: Notification, locale: Locale) -> str:
    device = notification.event.device
    if device is None:
        return ""
    return " · ".join(
        word for word in (DEVICES[locale].get(device.type, device.type), device.browser, device.os) if word
    )


def rule(notification: Notification, locale: Locale) -> str:
    return TEXTS[locale]["rule"].format(rule=notification.rule.name)


def links(notification: Notification, locale: Locale) -> list[tuple[str, str, str]]:
    """Return what leads into the console: name, label and address of each."""
    texts = TEXTS[locale]
    if notification.alert is not None:
        return [("open", texts["open"], notification.links.story)] if notification.links.story else []
    found = [("story", notification.links.story), ("replay", notification.links.replay)]
    return [(name, texts[name], url) for name, url in found if url]


def details(notification: Notification, locale: Locale) -> list[str]:
    """Return everything a message says below its headline, a line each, for channels that show plain text."""
    event, texts = notification.event, TEXTS[locale]
    lines = [one_line(line) for line in message_lines(notification, locale)]
    lines += [f"{one_line(label)}: {one_line(value)}" for label, value in properties(notification, locale)]
    if page := " ".join(part for part in (event.title, event.url) if part):
        lines.append(f"{texts['page']}: {one_line(page, 2 * WORD)}")
    moment = datetime.fromisoformat(notification.occurred_at).astimezone(ZoneInfo(notification.manner.timezone))
    lines.append(
        one_line(" · ".join(part for part in (f"{moment:%Y-%m-%d %H:%M:%S %Z}", device(notification, locale)) if part))
    )
    return [*lines, one_line(rule(notification, locale))]


def one_line(text: str, limit: int = WORD, escapes: Mapping[str, str] | None = None) -> str:
    """Write `text` on one line, escaped, in at most `limit` UTF-16 units: so Slack's JavaScript and LINE count."""
    escapes = escapes or {}
    # A line break could fake a second field; an invisible character (bidirectional override) another address.
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    pieces = [escapes.get(c, c) for c in line] or ["-"]
    lengths = list(accumulate(map(size, pieces)))
    if lengths[-1] <= limit:
        return "".join(pieces)
    return "".join(pieces[: bisect_right(lengths, limit - 1)]) + "…"


def size(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def log_url(notification: Notification) -> str | None:
    """Return the address of the delivery log in the console that the notification links to."""
    console, found, _ = notification.links.story.partition("/sites/")
    return f"{console}/sites/{quote(notification.site, safe='')}/deliveries" if found else None


def _visit(notification: Notification, locale: Locale) -> str:
    if notification.session is None:
        return ""
    n = notification.session.n
    return TEXTS[locale]["first_visit"] if n == 1 else TEXTS[locale]["visit"].format(n=n)
