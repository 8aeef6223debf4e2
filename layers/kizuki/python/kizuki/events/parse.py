"""Read a Segment tracking request into events, each refused one kept apart with its reason."""

from typing import Any
from uuid import uuid4

import msgspec

from kizuki.errors import CallerError, MalformedError, TooLargeError
from kizuki.events.device import device
from kizuki.events.limits import (
    MAX_EVENT_BYTES,
    MAX_ID_LENGTH,
    check_length,
    check_number,
    check_shared,
    check_values,
)
from kizuki.events.model import Event, Kind, person_of
from kizuki.events.times import epoch_ms
from kizuki.events.wire import (
    UNREADABLE,
    Call,
    Envelope,
    PlainEnvelope,
    SegmentEvent,
    decode_any,
    decode_call,
    decode_envelope,
    decode_plain,
    decode_segment_event,
    decoded,
)

CLOCK_TOLERANCE_MS = 5_000

# Ids that clients send when they have none; merging on one of them would make one person of everybody.
PLACEHOLDER_IDS = frozenset({
    "", "0", "-1", "anonymous", "false", "guest", "id", "n/a", "nan", "none", "null", "true", "undefined", "unknown",
    "[object object]",
})  # fmt: skip
LONGEST_PLACEHOLDER = max(map(len, PLACEHOLDER_IDS))


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


class Surroundings(msgspec.Struct):
    """What the events of one request share."""

    received_at: int
    context: dict[str, Any]
    skew: int | None = 0
    """How wrong the sender's clock is, in milliseconds; None where that cannot be told."""

    def of(self, envelope: Envelope | PlainEnvelope) -> "Surroundings":
        """Add what the batch itself says. Raises for too many events, and for a context they cannot all hold."""
        context = envelope.context or {}
        check_number(len(envelope.batch))
        check_shared(context, len(envelope.batch))
        return Surroundings(self.received_at, self.context | context, _skew(envelope.sent_at, self.received_at))


def parse(body: bytes, *, received_at: int, kind: Kind | None = None, context: dict[str, Any] | None = None) -> Batch:
    """Read a `/v1/batch` body, or with `kind` the body of that single call.

    `context` is what the request itself tells (user agent, IP's country); a client's own context wins.
    Raises MalformedError or TooLargeError where there is no batch to speak of.
    """
    around = Surroundings(received_at, context or {})
    if kind is not None:
        return _one_by_one([body], kind, around)
    # In a body no larger than one event may be, no event is too large: none need be measured.
    if len(body) <= MAX_EVENT_BYTES:
        batch = _in_one_pass(body, around)
        if batch is not None:
            return batch
    envelope: Envelope = decoded(decode_envelope, body)
    return _one_by_one([bytes(raw) for raw in envelope.batch], None, around.of(envelope))


def _in_one_pass(body: bytes, around: Surroundings) -> Batch | None:
    """Read a batch in which all is well, as in nearly every one; None where something has to be looked into."""
    try:
        envelope = decode_plain(body)
        around = around.of(envelope)
        events = [_event(call, call.type, around, position) for position, call in enumerate(envelope.batch)]
    except (CallerError, *UNREADABLE):
        return None
    return Batch([Accepted(event.position, event) for event in events], [])


def _one_by_one(raws: list[bytes], kind: Kind | None, around: Surroundings) -> Batch:
    """Read each event by itself, so that a bad one costs the good ones nothing."""
    batch = Batch([], [])
    for index, raw in enumerate(raws):
        try:
            event = _checked(raw, kind, around, index)
        except CallerError as error:
            batch.refused.append(_refusal(index, "" if kind else f"batch[{index}]", raw, error))
        else:
            batch.accepted.append(Accepted(index, event))
    return batch


def _checked(raw: bytes, kind: Kind | None, around: Surroundings, position: int) -> Event:
    if len(raw) > MAX_EVENT_BYTES:
        reason = f"the event is {len(raw)} bytes, over the limit of {MAX_EVENT_BYTES}"
        raise TooLargeError("event_too_large", reason, limit=MAX_EVENT_BYTES)
    if kind is None:
        sent: SegmentEvent = decoded(decode_segment_event, raw)
        event = _event(sent, sent.type, around, position)
    else:
        event = _event(decoded(decode_call, raw), kind, around, position)
    for text, field in (
        (event.anonymous_id, "anonymousId"),
        (event.user_id, "userId"),
        (event.group_id, "groupId"),
        (event.previous_id, "previousId"),
        (event.message_id, "messageId"),
        (event.name, "event"),
    ):
        check_length(text or "", field)
    for part, field in ((event.properties, "properties"), (event.traits, "traits"), (event.context, "context")):
        check_values(part, field)
    return event


