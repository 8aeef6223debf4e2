"""Events: the Segment tracking model, its limits, and the rows it is stored as."""

from kizuki.events.model import Decision, Event, Kind
from kizuki.events.parse import Accepted, Batch, Refusal, parse
from kizuki.events.rows import compress, decode_rows, decompress, encode_rows

__all__ = [
    "Accepted",
    "Batch",
    "Decision",
    "Event",
    "Kind",
    "Refusal",
    "compress",
    "decode_rows",
    "decompress",
    "encode_rows",
    "parse",
]
