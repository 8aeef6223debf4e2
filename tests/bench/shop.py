"""A made-up shop: what its visitors do, and the requests that the tag sends of it."""

import json
import random
from typing import Any

from kizuki.events.times import iso

NOW = 1_795_262_400_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
TRAITS = {"plan": "pro", "name": "山田 太郎", "email": "taro@example.com"}
EVENTS = [f"Event {n}" for n in range(20)]
USER_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
# Each is refused, by any reader.
MISTAKES: list[dict[str, Any]] = [
    {"type": "click"},
    {"event": None},
    {"anonymousId": "undefined"},
    {"anonymousId": None},
    {"anonymousId": "x" * 300},
    {"messageId": "x" * 300},
    {"timestamp": "yesterday"},
    {"properties": [1]},
    {"properties": {"order": 2**60}},
    {"traits": {"a": json.loads("[" * 40 + "]" * 40)}},
    {"type": "group"},
    {"type": "alias", "previousId": "null"},
]


def batches(visitors: int) -> list[bytes]:
    """Requests of ten events as the tag sends them now, each of another visitor."""
    chance = random.Random(13)
    return [body(calls(chance, NOW, visitor=visitor)) for visitor in range(visitors)]


def batch_with_mistakes() -> bytes:
    chance = random.Random(17)
    wrong = calls(chance, NOW, count=len(MISTAKES))
    return body([call | mistake for call, mistake in zip(wrong, MISTAKES, strict=True)] + calls(chance, NOW, visitor=1))


def history(days: int = 6) -> list[tuple[int, bytes]]:
    """What the first visitor did on the days before: two visits a day, as requests with their moments."""
    chance = random.Random(11)
    moments = [NOW - day * DAY_MS - hours * HOUR_MS for day in range(days, 0, -1) for hours in (5, 0)]
    return [(at, body(calls(chance, at, count=5))) for at in moments]


def body(events: list[dict[str, Any]]) -> bytes:
    envelope = {"writeKey": "wk_shop", "sentAt": events[-1]["timestamp"], "batch": events}
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


def anonymous_id(visitor: int) -> str:
    return f"3f1c2a52-9a51-4f65-8f0e-{visitor:012d}"


def calls(chance: random.Random, at: int, *, visitor: int = 0, count: int = 10) -> list[dict[str, Any]]:
    """Make the calls of one page of a visit; the last is made at `at`."""
    session = f"5f0f9a62-1d72-4f21-{visitor:04d}-{at // HOUR_MS:012d}"
    return [
        {
            "type": "track",
            "event": chance.choice(EVENTS),
            "messageId": f"0f8b6f0e-{visitor:04d}-4c41-{n:04d}-{at % 10**12:012d}",
            "anonymousId": anonymous_id(visitor),
            "timestamp": iso(at - (count - 1 - n) * 137),
            "properties": {
                "price": chance.randrange(0, 10_000),
                "cart": {"total": chance.randrange(0, 20_000), "items": chance.randrange(1, 9)},
                "last_campaign": chance.randrange(100),
                "product_id": f"p-{chance.randrange(40)}",
                "name": "白いシャツ",
            },
            "context": {
                "locale": "ja",
                "page": {
                    "url": f"https://shop.example.com/p/{chance.randrange(40)}",
                    "path": "/p",
                    "title": "白いシャツ | 日々商店",
                    "referrer": "https://shop.example.com/",
                    "search": "",
                },
                "userAgent": USER_AGENT,
                "timezone": "Asia/Tokyo",
                "screen": {"width": 390, "height": 844},
                "session": {"id": session},
                "replay": {"id": session, "offset": n * 137},
            },
        }
        for n in range(count)
    ]
