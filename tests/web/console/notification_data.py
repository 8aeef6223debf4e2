"""A site's rules, destinations, deliveries and incidents, in the shapes of docs/api.md."""

import math
from datetime import timedelta
from typing import Any

from kizuki.console.destinations import FIELDS
from kizuki.notifications.definition import NotificationRule
from kizuki.rules.wording import summary
from tests.web.console.data import ANON, NOW, TARO, ago, iso

Json = dict[str, Any]
NAMES = {"big-cart": "カート金額が大きい", "members": "会員", "returning": "Coming back within a week"}
UNSET: Json = {"set": False, "updated_at": None, "hint": None}
HEALTHY: Json = {"state": "healthy", "reason": None, "since": None, "failures": 0, "share": 0.0, "next_at": None}


def given(hint: str | None, **delta: float) -> Json:
    return {"set": True, "updated_at": ago(**delta), "hint": hint}


def destination(id: str, name: str, type: str, secret: Json | None = None, **fields: Any) -> Json:
    definition = {"id": id, "name": name, "type": type, "enabled": True, "locale": "ja", "alerts": False}
    health = HEALTHY | fields.pop("health", {})
    problem, version = fields.pop("problem", None), fields.pop("version", 2)
    definition |= {"channel": None, "threads": False, "to": [], "template": None} | fields
    return {
        "id": id,
        "name": name,
        "type": type,
        "enabled": definition["enabled"],
        "version": version,
        "updated_at": ago(days=3),
        "updated_by": "sato@example.com",
        "definition": definition,
        "secret": dict.fromkeys(FIELDS, UNSET) | (secret or {}),
        "health": health,
        "problem": problem,
    }


DESTINATIONS = [
    destination("cs", "#cs-alerts", "slack", {"url": given("x9Zq", days=40)}, alerts=True),
    destination("cs-bot", "#vip", "slack", {"bot_token": given("7QmA", days=2)}, channel="C0123456789", threads=True),
    destination(
        "crm",
        "営業支援システム",
        "webhook",
        {"url": given("in/1", days=90), "signing_secret": given("c2V=", days=90)},
        health={
            "state": "degraded",
            "reason": "http_503: upstream is busy",
            "since": ago(minutes=40),
            "failures": 7,
            "share": 0.5,
            "next_at": iso(NOW + timedelta(hours=4)),
        },
    ),
    destination(
        "old",
        "旧チャンネル",
        "slack",
        {"url": given("aaaa", days=400)},
        enabled=False,
        health={
            "state": "disabled",
            "reason": "slack: channel_is_archived",
            "since": ago(hours=5),
            "failures": 1,
            "share": 0.1,
        },
    ),
    destination("mail", "店長へメール", "email", to=["shop@example.com", "owner@example.com"]),
]


def rule(definition: Json, status: str = "live", **fields: Any) -> Json:
    written = NotificationRule.model_validate(definition).model_dump(mode="json")
    known = {each["id"]: each for each in DESTINATIONS}
    told = [
        {key: known[each][key] for key in ("id", "name", "type", "enabled")}
        if each in known
        else {"id": each, "name": each, "type": "unknown", "enabled": False}
        for each in written["destinations"]
    ]
    return {
        "id": written["id"],
        "name": written["name"],
        "status": status,
        "version": 3,
        "updated_at": ago(hours=2),
        "updated_by": "sato@example.com",
        "definition": written,
        "summary": {**summary(written["when"], lambda name: NAMES.get(name, name))},
        "destinations": told,
        "problem": None,
    } | fields


ORDERS: Json = {
    "id": "orders",
    "name": "1万円以上の購入",
    "when": {
        "type": "all",
        "of": [
            {"type": "event", "name": "Order Completed"},
            {"type": "property", "path": "total", "op": "gte", "value": 10_000},
        ],
    },
    "destinations": ["cs", "crm"],
    "quiet_seconds": 3600,
    "mention": {"who": ["@here"], "when": {"type": "trait", "path": "plan", "op": "eq", "value": "gold"}},
}
RULES = [
    rule(ORDERS),
    rule(
        {
            "id": "vip",
            "name": "大きなカートの人が来訪",
            "when": {"type": "segment", "id": "big-cart"},
            "destinations": ["cs-bot"],
            "deliver": {"as": "digest", "every": "daily", "at": "10:00"},
            "hours": {"from": "09:00", "to": "18:00"},
        },
        "draft",
    ),
    rule(
        {"id": "errors", "name": "エラー", "when": {"type": "event", "name": "Error"}, "destinations": ["old"]},
        problem="its destinations are switched off, or gone",
    ),
]


