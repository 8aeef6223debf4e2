"""A site's rules, made up, and the same rules in other words: a Python function, closures, ZEN, CEL.

Each asks for one event and compares its properties, the person's traits and visits: the mix that the budgets are set
for. Rules of `STATISTICAL` kind ask, beside that, a statistic, membership of a segment, one of two statistics, or a
negation. Others than ours are given the values of statistics, not how to get them.
"""

import operator
import random
from collections.abc import Callable
from typing import Any

import msgspec

from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import NotificationSpec, Ruleset, SegmentSpec
from tests.bench.shop import EVENTS

Document = dict[str, Any]
Rule = Callable[[Document], bool]

PLANS = ["free", "light", "pro", "team", "company"]
TIMEZONE = "Asia/Tokyo"
STATISTICS: dict[str, Document] = {
    "count_all": {"of": "count", "event": EVENTS[0]},
    "count_week": {"of": "count", "event": EVENTS[1], "window": {"days": 7}},
    "count_today": {"of": "count", "window": "today"},
    "count_visit": {"of": "count", "window": "visit"},
    "sum_month": {"of": "sum", "path": "price", "window": {"days": 28}},
    "sum_all": {"of": "sum", "event": EVENTS[2:5], "path": "price"},
    "last_cart": {"of": "last", "path": "cart.total"},
    "last_week": {"of": "last", "path": "price", "window": {"days": 7}},
}
STEPS = {"count_all": 2, "count_week": 2, "count_today": 3, "count_visit": 3, "sum_month": 40_000, "sum_all": 5_000}
SEGMENTS = {
    "buyers": ("sum_month", "gte", 200_000),
    "regulars": ("count_all", "gte", 3),
    "full-cart": ("last_cart", "gte", 10_000),
    "busy-today": ("count_today", "gt", 5),
}


def statistic(name: str, op: str, value: int) -> Document:
    return {"type": "statistic"} | STATISTICS[name] | {"op": op, "value": value}


def segments() -> list[SegmentSpec]:
    return [SegmentSpec(id_, id_, statistic(*asked)) for id_, asked in SEGMENTS.items()]


MIXED = ["visits"]
STATISTICAL = ["visits", "visits", "statistic", "statistic", "statistic", "segment", "any", "not"]


def conditions(count: int, kinds: list[str] = MIXED, *, products: int | None = None) -> list[Document]:
    """Make rules up; with `products`, each for so many of the forty only, so that fewer hold at once."""
    chance = random.Random(7)
    return [
        {
            "type": "all",
            "of": [
                {"type": "event", "name": chance.choice(EVENTS)},
                {"type": "property", "path": "price", "op": "gte", "value": chance.randrange(0, 10_000, 100)},
                {"type": "property", "path": "cart.total", "op": "lt", "value": chance.randrange(1000, 20_000, 500)},
                _of_the_person(chance, chance.choice(kinds)),
                {"type": "trait", "path": "plan", "op": "in", "value": chance.sample(PLANS, 3)},
                {"type": "property", "path": "last_campaign", "op": "not_in", "value": chance.sample(range(100), 5)},
                *([_of_products(chance, products)] if products else []),
            ],
        }
        for _ in range(count)
    ]


def _of_products(chance: random.Random, products: int) -> Document:
    chosen = [f"p-{n}" for n in chance.sample(range(40), products)]
    return {"type": "property", "path": "product_id", "op": "in", "value": chosen}


def _of_the_person(chance: random.Random, kind: str) -> Document:
    if kind == "visits":
        return {"type": "visits", "op": "gte", "value": chance.randrange(1, 10)}
    if kind == "segment":
        return {"type": "segment", "id": chance.choice(list(SEGMENTS))}
    if kind == "any":
        return {"type": "any", "of": [_statistic(chance), _statistic(chance)]}
    return {"type": "not", "of": _statistic(chance)} if kind == "not" else _statistic(chance)


def _statistic(chance: random.Random) -> Document:
    name = chance.choice(list(STATISTICS))
    return statistic(name, chance.choice(["gte", "lt"]), chance.randrange(1, 10) * STEPS.get(name, 2_000))


