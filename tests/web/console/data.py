"""A site's data in the shapes of docs/api.md, made relative to now."""

from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]
NOW = datetime.now(UTC)
SITE = {"id": "shop", "name": "あおい商店", "timezone": "Asia/Tokyo"}
OTHER_SITE = {"id": "travel", "name": "Harbour Travel", "timezone": "Europe/London"}
WRITE_KEY = "wk_7Qm2vV1cX0pLr9"
TARO, ANON = "u:42", "a:5f0c2b7e-93d1-4a7b-8f44-1d6c1e0a9b21"
SESSION = "s-2f9a"
BROKEN_SESSION = "s-0bad"


def ago(**delta: float) -> str:
    return iso(NOW - timedelta(**delta))


def iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def feed_event(number: int, event: str, **fields: Any) -> Json:
    return {
        "message_id": f"feed-{number}",
        "event": event,
        "type": "track",
        "occurred_at": ago(seconds=number * 7),
        "person": TARO,
        "name": "山田 太郎",
        "url": "https://shop.example/products/shirt",
        "properties": {},
    } | fields


FEED = [
    feed_event(1, "Product Added", properties={"name": "麻のシャツ", "price": 4000, "quantity": 2, "currency": "JPY"}),
    feed_event(
        2, "page", type="page", url="https://shop.example/products/shirt?color=ai", properties={"title": "麻のシャツ"}
    ),
    feed_event(
        3, "Products Searched", person=ANON, name=None, url="https://shop.example/search", properties={"query": "tote"}
    ),
    feed_event(4, "Campaign Shown", properties={"campaign_id": "free-shipping", "campaign_name": "あと少しで送料無料"}),
    feed_event(5, "newsletter_opened", person=ANON, name=None, url=None, properties={"issue": 12, "list": "spring"}),
    feed_event(6, "Order Completed", properties={"order_id": "A-1001", "total": 12800, "currency": "JPY"}),
]

PEOPLE = [
    {
        "id": TARO,
        "name": "山田 太郎",
        "email": "taro@example.com",
        "last_seen": ago(seconds=7),
        "first_seen": ago(days=40),
        "events": 128,
        "sessions": 9,
        "segments": ["big-cart", "members"],
    },
    {
        "id": ANON,
        "name": None,
        "email": None,
        "last_seen": ago(minutes=2),
        "first_seen": ago(minutes=20),
        "events": 6,
        "sessions": 1,
        "segments": [],
    },
    {
        "id": "u:margaret@example.org",
        "name": "Margaret O'Connell-Featherstonehaugh",
        "email": "margaret.oconnell@example.org",
        "last_seen": ago(hours=5),
        "first_seen": ago(days=400),
        "events": 10_412,
        "sessions": 211,
        "segments": ["members"],
    },
]

PERSON = {key: PEOPLE[0][key] for key in ("id", "name", "email", "first_seen", "last_seen", "events", "sessions")} | {
    "traits": {"plan": "gold", "birthday": "1988-04-02", "address": {"city": "京都市", "postal": "600-8001"}},
    "devices": ["5f0c2b7e-93d1-4a7b-8f44-1d6c1e0a9b21", "c1aa0e12-0000-4000-8000-9a3f52c7d6e5"],
    "segments": [
        {"id": "big-cart", "name": "カート金額が大きい", "entered_at": ago(minutes=5)},
        {"id": "members", "name": "会員", "entered_at": ago(days=30)},
    ],
    "counts": [
        {"event": "page", "count": 84},
        {"event": "Product Added", "count": 21},
        {"event": "Order Completed", "count": 4},
    ],
    "campaigns": [
        {
            "id": "free-shipping",
            "name": "あと少しで送料無料",
            "shown": 3,
            "clicked": 1,
            "closed": 1,
            "goals": 1,
            "last_shown": ago(minutes=1),
        }
    ],
    "verified": True,
    "group": {"id": "acme", "traits": {"industry": "Retail", "employees": 120}},
    "statistics": [],
    "merged_into": None,
}


