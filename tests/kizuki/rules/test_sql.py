"""The query itself: what it reads, what it answers, and that nobody's words become part of it."""

import re
from datetime import date

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from kizuki.errors import MalformedError, TooLargeError
from kizuki.events import Event
from kizuki.events.model import person_of
from kizuki.events.times import iso
from kizuki.rules.sql import compile_audience, first_moment
from kizuki.visitors import Calendar
from tests.kizuki.rules.histories import DAY, HOUR, NOW
from tests.kizuki.rules.hub import Hub

ANYBODY = {"type": "all", "of": []}


def compiled(condition, *, site="shop", timezone="Asia/Tokyo", now=NOW, segments=None):
    return compile_audience(condition, site=site, timezone=timezone, as_of_ms=now, segments=segments or {})


def counted(window, **more):
    return {"type": "statistic", "of": "count", "window": window, "op": "gte", "value": 1} | more


def event(n, *, anonymous_id="d1", user_id=None, ago=0, late=0, **fields):
    return Event(
        **{
            "message_id": f"m{n}",
            "type": "track",
            "name": "Viewed",
            "person": person_of(user_id, anonymous_id),
            "occurred_at": NOW - ago,
            "received_at": NOW - ago + late,
            "anonymous_id": anonymous_id,
            "user_id": user_id,
            "position": n,
        }
        | fields
    )


@pytest.fixture(scope="module")
def hub():
    return Hub()


def test_the_answer_counts_everybody_and_names_the_last_seen_first(hub):
    said = {"type": "identify", "name": "identify"}
    hub.fill(
        [
            event(1, ago=5, late=9),
            event(2, anonymous_id="d2", ago=2),
            event(3, anonymous_id="d2", traits={"name": "花子", "email": "a@b"}, **said),
            event(4, anonymous_id="d3"),
        ]
    )
    viewed = {"type": "statistic", "of": "count", "event": "Viewed", "op": "gte", "value": 1}

    rows = hub.ask(compiled({"type": "all", "of": [viewed, {"type": "not", "of": {"type": "event", "name": "x"}}]}))

    totals = {"matching": 3, "everyone": 3, "complete_up_to": iso(NOW + 4), "matches": 1}
    assert rows == [
        {"person": "a:d2", "name": '"花子"', "email": '"a@b"', "last_seen": iso(NOW)} | totals,
        {"person": "a:d3", "name": "null", "email": "null", "last_seen": iso(NOW)} | totals,
        {"person": "a:d1", "name": "null", "email": "null", "last_seen": iso(NOW - 5)} | totals,
    ]


def test_where_nobody_matches_the_totals_are_still_told(hub):
    hub.fill([event(1), event(2, anonymous_id="d2")])

    rows = hub.ask(compiled({"type": "event", "name": "Never"}))

    assert {(row["matches"], row["matching"], row["everyone"], row["complete_up_to"]) for row in rows} == {
        (0, 0, 2, iso(NOW))
    }


def test_what_had_not_happened_by_then_is_not_counted_but_is_in_the_hub(hub):
    hub.fill([event(1, ago=DAY), event(2), event(3, anonymous_id="d2"), event(4, user_id="m")])

    [row] = hub.ask(compiled(ANYBODY, now=NOW - HOUR))[:1]

    assert (row["person"], row["matching"], row["everyone"], row["complete_up_to"]) == ("a:d1", 1, 1, iso(NOW))


def test_a_copy_counts_once_as_it_first_arrived_and_its_arrival_is_known(hub):
    hub.fill(
        [
            event(1, late=50, properties={"n": 2}),
            event(1, late=10, properties={"n": 1}),
            event(1, anonymous_id="d2", properties={"n": 1}),
        ]
    )
    once = {"type": "statistic", "of": "sum", "path": "n", "op": "eq", "value": 1}

    rows = hub.ask(compiled(once))

    assert [row["person"] for row in rows if row["matches"]] == ["a:d1", "a:d2"]
    assert rows[0]["complete_up_to"] == iso(NOW + 50)


@pytest.mark.parametrize("of", ["sum", "avg", "min", "max", "last", "distinct", "most_frequent"])
def test_no_number_is_too_large_to_be_counted(hub, of):
    hub.fill([event(1, properties={"n": 1e305}), event(2, properties={"n": 1e305})])

    found = hub.matching(compiled({"type": "statistic", "of": of, "path": "n", "op": "gte", "value": 1}))

    assert found == {"a:d1"}


def people(hub):
    return {row["person"] for row in hub.ask(compiled(ANYBODY))}


