"""A site's campaigns and what came of them, in the shapes of docs/api.md."""

from typing import Any

from kizuki.campaigns.content import Unrenderable, render
from kizuki.campaigns.definition import Campaign
from kizuki.campaigns.wording import sentence
from kizuki.rules.problems import all_problems
from tests.web.console import rules
from tests.web.console.data import NOW, ago

Json = dict[str, Any]

FREE_SHIPPING: Json = {
    "id": "free-shipping",
    "name": "あと少しで送料無料",
    "trigger": {"type": "event", "name": ["Product Added", "Cart Viewed"]},
    "moment": {"type": "scroll", "percent": 50},
    "delay_seconds": 5,
    "page": {"type": "context", "path": "page.path", "op": "not_contains", "value": "/checkout"},
    "audience": {
        "type": "all",
        "of": [
            {"type": "property", "path": "cart.total", "op": "gte", "value": 3000},
            {"type": "any", "of": [{"type": "segment", "id": "members"}, {"type": "visits", "op": "gte", "value": 2}]},
            {
                "type": "not",
                "of": {
                    "type": "statistic",
                    "of": "count",
                    "event": "Order Completed",
                    "window": {"days": 7},
                    "op": "gt",
                    "value": 0,
                },
            },
        ],
    },
    "control_percent": 10,
    "variants": [
        {
            "id": "a",
            "name": "金額を伝える",
            "weight": 2,
            "action": {
                "type": "bar",
                "placement": "bottom",
                "content": {
                    "ja": {
                        "title": "あと{{ 5000 - cart.total | yen }}で送料無料です!",
                        "button": {"label": "商品を見る", "url": "/"},
                    },
                    "en": {
                        "title": "{{ 5000 - cart.total | yen }} to free shipping!",
                        "button": {"label": "Keep shopping", "url": "/"},
                    },
                },
            },
        },
        {
            "id": "b",
            "weight": 1,
            "action": {
                "type": "popup",
                "content": {
                    "ja": {
                        "title": "送料無料まであと少し",
                        "body": "<b>5,000円以上</b>のお買い上げで送料無料です。",
                        "button": {"label": "続ける", "url": "/"},
                    }
                },
            },
        },
    ],
    "variables": {"orders": {"of": "count", "event": "Order Completed", "window": "all"}},
    "schedule": {"weekdays": ["mon", "tue", "wed", "thu", "fri"], "since": "09:00", "until": "18:00"},
    "caps": {"per_visit": 1, "per_day": 2, "per_days": {"times": 3, "days": 7}, "min_seconds": 600},
    "stop_after": ["click", "goal"],
    "exclusion_group": "shipping",
    "goals": [
        {
            "id": "purchase",
            "name": "購入",
            "when": {"type": "event", "name": "Order Completed"},
            "window": {"hours": 72},
        },
        {"id": "added", "name": "カート追加", "when": {"type": "event", "name": "Product Added"}, "window": "visit"},
    ],
}
NEWSLETTER = FREE_SHIPPING | {
    "id": "newsletter",
    "name": "Newsletter",
    "variants": [
        {
            "id": "a",
            "action": {
                "type": "popup",
                "content": {"en": {"title": "Our newsletter", "button": {"label": "Subscribe", "url": "/newsletter"}}},
            },
        }
    ],
    "goals": [],
    "stop_after": ["close"],
}
NPS = FREE_SHIPPING | {
    "id": "nps",
    "name": "NPSアンケート",
    "trigger": {"type": "event", "name": "Order Completed"},
    "stop_after": [],
    "goals": [],
    "schedule": {"start": ago(days=-3)},
    "variants": [
        {
            "id": "a",
            "action": {
                "type": "survey",
                "content": {
                    "ja": {
                        "title": "ご意見をお聞かせください",
                        "questions": [{"id": "nps", "kind": "nps", "label": "薦めたいと思いますか?"}],
                    }
                },
            },
        }
    ],
}
NONE = dict.fromkeys(
    ("eligible", "decided", "control", "suppressed", "shown", "clicked", "closed", "goals", "problems"), 0
)
COUNTERS = {
    "eligible": 12_340,
    "decided": 2_180,
    "control": 241,
    "suppressed": 9_919,
    "shown": 2_110,
    "clicked": 512,
    "closed": 830,
    "goals": 201,
    "problems": 14,
}
STEPS = {"spacing": 7_527, "caps": 1_204, "content": 618, "stopped": 402, "exclusion": 131, "schedule": 37}


