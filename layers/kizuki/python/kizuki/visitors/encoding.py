"""State as bytes: a version, then MessagePack, compressed. A kilobyte is a write unit, the largest term of the bill."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec
import zstandard
from msgspec.structs import replace

from kizuki.errors import MalformedError
from kizuki.visitors.state import State
from kizuki.visitors.versions import from_1

VERSION = 2
MAX_STATE_BYTES = 8 * 1024 * 1024
# An item is at most 400 KB, with its keys.
MAX_ITEM_BYTES = 390_000
MIGRATIONS: dict[int, Callable[[list[Any]], list[Any]]] = {1: from_1}
"""From a version to the next, as plain MessagePack."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(State).decode
_compressor = zstandard.ZstdCompressor(level=6)
_decompressor = zstandard.ZstdDecompressor()


def encode_state(state: State) -> bytes:
    """Write a state. One too large for an item, as long texts can make it, lacks its largest statistics."""
    while True:
        packed = _encode(state)
        data = bytes([VERSION]) + _compressor.compress(packed)
        excess = max(len(packed) - MAX_STATE_BYTES, (len(data) - MAX_ITEM_BYTES) * len(packed) // len(data))
        if excess <= 0 or not state.series:
            return data
        state = _without_largest(state, excess)


def _without_largest(state: State, excess: int) -> State:
    """Leave out the largest statistics, about so many bytes in all."""
    cells = [*state.series.items(), *(item for visit in state.sessions for item in visit.cells.items())]
    sizes: Counter[str] = Counter()
    for key, cell in cells:
        sizes[key] += len(_encode(cell))
    largest = set()
    for key, size in sizes.most_common():
        if excess <= 0:
            break
        largest.add(key)
        excess -= size
    sessions = [
        replace(visit, cells={key: cell for key, cell in visit.cells.items() if key not in largest})
        for visit in state.sessions
    ]
    series = {key: each for key, each in state.series.items() if key not in largest}
    return replace(state, series=series, sessions=sessions)


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
