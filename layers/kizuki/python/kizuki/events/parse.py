"""Read a Segment tracking request into events, each refused one kept apart with its reason.

Source: the Segment spec and HTTP tracking API (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/).
"""

from typing import Any, get_args
from uuid import uuid4

import msgspec

from kizuki.errors import CallerError, MalformedError, TooLargeError
from kizuki.events.device import device
from kizuki.events.limits import (
    MAX_DEPTH,
    MAX_EVENT_BYTES,
    MAX_ID_LENGTH,
    check_length,
    check_number,
    check_shared,
    check_values,
    may_hold_too_much,
)
from kizuki.events.model import Event, Kind, lookup, person_of
from kizuki.events.times import epoch_ms

CLOCK_TOLERANCE_MS = 5_000

# Ids that clients send when they have none; merging on one of them would make one person of everybody.
PLACEHOLDER_IDS = frozenset({
    "", "0", "-1", "anonymous", "false", "guest", "id", "n/a", "nan", "none", "null", "true", "undefined", "unknown",
    "[object object]",
})  # fmt: skip


class SegmentEvent(msgspec.Struct, rename="camel"):
    """One call as it comes over the wire."""

    type: Kind
    event: str | None = None
    name: str | None = None
    category: str | None = None
    message_id: str | None = None
    anonymous_id: str | int | None = None
    user_id: str | int | None = None
    group_id: str | int | None = None
    previous_id: str | int | None = None
    timestamp: str | None = None
    sent_at: str | None = None
    properties: dict[str, Any] | None = None
    traits: dict[str, Any] | None = None
    context: dict[str, Any] | None = None


class Envelope(msgspec.Struct, rename="camel"):
    batch: list[msgspec.Raw]
    write_key: str | None = None
    sent_at: str | None = None
    context: dict[str, Any] | None = None


class Key(msgspec.Struct, rename="camel"):
    write_key: str | None = None


class Refusal(msgspec.Struct, rename="camel", omit_defaults=True):
    """One event that was not accepted: where it stood in the request and why. `event` is what was sent."""

    index: int
    code: str
    reason: str
    path: str
    message_id: str | None = None
    limit: int | None = None
    event: str = ""


class Accepted(msgspec.Struct):
    index: int
    event: Event


class Batch(msgspec.Struct):
    accepted: list[Accepted]
    refused: list[Refusal]


_decode_envelope = msgspec.json.Decoder(Envelope).decode
_decode_event = msgspec.json.Decoder(SegmentEvent).decode
_decode_any = msgspec.json.Decoder().decode
_decode_key = msgspec.json.Decoder(Key).decode


def write_key(body: bytes) -> str | None:
    """Find the key that browsers put in the body."""
    key: Key = _decoded(_decode_key, body, "")
    return key.write_key


def parse(body: bytes, *, received_at: int, kind: Kind | None = None, context: dict[str, Any] | None = None) -> Batch:
    """Read a `/v1/batch` body, or with `kind` the body of that single call.

    `context` is what the request itself tells (user agent, IP's country); a client's own context wins.
    Raises MalformedError or TooLargeError where there is no batch to speak of.
    """
    shared: dict[str, Any] = {}
    if kind is not None:
        raws, paths, sent_at = [body], ["$"], None
    else:
        envelope = _decoded(_decode_envelope, body, "$")
        raws = [bytes(raw) for raw in envelope.batch]
        paths = [f"batch[{index}]" for index in range(len(raws))]
        sent_at, shared = envelope.sent_at, envelope.context or {}
        check_number(len(raws))
        check_shared(shared, len(raws))
    batch = Batch([], [])
    for index, (raw, path) in enumerate(zip(raws, paths, strict=True)):
        try:
            event = _event(raw, path, kind=kind, sent_at=sent_at, received_at=received_at)
        except CallerError as error:
            batch.refused.append(_refusal(index, path, raw, error))
        else:
            _complete(event, (context or {}) | shared)
            batch.accepted.append(Accepted(index, event))
    return batch


def _decoded(decode: Any, raw: bytes, path: str) -> Any:
    try:
        return decode(raw)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        if "enum value" in message and where.startswith(".type"):
            message += f"; the types are {', '.join(get_args(Kind))}"
        raise MalformedError("invalid_event", message, path=_joined(path, where.rstrip("`"))) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedError("malformed_json", f"not JSON: {error}", path=path or "$") from error
    except RecursionError as error:
        raise MalformedError(
            "too_deep", f"nested deeper than {MAX_DEPTH} levels", path=path, limit=MAX_DEPTH
        ) from error


def _joined(path: str, field: str) -> str:
    """Name a place as people write it: `$` is the body itself, a field of it needs no prefix."""
    return (path + field).removeprefix("$").lstrip(".") or "$"


