"""Chunks as the recorder sends them."""

import gzip
import json
from typing import Any

from kizuki.replay.chunk import Address, Chunk

START = 1_795_255_200_000  # 2026-11-21T10:00:00Z

META = {"type": 4, "data": {"href": "https://shop.example/cart?x=1", "width": 1280, "height": 720}, "timestamp": START}
SNAPSHOT = {"type": 2, "data": {"node": {"type": 0, "childNodes": [], "id": 1}}, "timestamp": START + 36}
MOVE = {"type": 3, "data": {"source": 1, "positions": []}, "timestamp": START + 5000.5}


def packed(events: Any) -> bytes:
    return gzip.compress(json.dumps(events).encode(), mtime=0)


def moves(*offsets: float) -> list[dict[str, Any]]:
    return [MOVE | {"timestamp": START + offset} for offset in offsets]


def chunk(
    sequence: int = 0,
    events: Any = None,
    *,
    site: str = "shop",
    session: str = "s1",
    tab: str = "t1",
    anonymous_id: str = "anon-1",
) -> Chunk:
    body = packed(events or [META, SNAPSHOT, MOVE])
    return Chunk.read(site, Address(session, tab, sequence, anonymous_id), body, now_ms=START + 60_000)
