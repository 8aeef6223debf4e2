"""A notification: what evaluate puts on the queue and notify delivers."""

from datetime import datetime
from typing import Any

import msgspec

from kizuki.errors import MalformedError
from kizuki.rules.ruleset import HoursSpec


class Rule(msgspec.Struct, frozen=True):
    id: str
    name: str


class Person(msgspec.Struct, frozen=True):
    id: str
    name: str | None = None
    email: str | None = None
    traits: dict[str, Any] = {}


class Session(msgspec.Struct, frozen=True):
    id: str
    n: int


class Device(msgspec.Struct, frozen=True):
    type: str
    browser: str
    os: str


class Happening(msgspec.Struct, frozen=True):
    """The event that the rule matched."""

    name: str
    type: str
    message_id: str
    properties: dict[str, Any] = {}
    url: str | None = None
    title: str | None = None
    device: Device | None = None


class Links(msgspec.Struct, frozen=True):
    """Into the console: the person's story, and the replay at this very moment when there is one."""

    story: str
    replay: str | None = None


class Manner(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the rule wants it told. Its receivers never see this."""

    timezone: str = "UTC"
    every: str | None = None
    """Of a digest: `10m`, `hourly` or `daily`, this at `at`."""
    at: str = "10:00"
    hours: HoursSpec | None = None
    quiet: dict[str, int] = {}
    """Seconds of quiet that this begins, by what it keeps quiet about beside one person: the rule, a company."""
    group: str | None = None
    """Whom it is about: a person, or a company. Threads gather by it."""
    mention: list[str] = []


class Alert(msgspec.Struct, frozen=True):
    """What Kizuki itself has to say, in each language; such a notification is of no visitor."""

    title: dict[str, str]
    text: dict[str, str]


AT_ONCE = Manner()


class Notification(msgspec.Struct, frozen=True):
    """Delivered once per `id`. `occurred_at` is ISO 8601, UTC."""

    id: str
    site: str
    rule: Rule
    destination: str
    occurred_at: str
    person: Person
    event: Happening
    links: Links
    session: Session | None = None
    text: str | None = None
    """What a campaign says; a rule says only what happened."""
    manner: Manner = AT_ONCE
    alert: Alert | None = None


class Wake(msgspec.Struct, frozen=True, tag_field="kind", tag="wake"):
    """A message of the queue that says no more than: look after this destination."""

    site: str
    destination: str


def notification_id(rule: str, message_id: str, *, destination: str | None = None, moment: str = "") -> str:
    """Name a notification: a rule speaks once about an event, however often the event is evaluated.

    `destination` is that of a further one; `moment` what else the event was (a goal, a suppression).
    """
    told = rule if destination is None else f"{rule}@{destination}"
    return f"{told}:{message_id}{moment}"


encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Notification).decode
_decode_wake = msgspec.json.Decoder(Wake).decode
WAKING = '{"kind":"wake"'


def decode(body: bytes | str) -> Notification:
    """Read a notification. Raises MalformedError."""
    try:
        notification = _decode(body)
        datetime.fromisoformat(notification.occurred_at)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
        raise MalformedError("malformed_notification", f"not a notification: {error}") from error
    return notification


def decode_message(body: str) -> Notification | Wake:
    """Read a message of the queue. Raises MalformedError."""
    if not body.startswith(WAKING):
        return decode(body)
    try:
        return _decode_wake(body)
    except msgspec.MsgspecError as error:
        raise MalformedError("malformed_notification", f"not a message of this queue: {error}") from error
