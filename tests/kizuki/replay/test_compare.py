"""The groups of a campaign compared: effects against scipy, medoids, what is found and what is not."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kizuki.replay.compare import Seen, after, differences, effects, sentence, typical
from kizuki.replay.compare.features import NUMBERS
from kizuki.replay.compare.typical import distances
from kizuki.replay.facts import FactEvent, SessionFacts

samples = st.lists(st.integers(0, 6).map(float), min_size=3, max_size=40)


@settings(max_examples=60)
@given(samples, samples)
def test_numbers_are_tested_as_scipy_does(first, second):
    tested = effects.numbers(first, second)

    if len({*first, *second}) == 1:
        assert tested == (0.0, 1.0)
        return
    known = stats.mannwhitneyu(first, second, method="asymptotic")
    assert tested.p == pytest.approx(known.pvalue, rel=1e-9)
    # Cliff's delta by its definition.
    pairs = [(a > b) - (a < b) for a in first for b in second]
    assert tested.effect == pytest.approx(sum(pairs) / len(pairs))


@settings(max_examples=60)
@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_shares_are_tested_as_scipy_does(of, of_others, data):
    some, others = data.draw(st.integers(0, of)), data.draw(st.integers(0, of_others))

    known = stats.fisher_exact([[some, of - some], [others, of_others - others]])

    assert effects.fisher(some, of, others, of_others) == pytest.approx(known.pvalue, rel=1e-6)


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_false_discoveries_are_scipys(p):
    assert effects.false_discovery(p) == pytest.approx(stats.false_discovery_control(p))


def test_cohens_h_of_his_own_example():
    """Cohen 1988, table 6.2.2: phi of .50 is 1.571, of .35 1.266."""
    assert effects.shares(50, 100, 35, 100).effect == pytest.approx(1.571 - 1.266, abs=0.001)


def facts(*events: FactEvent) -> SessionFacts:
    return SessionFacts(session="s", started_at=0, person="a:1", events=list(events))


def test_only_what_came_after_the_display_counts():
    told = facts(
        FactEvent("page", 0, "/"),
        FactEvent("Campaign Shown", 5_000, "/"),
        FactEvent("Dead Clicked", 6_000, "/"),
        FactEvent("Campaign Clicked", 7_000, "/"),
        FactEvent("page", 9_000, "/cart"),
        FactEvent("Scroll Depth Reached", 10_000, "/cart", {"percent": 75, "fixed": True}),
        FactEvent("Error", 11_000, "/cart"),
        FactEvent("Coupon Applied", 15_000, "/cart", {"percent": 10}),
        FactEvent("page", 17_000, "/"),
    )

    seen = after(told, 5_000, length=60_000)

    assert seen == Seen(
        numbers={
            "first_action": 4_000,
            "next_page": 4_000,
            "pause": 2_000,
            "length": 60_000,
            "pages": 2,
            "dead_clicks": 1,
            "rage_clicks": 0,
            "errors": 1,
            "scroll": 75,
        },
        next_page="/cart",
        pages=frozenset({"/cart", "/"}),
        events=frozenset({"Scroll Depth Reached", "Coupon Applied"}),
    )


def test_of_who_did_nothing_more_times_are_not_known():
    seen = after(facts(FactEvent("Campaign Shown", 5_000, "/")), 5_000)

    assert (seen.next_page, seen.pages, seen.events) == (None, frozenset(), frozenset())
    assert [name for name in NUMBERS if seen.numbers[name] is None] == ["first_action", "next_page", "pause", "scroll"]


def person(next_page: str | None = "/cart", *, events: tuple[str, ...] = (), **numbers: float) -> Seen:
    known = dict.fromkeys(NUMBERS, 0.0) | {"length": 30_000.0} | numbers
    return Seen(known, next_page, frozenset({next_page} if next_page else ()), frozenset(events))


def test_typical_are_those_in_the_middle_of_their_kind():
    buyers = [person("/cart", length=60_000.0 + n) for n in range(6)]
    leavers = [person(None, length=1_000.0 + n) for n in range(6)]
    odd = person("/careers", events=("Form Sent",), length=900_000.0, errors=9.0)
    people = [*buyers, odd, *leavers]

    chosen = typical(people, [True] * len(people))

    assert len(chosen) == 3
    assert {people[place].next_page for place in chosen} == {"/cart", None, "/careers"}
    assert typical(people, [True] * len(people)) == chosen


def test_typical_are_only_people_whose_recording_plays_and_the_newest_where_all_are_alike():
    alike = [person()] * 8

    assert typical(alike, [True] * 8) == [0, 1]
    assert typical(alike, [False, False, True, False, True, True, True, True]) == [2, 4]
    assert typical(alike, [False] * 8) == []
    assert typical([], []) == []


def test_so_many_are_typical_as_the_group_is_large():
    sizes = {
        n: len(typical([person(length=float(n * 7919 % 97)) for n in range(n)], [True] * n)) for n in (1, 9, 10, 30, 80)
    }

    assert sizes == {1: 1, 9: 2, 10: 3, 30: 4, 80: 5}


def test_distances_are_between_nothing_and_all():
    same, other = person("/cart", length=1.0), person("/help", events=("Chat Started",), length=900.0)

    apart = distances([same, same, other])

    assert apart[0][1] == 0
    assert apart[0][2] == apart[2][0] == 1


def group(size: int, seed: int, *, cart: float, wait: float) -> list[Seen]:
    """People of whom a share goes to the cart, after so long (ms)."""
    pick = random.Random(seed)
    return [
        person(
            "/cart" if pick.random() < cart else "/", first_action=pick.expovariate(1 / wait), length=pick.uniform(1, 9)
        )
        for _ in range(size)
    ]


def test_what_differs_is_found_the_largest_first_and_said_in_both_languages():
    groups = {
        "clicked_goal": group(80, 1, cart=0.7, wait=3_000),
        "clicked": group(80, 2, cart=0.2, wait=3_000),
        "shown": group(80, 3, cart=0.2, wait=9_000),
        "closed": [],
    }

    found = differences(groups)

    assert {(each.kind, each.feature) for each in found} >= {("next_page", "/cart"), ("number", "first_action")}
    cart = next(each for each in found if (each.kind, each.feature) == ("next_page", "/cart"))
    assert cart.between[0] == "clicked_goal"
    assert cart.size == "large"
    assert cart.test == "fisher"
    assert cart.p <= cart.q < 0.001
    assert set(cart.groups) == {"clicked_goal", "clicked", "shown"}
    goal, other = (round(cart.groups[name].value * 100) for name in cart.between)
    b_ja, b_en = {
        "clicked": ("クリックのみの人", "those who only clicked"),
        "shown": ("表示のみの人", "those who only saw it"),
    }[cart.between[1]]
    assert sentence(cart, lambda event, _: event) == {
        "ja": f"クリックしてゴールした人の{goal}%が、表示の次に /cart へ進んでいます（{b_ja}では{other}%、差は{goal - other}ポイント）。",
        "en": f"{goal}% of those who clicked and reached the goal went to /cart next, against {other}% of {b_en} (a gap of {goal - other} points).",
    }
    wait = next(each for each in found if each.feature == "first_action")
    assert wait.test == "mann_whitney"
    told = sentence(wait, lambda event, _: event)
    assert told["ja"].startswith("クリック")
    assert "表示のみの人より次の行動までの時間が短めです（中央値 " in told["ja"]
    assert " did something sooner than those who only saw it (median " in told["en"]


def test_nothing_is_found_where_nothing_differs():
    """Twenty campaigns whose groups are alike: at most one has a difference by chance."""
    found = [
        differences(
            {name: group(60, 10 * n + place, cart=0.4, wait=5_000) for place, name in enumerate(("clicked", "shown"))}
        )
        for n in range(20)
    ]

    assert sum(map(bool, found)) <= 1


def test_of_a_small_group_nothing_is_said():
    assert differences({"clicked": group(9, 1, cart=1, wait=1), "shown": group(90, 2, cart=0, wait=9_000)}) == []


def test_the_goal_itself_is_no_difference():
    bought = [person(events=("Order Completed",)) for _ in range(30)]
    looked = [person() for _ in range(30)]

    by_itself = differences({"clicked_goal": bought, "clicked": looked})
    known = differences({"clicked_goal": bought, "clicked": looked}, goal_events=frozenset({"Order Completed"}))

    assert [(each.kind, each.feature) for each in by_itself] == [("event", "Order Completed")]
    assert known == []
