"""Live: recordings are found by what happened in them, reviewed by the team, and watched while they last."""

import time

import pytest

from kizuki.aws.clients import client
from kizuki.aws.sessions import SessionStore
from kizuki.errors import ForbiddenError
from kizuki.events.times import epoch_ms
from kizuki.replay.chunk import Address, Chunk
from tests.kizuki.replay.samples import META, MOVE, SNAPSHOT, packed

MINUTE = 60_000
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604"


@pytest.fixture
def visit(platform, track):
    """Record a visit that began so many minutes ago, by the visitor's clock: a chunk, and events at their seconds."""

    def record(session, *events, minutes=60, device="anon-1", seconds=30, received=None, **surroundings):
        began = time.time_ns() // 1_000_000 - minutes * MINUTE
        chunk = [
            each | {"timestamp": began + offset}
            for each, offset in zip((META, SNAPSHOT, MOVE), (0, 36, seconds * 1000), strict=True)
        ]
        at = time.time() - received if received is not None else began / 1000 + seconds
        SessionStore(platform.dynamodb, "sessions", clock=lambda: at).add(
            Chunk.read("shop", Address(session, "t1", 0, device), packed(chunk)), None, user_agent=None
        )
        batch = []
        for second, (name, properties, path) in enumerate(events, start=1):
            context = {
                "session": {"id": session},
                "replay": {"id": session, "offset": second * 1000},
                "page": {"url": f"https://shop.example.com{path}", "path": path},
            } | surroundings
            at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime((began + second * 1000) / 1000))
            batch.append(
                track(name, properties=properties, context=context, anonymousId=device, timestamp=at, sentAt=None)
            )
        if batch:
            assert platform.post({"batch": batch})[0] == 200
            platform.fold()

    return record


@pytest.fixture
def recorded(platform):
    """Write the row of a recording that began at a moment, quicker than its chunks would."""

    def write(session, began):
        numbers = {
            "started_at": began,
            "ended_at": began + 30_000,
            "active_at": began,
            "chunks": 1,
            "expires_at": 2**40,
        }
        item = {"pk": f"shop#{session}", "sk": "~session", "site": "shop", "anonymous_id": "anon-1"}
        platform.dynamodb.put_item(
            TableName="sessions",
            Item={name: {"S": text} for name, text in item.items()}
            | {name: {"N": str(number)} for name, number in numbers.items()},
        )

    return write


@pytest.fixture
def find(call):
    def search(asked=None, **query):
        status, found = call(
            "/api/sites/shop/replays/~search",
            "POST",
            asked or {},
            query={name: str(value) for name, value in query.items()},
        )
        assert status == 200, found
        return found

    return search


@pytest.fixture
def find_all(find):
    """Every page of a search, one after the other."""

    def search(asked=None, **query):
        found = []
        while True:
            page = find(asked, **query)
            found += sessions(page)
            if page["next"] is None:
                return found
            query["cursor"] = page["next"]

    return search


def sessions(found):
    return [item["session"] for item in found["items"]]


VIEWED = ("Product Viewed", {"price": 1200}, "/products/tea")
BOUGHT = ("Order Completed", {"total": 4000}, "/thanks")
RAGED = ("Rage Clicked", {"selector": "#buy", "clicks": 4}, "/cart")


def test_recordings_are_found_by_what_happened_in_them(visit, find):
    visit("looker", VIEWED, minutes=50, device="anon-1")
    visit("buyer", VIEWED, BOUGHT, minutes=40, device="anon-2", timezone="Asia/Tokyo")
    visit("angry", RAGED, minutes=30, device="anon-3", userAgent=IPHONE)
    visit("silent", minutes=20, device="anon-4")

    assert sessions(find()) == ["silent", "angry", "buyer", "looker"]
    assert sessions(find({"events": [{"event": "Product Viewed"}]})) == ["buyer", "looker"]
    assert sessions(find({"events": [{"event": "Product Viewed"}, {"event": "Order Completed", "absent": True}]})) == [
        "looker"
    ]
    assert sessions(find({"pages": ["/products/*"]})) == ["buyer", "looker"]
    assert sessions(find({"problems": ["rage_click", "error"]})) == ["angry"]
    assert sessions(find({"device": "mobile"})) == ["angry"]
    assert sessions(find({"country": "JP"})) == ["buyer"]
    assert sessions(find({"person": "a:anon-2"})) == ["buyer"]
    assert sessions(find({"last_hours": 1, "min_seconds": 10})) == ["silent", "angry", "buyer", "looker"]
    assert sessions(find({"min_seconds": 31})) == []
    assert sessions(find({"since": "2020-01-01T00:00:00Z", "until": "2020-02-01T00:00:00Z"})) == []


