"""One chunk of a recording: gzip-compressed JSON, an array of rrweb events."""

import re
import time
from collections.abc import Mapping
from typing import Annotated, Self

import msgspec

from kizuki.errors import MalformedError, TooLargeError
from kizuki.events.text import without_lone_surrogates
from kizuki.gateway import gunzip

MAX_BYTES = 1024 * 1024
MAX_DECOMPRESSED = 10 * 1024 * 1024
MAX_SEQUENCE = 999_999
MAX_ID = 256
MAX_URL = 2048
SESSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
TAB = re.compile(r"[A-Za-z0-9_-]{1,36}")
DAY_MS = 86_400_000
# Recordings are listed by time: a clock that is years off, or a forged time, would pin one to the top of the list.
MAX_AHEAD_MS = DAY_MS
MAX_BEHIND_MS = 30 * DAY_MS
META, FULL_SNAPSHOT = 4, 2
TAB_HEADER, SEQUENCE_HEADER = "x-kizuki-tab", "x-kizuki-seq"
"""In headers, so that all chunks of a session have one address: a browser remembers by address that it may send."""


class RecorderEvent(msgspec.Struct):
    """What every rrweb event has (https://github.com/rrweb-io/rrweb: packages/types, `eventWithTime`)."""

    type: Annotated[int, msgspec.Meta(ge=0, le=6)]
    timestamp: Annotated[float, msgspec.Meta(gt=0, le=2**53)]
    data: msgspec.Raw


class Meta(msgspec.Struct):
    href: str = ""


_decode = msgspec.json.Decoder(list[RecorderEvent]).decode


class Address(msgspec.Struct, frozen=True):
    """Where a chunk belongs: a chunk with the same session, tab and sequence is the same chunk."""

    session: str
    tab: str
    sequence: int
    anonymous_id: str

    @classmethod
    def of(cls, session: str, query: Mapping[str, str], headers: Mapping[str, str]) -> Self:
        """Read what docs/api.md says (older tags: all in the query). Raises MalformedError that names the wrong one."""
        if not SESSION.fullmatch(session):
            raise _malformed("session", "1 to 64 characters of A-Z a-z 0-9 _ -")
        tab = query.get("tab") or headers.get(TAB_HEADER, "")
        if not TAB.fullmatch(tab):
            raise _malformed("tab", "1 to 36 characters of A-Z a-z 0-9 _ -")
        sequence = query.get("seq") or headers.get(SEQUENCE_HEADER, "")
        if not (sequence.isascii() and sequence.isdecimal() and len(sequence) <= len(str(MAX_SEQUENCE))):
            raise _malformed("seq", f"a number from 0 to {MAX_SEQUENCE}")
        anonymous_id = query.get("anonymousId", "")
        if not 0 < len(anonymous_id) <= MAX_ID or not anonymous_id.isprintable():
            raise _malformed("anonymousId", f"1 to {MAX_ID} printable characters")
        return cls(session, tab, int(sequence), anonymous_id)


class Chunk(msgspec.Struct, frozen=True):
    """A checked chunk. Times are milliseconds since the epoch, by the visitor's clock."""

    site: str
    address: Address
    body: bytes
    started_at: int
    ended_at: int
    events: int
    full_snapshot: bool
    url: str | None

    @classmethod
    def read(cls, site: str, address: Address, body: bytes, *, now_ms: int | None = None) -> Self:
        """Check a compressed body. Raises MalformedError or TooLargeError that says what is wrong, and where."""
        if len(body) > MAX_BYTES:
            raise TooLargeError(
                "chunk_too_large", f"the chunk is {len(body)} bytes, over the limit of {MAX_BYTES}", limit=MAX_BYTES
            )
        events = _events(gunzip(body, MAX_DECOMPRESSED))
        now = round(time.time() * 1000) if now_ms is None else now_ms
        for index, event in enumerate(events):
            if not now - MAX_BEHIND_MS <= event.timestamp <= now + MAX_AHEAD_MS:
                path = f"[{index}].timestamp"
                raise MalformedError("implausible_time", f"{event.timestamp:.0f} is not about now", path=path)
        return cls(
            site=site,
            address=address,
            body=body,
            started_at=int(min(event.timestamp for event in events)),
            ended_at=int(max(event.timestamp for event in events)),
            events=len(events),
            full_snapshot=any(event.type == FULL_SNAPSHOT for event in events),
            url=next((url for event in events if event.type == META and (url := _href(event.data))), None),
        )

    @property
    def key(self) -> str:
        """The S3 key: the same for the same chunk, and never outside its site's folder."""
        at = self.address
        return f"replays/{self.site}/{at.session}/{at.tab}/{at.sequence:06d}.json.gz"


def _events(content: bytes) -> list[RecorderEvent]:
    try:
        try:
            events = _decode(content)
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            events = _decode(without_lone_surrogates(content))
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        raise MalformedError("invalid_event", message, path=where.rstrip("`") or "$") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedError("malformed_json", f"not JSON: {error}", path="$") from error
    except RecursionError as error:
        raise MalformedError("too_deep", "nested too deeply", path="$") from error
    if not events:
        raise MalformedError("empty_chunk", "the chunk holds no events", path="$")
    return events


def _href(data: msgspec.Raw) -> str | None:
    try:
        href = msgspec.json.decode(data, type=Meta).href
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return href[:MAX_URL] if href.startswith(("https://", "http://")) else None


def _malformed(name: str, expected: str) -> MalformedError:
    return MalformedError("invalid_parameter", f"{name} must be {expected}", path=name)