def tried(at: str, code: int | None, error: str | None, ms: int | None = 182) -> Json:
    return {"at": at, "response_code": code, "duration_ms": ms, "error": error}


def delivery(id: str, status: str, **fields: Any) -> Json:
    return {
        "id": id,
        "key": f"key-{id}",
        "at": ago(minutes=1),
        "rule": {"id": "orders", "name": "1万円以上の購入"},
        "destination": {"id": "cs", "name": "#cs-alerts", "type": "slack"},
        "person": TARO,
        "event": "Order Completed",
        "status": status,
        "attempts": 1,
        "response_code": 200,
        "error": None,
        "next_attempt": None,
        "duration_ms": 182,
        "tries": [tried(ago(minutes=1), 200, None)],
        "message": f"msg_{id}",
        "together": 1,
    } | fields


CRM = {"id": "crm", "name": "営業支援システム", "type": "webhook"}
DELIVERIES = [
    delivery("d-1", "delivered", message="msg_many", together=3),
    delivery(
        "d-2",
        "retrying",
        destination=CRM,
        attempts=2,
        response_code=503,
        error="http_503: upstream is busy",
        next_attempt=iso(NOW + timedelta(hours=5)),
        tries=[
            tried(ago(minutes=6), None, "timeout: the host did not answer in time", 10_000),
            tried(ago(minutes=1), 503, "http_503: upstream is busy"),
        ],
    ),
    delivery(
        "d-3",
        "failed",
        rule={"id": "errors", "name": "エラー"},
        destination={"id": "old", "name": "旧チャンネル", "type": "slack"},
        event="Error",
        response_code=404,
        error="http_404: channel_is_archived",
        person=ANON,
        tries=[tried(ago(hours=5), 404, "http_404: channel_is_archived", 90)],
    ),
    delivery(
        "d-4",
        "dropped",
        response_code=None,
        duration_ms=None,
        attempts=0,
        tries=[],
        message=None,
        error="quiet: the rule has told of the same too lately",
    ),
    delivery("d-5", "delivered", message="msg_many", together=3, person=ANON),
    delivery(
        "d-6",
        "delivered",
        rule={"id": "alert.destination-disabled", "name": "Destination “旧チャンネル” was switched off"},
        person="",
        event="destination-disabled",
    ),
]


def curve(*, missing: int = 24) -> list[Json]:
    """Make a day of five minutes each: more by day than by night, and nothing of late."""
    start = NOW - timedelta(days=1)
    points = []
    for place in range(288):
        expected = 3 + 2.5 * math.sin((place - 72) / 288 * 2 * math.pi)
        seen = 0 if place >= 288 - missing else round(expected + math.sin(place * 2.3))
        points.append({"at": iso(start + timedelta(minutes=5 * place)), "expected": round(expected, 2), "seen": seen})
    return points


def incident(opened: float, kind: str, subject: str, name: str, **fields: Any) -> Json:
    opened_at = ago(minutes=opened)
    return {
        "id": f"{opened_at}.{kind}.{subject}",
        "kind": kind,
        "subject": subject,
        "name": name,
        "status": "open",
        "opened_at": opened_at,
        "since": ago(minutes=opened + 60),
        "updated_at": ago(minutes=2),
        "ended_at": None,
        "ending": None,
        "expected": 59.7,
        "seen": 0,
        "cause": "not_displayed",
        "detail": None,
        "snoozed_until": None,
        "by": None,
    } | fields


INCIDENTS = [
    incident(58, "campaign", "free-shipping", "あと少しで送料無料"),
    incident(
        200,
        "rule",
        "orders",
        "1万円以上の購入",
        status="snoozed",
        snoozed_until=iso(NOW + timedelta(hours=4)),
        by="sato@example.com",
        cause="not_matched",
        expected=18.2,
        seen=1,
    ),
    incident(
        3000,
        "campaign",
        "welcome",
        "はじめての方へ",
        status="ended",
        ended_at=ago(minutes=2600),
        ending="returned",
        cause="held_back",
        expected=31.0,
        seen=4,
    ),
]


def detail(summary: Json) -> Json:
    since = summary["since"]
    return summary | {
        "chance": 1e-9,
        "last_good": {
            "at": since,
            "person": TARO,
            "story": "https://console.example/sites/shop/people/u:42?event=m-3",
            "replay": "https://console.example/sites/shop/replays/s-2f9a?t=44500",
        },
        "changes": [
            {
                "at": since,
                "by": "sato@example.com",
                "kind": summary["kind"],
                "id": summary["subject"],
                "name": summary["name"],
                "change": "edited",
                "version": 4,
            }
        ],
        "curve": curve(),
    }