def test_a_recording_says_why_it_is_worth_watching_and_opens_at_the_moment_asked_for(visit, find):
    visit("angry", VIEWED, RAGED, RAGED, minutes=30, userAgent=IPHONE)

    [item] = find({"problems": ["rage_click"]})["items"]

    assert item["problems"] == {"rage_click": 2}
    assert (item["offset"], item["reasons"], item["visit"], item["device"]) == (2000, ["rage_click"], 1, "mobile")
    assert (item["pages"], item["events"], item["seen_by"], item["live"]) == (["/products/tea", "/cart"], 3, [], False)


def test_pages_follow_each_other_without_gap_or_repeat(visit, find_all):
    for n in range(7):
        visit(f"s{n}", VIEWED, minutes=50 - n, device=f"anon-{n}")

    seen = find_all({"events": [{"event": "Product Viewed"}]}, limit=3)

    assert seen == [f"s{n}" for n in reversed(range(7))]


@pytest.mark.parametrize("order", ["newest", "interest"])
def test_any_number_of_recordings_may_begin_in_the_same_millisecond(recorded, find_all, order):
    began = time.time_ns() // 1_000_000 - 60 * MINUTE
    for n in range(130):
        recorded(f"same-{n:03}", began)
    recorded("older", began - 1)
    recorded("newer", began + 1)

    found = find_all(order=order, limit=50)

    assert sorted(found[1:-1]) == [f"same-{n:03}" for n in range(130)]
    assert (found[0], found[-1]) == ("newer", "older")


def test_unseen_recordings_come_first_and_the_interesting_ones_of_them(visit, find, call):
    visit("plain", VIEWED, minutes=30, device="anon-1")
    visit("angry", RAGED, minutes=40, device="anon-2")
    visit("buyer", BOUGHT, minutes=50, device="anon-3")
    assert sessions(find(order="interest")) == ["angry", "buyer", "plain"]

    assert call("/api/sites/shop/replays/angry/seen", "POST")[0] == 200

    found = find(order="interest")
    assert sessions(found) == ["buyer", "plain", "angry"]
    assert [seen["by"] for seen in found["items"][2]["seen_by"]] == ["cs@example.com"]
    assert sessions(find({"unseen": True})) == ["plain", "buyer"]


def test_what_is_watched_or_begins_meanwhile_skips_and_repeats_nothing(recorded, find, find_all, call):
    began = time.time_ns() // 1_000_000 - 60 * MINUTE
    for n in range(9):
        recorded(f"s{n}", began - n)
    page = find(order="interest", limit=3)
    for session in sessions(page):
        assert call(f"/api/sites/shop/replays/{session}/seen", "POST")[0] == 200
    recorded("fresh", began + 1)

    following = find_all(order="interest", limit=3, cursor=page["next"])

    assert sessions(page) + following == [f"s{n}" for n in range(9)]
    assert sessions(find(order="interest")) == ["fresh", *(f"s{n}" for n in (3, 4, 5, 6, 7, 8, 0, 1, 2))]


def test_the_order_of_interest_goes_on_where_one_request_may_look_no_further(
    monkeypatch, recorded, visit, find, find_all
):
    monkeypatch.setattr("kizuki.console.live.WEIGHED_BUDGET", 50)
    began = time.time_ns() // 1_000_000 - 30 * MINUTE
    for n in range(110):
        recorded(f"silent-{n}", began + n)
    visit("looker", VIEWED, minutes=50)
    visit("angry", RAGED, minutes=60, device="anon-2")
    first = {"max_visit": 1}

    assert (page := find(first, order="interest"))["items"] == []
    assert find_all(first, order="interest", limit=1, cursor=page["next"]) == ["angry", "looker"]


