"""The index finds exactly the conditions that hold, whatever they and the visitor's data look like."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kizuki.events import Event
from kizuki.rules import Facts, compile_condition
from kizuki.rules.index import Index
from kizuki.visitors import Calendar, State, fold

NOW = 1_795_262_400_000
CALENDAR = Calendar("Asia/Tokyo")
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
        "type": st.just("count"),
        "event": st.sampled_from(NAMES),
        "op": st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]),
        "value": st.integers(0, 3),
        "window": st.sampled_from(["visit", "today", "all", {"days": 2}]),
    }
)
visits = st.fixed_dictionaries(
    {"type": st.just("visits"), "op": st.sampled_from(["eq", "gte", "lt"]), "value": st.integers(0, 2)}
)
names = st.fixed_dictionaries(
    {"type": st.just("event"), "name": st.sampled_from(NAMES) | st.lists(st.sampled_from(NAMES), min_size=1)}
)
segments = st.fixed_dictionaries({"type": st.just("segment"), "id": st.just("big"), "member": st.booleans()})
atoms = comparison("property") | comparison("trait") | comparison("last_value") | counts | visits | names | segments
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
def happenings(draw):
    state = State("a:x", traits=draw(objects))
    if draw(st.booleans()):
        state.segments["big"] = NOW
    for n in range(draw(st.integers(0, 3))):
        fold(state, event(f"h{n}", draw(st.sampled_from(NAMES)), NOW - n * 86_400_000, draw(objects)), CALENDAR)
    now = event("now", draw(st.sampled_from([*NAMES, "other"])), NOW, draw(objects))
    fold(state, now, CALENDAR)
    return Facts(now, state, CALENDAR)


def event(message_id, name, at, properties):
    return Event(
        message_id=message_id, type="track", name=name, person="a:x", occurred_at=at, received_at=NOW,
        session_id=f"s{at}", properties=properties,
    )  # fmt: skip


@settings(max_examples=300)
@given(st.lists(conditions, max_size=8), happenings())
def test_the_index_agrees_with_asking_each_condition(documents, facts):
    expected = [position for position, document in enumerate(documents) if compile_condition(document)(facts)]

    assert Index(documents).holding(facts) == expected
