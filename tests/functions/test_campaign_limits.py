"""Where campaigns end: visits side by side, what came late, scripts taken back, and addresses that are none."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.functions.test_campaign_changes import HELLO, SCRIPT, SETTINGS
from tests.functions.test_campaigns import BAR, campaign, shown, told


def test_visits_on_two_devices_side_by_side_each_keep_their_cap_and_their_goals(platform, track, call):
    visit_goal = {"id": "g", "name": "g", "when": {"type": "event", "name": "Done"}, "window": "visit"}
    platform.publish("campaign", campaign(caps={"per_visit": 1}, goals=[visit_goal]))

    def on(device, event="Product Viewed"):
        there = track(event, anonymousId=device, userId="42", context={"session": {"id": f"of-{device}"}})
        return shown(platform.post({"batch": [there]})[1])

    answers = [on(device) for device in ("phone", "laptop", "phone", "laptop")]
    on("phone", "Done")
    platform.fold()

    assert answers == [["hello"], ["hello"], [], []]
    assert platform.state("u:42").exposures["hello"].reached.keys() == {"g"}


def test_history_sends_nothing_and_uses_up_no_cap(platform, track):
    notify = {"type": "notify", "destination": "cs", "content": {"ja": {"text": "!"}}}
    platform.publish("campaign", campaign(variants=[{"action": notify}], caps={"per_visit": None, "ever": 1}, goals=[]))
    long_ago = (datetime.now(UTC) - timedelta(days=40)).isoformat()

    platform.post({"batch": [track(timestamp=long_ago)]}, key="sk_shop")
    platform.fold()
    before = platform.notifications(), platform.state("a:anon-1").exposures
    platform.post({"batch": [track()]}, key="sk_shop")
    platform.fold()

    assert before == ([], {})
    assert len(platform.notifications()) == 1


def test_scripts_that_are_allowed_no_more_stop_at_once_and_say_why(platform, track, call):
    call("/api/sites/shop/settings", "PUT", SETTINGS)
    call(HELLO, "PUT", campaign(variants=[{"id": "a", "action": SCRIPT}]))
    call(f"{HELLO}/publish", "POST")
    before = platform.post({"batch": [track()]})[1]

    call("/api/sites/shop/settings", "PUT", SETTINGS | {"allow_scripts": False})
    after = platform.post({"batch": [track(anonymousId="another")]})[1]

    assert (shown(before), shown(after)) == (["hello"], [])
    assert "does not run scripts" in call(HELLO)[1]["problem"]


def test_results_of_a_campaign_from_git_that_leaves_the_variants_id_out(platform, call):
    platform.publish("campaign", campaign(variants=[{"action": BAR}]))

    status, found = call(f"{HELLO}/results")

    assert (status, [arm["id"] for arm in found["arms"]]) == (200, ["a"])


@pytest.mark.parametrize("url", ["https://[", "javascript:alert(1)", "//shop.example.com", None, "https://shop.example.com@evil.example/"])  # fmt: skip
def test_a_preview_of_no_page_of_the_site_is_refused(call, url):
    status, answer = call("/api/sites/shop/campaigns/~preview", "POST", {"definition": campaign(), "url": url})

    assert (status, answer["error"]["path"]) == (400, "url")


@pytest.mark.parametrize("cursor", ["", "x", "9" * 40 + "#u:1", "5#", "5#" + "x" * 2000])
@pytest.mark.parametrize("list_", ["people", "problems"])
def test_a_cursor_that_is_none_is_refused(call, cursor, list_):
    query = {"cursor": cursor} | ({"group": "shown"} if list_ == "people" else {})

    assert call(f"{HELLO}/{list_}", query=query)[1]["error"]["code"] == "invalid_cursor"


def test_what_a_device_saw_last_is_what_its_member_saw_last(platform, track, call):
    platform.publish("campaign", campaign(caps={"per_visit": None}))

    def seen(minute, **fields):
        at = (datetime.now(UTC) - timedelta(minutes=minute)).isoformat(timespec="milliseconds")
        platform.post({"batch": [track("Campaign Shown", properties=told({}), timestamp=at, **fields)]})
        platform.fold()
        return at.replace("+00:00", "Z")

    seen(30, anonymousId="old", userId="42")
    newest = seen(10, anonymousId="new")
    platform.post({"batch": [track("Signed In", anonymousId="new", userId="42")]})
    platform.fold()

    [person] = call(f"{HELLO}/people", query={"group": "shown"})[1]["items"]
    assert (person["person"], person["shown_at"]) == ("u:42", newest)


def test_what_was_just_written_is_what_is_published(platform):
    consistent = []
    events = platform.config._client.meta.events
    events.register("provide-client-params.dynamodb.Query", lambda params, **_: consistent.append(params.get("ConsistentRead")))  # fmt: skip

    platform.publish("campaign", campaign())

    assert consistent
    assert all(consistent)


def test_a_campaign_that_is_published_while_it_is_written_stays_live(platform, call):
    call(HELLO, "PUT", campaign())
    waiting = [lambda: platform.publish("campaign", campaign())]

    def before(**_):
        if waiting:
            waiting.pop()()

    api = call.handler.__wrapped__.__globals__
    api["dynamodb"].meta.events.register("provide-client-params.dynamodb.TransactWriteItems", before)

    status, answer = call(HELLO, "PUT", campaign(name="Changed"))

    assert (status, answer["error"]["code"]) == (409, "changed_meanwhile")
    assert platform.config.document("shop", "campaign", "hello").status == "live"


@pytest.fixture
def cut_off(platform):
    """Send a request that ends between noting its decisions and writing its events."""

    def send(event):
        stream = platform.ingest.ingest._stream
        client, stream._client = stream._client, None
        with pytest.raises(AttributeError):
            platform.post({"batch": [event]})
        stream._client = client

    return send


def test_what_was_cut_off_takes_one_of_a_total_once(platform, track, cut_off):
    platform.publish("campaign", campaign(caps={"per_visit": None, "total": 1}))
    lost = track()
    cut_off(lost)

    again, another = (platform.post({"batch": [event]})[1] for event in (lost, track(anonymousId="another")))

    assert (shown(again), shown(another), platform.metrics.taken("shop", "hello")) == (["hello"], [], 1)


def test_what_was_cut_off_and_never_sent_again_holds_nobody_back_after_a_minute(platform, track, cut_off, monkeypatch):
    platform.publish("campaign", campaign(caps={"per_visit": None, "ever": 1}))
    cut_off(track())
    ingest = platform.ingest.ingest
    clock = ingest._clock

    monkeypatch.setattr(ingest, "_clock", lambda: clock() + 50_000)
    before = shown(platform.post({"batch": [track()]})[1])
    monkeypatch.setattr(ingest, "_clock", lambda: clock() + 61_000)
    after = shown(platform.post({"batch": [track()]})[1])

    assert (before, after) == ([], ["hello"])


def test_many_displays_of_one_request_fit_what_is_noted(platform, track):
    platform.publish("campaign", campaign(caps={"per_visit": None}), campaign(id="other", caps={"per_visit": None}))

    status, answer = platform.post({"batch": [track(messageId=f"{'m' * 200}{n}") for n in range(1500)]})

    assert (status, sorted(shown(answer))) == (200, ["hello", "other"])


@pytest.mark.parametrize("id_", ["x" * 1500, "a%23b", "Upper"])
def test_a_template_is_called_as_a_campaign_may_be(call, id_):
    definition = {name: value for name, value in campaign().items() if name != "id"}

    status, answer = call(f"/api/sites/shop/templates/{id_}", "PUT", {"name": "n", "definition": definition})

    assert (status, answer["error"]["path"]) == (400, "id")
