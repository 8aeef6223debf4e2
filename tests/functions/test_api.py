"""The console's API, as the JWT authorizer calls it."""

import base64
import json
from urllib.parse import quote

import pytest

from kizuki.aws.documents import StoredDocument
from tests.functions.conftest import request as http_request
from tests.functions.test_ingest import FREE_SHIPPING, added


def cursor(position):
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def test_the_story_shows_events_with_what_campaigns_decided(platform, track, call):
    platform.publish("campaign", FREE_SHIPPING)
    page = {
        "session": {"id": "visit-1"},
        "replay": {"id": "visit-1", "offset": 5},
        "page": {"url": "https://shop/", "title": "T"},
    }
    platform.post({"batch": [added(track, 4000, context=page)]})
    platform.fold()

    status, story = call("/api/sites/shop/people/a:anon-1/timeline")

    assert status == 200
    [event] = story["items"]
    assert event["decisions"] == [
        {
            "campaign": "free-shipping",
            "name": "Free shipping",
            "outcome": "shown",
            "step": None,
            "reason": None,
            "variant": "a",
        }
    ]
    assert event["replay"] == {"id": "visit-1", "offset": 5}
    assert event["session"] == {"id": "visit-1", "n": 1}
    assert (event["url"], event["title"]) == ("https://shop/", "T")


def test_a_members_story_holds_what_they_did_before_signing_in(platform, track, call):
    platform.post({"batch": [track("page")]})
    platform.post({"batch": [track("Product Viewed")]})
    platform.post({"batch": [track("Signed In", userId="42")]})
    platform.fold()

    pages, cursor = [], None
    for _ in range(4):
        _, page = call(
            "/api/sites/shop/people/u:42/timeline", query={"limit": "1"} | ({"cursor": cursor} if cursor else {})
        )
        pages += [event["event"] for event in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert sorted(pages) == ["Product Viewed", "Signed In", "page"]
    assert call("/api/sites/shop/people/a:anon-1")[1]["id"] == "u:42"


def test_people_are_listed_once_each(platform, track, call):
    for n in range(1, 4):
        platform.post({"batch": [track(anonymousId=f"anon-{n}")]})
    platform.post(
        {"batch": [track(userId="42", anonymousId="anon-3") | {"type": "identify", "traits": {"name": "山田"}}]}
    )
    platform.fold()

    _, first = call("/api/sites/shop/people", query={"limit": "2"})
    _, rest = call("/api/sites/shop/people", query={"limit": "50", "cursor": first["next"]})

    people = first["items"] + rest["items"]
    assert sorted(person["id"] for person in people) == ["a:anon-1", "a:anon-2", "u:42"]
    assert [person["name"] for person in people if person["id"] == "u:42"] == ["山田"]


def test_pausing_a_campaign_stops_it_and_publishing_starts_it_again(platform, track, call):
    platform.publish("campaign", FREE_SHIPPING)

    assert call("/api/sites/shop/campaigns/free-shipping/pause", "POST")[1]["status"] == "paused"
    paused = platform.post({"batch": [added(track, 4000)]})[1]["actions"]
    assert call("/api/sites/shop/campaigns/free-shipping/publish", "POST")[1]["status"] == "live"
    live = platform.post({"batch": [added(track, 4000)]})[1]["actions"]

    assert (paused, len(live)) == ([], 1)


def test_a_campaign_is_written_as_a_draft_and_listed_with_its_counters(platform, track, call):
    status, written = call("/api/sites/shop/campaigns/free-shipping", "PUT", FREE_SHIPPING)
    call("/api/sites/shop/campaigns/free-shipping/publish", "POST")
    platform.post({"batch": [added(track, 4000)]})
    platform.fold()

    _, listed = call("/api/sites/shop/campaigns")

    assert (status, written["status"]) == (200, "draft")
    assert listed["items"][0]["counters"]["decided"] == 1


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"id": "other"}, "id"),
        ({"control_percent": 51}, "control_percent"),
        ({"trigger": {"type": "telepathy"}}, "trigger.type"),
        ({"variants": []}, "variants"),
        ({"variants": [{"action": {"type": "bar", "content": {"ja": {"title": "{{ x"}}}}]}, "variants[0].action.content.ja.title"),
        ({"variants": [{"action": {"type": "bar", "content": {"ja": {"title": "x", "button": {"label": "y", "url": "javascript:alert(1)"}}}}}]}, "variants[0].action.content.ja.button.url"),
    ],
)  # fmt: skip
def test_a_campaign_that_makes_no_sense_is_refused_with_the_place(call, change, path):
    status, answer = call("/api/sites/shop/campaigns/free-shipping", "PUT", FREE_SHIPPING | change)

    assert (status, answer["error"]["code"], answer["error"]["path"]) == (400, "invalid_campaign", path)


