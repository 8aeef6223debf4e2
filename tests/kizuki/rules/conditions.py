"""Every valid condition, as hypothesis draws it from the model, and facts to ask it about."""

from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kizuki.rules.definition import Condition, Function, Operator

ADAPTER: TypeAdapter[Any] = TypeAdapter(Condition)
NAMES = st.sampled_from(["Product Viewed", "Order Completed", "購入「大」", "page"]) | st.text(min_size=1, max_size=12)
PATHS = st.sampled_from(["price", "cart.total", "page.path", "products[].sku", "plan", "a b"]) | st.text(
    min_size=1, max_size=12
)
SCALARS = (
    st.text(max_size=12)
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.booleans()
)
VALUES = st.none() | SCALARS | st.integers(0, 20) | st.lists(SCALARS, max_size=4)
OPERATORS = st.sampled_from(Operator.__args__)
EVENTS = NAMES | st.lists(NAMES, min_size=1, max_size=3)
WINDOWS = st.sampled_from(["visit", "previous_visit", "today", "all"]) | st.fixed_dictionaries(
    {"days": st.integers(1, 365)}
)


def _valid(document: Any) -> bool:
    try:
        ADAPTER.validate_python(document)
    except ValidationError:
        return False
    return True


def _comparisons(*kinds: str) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.sampled_from(kinds), "path": PATHS, "op": OPERATORS, "value": VALUES}
    ).filter(_valid)


WHERE = st.lists(_comparisons("property", "context"), max_size=2)
STEPS = st.fixed_dictionaries({"event": EVENTS, "where": WHERE})
CLOCKS = st.sampled_from(["00:00", "09:00", "18:30", "23:59"])
WEEKDAYS = st.lists(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1, max_size=7)
STATISTICS = st.fixed_dictionaries(
    {
        "type": st.just("statistic"),
        "of": st.sampled_from(Function.__args__),
        "event": st.none() | EVENTS,
        "path": st.none() | PATHS,
        "where": WHERE,
        "window": WINDOWS,
        "op": OPERATORS,
        "value": VALUES,
    }
).map(
    lambda document: document | {"path": None} if document["of"] in {"count", "since_first", "since_last"} else document
)
LEAVES = (
    st.fixed_dictionaries({"type": st.just("event"), "name": EVENTS})
    | _comparisons("property", "context", "trait", "group_trait")
    | st.fixed_dictionaries(
        {"type": st.just("time"), "since": CLOCKS, "until": CLOCKS, "weekdays": st.none() | WEEKDAYS}
    ).filter(lambda document: document["since"] != document["until"])
    | st.fixed_dictionaries({"type": st.just("time"), "weekdays": WEEKDAYS})
    | STATISTICS.filter(_valid)
    | st.fixed_dictionaries(
        {
            "type": st.just("sequence"),
            "first": STEPS,
            "then": STEPS,
            "within": st.integers(1, 365 * 86_400),
            "absent": st.booleans(),
        }
    )
    | st.fixed_dictionaries(
        {
            "type": st.just("visits"),
            "op": st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]),
            "value": st.integers(0, 50),
        }
    )
    | st.fixed_dictionaries({"type": st.just("segment"), "id": NAMES, "member": st.booleans()})
)


def _grouped(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return (
        st.fixed_dictionaries({"type": st.just("all"), "of": st.lists(parts, max_size=3)})
        | st.fixed_dictionaries({"type": st.just("any"), "of": st.lists(parts, min_size=1, max_size=3)})
        | st.fixed_dictionaries({"type": st.just("not"), "of": parts})
    )


CONDITIONS = st.recursive(LEAVES, _grouped, max_leaves=6).map(
    lambda document: ADAPTER.dump_python(ADAPTER.validate_python(document), mode="json")
)
