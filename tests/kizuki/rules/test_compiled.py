"""Conditions mean what they say, and a visitor's data cannot break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kizuki.errors import MalformedError
from kizuki.events import Event
from kizuki.rules import Facts, compile_condition, trigger_names
from kizuki.rules.definition import Condition
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import Ruleset, SegmentSpec
from kizuki.visitors import Group, State, Value, fold

NOON = 1_795_262_400_000
DAY = 86_400_000
check = TypeAdapter(Condition).validate_python


def facts(
    properties=None, *, name="Product Added", traits=None, company=None, context=None, history=(), asked=(), at=NOON
) -> Facts:
    engine = Engine(Ruleset(1, "shop", "Asia/Tokyo", segments=[SegmentSpec("s", "S", each) for each in asked]))
    state = State("a:x", profile={name: Value(value, 0) for name, value in (traits or {}).items()})
    state.groups = {"acme": Group(0, {name: Value(value, 0) for name, value in (company or {}).items()})}
    for n, (past, when, session) in enumerate(history):
        fold(state, _event(f"h{n}", past, when, session), engine.needs)
    now = _event("now", name, at, "s-now")
    now.properties, now.context = properties or {}, context or {}
    fold(state, now, engine.needs)
    return Facts(now, state, engine.calendar)


def _event(message_id, name, at, session):
    return Event(
        message_id=message_id,
        type="track",
        name=name,
        person="a:x",
        occurred_at=at,
        received_at=NOON,
        session_id=session,
    )


def holds(document, about) -> bool:
    checked = TypeAdapter(Condition).dump_python(check(document), mode="json")
    return compile_condition(checked)(about)


def prop(op, value=None, path="cart.total"):
    return {"type": "property", "path": path, "op": op} | ({} if value is None else {"value": value})


@pytest.mark.parametrize(
    ("condition", "properties", "expected"),
    [
        (prop("lt", 5000), {"cart": {"total": 4999}}, True),
        (prop("lt", 5000), {"cart": {"total": 5000}}, False),
        (prop("gte", 5000), {"cart": {"total": 5000.0}}, True),
        (prop("lt", 5000), {}, False),
        (prop("lt", 5000), {"cart": {"total": "4000"}}, False),
        (prop("lt", 5000), {"cart": {"total": True}}, False),
        (prop("lt", 5000), {"cart": None}, False),
        (prop("eq", 1), {"cart": {"total": True}}, False),
        (prop("eq", True), {"cart": {"total": True}}, True),
        (prop("eq", "red"), {"cart": {"total": ["blue", "red"]}}, True),
        (prop("ne", "red"), {}, False),
        (prop("in", ["a", "b"]), {"cart": {"total": "b"}}, True),
        (prop("not_in", ["a", "b"]), {"cart": {"total": "c"}}, True),
        (prop("contains", "シャツ"), {"cart": {"total": "白いシャツ"}}, True),
        (prop("starts_with", "/p"), {"cart": {"total": "/product"}}, True),
        (prop("exists"), {"cart": {"total": 0}}, True),
        (prop("not_exists"), {"cart": {"total": 0}}, False),
        (prop("contains", "red"), {"cart": {"total": ["red"]}}, True),
        (prop("contains", "re"), {"cart": {"total": ["red"]}}, False),
        (prop("gte", 5, "items[].price"), {"items": [{"price": 3}, {"price": 7}]}, True),
        (prop("gte", 8, "items[].price"), {"items": [{"price": 3}, {"price": 7}]}, False),
        (prop("contains", "re", "tags[]"), {"tags": ["blue", "red"]}, True),
        (prop("ne", "red", "tags[]"), {"tags": ["blue", "red"]}, False),
        (prop("ne", "red", "tags[]"), {"tags": ["blue", None]}, True),
        (prop("ne", "red", "tags[]"), {"tags": []}, False),
        (prop("exists", path="items[].sizes[].cm"), {"items": [{}, {"sizes": [{"cm": 5}]}]}, True),
        (prop("not_exists", path="items[].sizes[].cm"), {"items": "none"}, True),
    ],
)
def test_a_property_compares_as_written(condition, properties, expected):
    assert holds(condition, facts(properties)) is expected


def test_events_traits_and_context_are_read():
    about = facts(
        traits={"plan": "pro", "address": {"city": "東京"}},
        company={"seats": 50},
        context={"page": {"path": "/cart"}, "device": {"type": "mobile"}},
    )

    assert holds({"type": "trait", "path": "address.city", "op": "eq", "value": "東京"}, about)
    assert holds({"type": "group_trait", "path": "seats", "op": "gte", "value": 50}, about)
    assert holds({"type": "event", "name": ["Product Added", "Cart Viewed"]}, about)
    assert holds({"type": "trait", "path": "plan", "op": "eq", "value": "pro"}, about)
    assert holds({"type": "context", "path": "page.path", "op": "eq", "value": "/cart"}, about)
    assert not holds(
        {"type": "not", "of": {"type": "context", "path": "device.type", "op": "eq", "value": "mobile"}}, about
    )


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("all", 5),
        ("visit", 1),
        ("previous_visit", 2),
        ("today", 2),
        ({"days": 2}, 3),
        ({"days": 8}, 5),
        ({"days": 7}, 4),
    ],
)
def test_counts_know_their_windows(window, expected):
    history = [
        ("Product Added", NOON - 7 * DAY, "s0"),
        ("Product Added", NOON - 6 * DAY, "s0"),
        ("Product Added", NOON - DAY, "s1"),
        # 2026-11-21 15:00 in Tokyo is still today for a visit at 21:00.
        ("Product Added", NOON - DAY // 4, "s1"),
    ]
    count = {"type": "statistic", "of": "count", "event": "Product Added", "op": "eq", "value": expected}
    count["window"] = window

    assert holds(count, facts(history=history, asked=[count]))


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        # NOON is Saturday 21:00 in Tokyo.
        ({"since": "21:00", "until": "21:01"}, True),
        ({"since": "09:00", "until": "21:00"}, False),
        ({"since": "20:00", "until": "05:00"}, True),
        ({"since": "22:00", "until": "05:00"}, False),
        ({"weekdays": ["sat", "sun"]}, True),
        ({"weekdays": ["mon"]}, False),
        ({"since": "20:00", "until": "22:00", "weekdays": ["fri"]}, False),
    ],
)
def test_the_time_is_that_of_the_sites_clock(clock, expected):
    assert holds({"type": "time"} | clock, facts()) is expected


def test_what_never_happened_is_missing():
    ordered = {"type": "statistic", "of": "since_last", "event": "Order Completed"}

    assert holds(ordered | {"op": "not_exists"}, facts(asked=[ordered]))
    assert not holds(ordered | {"op": "gte", "value": 0}, facts(asked=[ordered]))


def test_a_cart_left_alone_for_an_hour_is_known_by_the_next_event():
    left = {"type": "sequence", "first": {"event": "Product Added"}, "then": {"event": "Order Completed"}}
    left |= {"within": 3600, "absent": True}
    added, ordered = ("Product Added", NOON - DAY, "s1"), ("Order Completed", NOON - DAY + 3_600_000, "s1")

    assert holds(left, facts(name="page", history=[added], asked=[left]))
    assert not holds(left, facts(name="page", history=[added, ordered], asked=[left]))
    assert not holds(left, facts(name="page", history=[added], asked=[left], at=NOON - DAY + 3_599_999))
    assert holds(left | {"absent": False}, facts(history=[added, ordered], asked=[left]))


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"type": "telepathy"}, ()),
        ({"type": "property", "path": "x", "op": "lt", "value": "five"}, ("property",)),
        ({"type": "property", "path": "x", "op": "in", "value": "five"}, ("property",)),
        ({"type": "property", "path": "x", "op": "exists", "value": 1}, ("property",)),
        ({"type": "property", "path": "x", "op": "eq"}, ("property",)),
        ({"type": "event", "name": "x", "more": 1}, ("event", "more")),
        ({"type": "time", "since": "9:00", "until": "18:00"}, ("time", "since")),
        ({"type": "time"}, ("time",)),
        ({"type": "statistic", "of": "sum", "op": "gte", "value": 1}, ("statistic",)),
        ({"type": "statistic", "of": "count", "path": "x", "op": "gte", "value": 1}, ("statistic",)),
        ({"type": "statistic", "of": "count", "op": "contains", "value": "1"}, ("statistic",)),
        ({"type": "statistic", "of": "count", "op": "not_exists"}, ("statistic",)),
        ({"type": "statistic", "of": "distinct", "path": "x", "op": "gte", "value": 250}, ("statistic",)),
        ({"type": "statistic", "of": "first", "path": "x[].y", "op": "exists"}, ("statistic",)),
        ({"type": "statistic", "of": "since_last", "window": "today", "op": "gte", "value": 1}, ("statistic",)),
        (
            {"type": "all", "of": [{"type": "not", "of": {"type": "event"}}]},
            ("all", "of", 0, "not", "of", "event", "name"),
        ),
    ],
)
def test_what_makes_no_sense_is_refused_when_written(document, path):
    with pytest.raises(ValidationError) as refused:
        check(document)

    assert refused.value.errors()[0]["loc"] == path


@pytest.mark.parametrize("document", [{}, {"type": "x"}, {"type": "property"}, {"type": "all", "of": 5}, {"type": "statistic", "of": "count", "event": "x", "op": "eq", "value": 1, "window": "ever"}])  # fmt: skip
def test_a_document_that_was_never_checked_does_not_compile(document):
    with pytest.raises(MalformedError):
        compile_condition(document)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["cart", "total"]), inner, max_size=2),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["cart", "x"]), values),
    st.sampled_from(["eq", "ne", "lt", "gte", "contains", "starts_with", "not_in"]),
)
def test_no_value_breaks_a_comparison(properties, op):
    value = {"contains": "a", "starts_with": "a", "not_in": ["a", 1]}.get(op, 5)

    assert holds(prop(op, value), facts(properties)) in {True, False}


def test_the_events_that_can_trigger_a_condition_are_known():
    added, viewed = {"type": "event", "name": "Added"}, {"type": "event", "name": ["Viewed", "Added"]}

    assert trigger_names({"type": "all", "of": [added, viewed, prop("lt", 5)]}) == {"Added"}
    assert trigger_names({"type": "any", "of": [added, viewed]}) == {"Added", "Viewed"}
    assert trigger_names({"type": "any", "of": [added, prop("lt", 5)]}) is None
    assert trigger_names({"type": "not", "of": added}) is None