def story_event(id: str, event: str, at: datetime, session: str | None, n: int | None, **fields: Any) -> Json:
    return {
        "message_id": id,
        "type": "page" if event == "page" else "track",
        "event": event,
        "occurred_at": iso(at),
        "received_at": iso(at + timedelta(milliseconds=120)),
        "session": {"id": session, "n": n} if session else None,
        "url": "https://shop.example/",
        "title": "あおい商店",
        "properties": {},
        "traits": {},
        "device": {"type": "desktop", "browser": "Chrome", "os": "Windows"},
        "referrer": None,
        "campaign": None,
        "replay": None,
        "decisions": [],
    } | fields


def decision(
    outcome: str, step: str | None = None, reason: str | None = None, name: str = "あと少しで送料無料"
) -> Json:
    campaign = "free-shipping" if name.startswith("あと") else "newsletter"
    return {
        "campaign": campaign,
        "name": name,
        "outcome": outcome,
        "step": step,
        "reason": reason,
        "variant": None if outcome == "control" else "a",
    }


def visit(start: datetime) -> list[Json]:
    """The recorded visit, oldest first; offsets are those of the recording."""

    def event(id: str, name: str, seconds: float, **fields: Any) -> Json:
        replay = {"id": SESSION, "offset": round(seconds * 1000)}
        return story_event(id, name, start + timedelta(seconds=seconds), SESSION, 9, replay=replay, **fields)

    product = {"name": "麻のシャツ", "price": 4000, "quantity": 1, "currency": "JPY", "cart": {"total": 4000}}
    source = {"source": "google", "medium": "cpc", "name": "spring"}
    return [
        event(
            "m-1", "page", 0, referrer="https://www.google.com/", campaign=source, properties={"title": "あおい商店"}
        ),
        event("m-2", "Product Viewed", 21, url="https://shop.example/products/shirt", properties=product),
        event(
            "m-3",
            "Product Added",
            42,
            url="https://shop.example/products/shirt",
            properties=product,
            decisions=[decision("shown"), decision("control", name="Newsletter")],
        ),
        event(
            "m-4",
            "Campaign Shown",
            42.4,
            properties={"campaign_id": "free-shipping", "campaign_name": "あと少しで送料無料"},
        ),
        event(
            "m-5",
            "Campaign Clicked",
            58,
            properties={"campaign_id": "free-shipping", "campaign_name": "あと少しで送料無料"},
        ),
        event(
            "m-6",
            "Product Added",
            75,
            properties=product,
            decisions=[decision("suppressed", "caps", "1 of 1 in this visit")],
        ),
        event("m-7", "JavaScript Error", 96, properties={"message": "Cannot read properties of undefined"}),
    ]


def timeline(start: datetime) -> list[Json]:
    before = start - timedelta(days=3)
    earlier = [
        story_event(
            "p-1",
            "page",
            before,
            "s-old",
            8,
            referrer="https://news.example/",
            device={"type": "mobile", "browser": "Safari", "os": "iOS"},
        ),
        story_event(
            "p-2",
            "Order Completed",
            before + timedelta(minutes=4),
            "s-old",
            8,
            properties={"total": 12800, "currency": "JPY"},
        ),
        story_event(
            "p-3",
            "Invoice Paid",
            before + timedelta(hours=2),
            None,
            None,
            url=None,
            title=None,
            device=None,
            properties={"amount": 12800},
        ),
    ]
    entered = story_event(
        "m-6:segment:big-cart",
        "Segment Entered",
        start + timedelta(seconds=75),
        SESSION,
        9,
        url=None,
        title=None,
        properties={"segment_id": "big-cart", "segment_name": "カート金額が大きい"},
    )
    last, *before_last = reversed(visit(start))
    return [last, entered, *before_last, *reversed(earlier)]


REFUSED = [
    {
        "id": "r-1",
        "refused_at": ago(minutes=3),
        "code": "event_too_large",
        "reason": "the event is 40,112 bytes, over the limit of 32,768",
        "path": "batch[3]",
        "event": '{"type": "track", "event": "Product Added", "properties": {"note": "…"}}',
    }
]


def replay_summary(start: datetime, seconds: float, **fields: Any) -> Json:
    return {
        "session": SESSION,
        "person": ANON,
        "started_at": iso(start),
        "ended_at": iso(start + timedelta(seconds=seconds)),
        "active_at": iso(start + timedelta(seconds=seconds)),
        "duration_ms": round(seconds * 1000),
        "url": "https://shop.example/",
        "chunks": 13,
        "playable": True,
        "reason": None,
    } | fields