def test_of_the_newest_matches_so_many_are_weighed(monkeypatch, recorded, find_all):
    monkeypatch.setattr("kizuki.console.live.WEIGHED", 60)
    monkeypatch.setattr("kizuki.console.live.WEIGHED_BUDGET", 50)
    began = time.time_ns() // 1_000_000 - 30 * MINUTE
    for n in range(70):
        recorded(f"s{n}", began - n)

    assert find_all(order="interest", limit=40) == [f"s{n}" for n in range(60)]


def test_people_of_a_group_are_found_by_the_visit_in_which_they_saw_the_campaign(platform, visit, find):
    content = {language: {"title": "Sale"} for language in ("ja", "en")}
    variant = {"action": {"type": "popup", "content": content}}
    platform.publish(
        "campaign", {"id": "sale", "name": "Sale", "trigger": {"type": "event", "name": "Never"}, "variants": [variant]}
    )
    shown, clicked = (
        ("Campaign Shown", {"campaign_id": "sale", "action_id": "x"}, "/"),
        ("Campaign Clicked", {"campaign_id": "sale", "action_id": "x"}, "/"),
    )
    visit("looked", shown, minutes=50, device="anon-1")
    visit("pressed", shown, clicked, minutes=40, device="anon-2")

    assert sessions(find({"campaign": {"id": "sale", "group": "clicked"}})) == ["pressed"]
    assert sessions(find({"campaign": {"id": "sale", "group": "shown"}})) == ["looked"]
    assert sessions(find({"campaign": {"id": "sale", "reached": "shown"}})) == ["pressed", "looked"]
    assert sessions(find({"campaign": {"id": "sale", "reached": "clicked"}})) == ["pressed"]


def test_filters_are_kept_by_name_and_say_how_many_they_find(visit, call):
    visit("looker", VIEWED, minutes=50)
    written = {"name": "商品を見た人", "filter": {"events": [{"event": "Product Viewed"}]}}

    status, kept = call("/api/sites/shop/replay-filters/looked", "PUT", written)

    assert (status, [each["name"] for each in kept["items"]]) == (200, ["商品を見た人"])
    assert call("/api/sites/shop/replay-filters/looked/count") == (200, {"count": 1, "more": False})
    assert call("/api/sites/shop/replay-filters/Wrong Id", "PUT", written)[0] == 400
    assert call("/api/sites/shop/replay-filters/looked", "PUT", {"name": "", "filter": {}})[0] == 400
    assert call("/api/sites/shop/replay-filters/looked", "DELETE") == (200, {"items": []})
    assert call("/api/sites/shop/replay-filters/looked/count")[0] == 404


def test_a_moment_is_commented_on_by_name_and_the_comment_can_go(visit, call):
    visit("looker", VIEWED)
    at = "/api/sites/shop/replays/looker/comments"

    status, review = call(at, "POST", {"offset": 4200, "text": "ここで迷っている <b>"})

    [comment] = review["comments"]
    assert (status, comment["offset"], comment["by"], comment["text"]) == (
        201,
        4200,
        "cs@example.com",
        "ここで迷っている <b>",
    )
    assert call(at, "POST", {"offset": -1, "text": "x"})[0] == 400
    assert call(at, "POST", {"offset": 1, "text": " "})[0] == 400
    assert call("/api/sites/shop/replays/nobody/comments", "POST", {"offset": 1, "text": "x"})[0] == 404
    assert call(f"{at}/{comment['id']}", "DELETE")[1]["comments"] == []
    assert call(f"{at}/{comment['id']}", "DELETE")[0] == 404


def test_who_is_there_now_is_listed_and_can_be_watched(visit, call):
    visit("gone", VIEWED, minutes=60)
    visit("here", VIEWED, minutes=1, seconds=58, device="anon-2")

    status, online = call("/api/sites/shop/online")

    [visitor] = online["items"]
    assert (status, visitor["session"], visitor["page"], visitor["playable"]) == (200, "here", "/products/tea", True)
    assert call("/api/sites/shop/replays/here/watch", "POST")[0] == 200
    assert call("/api/sites/shop/replays/nobody/watch", "POST")[0] == 404


