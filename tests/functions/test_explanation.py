"""The time machine: what the rules saw when an event came."""

from random import Random

import pytest

from tests.functions.test_ingest import FREE_SHIPPING, added

SPENT = {
    "id": "spent",
    "name": "Spent",
    "condition": {
        "type": "statistic",
        "of": "sum",
        "event": "Order Completed",
        "path": "revenue",
        "window": {"days": 28},
        "op": "gte",
        "value": 10_000,
    },
}
TOLD = {
    "id": "told",
    "name": "Told",
    "when": {"type": "all", "of": [{"type": "segment", "id": "spent"}, {"type": "event", "name": "page"}]},
    "destination": "cs",
}


@pytest.fixture
def explained(call):
    """Ask what the rules saw at an event."""

    def ask(message_id, *rule, person="a:anon-1", **query):
        path = "/".join([f"/api/sites/shop/people/{person}/events/{message_id}/explanation", *rule])
        return call(path, query=query)

    return ask


def ordered(track, revenue, **fields):
    return track("Order Completed", properties={"revenue": revenue}, **fields)


def test_an_event_tells_what_was_known_then_and_which_rules_held(platform, track, explained):
    platform.publish("segment", SPENT)
    platform.publish("rule", TOLD)
    first, second = ordered(track, 2000), ordered(track, 9000)
    platform.post({"batch": [first]})
    platform.post({"batch": [second]})
    platform.fold()

    _, before = explained(first["messageId"])
    _, after = explained(second["messageId"])

    assert before["ruleset"]["version"] == 2
    assert before["facts"]["statistics"] == [
        {
            "summary": {
                "ja": "直近28日間の「Order Completed」の revenue の合計",
                "en": "The sum of revenue of “Order Completed” in the last 28 days",
            },
            "value": 2000,
        }
    ]
    assert before["facts"]["segments"] == []
    assert before["rules"] == [
        {
            "kind": "segment",
            "id": "spent",
            "name": "Spent",
            "holds": False,
            "failed": {
                "ja": "直近28日間の「Order Completed」の revenue の合計は 10,000 以上ではない（実際は 2,000）",
                "en": "The sum of revenue of “Order Completed” in the last 28 days is 2,000, not at least 10,000",
            },
        },
        {
            "kind": "rule",
            "id": "told",
            "name": "Told",
            "holds": False,
            "failed": {"ja": "セグメント「Spent」に入っていない", "en": "The person is not in the segment “Spent”"},
        },
    ]
    assert after["facts"]["segments"] == ["spent"]
    assert [(rule["id"], rule["holds"]) for rule in after["rules"]] == [("spent", True), ("told", False)]
    assert (before["left_out"], after["left_out"]) == (0, 0)


def test_a_rule_is_explained_step_by_step(platform, track, explained):
    platform.publish("segment", SPENT)
    platform.publish("rule", TOLD)
    page = track("page") | {"type": "page"}
    platform.post({"batch": [ordered(track, 2000), page]})
    platform.fold()

    _, rule = explained(page["messageId"], "rule", "told")

    assert (rule["holds"], rule["decision"]) == (False, None)
    [part] = rule["parts"]
    assert part["name"] == "when"
    assert [(step["type"], step["holds"], step["seen"]) for step in part["step"]["of"]] == [
        ("segment", False, None),
        ("event", True, "page"),
    ]


def test_a_campaign_is_explained_by_its_parts_with_what_was_decided(platform, track, explained):
    goal = {"id": "order", "name": "Order", "when": {"type": "event", "name": "Order Completed"}}
    page = {"type": "context", "path": "page.path", "op": "starts_with", "value": "/cart"}
    platform.publish("campaign", FREE_SHIPPING | {"goals": [goal], "page": page})
    event = added(
        track, 4000, context={"session": {"id": "visit-1"}, "page": {"path": "/cart", "url": "https://shop/cart"}}
    )
    platform.post({"batch": [event]})
    platform.fold()

    _, overview = explained(event["messageId"])
    _, campaign = explained(event["messageId"], "campaign", "free-shipping")

    assert [(rule["id"], rule["holds"]) for rule in overview["rules"]] == [("free-shipping", True)]
    assert [(part["name"], part["step"]["holds"]) for part in campaign["parts"]] == [
        ("trigger", True),
        ("page", True),
        ("goal:order", False),
    ]
    assert campaign["holds"] is True
    assert campaign["decision"] == {
        "campaign": "free-shipping",
        "name": "Free shipping",
        "outcome": "shown",
        "step": None,
        "reason": None,
        "variant": "a",
    }