def engine(count: int, kinds: list[str] = MIXED, *, products: int | None = None) -> Engine:
    """Compile the rules as a site's notification rules."""
    rules = conditions(count, kinds, products=products)
    specs = [NotificationSpec(str(n), str(n), when, "none") for n, when in enumerate(rules)]
    return Engine(Ruleset(1, "shop", TIMEZONE, segments=segments(), notifications=specs))


class Dialect(msgspec.Struct):
    """How a language writes what rules are made of. Values are read from a nested document, `c` where it has a name."""

    path: Callable[..., str]
    every: str = " and "
    some: str = " or "
    opposite: str = "not ({})"
    quoted: Callable[[Any], str] = repr


PYTHON = Dialect(lambda *keys: "c" + "".join(f"[{key!r}]" for key in keys))
ZEN = Dialect(lambda *keys: ".".join(keys), quoted=lambda value: msgspec.json.encode(value).decode())
CEL = Dialect(ZEN.path, " && ", " || ", "!({})", ZEN.quoted)
SIGNS = {"gte": ">=", "gt": ">", "lt": "<", "lte": "<=", "eq": "=="}
COMPARE = {"gte": operator.ge, "gt": operator.gt, "lt": operator.lt, "lte": operator.le, "eq": operator.eq}
_NAMES = {msgspec.json.encode(asked, order="sorted"): name for name, asked in STATISTICS.items()}


def _keys(condition: Document) -> list[str]:
    """Return the keys that lead to a condition's value in the document that others are given."""
    match condition["type"]:
        case "event":
            return ["event", "name"]
        case "property":
            return ["event", "properties", *condition["path"].split(".")]
        case "trait":
            return ["traits", condition["path"]]
        case "statistic":
            asked = {name: value for name, value in condition.items() if name not in {"type", "op", "value"}}
            return ["statistics", _NAMES[msgspec.json.encode(asked, order="sorted")]]
        case kind:
            return [kind]


def written(condition: Document, dialect: Dialect) -> str:
    """Write a condition as an expression."""
    match condition["type"]:
        case "all":
            return dialect.every.join(written(part, dialect) for part in condition["of"])
        case "any":
            return f"({dialect.some.join(written(part, dialect) for part in condition['of'])})"
        case "not":
            return dialect.opposite.format(written(condition["of"], dialect))
        case "segment":
            return f"{dialect.quoted(condition['id'])} in {dialect.path('segments')}"
        case "event":
            return f"{dialect.path(*_keys(condition))} == {dialect.quoted(condition['name'])}"
    found, op, value = dialect.path(*_keys(condition)), condition["op"], condition["value"]
    if op in SIGNS:
        return f"{found} {SIGNS[op]} {dialect.quoted(value)}"
    listed = f"({found} in {dialect.quoted(value)})"
    return listed if op == "in" else dialect.opposite.format(listed)


def handwritten(rules: list[Document]) -> list[Rule]:
    """Return the rules as the functions that a programmer would write."""
    return [eval(f"lambda c: {written(rule, PYTHON)}") for rule in rules]  # noqa: S307 - our own text


def closures(rules: list[Document]) -> list[Rule]:
    """Return the rules as an interpreter of documents makes them: a closure for each condition."""
    return [closure(rule) for rule in rules]


def closure(condition: Document) -> Rule:
    match condition["type"]:
        case "all":
            parts = [closure(part) for part in condition["of"]]
            return lambda c: all(part(c) for part in parts)
        case "any":
            parts = [closure(part) for part in condition["of"]]
            return lambda c: any(part(c) for part in parts)
        case "not":
            inner = closure(condition["of"])
            return lambda c: not inner(c)
        case "segment":
            id_ = condition["id"]
            return lambda c: id_ in c["segments"]
    keys = _keys(condition)

    def read(c: Document) -> Any:
        for key in keys:
            c = c[key]
        return c

    if condition["type"] == "event":
        name = condition["name"]
        return lambda c: read(c) == name
    op, value = condition["op"], condition["value"]
    if op in {"in", "not_in"}:
        values, wanted = frozenset(value), op == "in"
        return lambda c: (read(c) in values) is wanted
    compare = COMPARE[op]
    return lambda c: compare(read(c), value)
