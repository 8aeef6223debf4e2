"""State equals a naive fold written here independently, whatever is repeated or merged."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kizuki.events import Decision, Event
from kizuki.visitors import Calendar, State, decode_state, encode_state, fold, merge

TOKYO = Calendar("Asia/Tokyo")
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
        fold(state, each, TOKYO)
    return state


def first_of_each(some: list[Event]) -> list[Event]:
    return list({each.message_id: each for each in reversed(some)}.values())[::-1]


@given(events)
def test_counts_and_last_values_equal_a_naive_recount(some):
    state = folded(some)

    once = first_of_each(some)
    assert state.events == len(once)
    assert {name: tally.count for name, tally in state.tallies.items()} == Counter(each.name for each in once)
    zone = ZoneInfo("Asia/Tokyo")
    for name, tally in state.tallies.items():
        days = Counter(
            datetime.fromtimestamp(each.occurred_at / 1000, UTC).astimezone(zone).toordinal()
            for each in once
            if each.name == name
        )
        assert tally.days == days
        assert tally.first == min(each.occurred_at for each in once if each.name == name)
        assert tally.last == max(each.occurred_at for each in once if each.name == name)
    if once:
        latest = max(each.occurred_at for each in once)
        prices = {each.properties["price"] for each in once if each.occurred_at == latest}
        assert state.values["price"].value in prices


@given(events)
def test_folding_twice_is_folding_once(some):
    state = folded(some)
    again = decode_state(encode_state(state))

    for each in some:
        assert not fold(again, each, TOKYO)

    assert again == state


@given(events, st.data())
def test_merging_two_devices_counts_what_one_would_have_counted(some, data):
    once = first_of_each(some)
    flags = data.draw(st.lists(st.booleans(), min_size=len(once), max_size=len(once)))
    device = folded([each for each, flag in zip(once, flags, strict=True) if flag], "a:x")
    member = folded([each for each, flag in zip(once, flags, strict=True) if not flag], "u:1")

    merged, whole = merge(member, device), folded(once, "u:1")

    assert merged.tallies == whole.tallies
    assert merged.events == whole.events
    assert (merged.first_seen, merged.last_seen) == (whole.first_seen, whole.last_seen)


def test_merging_leaves_its_arguments_alone():
    member, device = folded([event(1)], "u:1"), folded([event(2)], "a:x")
    before = encode_state(member), encode_state(device)

    merged = merge(member, device)
    fold(merged, event(3), TOKYO)

    assert (encode_state(member), encode_state(device)) == before


def test_the_visit_in_which_somebody_signs_in_is_one_visit():
    member = folded([event(1, session="old", at=NOON - 50 * HOUR), event(2, session="now")], "u:1")
    device = folded([event(3, session="now")], "a:x")

    merged = merge(member, device)

    assert merged.visits == 2
    assert merged.session.id == "now"
    assert merged.session.events == 2
    assert merged.previous.id == "old"


def test_a_late_event_counts_in_the_visit_it_belongs_to():
    state = folded([event(1, session="s1", at=NOON - 5 * HOUR), event(2, session="s2")])

    late = event(3, session="s1", at=NOON - 5 * HOUR + 1)
    fold(state, late, TOKYO)

    assert state.visits == 2
    assert state.session.id == "s2"
    assert state.previous.events == 2
    assert late.session_n == 1


def test_a_decision_counts_towards_the_visit_and_the_day():
    decided = event(1, decisions=[Decision("c", "shown", "a"), Decision("d", "suppressed", step="caps")])

    exposure = folded([decided]).exposures

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
        member = merge(member, folded([*some, *shown, traits], f"a:d{device}"))

    assert member.events == 60 * 91
    assert (len(member.tallies), len(member.values), len(member.exposures)) == (64, 64, 200)
    assert len(member.session.counts) <= 64
    assert len(member.devices) == 50
    assert len(member.traits) == 3


def test_only_what_can_be_a_campaign_is_noted_as_one():
    shown = [
        event(n, name="Campaign Shown", properties={"campaign_id": id_})
        for n, id_ in enumerate(["free-shipping", "x" * 65, "😀", "", 5])
    ]

    assert set(folded(shown).exposures) == {"free-shipping"}


def test_what_a_server_tells_of_long_ago_is_no_part_of_this_visit():
    state = folded([event(1, session="s1"), event(2, session=None, at=NOON - 50 * HOUR)])

    assert (state.events, state.visits) == (2, 1)
    assert (state.session.started, state.session.events) == (NOON, 1)


def test_what_a_server_tells_of_just_now_is_part_of_this_visit():
    state = folded([event(1, session="s1"), event(2, session=None, at=NOON - HOUR // 4)])

    assert (state.visits, state.session.events) == (1, 2)
