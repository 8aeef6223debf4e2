"""Segments as the console lists, writes and publishes them, and what helps to write them."""

import pytest

from kizuki.aws.documents import StoredDocument
from tests.functions.test_ingest import FREE_SHIPPING, added

BIG_CART = {
    "id": "big-cart",
    "name": "大きなカート",
    "condition": {"type": "statistic", "of": "last", "path": "cart.total", "op": "gte", "value": 3000},
}
SEGMENT = "/api/sites/shop/segments/big-cart"


def in_segment(id, of):
    return {"id": id, "name": id.title(), "condition": {"type": "segment", "id": of}}


def store(platform, *documents, status="draft"):
    for document in documents:
        stored = StoredDocument(document["id"], status, "2026-11-21T00:00:00.000Z", document)
        platform.config.put_document("shop", "segment", stored)


def test_a_segment_is_written_as_a_draft_and_counts_people_once_published(platform, track, call):
    status, written = call(SEGMENT, "PUT", BIG_CART)
    assert call(f"{SEGMENT}/publish", "POST")[1]["status"] == "live"
    platform.post({"batch": [added(track, 4000), track(anonymousId="anon-2")]})
    platform.post({"batch": [added(track, 5000, anonymousId="anon-3")]})
    platform.post({"batch": [added(track, 1000)]})
    platform.fold()

    [listed] = call("/api/sites/shop/segments")[1]["items"]

    assert status == 200
    assert written | {"updated_at": ""} == {
        "id": "big-cart",
        "name": "大きなカート",
        "status": "draft",
        "updated_at": "",
        "version": 1,
        "condition": BIG_CART["condition"] | {"event": None, "where": [], "window": "all"},
        "summary": {"ja": "最新の cart.total が 3,000 以上", "en": "The latest cart.total is at least 3,000"},
        "counters": {"members": 0, "entered": 0, "left": 0},
        "problem": None,
    }
    assert listed["counters"] == {"members": 1, "entered": 2, "left": 1}
    assert listed == call(SEGMENT)[1]


def test_a_segment_that_speaks_of_one_that_is_not_live_says_so(platform, call):
    platform.publish("segment", BIG_CART, in_segment("again", "big-cart"))
    assert call("/api/sites/shop/segments/again")[1]["problem"] is None

    call(f"{SEGMENT}/pause", "POST")

    told = "it speaks of segments that are not live: big-cart"
    assert call("/api/sites/shop/segments/again")[1]["problem"] == told
    assert [each["problem"] for each in call("/api/sites/shop/segments")[1]["items"]] == [told, None]


def test_a_live_segment_goes_live_as_written_and_a_paused_one_is_gone(platform, call):
    platform.publish("segment", BIG_CART)

    call(SEGMENT, "PUT", BIG_CART | {"condition": BIG_CART["condition"] | {"value": 9000}})
    [live] = platform.config.engine("shop").ruleset.segments
    call(f"{SEGMENT}/pause", "POST")

    assert live.condition["value"] == 9000
    assert platform.config.engine("shop").ruleset.segments == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"id": "other"}, "id"),
        ({"name": ""}, "name"),
        ({"condition": {"type": "telepathy"}}, "condition.type"),
        ({"condition": {"type": "all", "of": [{"type": "event", "name": "x"}, {"type": "visits", "op": "gte", "value": -1}]}}, "condition.of[1].value"),
        ({"condition": {"type": "segment", "id": "big-cart"}}, "condition"),
    ],
)  # fmt: skip
def test_a_segment_that_makes_no_sense_is_refused_with_the_place(call, change, path):
    status, answer = call(SEGMENT, "PUT", BIG_CART | change)

    assert (status, answer["error"]["code"], answer["error"]["path"]) == (400, "invalid_segment", path)


def test_segments_do_not_speak_of_each_other_in_a_circle(platform, call):
    store(platform, in_segment("one", "two"), in_segment("two", "three"))

    written = call("/api/sites/shop/segments/three", "PUT", in_segment("three", "one"))
    store(platform, in_segment("three", "one"))
    published = call("/api/sites/shop/segments/one/publish", "POST")

    assert written[1]["error"]["message"] == "segments speak of each other in a circle: three → one → two → three"
    assert (published[0], published[1]["error"]["code"]) == (400, "invalid_segment")
    assert call("/api/sites/shop/segments/one")[1]["status"] == "draft"


