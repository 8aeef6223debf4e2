"""The index finds exactly the conditions that hold, whatever they and the visitor's data look like."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kizuki.events import Event
from kizuki.rules import Facts, compile_condition
from kizuki.rules.engine import Engine
from kizuki.rules.index import Index
from kizuki.rules.ruleset import Ruleset, SegmentSpec
from kizuki.visitors import State, Value, fold

NOW = 1_795_262_400_000
NAMES = ["page", "Product Added", "Cart Viewed"]
PATHS = ["price", "cart.total", "tags"]

scalars = st.booleans() | st.integers(-2, 3) | st.sampled_from([0.5, 1.0, 2.5]) | st.sampled_from(["", "a", "b", "ab"])
numbers = st.integers(-2, 3) | st.sampled_from([0.5, 1.0, 2.5])
paths = st.sampled_from(PATHS)


def comparison(kind):
    """Every operator with a value that fits it."""
    values = {
        "eq": scalars, "ne": scalars, "lt": numbers, "lte": numbers, "gt": numbers, "gte": numbers,
        "in": st.lists(scalars, max_size=3), "not_in": st.lists(scalars, max_size=3),
        "contains": st.sampled_from(["a", "b"]), "starts_with": st.just("a"), "exists": st.none(), "not_exists": st.none(),
    }  # fmt: skip
    return st.sampled_from(sorted(values)).flatmap(
        lambda op: st.fixed_dictionaries({"type": st.just(kind), "path": paths, "op": st.just(op), "value": values[op]})
    )


counts = st.fixed_dictionaries(
    {
        "type": st.just("statistic"),
        "of": st.just("count"),
        "event": st.sampled_from(NAMES),
        "op": st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]),
        "value": st.integers(0, 3),
        "window": st.sampled_from(["visit", "today", "all", {"days": 2}]),
    }
)
last_values = comparison("statistic").map(lambda document: document | {"of": "last"})
visits = st.fixed_dictionaries(
    {"type": st.just("visits"), "op": st.sampled_from(["eq", "gte", "lt"]), "value": st.integers(0, 2)}
)
names = st.fixed_dictionaries(
    {"type": st.just("event"), "name": st.sampled_from(NAMES) | st.lists(st.sampled_from(NAMES), min_size=1)}
)
segments = st.fixed_dictionaries({"type": st.just("segment"), "id": st.just("big"), "member": st.booleans()})
atoms = comparison("property") | comparison("trait") | last_values | counts | visits | names | segments
conditions = st.recursive(
    atoms,
    lambda inner: (
        st.fixed_dictionaries({"type": st.just("all"), "of": st.lists(inner, max_size=4)})
        | st.fixed_dictionaries({"type": st.just("any"), "of": st.lists(inner, min_size=1, max_size=4)})
        | st.fixed_dictionaries({"type": st.just("not"), "of": inner})
    ),
    max_leaves=12,
)
data = scalars | st.none() | st.lists(scalars | st.lists(scalars, max_size=2), max_size=3)
objects = st.fixed_dictionaries(
    {}, optional={"price": data, "tags": data, "cart": st.fixed_dictionaries({}, optional={"total": data}) | data}
)


@st.composite
def cases(draw):
    """Conditions, and facts to ask them about."""
    documents = draw(st.lists(conditions, max_size=8))
    segments = [SegmentSpec(str(n), str(n), document) for n, document in enumerate(documents)]
    engine = Engine(Ruleset(1, "shop", "Asia/Tokyo", segments=segments))
    assert engine.broken == {}
    state = State("a:x", profile={name: Value(value, 0) for name, value in draw(objects).items()})
    if draw(st.booleans()):
        state.segments["big"] = NOW
    for n in range(draw(st.integers(0, 3))):
        fold(state, event(f"h{n}", draw(st.sampled_from(NAMES)), NOW - n * 86_400_000, draw(objects)), engine.needs)
    now = event("now", draw(st.sampled_from([*NAMES, "other"])), NOW, draw(objects))
    fold(state, now, engine.needs)
    return documents, Facts(now, state, engine.calendar)


def event(message_id, name, at, properties):
    return Event(
        message_id=message_id, type="track", name=name, person="a:x", occurred_at=at, received_at=NOW,
        session_id=f"s{at}", properties=properties,
    )  # fmt: skip


@settings(max_examples=300)
@given(cases())
def test_the_index_agrees_with_asking_each_condition(case):
    documents, facts = case
    expected = [position for position, document in enumerate(documents) if compile_condition(document)(facts)]

    assert Index(documents).holding(facts) == expected


ODD = [
    None, 0, -0.0, 1, True, False, 1.0, "1", "", 5e-324, 1e308, 2**53 - 1, [], [1], [[1]], [True], [None], {}, {"a": 1},
    [{"a": 1}], ["ab"], "abc", [["ab"]], 0.1, 0.1 + 0.2,
]  # fmt: skip


def test_the_index_agrees_on_values_of_every_kind():
    """Over every operator and constant, through paths into objects and lists, and their opposites."""
    constants = [0, 1, True, "1", "", "ab", 1e308, -1e308, 0.1, 0.3, 2**53 - 1]
    fitting = {
        "eq": constants,
        "ne": constants,
        "in": [[each, "other"] for each in constants],
        "not_in": [[each, "other"] for each in constants],
        "contains": ["ab", ""],
        "not_contains": ["ab", ""],
        "starts_with": ["ab", ""],
        "exists": [None],
        "not_exists": [None],
    } | {op: [0, 1, 1e308, -1e308, 0.1, 0.3] for op in ("lt", "lte", "gt", "gte")}
    asked = [
        {"type": "property", "path": path, "op": op, "value": value}
        for path in ("v", "v.a", "v[]", "w[].v", "w[].v[]")
        for op, values in fitting.items()
        for value in values
    ]
    conditions = [*asked, *({"type": "not", "of": each} for each in asked)]
    pairs = list(zip(conditions, conditions[::-7], strict=False))
    conditions += [{"type": kind, "of": [*pair]} for kind in ("all", "any") for pair in pairs]
    index, predicates = Index(conditions), [compile_condition(condition) for condition in conditions]
    calendar = Engine(Ruleset(1, "shop")).calendar

    for value in ODD:
        for around in ([], [{"v": value}], [{"v": value}, {"v": 1}], {"v": value}):
            facts = Facts(event("m", "page", NOW, {"v": value, "w": around}), State("a:x", last_seen=NOW), calendar)
            expected = [position for position, holds in enumerate(predicates) if holds(facts)]
            assert index.holding(facts) == expected, value
