"""An explanation says what the rule said, and what it saw."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kizuki.events import Event
from kizuki.rules import Facts, compile_condition
from kizuki.rules.engine import Engine
from kizuki.rules.explain import explain, reason
from kizuki.rules.ruleset import Ruleset, SegmentSpec
from kizuki.visitors import State, fold
from tests.kizuki.rules.conditions import CONDITIONS

NOON = 1_795_230_000_000
"""Noon in Tokyo on Saturday 21 November 2026."""
HOUR = 3_600_000
OWN = "mine"


def name(id_):
    return {"big-cart": "Big cart"}.get(id_, id_)


def facts(condition, *events, traits=None, segments=None) -> Facts:
    """Fold (name, properties, hours before now) and keep what the condition needs; the last is the one at hand."""
    engine = Engine(Ruleset(1, "shop", "Asia/Tokyo", segments=[SegmentSpec(OWN, "Mine", condition)]))
    state = State("a:x", segments=segments or {})
    identify = Event(message_id="i", type="identify", name="identify", person="a:x", occurred_at=NOON - 40 * 24 * HOUR, received_at=NOON, traits=traits or {})  # fmt: skip
    fold(state, identify, engine.needs)
    for n, (event, properties, hours) in enumerate(events):
        happened = Event(
            message_id=f"m{n}",
            type="track",
            name=event,
            person="a:x",
            occurred_at=NOON - hours * HOUR,
            received_at=NOON,
            session_id=f"visit-{hours // 24}",
            properties=properties,
            context={"page": {"path": "/cart"}},
        )
        fold(state, happened, engine.needs)
    return Facts(happened, state, engine.calendar)


def asked(condition, *events, **known):
    about = facts(condition, *events, **known)
    step = explain(condition, about, name)
    return step, reason(condition, step, name)


SPENT = {"type": "statistic", "of": "sum", "event": "Order Completed", "path": "revenue", "window": {"days": 28}, "op": "gte", "value": 10_000}  # fmt: skip
MEMBER = {"type": "segment", "id": "big-cart"}
ORDERS = (("Order Completed", {"revenue": 1500}, 48), ("Order Completed", {"revenue": 500}, 2), ("page", {}, 0))


def test_each_step_tells_what_it_saw():
    condition = {
        "type": "all",
        "of": [
            {"type": "event", "name": "page"},
            SPENT,
            {"type": "any", "of": [MEMBER, {"type": "trait", "path": "plan", "op": "eq", "value": "vip"}]},
            {"type": "time", "since": "09:00", "until": "18:00"},
            {"type": "sequence", "first": {"event": "Order Completed"}, "then": {"event": "page"}, "within": 10_800},
            {"type": "visits", "op": "gte", "value": 2},
        ],
    }

    step, _ = asked(condition, *ORDERS, traits={"plan": "free"}, segments={"big-cart": NOON - HOUR})

    assert step.holds is False
    assert [(part.type, part.holds, part.seen) for part in step.of] == [
        ("event", True, "page"),
        ("statistic", False, 2000),
        ("any", True, None),
        ("time", True, "2026-11-21T12:00:00+09:00"),
        ("sequence", True, {"first": ["2026-11-19T12:00:00+09:00", "2026-11-21T10:00:00+09:00"], "then": ["2026-11-21T12:00:00+09:00"]}),
        ("visits", True, 2),
    ]  # fmt: skip
    assert [(part.type, part.holds, part.seen) for part in step.of[2].of] == [
        ("segment", True, "2026-11-21T11:00:00+09:00"),
        ("trait", False, "free"),
    ]
    assert step.of[1].summary["ja"] == "直近28日間に「Order Completed」の revenue の合計が 10,000 以上"


def test_the_first_step_that_failed_is_named_with_its_value():
    condition = {"type": "all", "of": [{"type": "event", "name": "page"}, SPENT, MEMBER]}

    assert asked(condition, *ORDERS)[1] == {
        "ja": "直近28日間の「Order Completed」の revenue の合計は 10,000 以上ではない（実際は 2,000）",
        "en": "The sum of revenue of “Order Completed” in the last 28 days is 2,000, not at least 10,000",
    }


def test_where_any_would_do_all_are_named():
    condition = {"type": "any", "of": [SPENT, MEMBER]}

    assert asked(condition, *ORDERS)[1]["en"] == (
        "The sum of revenue of “Order Completed” in the last 28 days is 2,000, not at least 10,000, "
        "and the person is not in the segment “Big cart”"
    )


def test_what_must_not_hold_is_named_where_it_does():
    condition = {"type": "not", "of": {"type": "any", "of": [SPENT, {"type": "event", "name": "page"}]}}

    step, why = asked(condition, *ORDERS)

    assert step.holds is False
    assert why == {"ja": "イベントは「page」である（実際は「page」）", "en": "The event is “page”"}


def test_a_value_too_long_to_show_is_cut():
    condition = {"type": "property", "path": "note", "op": "exists"}

    step, _ = asked(condition, ("page", {"note": ["x" * 1000] * 10}, 0))

    assert len(step.seen) <= 2001


PROPERTIES = st.dictionaries(
    st.sampled_from(["price", "plan", "products"]),
    st.integers(0, 20)
    | st.text(max_size=3)
    | st.lists(st.fixed_dictionaries({"sku": st.text(max_size=2)}), max_size=2),
    max_size=2,
)
EVENTS = st.lists(
    st.tuples(st.sampled_from(["Product Viewed", "Order Completed", "page"]), PROPERTIES, st.integers(0, 100)),
    min_size=1,
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(CONDITIONS, EVENTS)
def test_an_explanation_holds_exactly_when_the_rule_does(condition, events):
    about = facts(condition, *events)

    step = explain(condition, about, name)

    assert step.holds is compile_condition(condition)(about)
    assert all(reason(condition, step, name).values())
