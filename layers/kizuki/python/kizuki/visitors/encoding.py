"""State as bytes: a version, then MessagePack, compressed. A kilobyte is a write unit, the largest term of the bill."""

from collections.abc import Callable
from typing import Any

import msgspec
import zstandard

from kizuki.errors import MalformedError
from kizuki.visitors.state import State
from kizuki.visitors.versions import from_1

VERSION = 2
MAX_STATE_BYTES = 8 * 1024 * 1024
MIGRATIONS: dict[int, Callable[[list[Any]], list[Any]]] = {1: from_1}
"""From a version to the next, as plain MessagePack."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(State).decode
_compressor = zstandard.ZstdCompressor(level=6)
_decompressor = zstandard.ZstdDecompressor()


def encode_state(state: State) -> bytes:
    return bytes([VERSION]) + _compressor.compress(_encode(state))


def decode_state(data: bytes) -> State:
    """Read a state of any version that was ever written. Raises MalformedError for one of the future."""
    version, packed = data[0], _decompressor.decompress(data[1:], max_output_size=MAX_STATE_BYTES)
    if version == VERSION:
        return _decode(packed)
    if version not in MIGRATIONS:
        raise MalformedError("unknown_state_version", f"state of version {version}, this code reads {VERSION}")
    plain = msgspec.msgpack.decode(packed, strict=False)
    for older in range(version, VERSION):
        plain = MIGRATIONS[older](plain)
    return msgspec.convert(plain, State)
