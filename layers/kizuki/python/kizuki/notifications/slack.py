"""A notification as a Slack message (Block Kit).

Names, titles and properties come from visitors: they are escaped, so that `<!channel>` calls nobody, marked verbatim,
so that Slack makes no link of them, and cut to Slack's limits (https://docs.slack.dev/reference/block-kit/blocks).
"""

from bisect import bisect_right
from datetime import datetime
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from kizuki.notifications.catalogue import DEVICES, EVENTS, TEXTS, Locale
from kizuki.notifications.model import Notification
from kizuki.notifications.properties import shown

HEADER = 150
FIELDS = 10
BUTTON_URL = 3000
LINES = 4
"""Of a campaign's words; the story has the rest."""
PAGE_URL = 1500
# Keeps every block under its 3,000 and the whole message under the 13,200 characters that Slack takes.
WORD = 300
FALLBACK = 1000
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

Block = dict[str, Any]


def message(notification: Notification, locale: Locale) -> dict[str, Any]:
    """Render who did what, where and when, with buttons into the console."""
    texts = TEXTS[locale]
    event = EVENTS[locale].get(notification.event.name, notification.event.name)
    person = _person(notification, locale)
    header = texts["header"].format(event=event, person=person, visit=_visit(notification, locale))
    blocks: list[Block] = [
        {"type": "header", "text": _plain(header, HEADER)},
        *_text(notification),
        *_fields(notification, locale),
        *_page(notification, locale),
        {"type": "context", "elements": [_mrkdwn(text) for text in _circumstances(notification, locale)]},
        {"type": "actions", "elements": _buttons(notification, locale)},
    ]
    return {
        "text": _escaped(header, FALLBACK),
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _text(notification: Notification) -> list[Block]:
    if notification.text is None:
        return []
    lines = [_escaped(line) for line in notification.text.splitlines() if line.strip()]
    return [{"type": "section", "text": _mrkdwn("\n".join(lines[:LINES]))}] if lines else []


def _person(notification: Notification, locale: Locale) -> str:
    person = notification.person
    if person.name or person.email:
        return person.name or person.email or ""
    # A member's id is the site's own and means something; a device's is random, its beginning tells it apart.
    if person.id.startswith("u:"):
        return person.id[2:]
    return TEXTS[locale]["anonymous"].format(id=person.id[2:10])


def _visit(notification: Notification, locale: Locale) -> str:
    if notification.session is None:
        return ""
    n = notification.session.n
    return TEXTS[locale]["first_visit"] if n == 1 else TEXTS[locale]["visit"].format(n=n)


def _fields(notification: Notification, locale: Locale) -> list[Block]:
    pairs = shown(notification.event.properties, locale, limit=FIELDS)
    if not pairs:
        return []
    fields = [_mrkdwn(f"*{_escaped(label)}*\n{_escaped(value)}") for label, value in pairs]
    return [{"type": "section", "fields": fields}]


def _page(notification: Notification, locale: Locale) -> list[Block]:
    event = notification.event
    lines = [f"*{TEXTS[locale]['page']}*"]
    if event.title:
        lines.append(_escaped(event.title))
    if event.url:
        lines.append(_link(event.url))
    return [{"type": "section", "text": _mrkdwn("\n".join(lines))}] if len(lines) > 1 else []


def _link(url: str) -> str:
    label = _escaped(url)
    # `|` and `>` would end the link early; `@` and `\` make readers and browsers disagree about the host.
    address = quote(url, safe="/:?#[]!$'()*+,;=%&~-._").replace("&", "&amp;")
    plain = url.startswith(("https://", "http://")) and not set("@\\") & set(url.partition("?")[0])
    # The label is the address itself: whoever reads it sees where it leads, whatever the visitor called it.
    return f"<{address}|{label}>" if plain and len(address) <= PAGE_URL else label


def _circumstances(notification: Notification, locale: Locale) -> list[str]:
    moment = datetime.fromisoformat(notification.occurred_at)
    # Slack shows this in the reader's own time zone.
    when = f"<!date^{int(moment.timestamp())}^{{date_num}} {{time_secs}}|{_escaped(notification.occurred_at)}>"
    device = notification.event.device
    parts = [when]
    if device:
        words = (DEVICES[locale].get(device.type, device.type), device.browser, device.os)
        parts.append(_escaped(" · ".join(word for word in words if word)))
    return [*parts, _escaped(TEXTS[locale]["rule"].format(rule=notification.rule.name))]


def _buttons(notification: Notification, locale: Locale) -> list[Block]:
    links = {"story": notification.links.story, "replay": notification.links.replay}
    return [
        {"type": "button", "action_id": name, "text": _plain(TEXTS[locale][name], 75), "url": url}
        for name, url in links.items()
        if url and len(url) <= BUTTON_URL
    ]


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": _cut(text, limit, {}), "emoji": False}


def _escaped(text: str, limit: int = WORD) -> str:
    return _cut(text, limit, ESCAPES)


def _cut(text: str, limit: int, escapes: dict[str, str]) -> str:
    """Write `text` on one line, escaped, in at most `limit` UTF-16 units: so Slack's JavaScript counts."""
    # A line break could fake a second field; an invisible character (bidirectional override) another address.
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    pieces = [escapes.get(c, c) for c in line] or ["-"]
    lengths = list(accumulate(len(piece.encode("utf-16-le")) // 2 for piece in pieces))
    if lengths[-1] <= limit:
        return "".join(pieces)
    return "".join(pieces[: bisect_right(lengths, limit - 1)]) + "…"
