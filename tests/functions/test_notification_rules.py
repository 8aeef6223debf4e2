"""From an event to the notifications on the queue: what a rule can ask, whom it tells, how often."""

import json

from kizuki.notifications.model import decode
from tests.functions.test_ingest import FREE_SHIPPING, added

GOAL = {"id": "order", "name": "注文", "when": {"type": "event", "name": "Order Completed"}}


def rule(id="r", **fields):
    return {
        "id": id,
        "name": id.upper(),
        "when": {"type": "event", "name": "Product Viewed"},
        "destinations": ["cs"],
    } | fields


def told(platform):
    """What is on the queue: whom each notification is of, by id, once each."""
    return {found["id"]: found for found in platform.notifications()}


def test_a_rule_tells_each_of_its_destinations_once_however_often_it_is_folded(platform, track):
    platform.publish("rule", rule(destinations=["cs", "crm"]))
    platform.post({"batch": [track(messageId="m1")]})
    platform.fold()

    found = told(platform)

    assert {id_: each["destination"] for id_, each in found.items()} == {"r:m1": "cs", "r@crm:m1": "crm"}
    assert decode(json.dumps(found["r:m1"])).manner.group == "a:anon-1"


def test_the_earlier_form_of_a_rule_goes_on_telling(platform, track):
    earlier = {name: value for name, value in rule().items() if name != "destinations"} | {"destination": "cs"}
    platform.publish("rule", earlier)
    platform.post({"batch": [track(messageId="m1")]})
    platform.fold()

    assert told(platform)["r:m1"]["destination"] == "cs"


def test_a_rule_that_is_switched_off_tells_nobody_though_it_is_live(platform, track):
    platform.publish("rule", rule(enabled=False), rule("s"))
    platform.post({"batch": [track(messageId="m1")]})
    platform.fold()

    assert set(told(platform)) == {"s:m1"}


def test_how_a_rule_is_told_goes_with_the_notification(platform, track):
    platform.publish(
        "rule",
        rule(
            group_by="company",
            quiet_seconds=600,
            rule_quiet_seconds=60,
            deliver={"as": "digest", "every": "daily", "at": "08:30"},
            hours={"from": "09:00", "to": "17:30", "weekdays": [5, 1], "outside": "drop"},
            mention={"who": "@here", "when": {"type": "property", "path": "price", "op": "gte", "value": 100}},
        ),
    )
    join = {"type": "group", "groupId": "acme", "anonymousId": "anon-1", "messageId": "g"}
    prices = [track(messageId=f"m{price}", properties={"price": price}) for price in (99, 100)]
    platform.post({"batch": [join, *prices]})
    platform.fold()

    found = {id_: each["manner"] for id_, each in told(platform).items()}

    assert found["r:m100"] == {
        "timezone": "Asia/Tokyo",
        "every": "daily",
        "at": "08:30",
        "hours": {"since": "09:00", "to": "17:30", "weekdays": [1, 5], "outside": "drop"},
        "quiet": {"": 60, "g:acme": 600},
        "group": "g:acme",
        "mention": ["@here"],
    }
    assert found["r:m99"].get("mention", []) == []


def test_about_one_person_a_rule_is_quiet_and_about_another_it_is_not(platform, track):
    platform.publish("rule", rule(quiet_seconds=3600))
    for n, visitor in enumerate(["anon-1", "anon-1", "anon-2"]):
        platform.post({"batch": [track(messageId=f"m{n}", anonymousId=visitor)]})
    platform.fold()

    assert set(told(platform)) == {"r:m0", "r:m2"}


def test_rules_ask_for_goals_and_suppressions_by_name_and_other_rules_do_not_hear_of_them(platform, track):
    named = {"type": "event", "name": "Campaign Goal Reached"}
    one = {"type": "property", "path": "campaign_id", "op": "eq", "value": "free-shipping"}
    platform.publish("campaign", FREE_SHIPPING | {"goals": [GOAL], "caps": {"per_visit": 1}})
    platform.publish(
        "rule",
        rule("goal", when={"type": "all", "of": [named, one]}),
        rule("other-goal", when={"type": "all", "of": [named, one | {"value": "another"}]}),
        rule("held", when={"type": "event", "name": ["Campaign Suppressed", "Campaign Goal Reached"]}),
        rule("any", when={"type": "context", "path": "session.id", "op": "exists"}),
    )
    for call in (added(track, 4000), added(track, 4000), track("Order Completed")):
        platform.post({"batch": [call]})
    platform.fold()

    found = told(platform)
    by_rule = {}
    for each in found.values():
        by_rule.setdefault(each["rule"]["id"], []).append((each["event"]["name"], each["event"]["properties"]))

    goal = {
        "campaign_id": "free-shipping",
        "campaign_name": FREE_SHIPPING["name"],
        "goal_id": "order",
        "goal_name": "注文",
    }
    assert by_rule["goal"] == [("Campaign Goal Reached", goal)]
    assert [name for name, _ in by_rule["held"]] == ["Campaign Suppressed", "Campaign Goal Reached"]
    suppressed = by_rule["held"][0][1]
    assert (suppressed["campaign_id"], suppressed["step"]) == ("free-shipping", "caps")
    assert "other-goal" not in by_rule
    assert {name for name, _ in by_rule["any"]} == {"Product Added", "Order Completed"}
    # They are told of, and are no events of the visitor.
    assert platform.state("a:anon-1").counts.keys().isdisjoint({"Campaign Goal Reached", "Campaign Suppressed"})