def test_a_live_segment_out_of_action_says_why(platform, call):
    store(platform, in_segment("one", "two"), in_segment("two", "one"), status="live")
    store(platform, {"id": "old", "name": "Old", "condition": {"type": "count", "event": "x"}}, status="live")
    call(SEGMENT, "PUT", BIG_CART)
    call(f"{SEGMENT}/publish", "POST")

    listed = {segment["id"]: segment for segment in call("/api/sites/shop/segments")[1]["items"]}

    assert listed["big-cart"]["problem"] is None
    assert "circle" in listed["one"]["problem"]
    assert listed["old"]["problem"].startswith("condition.type: must be one of")
    assert listed["old"]["summary"]["en"] == "A condition that this version cannot read"


def test_a_campaign_says_its_conditions_in_words(platform, call):
    platform.publish("segment", BIG_CART)
    call("/api/sites/shop/campaigns/free-shipping", "PUT", FREE_SHIPPING | {"audience": {"type": "segment", "id": "big-cart"}})  # fmt: skip

    assert call("/api/sites/shop/campaigns/free-shipping")[1]["summaries"] == {
        "trigger": {
            "ja": "イベントが「Product Added」または「Cart Viewed」である、かつイベントの cart.total が 5,000 未満",
            "en": "The event is “Product Added” or “Cart Viewed”, and the event's cart.total is less than 5,000",
        },
        "page": None,
        "audience": {
            "ja": "セグメント「大きなカート」に入っている",
            "en": "The person is in the segment “大きなカート”",
        },
        "goals": [],
    }


def test_a_condition_is_said_in_words_or_told_what_is_wrong(platform, call):
    platform.publish("segment", BIG_CART)

    right = call("/api/sites/shop/conditions", "POST", {"condition": {"type": "segment", "id": "big-cart"}})
    wrong = call("/api/sites/shop/conditions", "POST", {"condition": {"type": "any", "of": [{"type": "event"}]}})

    assert right == (200, {"summary": {"ja": "セグメント「大きなカート」に入っている", "en": "The person is in the segment “大きなカート”"}, "problems": []})  # fmt: skip
    assert wrong == (200, {"summary": None, "problems": [{"path": "condition.of[0].name", "message": "is missing"}]})
    assert call("/api/sites/shop/conditions", "POST", {})[1]["problems"][0]["path"] == "condition"


def test_the_vocabulary_is_what_was_seen_and_what_was_written(platform, track, call):
    platform.publish("campaign", FREE_SHIPPING)
    store(
        platform,
        {
            "id": "spent",
            "name": "Spent",
            "condition": {
                "type": "all",
                "of": [
                    {"type": "statistic", "of": "sum", "event": "Order Completed", "path": "revenue", "op": "gt", "value": 0},
                    {"type": "group_trait", "path": "industry", "op": "eq", "value": "retail"},
                ],
            },
        },
    )  # fmt: skip
    order = {"cart": {"total": 1}, "products": [{"sku": "A"}, {"price": 2}], "tags": ["new"]}
    platform.post({"batch": [track("Checkout Started", properties=order)]})
    platform.post({"batch": [track() | {"type": "identify", "traits": {"plan": "pro", "address": {"city": "東京"}}}]})
    platform.fold()

    _, found = call("/api/sites/shop/vocabulary")

    events = {event["name"]: event["properties"] for event in found["events"]}
    assert events["Checkout Started"] == ["cart.total", "products[].price", "products[].sku", "tags"]
    assert events["Cart Viewed"] == ["cart.total"]
    assert events["Order Completed"] == ["revenue"]
    assert found["traits"] == ["address.city", "plan"]
    assert found["group_traits"] == ["industry"]
    assert {"page.path", "campaign.source", "device.type"} <= set(found["context"])


def test_a_person_is_shown_with_the_statistics_of_live_rules(platform, track, call):
    platform.post({"batch": [added(track, 4000), added(track, 2500)]})
    platform.post({"batch": [track() | {"type": "group", "groupId": "acme", "traits": {"plan": "pro"}}]})
    platform.fold()
    platform.publish("segment", BIG_CART)

    _, person = call("/api/sites/shop/people/a:anon-1")

    assert person["statistics"] == [
        {"summary": {"ja": "最新の cart.total", "en": "The latest cart.total"}, "value": 2500}
    ]
    assert person["counts"] == [{"event": "Product Added", "count": 2}, {"event": "group", "count": 1}]
    assert person["group"] == {"id": "acme", "traits": {"plan": "pro"}}
    assert person["verified"] is False