def test_the_live_feed_and_the_refused_events_are_there_to_see(platform, track, call):
    platform.post({"batch": [track("Product Viewed"), track(properties={"x": "y" * 33_000})]})
    platform.fold()

    assert [item["event"] for item in call("/api/sites/shop/feed")[1]["items"]] == ["Product Viewed"]
    [refused] = call("/api/sites/shop/refused")[1]["items"]
    assert (refused["code"], refused["path"]) == ("event_too_large", "batch[1]")


@pytest.mark.parametrize(
    "path",
    ["", "/feed", "/people", "/people/a:anon-1", "/people/a:anon-1/timeline", "/people/a:anon-1/replays", "/campaigns",
     "/campaigns/free-shipping", "/segments", "/segments/big-cart", "/vocabulary", "/people/a:anon-1/events/m-1/explanation",
     "/people/a:anon-1/events/m-1/explanation/segment/big-cart", "/deliveries", "/refused", "/replays", "/replays/visit-1"],
)  # fmt: skip
def test_an_operator_sees_only_their_own_sites(platform, track, call, path):
    platform.post({"batch": [track()]})
    platform.fold()

    for groups in ("[site-other]", "", None, "[]"):
        assert call(f"/api/sites/shop{path}", groups=groups)[0] == 403


def test_an_operator_of_one_site_calls_as_the_gateway_does(platform, track, call, sample):
    assert call.handler(sample("api/people"), platform.context)["statusCode"] == 200


def test_me_lists_the_sites_of_my_groups(call):
    assert [site["id"] for site in call("/api/me")[1]["sites"]] == ["shop"]
    assert [site["id"] for site in call("/api/me", groups="[site-shop]")[1]["sites"]] == ["shop"]
    assert call("/api/me", groups=None)[1]["sites"] == []


def test_a_group_that_outlives_its_site_locks_nobody_out(call):
    assert [site["id"] for site in call("/api/me", groups="[site-gone site-shop]")[1]["sites"]] == ["shop"]


@pytest.mark.parametrize("id", ["a b", "a/b", "a%2Fb", "日本 太郎", 'a"b', "a#b?c", "😀", "auth0|5", "a\\b"])
def test_a_person_of_any_id_is_found(platform, track, call, id):
    platform.post({"batch": [track(userId=id, anonymousId=None)]})
    platform.fold()

    assert call(f"/api/sites/shop/people/{quote(f'u:{id}', safe='')}")[1]["id"] == f"u:{id}"


def test_a_story_is_whole_also_when_requests_overtook_each_other(platform, call):
    sent = []
    for n, (device, at) in enumerate([("d1", 1), ("d1", 9), ("d1", 3), ("d2", 4), ("d1", 2), ("d2", 8), ("d2", 5)]):
        call_ = {"type": "page", "messageId": f"m{n}", "anonymousId": device, "userId": "42" if n > 4 else None}
        key = {"authorization": "Basic " + base64.b64encode(b"wk_shop:").decode()}
        event = http_request("/v1/batch", json.dumps({"batch": [call_]}).encode(), key)
        event["requestContext"]["timeEpoch"] = 1_795_255_200_000 + at * 1000
        platform.ingest.handler(event, platform.context)
        sent.append(f"m{n}")
    platform.post({"batch": [{"type": "page", "messageId": "last", "anonymousId": "d1", "userId": "42"}]})
    platform.fold()

    told, position = [], None
    while not told or position:
        query = {"limit": "2"} | ({"cursor": position} if position else {})
        _, page = call("/api/sites/shop/people/u:42/timeline", query=query)
        told += [item["message_id"] for item in page["items"]]
        position = page["next"]

    assert sorted(told) == sorted([*sent, "last"])