def test_our_clock_says_who_is_there_not_the_visitors(visit, call, find):
    visit("slow", VIEWED, minutes=60, received=5)
    visit("ahead", VIEWED, minutes=-600, received=120, device="anon-2")

    [visitor] = call("/api/sites/shop/online")[1]["items"]

    assert (visitor["session"], epoch_ms(visitor["last_activity"])) == (
        "slow",
        pytest.approx(time.time() * 1000, abs=MINUTE),
    )
    found = find()["items"]
    assert {each["session"]: (each["live"], each["duration_ms"]) for each in found} == {
        "slow": (True, 30_000),
        "ahead": (False, 30_000),
    }


@pytest.mark.parametrize("path", ["online", "replays/~search", "replay-filters", "replays/looker/review"])
def test_another_sites_recordings_are_not_to_be_seen(visit, call, path):
    visit("looker", VIEWED)
    method, body = ("POST", {}) if path.endswith("search") else ("GET", None)

    assert call(f"/api/sites/shop/{path}", method, body, groups="[site-other]")[0] == 403


def test_a_search_that_is_none_is_told_what_is_wrong(call):
    status, answer = call("/api/sites/shop/replays/~search", "POST", {"pages": ["cart"]})
    assert (status, answer["error"]["path"]) == (400, "body.pages.0")
    for order in ("newest", "interest"):
        for cursor in ("x", "g1#u:1", '{"at":1}', '[1,2,"g1#u:1"]'):
            asked = {"cursor": cursor, "order": order}
            status, answer = call("/api/sites/shop/replays/~search", "POST", {}, query=asked)
            assert (status, answer["error"]["code"]) == (400, "invalid_cursor")


@pytest.fixture
def chunks(platform):
    s3 = client("s3")
    s3.create_bucket(Bucket="replays", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    for session in ("looker", "other"):
        s3.put_object(Bucket="replays", Key=f"replays/shop/{session}/t1/000000.json.gz", Body=b"x")
    return lambda: [each["Key"] for each in s3.list_objects_v2(Bucket="replays").get("Contents", [])]


def test_a_persons_recordings_are_erased_everywhere_and_nothing_late_brings_them_back(
    platform, visit, call, find, chunks
):
    visit("looker", VIEWED, RAGED)
    visit("other", VIEWED, device="anon-2")
    call("/api/sites/shop/replays/looker/comments", "POST", {"offset": 1, "text": "迷っている"})
    path = "/api/sites/shop/people/a:anon-1/replays"
    assert call(path, "DELETE", groups="[site-shop]")[0] == 403

    assert call(path, "DELETE") == (200, {"erased": 1, "left": False})

    assert chunks() == ["replays/shop/other/t1/000000.json.gz"]
    assert sessions(find()) == sessions(find({"events": [{"event": "Product Viewed"}]})) == ["other"]
    for gone in ("replays/looker", "replays/looker/review"):
        assert call(f"/api/sites/shop/{gone}")[0] == 404
    store = SessionStore(platform.dynamodb, "sessions")
    with pytest.raises(ForbiddenError):
        store.claim(
            Chunk.read(
                "shop",
                Address("looker", "t1", 1, "anon-1"),
                packed([META | {"timestamp": time.time_ns() // 1_000_000}]),
            )
        )
    visit_again = {"session": {"id": "looker"}, "replay": {"id": "looker", "offset": 9000}}
    platform.post(
        {
            "batch": [
                {"type": "track", "event": "Late", "messageId": "late", "anonymousId": "anon-1", "context": visit_again}
            ]
        }
    )
    platform.fold()
    rows = platform.dynamodb.scan(TableName="sessions")["Items"]
    assert {row["sk"]["S"] for row in rows if "looker" in row["pk"]["S"] + row["sk"]["S"]} == {"~session", "~index"}
    assert call("/api/sites/shop/changes")[1]["items"][0]["change"] == "deleted"