def _event(raw: bytes, path: str, *, kind: Kind | None, sent_at: str | None, received_at: int) -> Event:
    if len(raw) > MAX_EVENT_BYTES:
        reason = f"the event is {len(raw)} bytes, over the limit of {MAX_EVENT_BYTES}"
        raise TooLargeError("event_too_large", reason, path=path, limit=MAX_EVENT_BYTES)
    if kind is not None:
        raw = _with_kind(raw, kind, path)
    sent: SegmentEvent = _decoded(_decode_event, raw, path)
    anonymous_id = _id(sent.anonymous_id, f"{path}.anonymousId")
    user_id = _id(sent.user_id, f"{path}.userId")
    if anonymous_id is None and user_id is None:
        raise MalformedError("missing_id", "an event needs anonymousId or userId", path=path)
    if sent.type == "track" and not sent.event:
        raise MalformedError("missing_event", "a track call needs the name of its event", path=f"{path}.event")
    group_id = _id(sent.group_id, f"{path}.groupId")
    if sent.type == "group" and group_id is None:
        raise MalformedError("missing_id", "a group call needs groupId", path=f"{path}.groupId")
    previous_id = _id(sent.previous_id, f"{path}.previousId")
    if sent.type == "alias" and previous_id is None:
        raise MalformedError("missing_id", "an alias call needs previousId", path=f"{path}.previousId")
    message_id = sent.message_id or str(uuid4())
    check_length(message_id, f"{path}.messageId")
    name = sent.event if sent.type == "track" and sent.event else sent.type
    check_length(name, f"{path}.event")
    properties = dict(sent.properties or {})
    for field, value in (("name", sent.name), ("category", sent.category)):
        if value is not None and sent.type in {"page", "screen"}:
            properties.setdefault(field, value)
    event = Event(
        message_id=message_id,
        type=sent.type,
        name=name,
        person=person_of(user_id, anonymous_id),
        occurred_at=_occurred_at(sent, sent.sent_at or sent_at, received_at, path),
        received_at=received_at,
        anonymous_id=anonymous_id,
        user_id=user_id,
        group_id=group_id,
        previous_id=previous_id,
        properties=properties,
        traits=sent.traits or {},
        context=sent.context or {},
    )
    if may_hold_too_much(raw):
        for field in ("properties", "traits", "context"):
            check_values(getattr(event, field), f"{path}.{field}")
    return event


def _with_kind(raw: bytes, kind: Kind, path: str) -> bytes:
    """Give a single call's body the type that its address names."""
    document = _decoded(_decode_any, raw, path)
    if not isinstance(document, dict):
        raise MalformedError("invalid_event", f"Expected `object`, got `{type(document).__name__}`", path=path)
    return msgspec.json.encode(document | {"type": kind})


def _id(value: str | int | None, path: str) -> str | None:
    if value is None:
        return None
    text = str(value).strip()
    if text.lower() in PLACEHOLDER_IDS:
        raise MalformedError("placeholder_id", f"{text!r} stands for no id, it cannot be one", path=path)
    check_length(text, path)
    return text


def _occurred_at(sent: SegmentEvent, sent_at: str | None, received_at: int, path: str) -> int:
    """Correct a client's clock that is wrong: what matters is how long before sending it happened (Segment's rule).

    A clock that agrees with ours is left alone: correcting by the time a request took would shuffle events.
    """
    if sent.timestamp is None:
        return received_at
    occurred = _time(sent.timestamp, f"{path}.timestamp")
    if sent_at is not None:
        skew = received_at - _time(sent_at, "sentAt")
        occurred += skew if abs(skew) > CLOCK_TOLERANCE_MS else 0
    return max(0, min(occurred, received_at + CLOCK_TOLERANCE_MS))


def _time(text: str, path: str) -> int:
    try:
        return epoch_ms(text)
    except ValueError as error:
        raise MalformedError("invalid_time", f"{text[:40]!r} is not an ISO 8601 time", path=path) from error


def _complete(event: Event, shared: dict[str, Any]) -> None:
    """Add what the request and its user agent tell."""
    event.context = shared | event.context
    session_id = lookup(event.context, "session.id")
    if isinstance(session_id, str) and 0 < len(session_id) <= MAX_ID_LENGTH:
        event.session_id = session_id
    user_agent = event.context.get("userAgent")
    if isinstance(user_agent, str):
        event.context = event.context | {"device": device(user_agent)}


def _refusal(index: int, path: str, raw: bytes, error: CallerError) -> Refusal:
    message_id = None
    try:
        document = _decode_any(raw)
        if isinstance(document, dict) and isinstance(document.get("messageId"), str):
            message_id = document["messageId"][:MAX_ID_LENGTH]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass  # its id is a courtesy: what cannot be read has none
    return Refusal(
        index=index,
        code=error.code,
        reason=error.message,
        path=_joined(error.path or path, ""),
        message_id=message_id,
        limit=error.limit,
        event=raw.decode(errors="replace"),
    )
