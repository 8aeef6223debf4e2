"""The Segment calls as they come over the wire.

Source: the Segment spec and HTTP tracking API (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/).
"""

from typing import Any, get_args

import msgspec

from kizuki.errors import MalformedError
from kizuki.events.limits import MAX_DEPTH, PlainObject, ShortText
from kizuki.events.model import Kind


class Call(msgspec.Struct, rename="camel", kw_only=True):
    """One call as it comes over the wire; at an address of its own it need not say its type."""

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


class SegmentEvent(Call, rename="camel", kw_only=True):
    """One call of a batch."""

    type: Kind


class PlainEvent(SegmentEvent, rename="camel", kw_only=True):
    """The same with texts and values that are sure to be within their limits: they are checked by being decoded."""

    event: ShortText | None = None
    message_id: ShortText | None = None
    anonymous_id: ShortText | int | None = None
    user_id: ShortText | int | None = None
    group_id: ShortText | int | None = None
    previous_id: ShortText | int | None = None
    properties: PlainObject | None = None
    traits: PlainObject | None = None
    context: PlainObject | None = None


class Envelope(msgspec.Struct, rename="camel", kw_only=True):
    """A batch whose calls are still bytes, so that each can be measured and refused by itself."""

    batch: list[msgspec.Raw]
    sent_at: str | None = None
    context: dict[str, Any] | None = None


class PlainEnvelope(msgspec.Struct, rename="camel", kw_only=True):
    """A batch that is read in one pass, as nearly every one can be."""

    batch: list[PlainEvent]
    sent_at: str | None = None
    context: PlainObject | None = None


class Key(msgspec.Struct, rename="camel"):
    write_key: str | None = None


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

decode_envelope = msgspec.json.Decoder(Envelope).decode
decode_plain = msgspec.json.Decoder(PlainEnvelope).decode
decode_call = msgspec.json.Decoder(Call).decode
decode_segment_event = msgspec.json.Decoder(SegmentEvent).decode
decode_any = msgspec.json.Decoder().decode
decode_key = msgspec.json.Decoder(Key).decode


def write_key(body: bytes) -> str | None:
    """Find the key that browsers put in the body."""
    key: Key = decoded(decode_key, body)
    return key.write_key


def decoded(decode: Any, raw: bytes) -> Any:
    """Decode one document; an error's path starts there, `$` is the document itself."""
    try:
        return decode(raw)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        path = where.strip(".`") or "$"
        if "enum value" in message and path == "type":
            message += f"; the types are {', '.join(get_args(Kind))}"
        raise MalformedError("invalid_event", message, path=path) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedError("malformed_json", f"not JSON: {error}", path="$") from error
    except RecursionError as error:
        raise MalformedError("too_deep", f"nested deeper than {MAX_DEPTH} levels", path="$", limit=MAX_DEPTH) from error
