"""What anybody can send with the public key neither stops a shard nor breaks a page."""

import pytest

from kizuki.aws.session_index import SessionIndex
from kizuki.replay.find import together
from tests.functions.test_campaigns import campaign

PROBLEMS = "/api/sites/shop/campaigns/hello/problems"
PEOPLE = "/api/sites/shop/campaigns/hello/people"


@pytest.mark.parametrize(
    ("properties", "replay"),
    [
        ({"problem": ["covered"]}, None),
        ({"problem": "covered", "ratio": True, "box": {"x": 1}}, {"id": "r", "offset": True}),
        ({"problem": "covered", "ratio": 1e308, "box": {"x": 1e308, "y": "1", "width": 2, "height": 3}}, {"id": 5}),
    ],
)
def test_problems_of_any_shape_are_folded_and_listed(platform, call, track, properties, replay):
    platform.publish("campaign", campaign())
    context = {"session": {"id": "v"}} | ({"replay": replay} if replay else {})

    for name in ("Campaign Problem", "Campaign Shown"):
        platform.post({"batch": [track(name, properties={"campaign_id": "hello"} | properties, context=context)]})

    assert platform.fold() == {"batchItemFailures": []}
    assert call(PROBLEMS)[0] == 200
    assert [item["replay"] for item in call(PEOPLE, query={"group": "shown"})[1]["items"]] == [None]


@pytest.mark.parametrize(
    "replay",
    [{"id": "x" * 3000, "offset": 1}, {"id": "a#b/c", "offset": 1}, {"id": "", "offset": 1}, {"id": "v", "offset": -1}],
    ids=["long", "odd", "empty", "before"],
)
@pytest.mark.parametrize("name", ["Campaign Shown", "Product Viewed"])
def test_what_names_no_recording_is_of_none(platform, call, track, name, replay):
    platform.publish("campaign", campaign())
    context = {"session": {"id": replay["id"] or "v"}, "replay": replay}

    platform.post({"batch": [track(name, properties={"campaign_id": "hello"}, context=context)]})

    assert platform.fold() == {"batchItemFailures": []}
    assert call("/api/sites/shop/campaigns/hello/compare")[0] == 200
    [event] = call("/api/sites/shop/people/a:anon-1/timeline")[1]["items"]
    assert event["replay"] is None


def test_a_visit_of_very_many_long_events_is_found(platform, track):
    long = {f"p{n}": {f"q{m}": "x" * 100 for m in range(12)} for n in range(12)}
    for n in range(8):
        places = [{"session": {"id": "v"}, "replay": {"id": "v", "offset": 50 * n + m}} for m in range(25)]
        platform.post({"batch": [track(properties=long, context=place) for place in places]})

    assert platform.fold() == {"batchItemFailures": []}
    [found] = together([SessionIndex(platform.dynamodb, "sessions").listed("shop", "event:Product Viewed")])
    assert found.endswith("#v")


def test_ids_of_the_longest_characters_are_folded(platform, call, track):
    platform.publish("campaign", campaign())
    long = "😀" * 256
    shown = track("Campaign Shown", userId=long, messageId=long, properties={"campaign_id": "hello"})
    problem = track("Campaign Problem", messageId="🙂" * 256, properties={"campaign_id": "hello", "problem": "covered"})

    platform.post({"batch": [shown, problem]})

    assert platform.fold() == {"batchItemFailures": []}
    assert len(call(PROBLEMS)[1]["items"]) == 1
