"""Notifications as e-mail: a subject, plain text and HTML. Everything a visitor sent is text in both."""

from html import escape

import msgspec

from kizuki.notifications import gathered, wording
from kizuki.notifications.catalogue import TEXTS, Locale
from kizuki.notifications.gathered import Gathering
from kizuki.notifications.model import Notification

SUBJECT = 150
STYLE = "font-family:sans-serif;font-size:14px;line-height:1.6;color:#1a1a1a"


class Mail(msgspec.Struct, frozen=True):
    """`subject` is one line: no header can be added to it."""

    subject: str
    text: str
    html: str


def mail(notification: Notification, locale: Locale) -> Mail:
    """Write one notification."""
    subject = wording.one_line(wording.headline(notification, locale), SUBJECT)
    lines, links = wording.details(notification, locale), wording.links(notification, locale)
    text = "\n".join([subject, "", *lines, "", *(f"{label}: {url}" for _, label, url in links), ""])
    body = [f'<h2 style="font-size:16px">{escape(subject)}</h2>', f"<p>{'<br>'.join(map(escape, lines))}</p>"]
    if links:
        body.append(f"<p>{' &nbsp; '.join(_link(label, url) for _, label, url in links)}</p>")
    return Mail(subject, text, _page(body, locale))


def summary(gathering: Gathering, locale: Locale) -> Mail:
    """Write many notifications."""
    subject = wording.one_line(gathered.headline(gathering, locale), SUBJECT)
    texts = TEXTS[locale]
    body = [f'<h2 style="font-size:16px">{escape(subject)}</h2>']
    for part in gathering.parts:
        body.append(f'<h3 style="font-size:14px">{escape(gathered.part_title(part, locale))}</h3><ul>')
        for line in part.lines:
            links = [("story_short", line.story), ("replay_short", line.replay)]
            ours = "".join(f" · {_link(texts[name], url)}" for name, url in links if url)
            body.append(f"<li>{escape(line.text)}{ours}</li>")
        body.append("</ul>")
    if (more := gathered.rest(gathering, locale, gathering.told)) is not None:
        body.append(f"<p>{escape(more)}</p>")
    if gathering.log:
        body.append(f"<p>{_link(texts['log'], gathering.log)}</p>")
    text = "\n".join([subject, "", *gathered.plain_lines(gathering, locale), ""])
    return Mail(subject, text, _page(body, locale))


def _link(label: str, url: str) -> str:
    """Link into the console; an address that is none of the web is only shown."""
    if not url.startswith(("https://", "http://")):
        return escape(url)
    return f'<a href="{escape(url)}">{escape(label)}</a>'


def _page(body: list[str], locale: Locale) -> str:
    inside = "".join(body)
    return f'<!doctype html><html lang="{locale}"><body style="{STYLE}">{inside}</body></html>'
