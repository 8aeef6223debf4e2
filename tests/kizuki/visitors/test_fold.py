"""State equals a naive fold written here independently, whatever is repeated or merged."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuki.errors import MalformedError
from kizuki.events import Decision, Event
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import Ruleset, SegmentSpec
from kizuki.visitors import State, decode_state, derive_session, encode_state, fold, merge, note_decisions

PRICES = {"type": "statistic", "of": "sum", "path": "price", "op": "gte", "value": 1, "window": "visit"}
NEEDS = Engine(Ruleset(1, "shop", "Asia/Tokyo", segments=[SegmentSpec("s", "S", PRICES)])).needs
NOON = 1_795_262_400_000  # 2026-11-21T12:00:00Z
HOUR = 3_600_000


def event(
    n: int, *, name: str = "Product Viewed", at: int = NOON, session: str | None = "s1", **fields: object
) -> Event:
    base = {
        "message_id": f"m{n}",
        "type": "track",
        "name": name,
        "person": "a:x",
        "occurred_at": at,
        "received_at": NOON,
    }
    return Event(**(base | {"session_id": session, "anonymous_id": "x"} | fields))


events = st.lists(
    st.builds(
        event,
        st.integers(0, 40),
        name=st.sampled_from(["page", "Product Viewed", "Product Added"]),
        at=st.integers(NOON - 72 * HOUR, NOON),
        session=st.sampled_from(["s1", "s2", "s3"]),
        properties=st.fixed_dictionaries({"price": st.integers(0, 100)}),
    ),
    max_size=60,
)


def folded(some: list[Event], person: str = "a:x") -> State:
    state = State(person)
    for each in some:
        fold(state, each, NEEDS)
    return state


def first_of_each(some: list[Event]) -> list[Event]:
    return list({each.message_id: each for each in reversed(some)}.values())[::-1]


@given(events)
def test_counts_equal_a_naive_recount(some):
    state = folded(some)

    once = first_of_each(some)
    assert state.events == len(once)
    assert state.counts == Counter(each.name for each in once)
    assert state.visits == len({each.session_id for each in once})
    assert state.first_seen == min((each.occurred_at for each in once), default=0)
    assert state.last_seen == max((each.occurred_at for each in once), default=0)


@given(events)
def test_folding_twice_is_folding_once(some):
    state = folded(some)
    again = decode_state(encode_state(state))

    for each in some:
        assert not fold(again, each, NEEDS)

    assert again == state


@given(events, st.data())
def test_merging_two_devices_counts_what_one_would_have_counted(some, data):
    once = first_of_each(some)
    flags = data.draw(st.lists(st.booleans(), min_size=len(once), max_size=len(once)))
    device = folded([each for each, flag in zip(once, flags, strict=True) if flag], "a:x")
    member = folded([each for each, flag in zip(once, flags, strict=True) if not flag], "u:1")

    merged, whole = merge(member, device, NEEDS), folded(once, "u:1")

    assert (merged.counts, merged.events, merged.visits) == (whole.counts, whole.events, whole.visits)
    assert [(visit.id, visit.started, visit.last, visit.cells) for visit in merged.sessions] == [
        (visit.id, visit.started, visit.last, visit.cells) for visit in whole.sessions
    ]
    assert (merged.first_seen, merged.last_seen) == (whole.first_seen, whole.last_seen)


def test_merging_leaves_its_arguments_alone():
    member, device = folded([event(1)], "u:1"), folded([event(2)], "a:x")
    before = encode_state(member), encode_state(device)

    merged = merge(member, device, NEEDS)
    fold(merged, event(3), NEEDS)

    assert (encode_state(member), encode_state(device)) == before


def test_the_visit_in_which_somebody_signs_in_is_one_visit():
    member = folded([event(1, session="old", at=NOON - 50 * HOUR), event(2, session="now")], "u:1")
    device = folded([event(3, session="now")], "a:x")

    merged = merge(member, device, NEEDS)

    assert merged.visits == 2
    assert [(visit.id, visit.n) for visit in merged.sessions] == [("now", 2), ("old", 1)]


def test_a_late_event_counts_in_the_visit_it_belongs_to():
    state = folded([event(1, session="s1", at=NOON - 5 * HOUR), event(2, session="s2")])

    late = event(3, session="s1", at=NOON - 5 * HOUR + 1)
    fold(state, late, NEEDS)

    assert state.visits == 2
    assert [visit.id for visit in state.sessions] == ["s2", "s1"]
    assert state.sessions[1].last == late.occurred_at
    assert late.session_n == 1


def test_a_visit_that_arrives_late_as_a_whole_is_counted_once_and_is_no_later_one():
    state = folded([event(n, session=f"s{n}", at=NOON - n * HOUR) for n in range(5)])

    for n in (10, 11):
        fold(state, event(n, session="s-old", at=NOON - 9 * HOUR), NEEDS)
    fold(state, event(12, session="s4", at=NOON - 4 * HOUR + 1), NEEDS)

    assert state.visits == 6
    assert [visit.id for visit in state.sessions] == ["s0", "s1", "s2"]


def test_a_decision_counts_towards_the_visit_and_the_day():
    decided = event(1, decisions=[Decision("c", "shown", "a"), Decision("d", "suppressed", step="caps")])

    state = folded([decided])
    note_decisions(state, decided, NEEDS.calendar)
    exposure = state.exposures

    assert set(exposure) == {"c"}
    assert (exposure["c"].decided, exposure["c"].in_session, list(exposure["c"].days.values())) == (1, 1, [1])


def test_traits_are_laid_over_and_null_removes():
    first = event(1, type="identify", name="identify", traits={"name": "A", "plan": "free"})
    second = event(2, type="identify", name="identify", traits={"plan": "pro", "name": None})

    assert folded([first, second]).traits == {"plan": "pro"}


def test_growth_is_bounded():
    many = [
        event(
            n,
            name=f"event {n}",
            session=f"s{n}",
            at=NOON + n * HOUR,
            properties={f"p{n}" * 500: 1, f"p{n}": "x" * 1000},
            anonymous_id=f"d{n}",
        )
        for n in range(2000)
    ]

    state = folded(many)

    assert state.events == 2000
    assert len(encode_state(state)) < 40_000


def test_traits_that_replace_others_stay_within_the_bounds():
    identify = {"type": "identify", "name": "identify"}
    first = event(0, **identify, traits={f"t{n}": "x" for n in range(100)})
    larger = [event(n, **identify, traits={f"t{n}": "y" * 10_000, "t0": None}) for n in range(1, 20)]

    traits = folded([first, *larger]).traits

    assert traits["t1"] == "y" * 10_000
    assert {traits[f"t{n}"] for n in range(2, 100)} == {"x"}
    assert "t0" not in traits


def test_growth_is_bounded_however_many_devices_are_merged():
    member = State("u:1")
    for device in range(60):
        some = [
            event(
                device * 1000 + n,
                name=f"event {device}-{n}",
                at=NOON + device * HOUR,
                properties={f"p{device}-{n}": n},
                anonymous_id=f"d{device}",
            )
            for n in range(70)
        ]
        shown = [
            event(
                device * 1000 + 100 + n,
                name="Campaign Shown",
                properties={"campaign_id": f"c{device}-{n}"},
                anonymous_id=f"d{device}",
            )
            for n in range(20)
        ]
        traits = event(
            device * 1000 + 200, type="identify", name="identify", traits={f"t{device}": "x" * 5000}, anonymous_id="d"
        )
        member = merge(member, folded([*some, *shown, traits], f"a:d{device}"), NEEDS)

    assert member.events == 60 * 91
    assert (len(member.counts), len(member.exposures), len(member.sessions)) == (64, 200, 1)
    assert len(member.devices) == 50
    assert len(member.traits) == 3


def test_only_what_can_be_a_campaign_is_noted_as_one():
    shown = [
        event(n, name="Campaign Shown", properties={"campaign_id": id_})
        for n, id_ in enumerate(["free-shipping", "x" * 65, "😀", "", 5])
    ]

    assert set(folded(shown).exposures) == {"free-shipping"}


def test_an_event_of_no_visit_is_no_part_of_one():
    state = folded([event(1, session="s1"), event(2, session=None)])

    assert (state.events, state.visits) == (2, 1)
    assert [(visit.started, visit.last) for visit in state.sessions] == [(NOON, NOON)]


def test_a_client_without_sessions_goes_on_with_the_running_visit_and_begins_one_after_half_an_hour():
    state = folded([event(1, session="s1")])
    soon, late = event(2, session=None, at=NOON + HOUR // 4), event(3, session=None, at=NOON + HOUR)

    for each in (soon, late):
        derive_session(state, each)
        fold(state, each, NEEDS)

    assert (soon.session_id, late.session_id, state.visits) == ("s1", "s-m3", 2)


def test_what_a_client_without_sessions_did_offline_is_one_visit():
    """However long ago, and however many visits came since."""
    state = folded([event(n, at=NOON - n * HOUR, session=f"s{n}") for n in range(3)])
    before = None

    for n in range(10):
        late = event(10 + n, at=NOON - 9 * HOUR + n * HOUR // 6, session=None)
        derive_session(state, late, before)
        fold(state, late, NEEDS)
        before = late

    assert state.visits == 4


def test_a_visit_that_goes_on_while_others_come_between_is_the_latest_again():
    """Four devices of one member, each in a visit of its own."""
    some = [event(n, at=NOON + n, session=f"s{n % 4}", properties={"price": 1}) for n in range(5)]

    state = folded(some, "u:1")

    assert state.visits == 4
    assert [(visit.id, visit.n) for visit in state.sessions] == [("s0", 1), ("s3", 4), ("s2", 3)]


def test_a_late_identify_leaves_newer_traits_alone():
    newer = event(1, type="identify", name="identify", traits={"plan": "pro", "city": None})
    older = event(
        2, type="identify", name="identify", at=NOON - HOUR, traits={"plan": "free", "city": "東京", "age": 5}
    )

    assert folded([newer, older]).traits == folded([older, newer]).traits == {"plan": "pro", "age": 5}


def test_the_newest_group_call_names_the_group():
    calls = [
        event(1, type="group", name="group", group_id="acme", at=NOON - HOUR, traits={"plan": "pro", "size": 5}),
        event(2, type="group", name="group", group_id="other", at=NOON, traits={"plan": "free"}),
        event(3, type="group", name="group", group_id="acme", at=NOON + HOUR, traits={"size": 6}),
    ]

    for order in (calls, calls[::-1]):
        state = folded(order)
        assert (state.group_id, state.group_traits) == ("acme", {"plan": "pro", "size": 6})


def test_a_state_of_version_1_is_read_and_its_statistics_are_folded_anew():
    old = (Path(__file__).parent / "state-1.bin").read_bytes()

    state = decode_state(old)

    assert (state.person, state.events, state.visits, state.complete) == ("a:anon-1", 61, 3, 0)
    assert (state.traits, state.devices) == (
        {"plan": "pro", "name": "山田 太郎", "email": "taro@example.com"},
        ["anon-1"],
    )
    assert state.cart.value.keys() == {"total", "items"}
    assert sum(state.counts.values()) == 61
    assert len(state.sessions) == 2
    assert state.exposures["c"].decided == 1
    assert decode_state(encode_state(state)) == state


def test_a_state_of_the_future_is_refused():
    with pytest.raises(MalformedError, match="state of version 99"):
        decode_state(b"\x63" + encode_state(State("a:x"))[1:])