def segment_name(segment: str) -> str:
    return rules.NAMES.get(segment, segment)


def campaign(definition: Json, status: str = "live", **fields: Any) -> Json:
    """A campaign as the API tells it: its definition in full, and in words."""
    written, problems = all_problems(Campaign, definition)
    assert written is not None, problems
    document = written.model_dump(mode="json")
    start = written.schedule.start
    return {
        "id": document["id"],
        "name": document["name"],
        "status": status,
        "state": "scheduled" if status == "live" and start is not None and start > NOW else status,
        "version": 1,
        "updated_at": ago(hours=3),
        "updated_by": "sato@example.com",
        "definition": document,
        "summaries": summaries(document),
        "sentence": {**sentence(written, segment_name)},
        "counters": NONE,
        "steps": {},
        "problem": None,
    } | fields


def summaries(document: Json) -> Json:
    told = {part: rules.words(document[part]) if document[part] else None for part in ("trigger", "page", "audience")}
    goals = [{"id": each["id"], "name": each["name"], "when": rules.words(each["when"])} for each in document["goals"]]
    return told | {"goals": goals}


def checked(definition: Json) -> Json:
    """Answer as `POST campaigns/~check` does."""
    written, problems = all_problems(Campaign, definition)
    return {
        "sentence": None if written is None else {**sentence(written, segment_name)},
        "summaries": None if written is None else summaries(written.model_dump(mode="json")),
        "problems": [{"path": each.path, "message": each.message} for each in problems],
    }


def rendered(request: Json, theme: Json) -> Json:
    """Answer as `POST campaigns/~render` does."""
    written, problems = all_problems(Campaign, request["definition"])
    if written is None:
        return {"action": None, "problem": f"{problems[0].path}: {problems[0].message}"}
    document = written.model_dump(mode="json")
    variant = next(each for each in document["variants"] if each["id"] == request["variant"])
    action = variant["action"]
    if action["type"] == "notify":
        return {"action": None, "problem": "it is sent to a destination, and shows nothing on a page"}
    person = {"traits": {"name": "山田 太郎", "plan": "gold"}, "cart": {"total": 4200}, "visits": 9}
    values = {"properties": {}, "traits": {}, "visits": 1, "variables": {}} | (
        person if "person" in request else request["sample"]
    )
    try:
        locale, content = render(action["content"], request["locale"], values)
    except Unrenderable as error:
        return {"action": None, "problem": str(error)}
    if action["type"] == "checklist":
        content = content | {"items": [item | {"done": False} for item in content["items"]]}
    return {
        "action": {
            "id": "preview",
            "campaign": document["id"],
            "name": document["name"],
            "variant": variant["id"],
            "messageId": "preview",
            "type": action["type"],
            "placement": action.get("placement", ""),
            "selector": action.get("selector"),
            "locale": locale,
            "theme": theme,
            "content": content,
        },
        "problem": None,
    }


def campaigns() -> dict[str, Json]:
    all_of_them = [
        campaign(FREE_SHIPPING, "draft", version=3, counters=COUNTERS, steps=STEPS),
        campaign(
            NEWSLETTER,
            updated_at=ago(days=2),
            updated_by=None,
            counters=NONE | {"eligible": 12, "decided": 12, "shown": 9, "clicked": 1},
            problem="variants[0].action: the segment “gone” does not exist",
        ),
        campaign(NPS, updated_at=ago(days=9)),
    ]
    return {each["id"]: each for each in all_of_them}


def version(number: int, change: str, definition: Json, status: str = "draft", **fields: Any) -> Json:
    written = campaign(definition)["definition"]
    return {
        "version": number,
        "at": ago(hours=3 * (4 - number)),
        "by": "sato@example.com",
        "change": change,
        "status": status,
        "definition": written,
    } | fields


def versions() -> list[Json]:
    """Of the campaign about free shipping, newest first."""
    first, *others = FREE_SHIPPING["variants"]
    earlier = FREE_SHIPPING | {"control_percent": 20, "variants": [first | {"weight": 1}, *others]}
    return [
        version(3, "edited", FREE_SHIPPING),
        version(2, "paused", earlier, "paused", by=None),
        version(
            1, "created", FREE_SHIPPING | {"name": "送料無料", "control_percent": 0, "goals": [], "stop_after": []}
        ),
    ]
