"""How large, how deep and how many: what is over these limits is refused where it stands."""

from typing import Annotated, Any

import msgspec

from kizuki.errors import MalformedError, TooLargeError

MAX_EVENT_BYTES = 32 * 1024
MAX_BATCH_BYTES = 500 * 1024
MAX_EVENTS = 2500
"""Of 200 bytes each, in a batch that is full; more could name more people than one request has time to write."""
MAX_SHARED_BYTES = 5_000_000
"""What a batch's own context comes to when each of its events holds it."""
MAX_ID_LENGTH = 256
MAX_DEPTH = 32
# The largest integer that every reader of JSON keeps exact (RFC 8259, section 6).
MAX_INTEGER = 2**53 - 1

ShortText = Annotated[str, msgspec.Meta(max_length=MAX_ID_LENGTH)]
# An object that needs no check_values: nested no deeper than any site's own, which is far from MAX_DEPTH, and without
# large integers. As a type it costs nothing: the decoder refuses others on its way.
Scalar = None | bool | Annotated[int, msgspec.Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)] | float | str
Plain1 = Scalar | list[Scalar] | dict[str, Scalar]
Plain2 = Scalar | list[Plain1] | dict[str, Plain1]
Plain3 = Scalar | list[Plain2] | dict[str, Plain2]
Plain4 = Scalar | list[Plain3] | dict[str, Plain3]
PlainObject = dict[str, Plain4]


def check_number(events: int) -> None:
    if not events:
        raise MalformedError("empty_batch", "the batch holds no events", path="batch")
    if events > MAX_EVENTS:
        reason = f"the batch holds {events} events, over the limit of {MAX_EVENTS}"
        raise TooLargeError("too_many_events", reason, path="batch", limit=MAX_EVENTS)


def check_shared(context: dict[str, Any], events: int) -> None:
    """Check the context of a batch, which becomes every event's."""
    check_values(context, "context")
    size = len(msgspec.json.encode(context)) if context else 0
    if size > MAX_EVENT_BYTES:
        reason = f"the batch's context is {size} bytes, over the limit of {MAX_EVENT_BYTES}"
        raise TooLargeError("context_too_large", reason, path="context", limit=MAX_EVENT_BYTES)
    if size * events > MAX_SHARED_BYTES:
        reason = f"the batch's context, {size} bytes in each of {events} events, is over {MAX_SHARED_BYTES} in all"
        raise TooLargeError("context_too_large", reason, path="context", limit=MAX_SHARED_BYTES)


def check_length(text: str, path: str) -> None:
    if len(text) > MAX_ID_LENGTH:
        reason = f"{len(text)} characters, over the limit of {MAX_ID_LENGTH}"
        raise TooLargeError("too_long", reason, path=path, limit=MAX_ID_LENGTH)


def check_values(value: dict[str, Any] | list[Any] | int, path: str, depth: int = 0) -> None:
    """Refuse what a later reader could not hold: deep nesting, and integers that JSON readers round."""
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            reason = "an integer beyond 2^53-1 is not kept exact: send it as a string"
            raise MalformedError("integer_too_large", reason, path=path, limit=MAX_INTEGER)
        return
    if depth > MAX_DEPTH:
        raise MalformedError("too_deep", f"nested deeper than {MAX_DEPTH} levels", path=path[:80], limit=MAX_DEPTH)
    inner = (
        ((f".{key}", item) for key, item in value.items())
        if isinstance(value, dict)
        else ((f"[{index}]", item) for index, item in enumerate(value))
    )
    for place, item in inner:
        if isinstance(item, dict | list | int):
            check_values(item, path + place, depth + 1)