def _event(call: Call, kind: Kind, around: Surroundings, position: int) -> Event:
    """Make the event of a call. Its lengths and values are within their limits, or looked at afterwards."""
    anonymous_id = None if call.anonymous_id is None else _id(call.anonymous_id, "anonymousId")
    user_id = None if call.user_id is None else _id(call.user_id, "userId")
    group_id = None if call.group_id is None else _id(call.group_id, "groupId")
    previous_id = None if call.previous_id is None else _id(call.previous_id, "previousId")
    if anonymous_id is None and user_id is None:
        raise MalformedError("missing_id", "an event needs anonymousId or userId")
    name: str = kind
    properties = call.properties or {}
    if kind == "track":
        if not call.event:
            raise MalformedError("missing_event", "a track call needs the name of its event", path="event")
        name = call.event
    elif kind in {"page", "screen"}:
        properties = _named(call) | properties
    elif kind == "group" and group_id is None:
        raise MalformedError("missing_id", "a group call needs groupId", path="groupId")
    elif kind == "alias" and previous_id is None:
        raise MalformedError("missing_id", "an alias call needs previousId", path="previousId")
    context = around.context | (call.context or {})
    session, user_agent = context.get("session"), context.get("userAgent")
    if isinstance(user_agent, str):
        context["device"] = device(user_agent)
    return Event(
        message_id=call.message_id or str(uuid4()),
        type=kind,
        name=name,
        person=person_of(user_id, anonymous_id),
        occurred_at=around.received_at if call.timestamp is None else _occurred_at(call, call.timestamp, around),
        received_at=around.received_at,
        anonymous_id=anonymous_id,
        user_id=user_id,
        group_id=group_id,
        previous_id=previous_id,
        position=position,
        session_id=_session_id(session) if session else None,
        properties=properties,
        traits=call.traits or {},
        context=context,
    )


def _named(call: Call) -> dict[str, str]:
    """Return what a page or screen call says of itself beside its properties."""
    return {field: text for field, text in (("name", call.name), ("category", call.category)) if text is not None}


def _id(value: str | int, field: str) -> str:
    text = str(value).strip()
    if len(text) <= LONGEST_PLACEHOLDER and text.lower() in PLACEHOLDER_IDS:
        raise MalformedError("placeholder_id", f"{text!r} stands for no id, it cannot be one", path=field)
    return text


def _session_id(session: Any) -> str | None:
    session_id = session.get("id") if isinstance(session, dict) else None
    return session_id if isinstance(session_id, str) and 0 < len(session_id) <= MAX_ID_LENGTH else None


def _occurred_at(call: Call, timestamp: str, around: Surroundings) -> int:
    """Correct a client's clock that is wrong: what matters is how long before sending it happened (Segment's rule).

    A clock that agrees with ours is left alone: correcting by the time a request took would shuffle events.
    """
    skew = around.skew if call.sent_at is None else _skew(call.sent_at, around.received_at)
    if skew is None:
        raise MalformedError(
            "invalid_time", "not an ISO 8601 time", path="$.sentAt" if call.sent_at is None else "sentAt"
        )
    try:
        occurred = epoch_ms(timestamp) + skew
    except ValueError as error:
        raise MalformedError("invalid_time", f"{timestamp[:40]!r} is not an ISO 8601 time", path="timestamp") from error
    latest = around.received_at + CLOCK_TOLERANCE_MS
    return occurred if 0 <= occurred <= latest else max(0, min(occurred, latest))


def _skew(sent_at: str | None, received_at: int) -> int | None:
    if sent_at is None:
        return 0
    try:
        skew = received_at - epoch_ms(sent_at)
    except ValueError:
        return None
    return skew if abs(skew) > CLOCK_TOLERANCE_MS else 0


def _refusal(index: int, place: str, raw: bytes, error: CallerError) -> Refusal:
    message_id = None
    try:
        document = decode_any(raw)
        if isinstance(document, dict) and isinstance(document.get("messageId"), str):
            message_id = document["messageId"][:MAX_ID_LENGTH]
    except UNREADABLE:
        pass  # its id is a courtesy: what cannot be read has none
    return Refusal(
        index=index,
        code=error.code,
        reason=error.message,
        path=_path(place, error.path or "$"),
        message_id=message_id,
        limit=error.limit,
        event=raw.decode(errors="replace"),
    )


def _path(place: str, path: str) -> str:
    """Name a place as people write it: below the event that stands at `place`, or with `$.` below the whole body."""
    if path.startswith("$."):
        return path[2:]
    return ".".join(part for part in (place, path.lstrip("$")) if part) or "$"
