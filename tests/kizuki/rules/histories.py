"""Made-up people and conditions: everything that can differ between two ways of asking."""

from hypothesis import strategies as st

from kizuki.events import Event
from kizuki.events.model import person_of

NOW = 1_795_262_400_000
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
DEVICES = ["d1", "d2", "d'3"]
MEMBERS = ["山田", 'm"2']
NAMES = ["Viewed", "Added", "Ordered'; --", "Segment Entered"]
KEYS = ["price", "名前", "tags", "cart", 'it\'s "x"', "a*", "$"]
TEXTS = [
    "",
    "5",
    "true",
    "null",
    "山田",
    "東京 'x' \"y\" \\ %_",
    "apple",
    "app",
    "n5",
    "x" * 205,
    "x" * 204 + "y",
    "s3 ; --",
]
NUMBERS = [0, 1, 5, 5.0, -0.0, -2, 2.5, 0.1, 0.2, 1999.999999, 12345678, 1e11, -1]
SCALARS = [*TEXTS, *NUMBERS, True, False]

scalars = st.sampled_from(SCALARS)
lists = st.lists(st.one_of(scalars, st.none(), st.lists(scalars, max_size=2)), max_size=3)
values = st.recursive(
    st.one_of(scalars, scalars, st.none(), lists),
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=2),
        st.lists(st.dictionaries(st.sampled_from(KEYS), inner, max_size=2), max_size=3),
    ),
    max_leaves=4,
)
objects = st.dictionaries(st.sampled_from(KEYS), values, max_size=3)
# Moments meet: at the edges of days, of windows of sequences, and each other.
moments = st.one_of(
    st.integers(0, 3).map(lambda n: NOW - n * MINUTE),
    st.integers(0, 90 * 60).map(lambda seconds: NOW - seconds * 1000),
    st.integers(0, 40).map(lambda n: NOW - n * DAY),
    st.integers(0, 40 * 48).map(lambda n: NOW - n * HOUR // 2),
    st.sampled_from([NOW - NOW % DAY - 9 * HOUR, NOW - NOW % DAY - 9 * HOUR - 1, NOW - NOW % DAY + 5 * HOUR]),
)


@st.composite
def events(draw, devices=DEVICES, members=MEMBERS, properties=objects, least=1):
    """A site's events, with duplicates, late ones, sign-ins and aliases."""
    found = []
    for n in range(draw(st.integers(least, 14))):
        type_ = draw(st.sampled_from(["track"] * 5 + ["page", "identify", "group", "alias"]))
        anonymous = draw(st.sampled_from([*devices, *devices, None]))
        user = draw(st.sampled_from([None, None, None, *members])) if anonymous else draw(st.sampled_from(members))
        occurred = draw(moments)
        event = Event(
            message_id=f"m{n}",
            type=type_,
            name=draw(st.sampled_from(NAMES)) if type_ == "track" else type_,
            person=person_of(user, anonymous),
            occurred_at=occurred,
            received_at=occurred + draw(st.sampled_from([0, 0, 0, 7, HOUR, 2 * DAY])),
            anonymous_id=anonymous,
            user_id=user,
            verified=draw(st.booleans()),
            position=n,
            session_id=draw(st.sampled_from([None, "v1", "v2", "v'3"])),
            properties=draw(properties),
            traits=draw(objects) if type_ in {"identify", "group"} else {},
            context={"page": {"path": draw(st.sampled_from(["/", "/cart", "/東京"]))}} | draw(objects),
            group_id=draw(st.sampled_from(["g1", "g'2"])) if type_ == "group" else None,
            previous_id=draw(st.sampled_from([*devices, *members])) if type_ == "alias" else None,
        )
        found.append(event)
        if draw(st.integers(0, 5)) == 0:
            found.append(copy_of(event, draw(st.sampled_from([0, 1, 9 * MINUTE])), n, draw(properties)))
    return draw(st.permutations(found))


def copy_of(event, later, n, properties):
    """The same event once more, and as a client that is wrong would send it: not quite the same."""
    return Event(
        **{field: getattr(event, field) for field in event.__struct_fields__}
        | {"received_at": event.received_at + later, "position": 100 + n, "properties": properties}
    )


keys = st.sampled_from(KEYS)
paths = st.one_of(
    keys,
    keys,
    st.builds("{}.{}".format, keys, keys),
    keys.map("{}[]".format),
    st.builds("{}[].{}".format, keys, keys),
    st.builds("{}[].{}[]".format, keys, keys),
    keys.map("{}[][]".format),
)
single_paths = st.one_of(keys, keys, st.builds("{}.{}".format, keys, keys))
names = st.one_of(
    st.sampled_from(NAMES), st.lists(st.sampled_from([*NAMES, "page", "identify"]), min_size=1, max_size=3)
)
contexts = st.one_of(st.just("page.path"), paths)
ORDERED = ["eq", "ne", "lt", "lte", "gt", "gte"]


@st.composite
def comparisons(draw, *, numbers=False, missing=True):
    """An operator and what it takes."""
    if numbers:
        op = draw(st.sampled_from(ORDERED + (["exists", "not_exists"] if missing else [])))
        return {"op": op} if "exists" in op else {"op": op, "value": draw(st.sampled_from([*NUMBERS, 2, 3, 60, 3600]))}
    op = draw(
        st.sampled_from([*ORDERED, "in", "not_in", "contains", "not_contains", "starts_with", "exists", "not_exists"])
    )
    if "exists" in op:
        return {"op": op}
    if op in {"in", "not_in"}:
        return {"op": op, "value": draw(st.lists(scalars, max_size=3))}
    pool = NUMBERS if op in {"lt", "lte", "gt", "gte"} else TEXTS if "with" in op or "contains" in op else SCALARS
    return {"op": op, "value": draw(st.sampled_from(pool))}


@st.composite
def of_event(draw, kinds=("property", "context")):
    kind = draw(st.sampled_from(kinds))
    return {"type": kind, "path": draw(contexts if kind == "context" else paths)} | draw(comparisons())


wheres = st.lists(of_event(), max_size=1)
windows = st.one_of(
    st.sampled_from(["visit", "previous_visit", "today", "all", "all"]),
    st.sampled_from([1, 2, 7, 28]).map(lambda days: {"days": days}),
)
NUMERIC = ["count", "sum", "avg", "min", "max", "distinct"]


@st.composite
def statistics(draw, paths=paths, single_paths=single_paths, wheres=wheres):
    of = draw(st.sampled_from([*NUMERIC, "first", "last", "previous", "most_frequent", "since_first", "since_last"]))
    document = {"type": "statistic", "of": of, "where": draw(wheres)}
    if draw(st.booleans()):
        document["event"] = draw(names)
    if of in {"since_first", "since_last"}:
        seconds = st.sampled_from([0, 60, 59.5, 3600, 86_400, 0.1, -1, 1e15])
        compared = draw(comparisons(numbers=True))
        return document | compared | ({"value": draw(seconds)} if "value" in compared else {})
    document["window"] = draw(windows)
    if of == "count":
        return document | draw(comparisons(numbers=True, missing=False)) | {"value": draw(st.integers(0, 3))}
    document["path"] = draw(single_paths if of in {"first", "last", "previous"} else paths)
    if of == "distinct":
        return document | draw(comparisons(numbers=True, missing=False)) | {"value": draw(st.integers(0, 3))}
    return document | draw(comparisons(numbers=of in NUMERIC, missing=of != "sum"))


# Events that nearly all have a value, and statistics of it.
priced = st.fixed_dictionaries({"price": scalars}, optional={"tags": st.lists(scalars, max_size=3)})
of_price = statistics(
    paths=st.sampled_from(["price", "tags[]"]),
    single_paths=st.just("price"),
    wheres=st.sampled_from([[], [], [{"type": "property", "path": "price", "op": "exists"}]]),
)
step = st.fixed_dictionaries({"event": names, "where": wheres})
clocks = st.sampled_from(["00:00", "06:00", "12:00", "21:00", "23:59"])
leaves = st.one_of(
    st.fixed_dictionaries({"type": st.just("event"), "name": names}),
    of_event(),
    of_event(("trait", "group_trait")),
    statistics(),
    statistics(),
    statistics(),
    st.fixed_dictionaries(
        {
            "type": st.just("sequence"),
            "first": step,
            "then": step,
            "within": st.sampled_from([1, 60, 3600, 86_400]),
            "absent": st.booleans(),
        }
    ),
    st.fixed_dictionaries({"type": st.just("visits"), "op": st.sampled_from(ORDERED), "value": st.integers(0, 3)}),
    st.fixed_dictionaries({"type": st.just("time"), "since": clocks, "until": clocks}).filter(
        lambda document: document["since"] != document["until"]
    ),
    st.fixed_dictionaries(
        {"type": st.just("time"), "weekdays": st.lists(st.sampled_from(["mon", "sat", "sun"]), min_size=1, max_size=3)}
    ),
    st.fixed_dictionaries(
        {"type": st.just("segment"), "id": st.sampled_from(["s1", "s2", "no'ne"]), "member": st.booleans()}
    ),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"type": st.sampled_from(["all", "any"]), "of": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"type": st.just("not"), "of": inner}),
    ),
    max_leaves=4,
)
segments = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"s1": leaves, "s2": leaves}),
)