def test_a_device_belongs_to_the_member_who_signed_in_on_it_first(hub):
    hub.fill([event(1), event(2, user_id="second", late=9), event(3, user_id="first", late=1)])

    counts = {"type": "statistic", "of": "count", "op": "eq", "value": 2}
    assert {row["person"] for row in hub.ask(compiled(counts)) if row["matches"]} == {"u:first"}
    assert people(hub) == {"u:first", "u:second"}


@pytest.mark.parametrize(
    ("verified", "expected"),
    [(True, {"u:new"}), (False, {"u:new", "u:old"})],
)
def test_a_member_becomes_another_only_where_it_is_proved(hub, verified, expected):
    alias = {"type": "alias", "name": "alias", "previous_id": "old", "verified": verified}
    hub.fill([event(1, user_id="old"), event(2), event(3, anonymous_id=None, user_id="new", **alias)])

    assert people(hub) == expected


def test_an_alias_gives_a_device_that_was_never_signed_in_on(hub):
    alias = {"type": "alias", "name": "alias", "previous_id": "d1"}
    hub.fill([event(1), event(2, anonymous_id=None, user_id="m", **alias)])

    assert people(hub) == {"u:m"}


def test_members_who_claim_each_other_are_one_by_the_earlier_claim(hub):
    def alias(n, user, previous):
        return event(
            n, anonymous_id=None, user_id=user, type="alias", name="alias", previous_id=previous, verified=True
        )

    hub.fill([event(1, user_id="z"), event(2, anonymous_id="d2", user_id="a"), alias(3, "z", "a"), alias(4, "a", "z")])

    assert people(hub) == {"u:z"}


def test_sites_do_not_meet(hub):
    hub.fill([event(1)], site="shop")
    hub.fill([event(2, anonymous_id="d2"), event(1, user_id="thief")], site="o'ther")

    assert people(hub) == {"a:d1"}
    hub.fill([], site="o'ther")


HOSTILE = [
    "' OR '1'='1",
    "'; DROP TABLE events; --",
    "\\'",
    "$.a[*]",
    "' || (SELECT 1) || '",
    "\0",
    "/*",
    "*/ --",
    "\n--",
    "%' --",
    "é'東京'",
    '"]',
    "x -> x",
]
hostile = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
)


def spoken_of(path, value, name, op):
    """Every place of a condition where somebody's words go."""
    compared = {"path": path, "op": op, "value": value}
    where = [{"type": "property"} | compared, {"type": "context"} | compared]
    return [
        {"type": "event", "name": [name, value]},
        {"type": "property"} | compared,
        {"type": "context", "path": path, "op": "in", "value": [value, name]},
        {"type": "trait"} | compared,
        {"type": "group_trait"} | compared,
        counted({"days": 3}, of="distinct", path=f"{path}[]", event=name, where=where),
        counted("visit", of="last", path=path, event=[name, value], where=where) | compared,
        {"type": "sequence", "first": {"event": name, "where": where}, "then": {"event": value}, "within": 5},
        {"type": "segment", "id": name},
    ]


def shape(sql):
    """The one statement that this is, without its literals."""
    (tree,) = sqlglot.parse(sql, read="trino")

    def blank(node):
        return exp.Literal.string("…") if isinstance(node, exp.Literal) and node.is_string else node

    return tree.transform(blank).sql(dialect="trino")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(hostile, min_size=4, max_size=4, unique=True),
    st.sampled_from(["eq", "ne", "contains", "not_contains", "starts_with"]),
    st.integers(0, 8),
)
def test_what_people_write_stays_text(hub, words, op, place):
    # Dots and `[]` are a path's own syntax; NUL is written as chr(0).
    path, value, name, site = ("".join(word.replace("\0", "").replace("[]", "").split(".")) or "a" for word in words)

    sql = compiled(spoken_of(path, value, name, op)[place], site=site)

    assert shape(sql) == shape(compiled(spoken_of("p", "v", "n", op)[place], site="s"))
    assert hub.ask(sql) == []


def test_a_hostile_value_is_found_where_it_was_sent(hub):
    for word in HOSTILE:
        hub.fill([event(1, properties={word: word}), event(2, anonymous_id="d2", properties={"x": "x"})])

        for op in ("eq", "contains", "starts_with"):
            found = hub.matching(compiled({"type": "property", "path": word.replace(".", ""), "op": op, "value": word}))
            assert found == ({"a:d1"} if "." not in word and "[]" not in word else set()), word


