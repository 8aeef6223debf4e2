"""Events as flat JSON rows: one encoding for the stream, the timeline and the lake (docs/architecture.md, A row)."""

from collections.abc import Iterable

import msgspec
import zstandard

from kizuki.errors import MalformedError
from kizuki.events.model import Decision, Event, Kind
from kizuki.events.times import epoch_ms, iso

# The largest timeline item: a batch is at most 500 KB, its rows at most twice that with every quote escaped again.
MAX_ROWS_BYTES = 16 * 1024 * 1024


class Row(msgspec.Struct):
    site: str
    person: str
    message_id: str
    type: Kind
    event: str
    occurred_at: str
    received_at: str
    properties: str
    traits: str
    context: str
    anonymous_id: str | None = None
    user_id: str | None = None
    group_id: str | None = None
    previous_id: str | None = None
    session_id: str | None = None
    session_n: int | None = None
    decisions: str | None = None
    verified: bool = False
    position: int = 0


_encode = msgspec.json.Encoder().encode
_decode_rows = msgspec.json.Decoder(Row).decode_lines
_decode_object = msgspec.json.Decoder(dict).decode
_decode_decisions = msgspec.json.Decoder(list[Decision]).decode
_compressor = zstandard.ZstdCompressor(level=6)
_decompressor = zstandard.ZstdDecompressor()


def encode_rows(site: str, events: Iterable[Event]) -> list[bytes]:
    """Encode each event as one JSON line, newline included."""
    return [_encode(_row(site, event)) + b"\n" for event in events]


def decode_rows(data: bytes) -> tuple[str, list[Event]]:
    """Read the site and the events of one batch. Raises MalformedError for what is not rows of one site."""
    try:
        rows = _decode_rows(data)
        events = [_event(row) for row in rows]
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedError("malformed_rows", f"not a batch of event rows: {error}") from error
    sites = {row.site for row in rows}
    if len(sites) != 1:
        raise MalformedError("malformed_rows", f"a batch of rows names {len(sites)} sites instead of one")
    return sites.pop(), events


def compress(rows: bytes) -> bytes:
    return _compressor.compress(rows)


def decompress(data: bytes) -> bytes:
    return _decompressor.decompress(data, max_output_size=MAX_ROWS_BYTES)


def _row(site: str, event: Event) -> Row:
    return Row(
        site=site,
        person=event.person,
        message_id=event.message_id,
        type=event.type,
        event=event.name,
        occurred_at=iso(event.occurred_at),
        received_at=iso(event.received_at),
        properties=_encode(event.properties).decode(),
        traits=_encode(event.traits).decode(),
        context=_encode(event.context).decode(),
        anonymous_id=event.anonymous_id,
        user_id=event.user_id,
        group_id=event.group_id,
        previous_id=event.previous_id,
        session_id=event.session_id,
        session_n=event.session_n,
        decisions=_encode(event.decisions).decode() if event.decisions else None,
        verified=event.verified,
        position=event.position,
    )


def _event(row: Row) -> Event:
    return Event(
        person=row.person,
        message_id=row.message_id,
        type=row.type,
        name=row.event,
        occurred_at=epoch_ms(row.occurred_at),
        received_at=epoch_ms(row.received_at),
        properties=_decode_object(row.properties),
        traits=_decode_object(row.traits),
        context=_decode_object(row.context),
        anonymous_id=row.anonymous_id,
        user_id=row.user_id,
        group_id=row.group_id,
        previous_id=row.previous_id,
        session_id=row.session_id,
        session_n=row.session_n,
        decisions=_decode_decisions(row.decisions) if row.decisions else [],
        verified=row.verified,
        position=row.position,
    )