def test_a_long_story_comes_in_pages_that_can_be_answered(platform, track, call):
    for _ in range(10):
        platform.post({"batch": [track(properties={"note": "x" * 31_000}) for _ in range(15)]})
    platform.fold()

    sizes, told, position = [], 0, None
    while not sizes or position:
        _, page = call("/api/sites/shop/people/a:anon-1/timeline", query={"cursor": position} if position else None)
        sizes.append(len(json.dumps(page)))
        told += len(page["items"])
        position = page["next"]

    assert told == 150
    assert max(sizes) < 4_000_000


def test_a_document_of_another_version_does_not_hold_up_its_site(platform, call):
    for kind in ("campaign", "segment", "rule"):
        old = StoredDocument("old", "live", "2026-11-21T00:00:00.000Z", {"id": "old", "name": "Old", "was": 1})
        platform.config.put_document("shop", kind, old)
    call("/api/sites/shop/campaigns/free-shipping", "PUT", FREE_SHIPPING)

    assert call("/api/sites/shop/campaigns/free-shipping/publish", "POST")[0] == 200
    assert [campaign.id for campaign in platform.config.engine("shop").ruleset.campaigns] == ["free-shipping"]


def test_a_campaign_that_cannot_be_stored_or_run_is_refused(call):
    condition = {"type": "event", "name": "x"}
    for _ in range(40):
        condition = {"type": "not", "of": condition}
    text = {"title": "人" * 2000, "body": "人" * 2000}
    action = {"type": "bar", "content": {"ja": text, "en": text}}
    large = FREE_SHIPPING | {"variants": [{"id": f"v{n}", "action": action} for n in range(20)]}

    deep = call("/api/sites/shop/campaigns/free-shipping", "PUT", FREE_SHIPPING | {"audience": condition})
    over = call("/api/sites/shop/campaigns/free-shipping", "PUT", large)

    assert (deep[0], deep[1]["error"]["path"]) == (400, "audience")
    assert (over[0], over[1]["error"]["code"]) == (413, "campaign_too_large")


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/api/sites/shop/people/a:nobody", {}, 404, "unknown_person"),
        ("/api/sites/shop/campaigns/none", {}, 404, "unknown_campaign"),
        ("/api/nothing", {}, 404, "unknown_path"),
        ("/api/sites/shop/people", {"limit": "1000"}, 400, "invalid_request"),
        ("/api/sites/shop/people", {"cursor": "garbage"}, 400, "invalid_cursor"),
        ("/api/sites/shop/people", {"cursor": cursor({})}, 400, "invalid_cursor"),
        ("/api/sites/shop/people", {"cursor": cursor({"pk": {"Z": "1"}})}, 400, "invalid_cursor"),
        ("/api/sites/shop/people/a:anon-1/timeline", {"cursor": cursor({"a:anon-1": "9"})}, 400, "invalid_cursor"),
        ("/api/sites/shop/refused", {"cursor": ""}, 400, "invalid_cursor"),
        ("/api/sites/shop/refused", {"cursor": "2026-11-21T00:00:00.000Z#" + "x" * 1024}, 400, "invalid_cursor"),
        ("/api/sites/shop/deliveries", {"cursor": "x"}, 400, "invalid_cursor"),
        ("/api/sites/shop/replays", {"cursor": "１２#visit-1"}, 400, "invalid_cursor"),
        ("/api/sites/shop/replays", {"cursor": "9" * 40 + "#visit-1"}, 400, "invalid_cursor"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(platform, track, call, path, query, status, code):
    platform.post({"batch": [track()]})
    platform.fold()

    answered, answer = call(path, query=query)

    assert (answered, answer["error"]["code"]) == (status, code)


def test_the_api_describes_every_route(call):
    _, document = call("/api/openapi.json")

    assert {"/api/me", "/api/sites/{site}/people/{person}/timeline", "/api/sites/{site}/replays/{session}"} <= set(
        document["paths"]
    )
