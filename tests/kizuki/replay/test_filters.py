"""One filter, read twice: by the lists of the index, and by everything known of a session."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kizuki.events import Event
from kizuki.replay.facets import LIMITS, facets_of, fresh_facets
from kizuki.replay.facts import FactEvent, SessionFacts, fact, recorded
from kizuki.replay.filters import Filter, compiled, moment


def session(*events, **fields):
    return SessionFacts(session="s1", started_at=0, person="a:1", events=list(events), **fields)


def matches(facts, **asked):
    return compiled(Filter.model_validate(asked))(facts)


VIEWED = FactEvent("Product Viewed", 1000, "/products/tea/green", {"price": 1200, "cart": {"total": 4000}})
SHOWN = FactEvent("Campaign Shown", 2000, "/cart", {"campaign_id": "sale"})
RAGE = FactEvent("Rage Clicked", 3000, "/cart", {"selector": "#buy", "clicks": 4})
FACTS = session(
    VIEWED, SHOWN, RAGE, visit=2, device="mobile", country="JP", segments=frozenset({"vip"}), goals=frozenset({"sale"})
)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({}, True),
        ({"events": [{"event": "Product Viewed"}]}, True),
        ({"events": [{"event": "Order Completed"}]}, False),
        ({"events": [{"event": "Order Completed", "absent": True}]}, True),
        ({"events": [{"event": "Product Viewed", "where": [{"path": "price", "op": "gte", "value": 1000}]}]}, True),
        ({"events": [{"event": "Product Viewed", "where": [{"path": "price", "op": "gt", "value": 1200}]}]}, False),
        ({"events": [{"event": "Product Viewed", "where": [{"path": "cart.total", "op": "eq", "value": 4000}]}]}, True),
        ({"pages": ["/cart"]}, True),
        ({"pages": ["/products/*"]}, True),
        ({"pages": ["/products/tea/*", "/cart"]}, True),
        ({"pages": ["/*"]}, True),
        ({"pages": ["/products"]}, False),
        ({"segments": ["vip"]}, True),
        ({"segments": ["vip", "new"]}, False),
        ({"campaign": {"id": "sale", "reached": "shown"}}, True),
        ({"campaign": {"id": "sale", "reached": "goal"}}, True),
        ({"campaign": {"id": "sale", "reached": "clicked"}}, False),
        ({"problems": ["error", "rage_click"]}, True),
        ({"problems": ["error"]}, False),
        ({"device": "mobile", "country": "JP", "min_visit": 2, "max_visit": 2}, True),
        ({"device": "desktop"}, False),
        ({"country": "US"}, False),
        ({"min_visit": 3}, False),
        ({"max_visit": 1}, False),
    ],
)
def test_every_part_of_a_filter_asks_something(asked, holds):
    assert matches(FACTS, **asked) is holds


@pytest.mark.parametrize(
    "wrong",
    [
        {"pages": ["cart"]},
        {"campaign": {"id": "sale"}},
        {"campaign": {"id": "sale", "reached": "shown", "group": "clicked"}},
        {"since": "2026-11-21T00:00:00"},
        {"country": "Japan"},
        {"colour": "red"},
        {"events": [{"event": "A", "where": [{"path": "price", "op": "gt", "value": "dear"}]}]},
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValidationError):
        Filter.model_validate(wrong)


paths = st.lists(st.sampled_from(["a", "b", "c"]), max_size=4).map(lambda parts: "/" + "/".join(parts))
events = st.builds(
    FactEvent,
    st.sampled_from(["page", "Product Viewed", "Error", "Rage Clicked", "Campaign Shown"]),
    st.integers(0, 9000),
    paths,
    st.fixed_dictionaries({"campaign_id": st.sampled_from(["sale", "tour"])}),
)
sessions = st.builds(
    session,
    events,
    events,
    device=st.sampled_from(["desktop", "mobile", None]),
    country=st.sampled_from(["JP", None]),
    segments=st.frozensets(st.sampled_from(["vip", "new"])),
    goals=st.frozensets(st.just("sale")),
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "events": st.lists(
            st.fixed_dictionaries(
                {"event": st.sampled_from(["page", "Product Viewed", "Error"]), "absent": st.booleans()}
            ),
            max_size=2,
        ),
        "pages": st.lists(paths.flatmap(lambda path: st.sampled_from([path, path.rstrip("/") + "/*"])), max_size=2),
        "segments": st.lists(st.sampled_from(["vip", "new"]), max_size=2),
        "campaign": st.fixed_dictionaries({"id": st.just("sale"), "reached": st.sampled_from(["shown", "goal"])}),
        "problems": st.lists(st.sampled_from(["error", "rage_click"]), max_size=2),
        "device": st.sampled_from(["desktop", "mobile"]),
        "country": st.just("JP"),
    },
).map(Filter.model_validate)


@settings(max_examples=400)
@example(Filter(pages=["/*"]), session(FactEvent("page", 0, "/")))
@given(filters, sessions)
def test_whatever_matches_is_in_the_lists_that_are_read_for_it(asked, facts):
    lists = set(facets_of(facts))

    if compiled(asked)(facts):
        assert all(any(name in lists for name in names) for names in asked.facets())


def test_a_filter_opens_a_recording_where_what_it_asks_for_happened():
    assert moment(Filter.model_validate({"campaign": {"id": "sale", "reached": "shown"}}), FACTS) == 2000
    assert moment(Filter.model_validate({"problems": ["rage_click"]}), FACTS) == 3000
    assert moment(Filter.model_validate({"device": "mobile"}), FACTS) is None


def test_a_session_of_very_many_pages_is_found_by_what_comes_after_them_too():
    browsed = fresh_facets(session(*[FactEvent("page", n, f"/p/{n}") for n in range(400)]), set())
    trouble = session(*[FactEvent("page", n, f"/q/{n}") for n in range(400)], RAGE, SHOWN, goals=frozenset({"sale"}))

    later = fresh_facets(trouble, set(browsed))

    assert len(browsed) == LIMITS["page"]
    assert set(later) == {
        "problem:rage_click",
        "campaign:sale:shown",
        "campaign:sale:goal",
        "event:Rage Clicked",
        "event:Campaign Shown",
    }


@pytest.mark.parametrize(
    ("context", "place"),
    [
        ({"replay": {"id": "s1", "offset": 5}}, ("s1", 5)),
        ({"replay": {"id": "s1", "offset": -5}}, None),
        ({"replay": {"id": "s1", "offset": True}}, None),
        ({"replay": {"id": 7, "offset": 5}}, None),
        ({"replay": "s1"}, None),
        ({}, None),
    ],
)
def test_only_an_event_of_a_recording_has_a_place_in_one(context, place):
    assert recorded(event(context)) == place


def test_what_is_kept_of_an_event_is_short():
    kept = fact(
        event(
            {"page": {"url": "https://shop.example.com/cart?coupon=1"}},
            name="x" * 300,
            properties={"a": "y" * 300, "cart": {"total": 4000, "deep": {"er": 1}}, "items": [1], "ok": True},
        ),
        5,
    )

    assert kept == FactEvent("x" * 100, 5, "/cart", {"a": "y" * 100, "cart": {"total": 4000}, "ok": True}, "m-1")


def event(context, name="Product Viewed", properties=None):
    return Event(
        message_id="m-1",
        type="track",
        name=name,
        person="a:1",
        occurred_at=1_795_255_210_000,
        received_at=1_795_255_210_000,
        properties=properties or {},
        context=context,
    )
