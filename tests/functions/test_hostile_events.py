"""What anybody can send with the public key neither stops a shard nor breaks a page."""

import pytest

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


def test_ids_of_the_longest_characters_are_folded(platform, call, track):
    platform.publish("campaign", campaign())
    long = "😀" * 256
    shown = track("Campaign Shown", userId=long, messageId=long, properties={"campaign_id": "hello"})
    problem = track("Campaign Problem", messageId="🙂" * 256, properties={"campaign_id": "hello", "problem": "covered"})

    platform.post({"batch": [shown, problem]})

    assert platform.fold() == {"batchItemFailures": []}
    assert len(call(PROBLEMS)[1]["items"]) == 1
