"""A notification: what evaluate puts on the queue and notify delivers."""

from typing import Any

import msgspec

from kizuki.errors import MalformedError


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


def notification_id(rule: str, message_id: str) -> str:
    """Name a notification: a rule speaks once about an event, however often the event is evaluated."""
    return f"{rule}:{message_id}"


encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Notification).decode


def decode(body: bytes | str) -> Notification:
    """Read a message of the queue. Raises MalformedError."""
    try:
        return _decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MalformedError("malformed_notification", f"not a notification: {error}") from error
