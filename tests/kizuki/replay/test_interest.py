from kizuki.replay.facts import FactEvent, SessionFacts
from kizuki.replay.interest import interest


def score(*names, duration_ms=60_000, goals=()):
    events = [FactEvent(name, place) for place, name in enumerate(names)]
    return interest(
        SessionFacts(session="s", started_at=0, person="a:1", events=events, goals=frozenset(goals)), duration_ms
    )


def test_trouble_and_goals_are_worth_watching_and_mere_browsing_is_not():
    assert score("page", "page", "Product Viewed") == (0, [])
    assert score("Rage Clicked", "Error").reasons == ["rage_click", "error"]
    assert score("Rage Clicked").score > score("Dead Clicked").score > 0
    assert score(goals=["sale"]).reasons == ["goal"]


def test_a_checkout_that_was_given_up_is_worth_more_than_none():
    assert score("Checkout Started").reasons == ["hesitated"]
    assert score("Checkout Started", "Order Completed").reasons == ["order"]


def test_more_of_the_same_adds_less_and_less():
    scores = [score(*["Error"] * times).score for times in range(1, 6)]

    assert scores == [4, 6, 7, 7, 7]


def test_a_glimpse_is_worth_less_than_a_visit():
    assert score("Error", duration_ms=2000).score < score("Error").score