def test_the_rules_are_those_live_when_the_event_came_or_todays_when_asked(platform, track, explained):
    event = ordered(track, 12_000)
    platform.post({"batch": [event]})
    platform.fold()
    platform.publish("segment", SPENT)

    _, then = explained(event["messageId"])
    _, now = explained(event["messageId"], ruleset="now")
    missing, answer = explained(event["messageId"], "segment", "spent")
    _, tried = explained(event["messageId"], "segment", "spent", ruleset="now")

    assert (then["ruleset"], then["rules"]) == (None, [])
    assert now["ruleset"]["version"] == 1
    assert [rule["holds"] for rule in now["rules"]] == [True]
    assert (missing, answer["error"]["code"]) == (404, "unknown_segment")
    assert tried["parts"][0]["step"]["seen"] == 12_000


def test_a_member_is_not_known_before_they_sign_in(platform, track, explained):
    platform.publish("segment", SPENT)
    alone = ordered(track, 6000, anonymousId="phone")
    together = track("Signed In", userId="42", anonymousId="phone")
    platform.post({"batch": [ordered(track, 6000, userId="42", anonymousId="laptop")]})
    platform.post({"batch": [alone]})
    platform.post({"batch": [together]})
    platform.fold()

    seen = [
        explained(event["messageId"], person="u:42")[1]["facts"]["statistics"][0]["value"]
        for event in (alone, together)
    ]

    assert seen == [6000, 12_000]


@pytest.mark.parametrize("seed", range(3))
def test_an_event_tells_what_the_state_was_when_it_had_been_folded(platform, track, call, explained, seed):
    platform.publish("segment", SPENT, {"id": "both", "name": "Both", "condition": {"type": "all", "of": [{"type": "segment", "id": "spent"}, {"type": "visits", "op": "gte", "value": 2}]}})  # fmt: skip
    random, seen = Random(seed), {}
    for n in range(12):
        device = random.choice(["phone", "laptop"])
        user = {"userId": "42"} if n > 4 and random.random() < 0.5 else {}
        session = {"session": {"id": f"{device}-{n // 4}"}}
        event = ordered(track, random.choice([4000, 8000, -9000]), anonymousId=device, context=session, **user)
        platform.post({"batch": [event]})
        platform.fold()
        _, person = call(f"/api/sites/shop/people/{'u:42' if user else f'a:{device}'}")
        seen[event["messageId"]] = (
            person["sessions"],
            [segment["id"] for segment in person["segments"]],
            [each["value"] for each in person["statistics"]],
        )

    told = {}
    for message_id in seen:
        for person in ("u:42", "a:phone", "a:laptop"):
            status, answer = explained(message_id, person=person)
            if status == 200:
                facts = answer["facts"]
                told[message_id] = (
                    facts["visits"],
                    facts["segments"],
                    [each["value"] for each in facts["statistics"]],
                )

    assert told == seen
    assert any(segments for _, segments, _ in seen.values())


def test_what_never_came_is_not_explained(platform, track, explained):
    event = track()
    platform.post({"batch": [event]})
    platform.fold()

    assert explained("never")[1]["error"]["code"] == "unknown_event"
    assert explained(event["messageId"], person="a:nobody")[1]["error"]["code"] == "unknown_person"
    assert explained(event["messageId"], "segment", "none")[0] == 404
    assert explained(event["messageId"], "destination", "cs")[0] == 400
    assert explained(event["messageId"], ruleset="yesterday")[0] == 400


def test_a_message_id_of_any_characters_is_found(platform, track, explained):
    platform.post({"batch": [track(messageId="a b/ü?#1")]})
    platform.fold()

    assert explained("a%20b%2F%C3%BC%3F%231")[1]["message_id"] == "a b/ü?#1"
