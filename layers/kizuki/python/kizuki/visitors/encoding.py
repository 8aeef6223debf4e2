"""State as bytes: a version, then MessagePack, compressed. A kilobyte is a write unit, the largest term of the bill."""

import msgspec
import zstandard

from kizuki.errors import MalformedError
from kizuki.visitors.state import State

VERSION = b"\x01"
MAX_STATE_BYTES = 8 * 1024 * 1024

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(State).decode
_compressor = zstandard.ZstdCompressor(level=6)
_decompressor = zstandard.ZstdDecompressor()


def encode_state(state: State) -> bytes:
    return VERSION + _compressor.compress(_encode(state))


def decode_state(data: bytes) -> State:
    """Read a state of any version that was ever written. Raises MalformedError for one of the future."""
    if data[:1] != VERSION:
        raise MalformedError(
            "unknown_state_version", f"state of version {data[:1].hex()}, this code reads {VERSION.hex()}"
        )
    return _decode(_decompressor.decompress(data[1:], max_output_size=MAX_STATE_BYTES))
