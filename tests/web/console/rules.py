"""A site's segments, what its conditions can speak of, and what the rules saw, in the shapes of docs/api.md."""

from typing import Any

from kizuki.rules.problems import check_condition
from kizuki.rules.wording import statistic_words, summary
from tests.web.console.data import NOW, PEOPLE, ago, decision, iso

Json = dict[str, Any]

BIG_CART: Json = {
    "type": "all",
    "of": [
        {"type": "statistic", "of": "last", "path": "cart.total", "op": "gte", "value": 3000},
        {
            "type": "not",
            "of": {
                "type": "statistic",
                "of": "count",
                "event": "Order Completed",
                "window": "visit",
                "op": "gte",
                "value": 1,
            },
        },
    ],
}
MEMBERS = {"type": "trait", "path": "plan", "op": "in", "value": ["gold", "silver"]}
NAMES = {"big-cart": "カート金額が大きい", "members": "会員", "returning": "Coming back within a week"}


def words(condition: Any) -> Json:
    return {**summary(condition, lambda name: NAMES.get(name, name))}


def segment(id: str, condition: Json, status: str = "live", **fields: Any) -> Json:
    return {
        "id": id,
        "name": NAMES.get(id, id),
        "status": status,
        "updated_at": ago(hours=2),
        "condition": condition,
        "summary": words(condition),
        "counters": {"members": 1284, "entered": 5120, "left": 3836},
        "problem": None,
    } | fields


SEGMENTS = [
    segment("big-cart", BIG_CART),
    segment("members", MEMBERS, counters={"members": 20_412, "entered": 21_000, "left": 588}),
    segment(
        "returning",
        {
            "type": "any",
            "of": [
                {
                    "type": "sequence",
                    "first": {"event": "Product Added"},
                    "then": {"event": "Order Completed"},
                    "within": 604_800,
                    "absent": True,
                },
                {"type": "segment", "id": "big-cart"},
            ],
        },
        problem="it speaks of the segment “gone”, which does not exist",
        counters={"members": 0, "entered": 0, "left": 0},
    ),
]


def checked(condition: Any) -> Json:
    """Answer as `POST conditions` does."""
    written, problems = check_condition(condition, "condition")
    return {
        "summary": None if written is None else words(written),
        "problems": [{"path": problem.path, "message": problem.message} for problem in problems],
    }


def audience(id: str, status: str = "done", **fields: Any) -> Json:
    done = status == "done"
    return {
        "id": id,
        "status": status,
        "count": 1284 if done else None,
        "of": 20_412 if done else None,
        "sample": [{key: each[key] for key in ("id", "name", "email", "last_seen")} for each in PEOPLE] if done else [],
        "as_of": iso(NOW),
        "complete_up_to": iso(NOW) if done else None,
        "scanned_bytes": 12_345_678 if done else None,
        "reason": None,
    } | fields


VOCABULARY: Json = {
    "events": [
        {"name": "Order Completed", "properties": ["currency", "order_id", "products[].sku", "revenue"]},
        {"name": "Product Added", "properties": ["cart.total", "name", "price", "quantity"]},
        {"name": "newsletter_opened", "properties": ["issue", "list"]},
        {"name": "page", "properties": ["title"]},
    ],
    "traits": ["address.city", "birthday", "plan"],
    "group_traits": ["employees", "industry"],
    "context": ["campaign.source", "device.type", "locale", "page.path", "page.referrer"],
}

LAST_CART, ORDERED = BIG_CART["of"][0], BIG_CART["of"][1]["of"]
STATISTICS = [
    {"summary": statistic_words(LAST_CART), "value": 4000},
    {"summary": statistic_words(ORDERED), "value": 1},
    {
        "summary": statistic_words(LAST_CART | {"of": "most_frequent", "event": "Product Viewed", "path": "name"}),
        "value": None,
    },
]


def step(condition: Json, *, holds: bool, seen: Any = None, of: list[Json] | None = None) -> Json:
    return {"type": condition["type"], "holds": holds, "summary": words(condition), "seen": seen, "of": of or []}


RULES: dict[str, Json] = {
    "segment/big-cart": {
        "decision": None,
        "kind": "segment",
        "id": "big-cart",
        "name": NAMES["big-cart"],
        "holds": False,
        "parts": [
            {
                "name": "condition",
                "step": step(
                    BIG_CART,
                    holds=False,
                    of=[
                        step(LAST_CART, holds=True, seen=4000),
                        step(BIG_CART["of"][1], holds=False, of=[step(ORDERED, holds=True, seen=1)]),
                    ],
                ),
            }
        ],
    },
    "segment/members": {
        "decision": None,
        "kind": "segment",
        "id": "members",
        "name": NAMES["members"],
        "holds": True,
        "parts": [{"name": "condition", "step": step(MEMBERS, holds=True, seen="gold")}],
    },
    "campaign/free-shipping": {
        "decision": decision("suppressed", "page"),
        "kind": "campaign",
        "id": "free-shipping",
        "name": "あと少しで送料無料",
        "holds": False,
        "parts": [
            {
                "name": "trigger",
                "step": step({"type": "event", "name": "Product Added"}, holds=True, seen="Product Added"),
            },
            {
                "name": "page",
                "step": step(
                    {"type": "context", "path": "page.path", "op": "not_contains", "value": "/products"},
                    holds=False,
                    seen="/products/shirt",
                ),
            },
        ],
    },
}
FAILED = {
    "segment/big-cart": {
        "decision": None,
        "ja": "この訪問の「Order Completed」が 1 回あった（0 回である必要がある）",
        "en": "“Order Completed” happened 1 time in this visit, which must not be",
    },
    "campaign/free-shipping": {
        "ja": "page.path が「/products/shirt」で、「/products」を含む",
        "en": "page.path is “/products/shirt”, which contains “/products”",
    },
}


def explanation(message_id: str) -> Json:
    return {
        "message_id": message_id,
        "ruleset": {"version": 12, "published_at": ago(days=2)},
        "facts": {
            "now": ago(minutes=5),
            "visits": 9,
            "segments": ["members"],
            "traits": {"plan": "gold", "address": {"city": "京都市"}},
            "statistics": STATISTICS[:2],
        },
        "left_out": 0,
        "rules": [
            {key: rule[key] for key in ("kind", "id", "name", "holds")} | {"failed": FAILED.get(at)}
            for at, rule in RULES.items()
        ],
    }
