"""A mistake in a document is told with its place, as it was written, and in one sentence."""

import pytest

from kizuki.campaigns.definition import Campaign
from kizuki.errors import MalformedError
from kizuki.rules.problems import Problem, check_condition, checked

VIEWED = {"type": "event", "name": "Product Viewed"}
COUNT = {"type": "statistic", "of": "count", "op": "gte", "value": 1}


def prop(**fields):
    return {"type": "property", "path": "price", "op": "eq", "value": 1} | fields


@pytest.mark.parametrize(
    ("written", "path", "message"),
    [
        ("page", "condition", "must be an object"),
        ({}, "condition.type", "is missing, so what this is cannot be told"),
        ({"type": "event"}, "condition.name", "is missing"),
        (VIEWED | {"colour": "red"}, "condition.colour", "is no field of this"),
        ({"type": "event", "name": 5}, "condition.name", "must be a name, or a list of names"),
        ({"type": "event", "name": ["a", 5]}, "condition.name[1]", "must be a text"),
        (prop(op="gte", value="3"), "condition.value", "gte takes a number"),
        (prop(value={"a": 1}), "condition.value", "must be a text, a number, true or false, or a list of these"),
        (prop(op="in", value=[None]), "condition.value[0]", "must be a text, a number, true or false"),
        (prop(path=7), "condition.path", "must be a text"),
        (COUNT | {"path": "price"}, "condition.path", "count takes no path"),
        (COUNT | {"op": "eq", "value": "many"}, "condition.value", "count is a number: it is compared with one"),
        (COUNT | {"window": {"day": 3}}, "condition.window.days", "is missing"),
        (COUNT | {"window": "week"}, "condition.window", 'must be "visit", "previous_visit", "today", "all" or {"days": 1 to 365}'),
        (COUNT | {"where": [{"type": "trait", "path": "plan", "op": "exists"}]}, "condition.where[0].type", "must be one of 'property', 'context'"),
        ({"type": "all", "of": [VIEWED, {"type": "not", "of": prop(op="starts_with")}]}, "condition.of[1].of.value", "starts_with takes a text"),
        ({"type": "sequence", "first": {"event": "a"}, "then": {}, "within": 60}, "condition.then.event", "is missing"),
        ({"type": "sequence", "first": {"event": "a"}, "then": {"event": "b"}, "within": 0}, "condition.within", "must be at least 1"),
        (COUNT | {"window": {"days": 400}}, "condition.window.days", "must be at most 365"),
        ({"type": "visits", "op": "gte", "value": 1.5}, "condition.value", "must be a whole number"),
        ({"type": "any", "of": []}, "condition.of", "must not be empty"),
        ({"type": "all", "of": [VIEWED] * 101}, "condition.of", "must have at most 100 entries"),
        (prop(path=""), "condition.path", "must not be empty"),
        ({"type": "time", "since": "25:00", "until": "26:00"}, "condition.since", "must be a time of day like 09:00"),
        ({"type": "time", "since": "09:00", "until": "09:00"}, "condition.until", "nothing is between 09:00 and 09:00"),
    ],
)  # fmt: skip
def test_a_condition_with_a_mistake_names_its_place(written, path, message):
    condition, problems = check_condition(written, "condition")

    assert condition is None
    assert problems[0] == Problem(path, message)


def test_a_condition_without_mistakes_is_given_back_in_full():
    condition, problems = check_condition(COUNT, "condition")

    assert problems == []
    assert condition == COUNT | {"event": None, "path": None, "where": [], "window": "all"}


def test_every_mistake_is_told():
    _, problems = check_condition({"type": "all", "of": [prop(op="like"), {"type": "event", "name": ""}]}, "when")

    assert [problem.path for problem in problems] == ["when.of[0].op", "when.of[1].name"]


def test_a_condition_nested_too_deep_is_refused():
    condition = VIEWED
    for _ in range(40):
        condition = {"type": "not", "of": condition}

    assert check_condition(condition, "condition")[1][0].path == "condition"


def test_a_document_is_refused_with_its_first_mistake():
    campaign = {
        "id": "x",
        "name": "X",
        "trigger": VIEWED,
        "variants": [{"action": {"type": "bar", "content": {"ja": {}}}}],
    }

    with pytest.raises(MalformedError) as refused:
        checked(Campaign, campaign, "campaign", ("trigger",))

    assert (refused.value.code, refused.value.path) == ("invalid_campaign", "variants[0].action.content.ja.title")
