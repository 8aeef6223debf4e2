"""Notifications as LINE messages (Messaging API push, https://developers.line.biz/en/reference/messaging-api/)."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from kizuki.notifications import gathered, wording
from kizuki.notifications.catalogue import Locale
from kizuki.notifications.gathered import Gathering
from kizuki.notifications.model import Notification

API = "https://api.line.me"
PATH = "/v2/bot/message/push"
MAX_TEXT = 5000
"""UTF-16 units of one text message."""
ALREADY_ACCEPTED = 409
"""LINE's answer to a retry key of which it has accepted a request before."""


def text(notification: Notification, locale: Locale) -> str:
    links = [f"{label}\n{url}" for _, label, url in wording.links(notification, locale)]
    lines = [wording.one_line(wording.headline(notification, locale)), *wording.details(notification, locale)]
    return _within("\n".join([*lines, *links]))


def summary(gathering: Gathering, locale: Locale) -> str:
    return _within("\n".join([gathered.headline(gathering, locale), *gathered.plain_lines(gathering, locale)]))


def payload(to: str, text: str) -> dict[str, Any]:
    return {"to": to, "messages": [{"type": "text", "text": text}]}


def retry_key(id: str) -> str:
    """Name a message for LINE: the same on every attempt, so that it is shown once."""
    return str(UUID(bytes=sha256(id.encode()).digest()[:16], version=4))


def _within(text: str) -> str:
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) <= 2 * MAX_TEXT:
        return text
    return encoded[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