def test_large_columns_are_read_only_of_the_days_that_are_asked_about(hub):
    spent = {"type": "statistic", "of": "sum", "path": "n", "window": {"days": 3}, "op": "eq", "value": 3}
    hub.fill(
        [
            event(1, ago=10 * DAY, properties={"n": 5}),
            event(2, ago=2 * DAY, late=9, properties={"n": 1}),
            event(3, properties={"n": 2}),
            event(4, ago=20 * DAY, anonymous_id="d2"),
        ]
    )

    sql = compiled(spent)

    assert sql.count("FROM events") == 2
    assert re.findall(r"dt (?:>=|<) '[\d-]+'", sql) == ["dt >= '2026-11-18'", "dt < '2026-11-18'"]
    assert "CAST(NULL AS VARCHAR) AS properties FROM events" in sql
    assert [(row["person"], row["matches"], row["everyone"]) for row in hub.ask(sql)] == [
        ("a:d1", 1, 2),
        ("a:d2", 0, 2),
    ]


@pytest.mark.parametrize("window", ["all", "visit"])
def test_all_days_are_read_where_anything_may_be_long_ago(window):
    spent = {"type": "statistic", "of": "sum", "path": "n", "window": window, "op": "eq", "value": 3}

    assert " dt " not in compiled({"type": "all", "of": [spent, spent | {"window": "today"}]})


@pytest.mark.parametrize(
    ("condition", "columns"),
    [
        (counted({"days": 3}), set()),
        ({"type": "property", "path": "a", "op": "exists"}, {"properties"}),
        ({"type": "context", "path": "a", "op": "exists"}, {"context"}),
        ({"type": "trait", "path": "a", "op": "exists"}, set()),
    ],
)
def test_only_the_columns_that_are_needed_are_read_and_once(condition, columns):
    sql = compiled(condition)

    read = re.findall(r"SELECT ([\w, ]+) FROM events", sql)
    assert len(read) == 1
    assert {"properties", "context", "decisions"} & set(read[0].split(", ")) == columns


@pytest.mark.parametrize(
    ("timezone", "day", "first"),
    [
        ("Asia/Tokyo", "2026-11-21", "2026-11-20T15:00:00.000Z"),
        ("Asia/Kathmandu", "2026-11-21", "2026-11-20T18:15:00.000Z"),
        ("Pacific/Kiritimati", "2026-11-21", "2026-11-20T10:00:00.000Z"),
        ("Pacific/Niue", "2026-11-21", "2026-11-21T11:00:00.000Z"),
        ("America/New_York", "2026-03-09", "2026-03-09T04:00:00.000Z"),
        # Clocks went from midnight to one: the day began at one.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"),
    ],
)
def test_a_day_begins_at_the_sites_own_midnight(timezone, day, first):
    calendar = Calendar(timezone)
    ordinal = date.fromisoformat(day).toordinal()

    moment = first_moment(calendar, ordinal)

    assert iso(moment) == first
    assert (calendar.day(moment - 1), calendar.day(moment)) == (ordinal - 1, ordinal)


def test_segments_that_lead_to_themselves_have_nobody(hub):
    hub.fill([event(1)])
    viewed = {"type": "event", "name": "Viewed"}
    segments = {
        "plain": viewed,
        "round": {"type": "any", "of": [viewed, {"type": "segment", "id": "about"}]},
        "about": {"type": "any", "of": [viewed, {"type": "segment", "id": "round"}]},
        "leads": {"type": "any", "of": [viewed, {"type": "segment", "id": "round"}]},
        "lacks": {"type": "any", "of": [viewed, {"type": "segment", "id": "no-such"}]},
    }

    inside = {
        id_
        for id_ in [*segments, "no-such"]
        if hub.matching(compiled({"type": "segment", "id": id_}, segments=segments))
    }

    assert inside == {"plain", "lacks"}


def test_segments_that_double_at_every_level_are_refused_in_time():
    def twice(id_):
        return {"type": "any", "of": [{"type": "segment", "id": id_}, {"type": "segment", "id": id_, "member": False}]}

    segments = {"s0": {"type": "event", "name": "Viewed"}} | {f"s{n}": twice(f"s{n - 1}") for n in range(1, 15)}

    with pytest.raises(TooLargeError):
        compiled({"type": "segment", "id": "s14"}, segments=segments)


def test_what_nests_too_deeply_is_refused():
    condition = ANYBODY
    for _ in range(40):
        condition = {"type": "not", "of": condition}

    with pytest.raises(MalformedError, match="deeper than 32"):
        compiled(condition)
