"""What came of a campaign, what looked wrong, the site's settings and its audit trail, in the shapes of docs/api.md."""

from datetime import timedelta
from typing import Any

from tests.web.console.campaign_data import COUNTERS, STEPS
from tests.web.console.data import ANON, NOW, SESSION, TARO, ago
from tests.web.console.live_backend import RECORDING

Json = dict[str, Any]


def goal_result(people: int, exposed: int, **fields: Any) -> Json:
    rate = people / exposed
    return {
        "people": people,
        "rate": rate,
        "rate_interval": [rate * 0.85, rate * 1.15],
        "lift": None,
        "lift_interval": None,
        "difference": None,
        "difference_interval": None,
        "best": 0.02,
        "label": None,
        "next": None,
    } | fields


def results() -> Json:
    days = [(NOW - timedelta(days=ago_)).date().isoformat() for ago_ in range(29, -1, -1)]
    shape = [1 + (day * 7 % 5) + day // 4 for day in range(30)]
    return {
        "from": days[0],
        "to": days[-1],
        "counters": COUNTERS,
        "steps": STEPS,
        "arms": [
            {
                "id": "control",
                "name": "",
                "weight": 0.1,
                "exposed": 241,
                "shown": 0,
                "clicked": 0,
                "closed": 0,
                "goals": {"purchase": goal_result(14, 241), "added": goal_result(60, 241)},
            },
            {
                "id": "a",
                "name": "金額を伝える",
                "weight": 0.6,
                "exposed": 1_452,
                "shown": 1_405,
                "clicked": 388,
                "closed": 530,
                "goals": {
                    "purchase": goal_result(
                        142, 1_452, lift=0.683, lift_interval=[0.081, 1.42], best=0.93, label="win", next="roll_out"
                    ),
                    "added": goal_result(
                        401,
                        1_452,
                        lift=0.109,
                        lift_interval=[-0.12, 0.36],
                        best=0.71,
                        label="collecting",
                        next="keep_running",
                    ),
                },
            },
            {
                "id": "b",
                "name": "",
                "weight": 0.3,
                "exposed": 728,
                "shown": 705,
                "clicked": 124,
                "closed": 300,
                "goals": {
                    "purchase": goal_result(
                        45,
                        728,
                        lift=0.064,
                        lift_interval=[-0.31, 0.52],
                        best=0.05,
                        label="no_difference",
                        next="decide_by_cost",
                    ),
                    "added": goal_result(
                        190, 728, lift=0.048, lift_interval=[-0.2, 0.33], best=0.27, label="lose", next="stop"
                    ),
                },
            },
        ],
        "goals": [{"id": "purchase", "name": "購入"}, {"id": "added", "name": "カート追加"}],
        "compared_with": "control",
        "sample_ratio": {"p": 0.42, "suspicious": False, "since": None},
        "groups": {"clicked_goal": 128, "clicked": 384, "shown": 768, "closed": 830},
        "days": [
            {
                "day": day,
                "arms": {
                    "control": day_of_arm(exposed=shape[n], shown=0, purchase=shape[n] // 9),
                    "a": day_of_arm(exposed=shape[n] * 6, shown=shape[n] * 6 - 1, purchase=shape[n] // 2),
                    "b": day_of_arm(exposed=shape[n] * 3, shown=shape[n] * 3 - 1, purchase=shape[n] // 4),
                },
            }
            for n, day in enumerate(days)
        ],
        "problems": {"covered": 8, "outside_viewport": 4, "low_contrast": 2},
    }


def day_of_arm(*, exposed: int, shown: int, purchase: int) -> Json:
    return {
        "exposed": exposed,
        "shown": shown,
        "clicked": shown // 4,
        "closed": shown // 3,
        "goals": {"purchase": purchase, "added": exposed // 3},
    }


def outcome(person: str, name: str | None, group: str, minutes: float, **fields: Any) -> Json:
    return {
        "person": person,
        "name": name,
        "variant": "a",
        "group": group,
        "shown_at": ago(minutes=minutes),
        "clicked_at": ago(minutes=minutes - 1) if group.startswith("clicked") else None,
        "closed_at": ago(minutes=minutes - 0.5) if group == "closed" else None,
        "goal_at": ago(minutes=minutes - 4) if group == "clicked_goal" else None,
        "replay": {"id": SESSION, "offset": 42_400},
    } | fields


OUTCOMES = [
    outcome(TARO, "山田 太郎", "clicked_goal", 8),
    outcome("u:eve", '=HYPERLINK("https://evil.example")', "clicked_goal", 33, replay=None),
    outcome(ANON, None, "clicked", 12),
    outcome("u:margaret@example.org", "Margaret O'Connell-Featherstonehaugh", "closed", 21, variant="b"),
]
BOX = {"x": 12, "y": 640, "width": 366, "height": 96}


def screen_problem(problem: str, minutes: float, **fields: Any) -> Json:
    return {
        "at": ago(minutes=minutes),
        "problem": problem,
        "variant": "a",
        "box": BOX,
        "viewport": {"width": 390, "height": 664},
        "other": None,
        "ratio": None,
        "url": "https://shop.example/products/shirt",
        "device": "mobile",
        "person": TARO,
        "replay": {"id": SESSION, "offset": 61_000},
    } | fields


PROBLEMS = [
    screen_problem("outside_viewport", 12),
    screen_problem("covered", 44, other="div#cookie-banner", box=BOX | {"y": 560}),
    screen_problem(
        "covers_control",
        95,
        other="button.add-to-cart",
        device="desktop",
        viewport={"width": 1440, "height": 900},
        box={"x": 340, "y": 826, "width": 760, "height": 62},
        replay=None,
    ),
    screen_problem("low_contrast", 180, ratio=2.31, box=BOX | {"y": 556}),
    screen_problem("overlaps_campaign", 300, other="newsletter", box=BOX | {"y": 400}),
    screen_problem("selector_missing", 400, other="#price", box=None, viewport=None),
]
SETTINGS: Json = {
    "spacing_seconds": 600,
    "spacing_pages": 2,
    "allow_scripts": False,
    "theme": {"surface": "#ffffff", "text": "#17212b", "accent": "#165e83", "accentText": "#ffffff", "radius": 12},
    "recording": RECORDING,
}


def change(minutes: float, kind: str, id: str, name: str, what: str, number: int, by: str | None) -> Json:
    return {
        "at": ago(minutes=minutes),
        "by": by,
        "kind": kind,
        "id": id,
        "name": name,
        "change": what,
        "version": number,
    }


CHANGES = [
    change(180, "campaign", "free-shipping", "あと少しで送料無料", "edited", 3, "sato@example.com"),
    change(360, "campaign", "free-shipping", "あと少しで送料無料", "paused", 2, None),
    change(400, "settings", "settings", "あおい商店", "edited", 0, "admin@example.com"),
    change(700, "segment", "big-cart", "カート金額が大きい", "published", 4, "sato@example.com"),
    change(900, "template", "summer-sale", "夏のセール(昨年)", "created", 1, "suzuki@example.com"),
    change(1500, "destination", "cs-slack", "#cs-alerts", "edited", 2, "admin@example.com"),
]
