"""A made-up shop: the same rules three ways (documents, hand-written functions), visitors and batches."""

import json
import random
from typing import Any

from kizuki.events import Event
from kizuki.rules.ruleset import Engine, NotificationSpec, Ruleset
from kizuki.visitors import Calendar, State, fold

NOW = 1_795_262_400_000
EVENTS = [f"Event {n}" for n in range(20)]
PLANS = ["free", "light", "pro", "team", "company"]
CALENDAR = Calendar("Asia/Tokyo")


def rules(count: int, seed: int = 7) -> list[dict[str, Any]]:
    """Six comparisons each: event, price, cart, visits, plan, and what was not shown last."""
    chance = random.Random(seed)
    return [
        {
            "event": chance.choice(EVENTS),
            "price": chance.randrange(0, 10_000, 100),
            "cart": chance.randrange(1000, 20_000, 500),
            "visits": chance.randrange(1, 10),
            "plans": chance.sample(PLANS, 3),
            "last": chance.sample(range(100), 5),
        }
        for _ in range(count)
    ]


def engine(count: int) -> Engine:
    """Compile the rules as a site's notification rules."""
    specs = [
        NotificationSpec(
            id=str(n),
            name=str(n),
            destination="none",
            when={
                "type": "all",
                "of": [
                    {"type": "event", "name": rule["event"]},
                    {"type": "property", "path": "price", "op": "gte", "value": rule["price"]},
                    {"type": "property", "path": "cart.total", "op": "lt", "value": rule["cart"]},
                    {"type": "visits", "op": "gte", "value": rule["visits"]},
                    {"type": "trait", "path": "plan", "op": "in", "value": rule["plans"]},
                    {"type": "property", "path": "last_campaign", "op": "not_in", "value": rule["last"]},
                ],
            },
        )
        for n, rule in enumerate(rules(count))
    ]
    return Engine(Ruleset(1, "shop", "Asia/Tokyo", notifications=specs))


def handwritten(count: int) -> list[Any]:
    """Write every rule as a Python function of a nested dict, as a programmer would."""
    functions = []
    for rule in rules(count):
        source = (
            "def rule(c):\n"
            "    e, p, s = c['event'], c['event']['properties'], c['state']\n"
            f"    return (e['name'] == {rule['event']!r} and p['price'] >= {rule['price']} and p['cart']['total'] < {rule['cart']}"
            f" and s['visits'] >= {rule['visits']} and s['traits']['plan'] in {set(rule['plans'])!r}"
            f" and p['last_campaign'] not in {set(rule['last'])!r})\n"
        )
        scope: dict[str, Any] = {}
        exec(source, scope)  # noqa: S102 - our own text, to have what a programmer would have written
        functions.append(scope["rule"])
    return functions


def event(chance: random.Random, n: int) -> Event:
    return Event(
        message_id=f"m-{n}",
        type="track",
        name=chance.choice(EVENTS),
        person="a:anon-1",
        occurred_at=NOW + n * 1000,
        received_at=NOW + n * 1000,
        anonymous_id="anon-1",
        session_id=f"s-{n // 50}",
        properties={
            "price": chance.randrange(0, 10_000),
            "cart": {"total": chance.randrange(0, 20_000), "items": chance.randrange(1, 9)},
            "last_campaign": chance.randrange(100),
            "product_id": f"p-{chance.randrange(40)}",
            "name": "白いシャツ",
        },
        context={
            "page": {"url": f"https://shop.example.com/p/{chance.randrange(40)}", "title": "白いシャツ"},
            "locale": "ja",
        },
    )


def visitor(events: int = 60) -> State:
    """A visitor after a few days of browsing."""
    chance = random.Random(11)
    state = State("a:anon-1", traits={"plan": "pro", "name": "山田 太郎", "email": "taro@example.com"})
    for n in range(events):
        each = event(chance, n)
        each.occurred_at = NOW - (events - n) * 2 * 3_600_000
        fold(state, each, CALENDAR)
    return state


def batch(events: int = 10) -> bytes:
    """A request body as the tag sends it."""
    chance = random.Random(13)
    calls = []
    for n in range(events):
        each = event(chance, 10_000 + n)
        calls.append(
            {
                "type": "track",
                "event": each.name,
                "messageId": each.message_id,
                "anonymousId": each.anonymous_id,
                "timestamp": "2026-11-21T12:00:00.000Z",
                "properties": each.properties,
                "context": each.context | {"session": {"id": "s-1"}},
            }
        )
    return json.dumps({"batch": calls, "sentAt": "2026-11-21T12:00:01.000Z"}).encode()
