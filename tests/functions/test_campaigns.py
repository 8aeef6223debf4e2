"""Campaigns on the whole way: strict caps, moments, the control group, outcomes of people, sendings, screens."""

import json
from collections import Counter

import pytest

from kizuki.campaigns.definition import split_of
from kizuki.errors import TryAgainError
from tests.functions.test_ingest import FREE_SHIPPING, added
from tests.kizuki.aws.faults import refuse

BAR = {"type": "bar", "content": {"ja": {"title": "こんにちは"}, "en": {"title": "Hello"}}}
ORDER = {"id": "order", "name": "購入", "when": {"type": "event", "name": "Order Completed"}}


@pytest.fixture(autouse=True)
def _no_backoff(monkeypatch):
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)
    monkeypatch.setattr("kizuki.aws.clients.PAUSE", 0)


def campaign(**fields):
    document = {
        "id": "hello",
        "name": "Hello",
        "trigger": {"type": "event", "name": "Product Viewed"},
        "variants": [{"id": "a", "action": BAR}],
        "goals": [ORDER],
    }
    return document | fields


def told(action, **more):
    return {
        "campaign_id": "hello",
        "campaign_name": "Hello",
        "variant": action.get("variant", "a"),
        "action_id": "x",
    } | more


def shown(answer):
    return [action["campaign"] for action in answer["actions"]]


@pytest.fixture
def meanwhile(platform):
    """Have something happen just before the next decision is noted: another request, in another tab."""

    def arrange(what):
        waiting = [what]

        def before(params, **_):
            if waiting and params["Item"].get("sk", {}).get("S") == "~claims":
                waiting.pop()()

        platform.ingest.dynamodb.meta.events.register("provide-client-params.dynamodb.PutItem", before)

    return arrange


def test_two_tabs_at_the_same_moment_show_a_campaign_once(platform, track, meanwhile):
    platform.publish("campaign", campaign(caps={"per_visit": 1}))
    other = []
    meanwhile(lambda: other.append(platform.post({"batch": [track()]})[1]))

    _, first = platform.post({"batch": [track()]})

    assert (shown(other[0]), shown(first)) == (["hello"], [])
    platform.fold()
    assert [event.decisions[0].outcome for event in platform.timeline("a:anon-1")] == ["shown", "suppressed"]


def test_two_devices_of_a_member_at_the_same_moment_share_a_cap(platform, track, meanwhile):
    platform.publish("campaign", campaign(caps={"per_visit": None, "ever": 1}))
    for device in ("phone", "laptop"):
        platform.post({"batch": [track("Signed In", anonymousId=device, userId="42")]})
    platform.fold()
    other = []
    meanwhile(lambda: other.append(platform.post({"batch": [track(anonymousId="phone", userId="42")]})[1]))

    _, first = platform.post({"batch": [track(anonymousId="laptop", userId="42")]})

    assert (shown(other[0]), shown(first)) == (["hello"], [])


def test_what_was_decided_and_then_cut_off_holds_for_others_until_it_is_sent_again(platform, track):
    platform.publish("campaign", campaign(caps={"per_visit": 1}))
    lost, stream = track(), platform.ingest.ingest._stream
    client, stream._client = stream._client, None
    with pytest.raises(AttributeError):
        platform.post({"batch": [lost]})
    stream._client = client

    _, other = platform.post({"batch": [track()]})
    _, again = platform.post({"batch": [lost]})

    assert (shown(other), shown(again)) == ([], ["hello"])


def test_a_cap_survives_cleared_storage_of_a_member_and_a_reload(platform, track):
    platform.publish("campaign", campaign(caps={"per_visit": None, "ever": 1}))
    first = track(anonymousId="before", userId="42")

    answers = [
        platform.post({"batch": [event]})[1]
        for event in (first, first, track(anonymousId="before", userId="42"), track(anonymousId="after", userId="42"))
    ]

    # A reload sends its event again, and gets the same answer: the first may have been lost.
    assert [shown(answer) for answer in answers] == [["hello"], ["hello"], [], []]
    assert answers[0]["actions"][0]["id"] == answers[1]["actions"][0]["id"]


def test_a_total_is_never_exceeded_and_what_was_not_shown_is_given_back(platform, track, meanwhile):
    platform.publish("campaign", campaign(caps={"per_visit": 1, "total": 3}))
    meanwhile(lambda: platform.post({"batch": [track()]}))
    platform.post({"batch": [track()]})  # two tabs of one visitor took two, and gave one back

    people = [platform.post({"batch": [track(anonymousId=f"p{n}")]})[1] for n in range(5)]

    assert [shown(answer) for answer in people] == [["hello"], ["hello"], [], [], []]
    assert platform.timeline("a:p4")[0].decisions[0].reason == "3 of 3 in all"


def test_a_moment_is_waited_for_and_then_decided(platform, track):
    platform.publish("campaign", campaign(moment={"type": "exit"}, delay_seconds=1))

    _, first = platform.post({"batch": [track()]})
    _, then = platform.post({"batch": [track("Moment Reached", properties={"campaign_id": "hello", "moment": "exit"})]})

    assert (shown(first), first["watch"]) == ([], [{"campaign": "hello", "moment": {"type": "exit"}, "delay": 1}])
    assert (shown(then), then["watch"]) == (["hello"], [])


def test_arms_groups_and_days_count_people_once(platform, track, call):
    platform.publish("campaign", campaign(control_percent=50, caps={"per_visit": None}))
    arms = Counter()
    for n in range(12):
        device = {"anonymousId": f"p{n}"}
        _, answer = platform.post({"batch": [track(**device), track(**device)]})
        [*_, action] = [*answer["actions"], None]
        arms["control" if not answer["actions"] else "a"] += 1
        if answer["actions"]:
            action = answer["actions"][0]
            replay = {"session": {"id": "visit-1"}, "replay": {"id": "visit-1", "offset": 1000 + n}}
            platform.post({"batch": [track("Campaign Shown", properties=told(action), context=replay, **device)]})
            if n % 2:
                platform.post({"batch": [track("Campaign Clicked", properties=told(action), **device)]})
        platform.post({"batch": [track("Order Completed", **device), track("Order Completed", **device)]})
    platform.fold()
    platform.fold()

    _, found = call("/api/sites/shop/campaigns/hello/results", query={"days": "7"})

    by_arm = {arm["id"]: arm for arm in found["arms"]}
    assert {id_: arm["exposed"] for id_, arm in by_arm.items()} == arms
    assert {id_: arm["goals"]["order"]["people"] for id_, arm in by_arm.items()} == arms
    assert (by_arm["control"]["shown"], by_arm["a"]["shown"]) == (0, arms["a"])
    assert (found["compared_with"], found["sample_ratio"]["suspicious"], len(found["days"])) == ("control", False, 7)
    assert found["days"][-1]["arms"]["a"]["exposed"] == arms["a"]
    assert (found["counters"]["eligible"], found["counters"]["goals"]) == (24, arms["a"])
    assert found["groups"] == {"clicked_goal": by_arm["a"]["clicked"], "clicked": 0, "shown": arms["a"] - by_arm["a"]["clicked"], "closed": 0}  # fmt: skip
    _, people = call("/api/sites/shop/campaigns/hello/people", query={"group": "shown", "limit": "1"})
    [person] = people["items"]
    assert person["replay"] == {"id": "visit-1", "offset": 1000 + int(person["person"][3:])}
    assert person["goal_at"] is not None
    following = people["next"]
    _, rest = call("/api/sites/shop/campaigns/hello/people", query={"group": "shown", "cursor": following})
    assert len(rest["items"]) == found["groups"]["shown"] - 1


def test_figures_of_a_new_split_are_of_people_who_met_it_and_nobody_else(platform, track, call):
    platform.publish("campaign", campaign(caps={"per_visit": None}))
    platform.post({"batch": [track(anonymousId="before")]})
    split = campaign(
        caps={"per_visit": None}, variants=[{"id": "a", "weight": 3, "action": BAR}, {"id": "b", "action": BAR}]
    )
    call("/api/sites/shop/campaigns/hello", "PUT", split)
    for n in range(6):
        platform.post({"batch": [track(anonymousId=f"after-{n}")]})
    # One who met the first split goes on, and reaches the goal: no figure of the second.
    platform.post({"batch": [track(anonymousId="before"), track("Order Completed", anonymousId="before")]})
    platform.fold()

    _, found = call("/api/sites/shop/campaigns/hello/results")

    assert sum(arm["exposed"] for arm in found["arms"]) == 6
    assert [arm["goals"]["order"]["people"] for arm in found["arms"]] == [0, 0]
    assert found["sample_ratio"]["since"] is not None
    assert sum(arm["exposed"] for arm in found["days"][-1]["arms"].values()) == 7


def test_who_enters_a_segment_can_be_told_of_off_the_page(platform, track):
    entered = {"type": "event", "name": "Segment Entered"}
    notify = {"type": "notify", "destination": "cs", "content": {"ja": {"text": "{{ properties.segment_name }}"}}}
    platform.publish("segment", {"id": "fan", "name": "Fan", "condition": {"type": "event", "name": "Product Viewed"}})
    platform.publish("campaign", campaign(trigger=entered, variants=[{"action": notify}]))

    platform.post({"batch": [track()]})
    for _ in range(4):
        platform.fold()

    assert {note["text"] for note in platform.notifications()} == {"Fan"}


def test_a_person_who_signs_in_takes_their_row_along(platform, track, call):
    platform.publish("campaign", campaign())
    platform.post({"batch": [track(), track("Campaign Shown", properties=told({}), context={"session": {"id": "visit-1"}, "replay": {"id": "visit-1", "offset": 7}})]})  # fmt: skip
    platform.fold()
    identified = track(userId="42") | {"type": "identify", "traits": {"name": "山田"}}
    platform.post({"batch": [identified, track("Campaign Closed", properties=told({}), userId="42")]})
    platform.fold()

    _, closed = call("/api/sites/shop/campaigns/hello/people", query={"group": "closed"})
    _, before = call("/api/sites/shop/campaigns/hello/people", query={"group": "shown"})

    [person] = closed["items"]
    assert (person["person"], person["name"], person["replay"]) == ("u:42", "山田", {"id": "visit-1", "offset": 7})
    assert before["items"] == []


def test_a_campaign_off_the_page_is_sent_once_and_told_in_the_story(platform, track):
    notify = {"type": "notify", "destination": "cs", "content": {"ja": {"text": "{{ cart.total | yen }}のカート"}}}
    platform.publish(
        "campaign", campaign(trigger={"type": "event", "name": "Product Added"}, variants=[{"action": notify}])
    )

    platform.post({"batch": [added(track, 4000)]}, key="sk_shop")
    platform.post({"batch": [added(track, 6000)]})
    platform.fold()
    platform.fold()

    sent = {note["id"]: note for note in platform.notifications()}
    [note] = sent.values()
    assert (note["destination"], note["text"], note["rule"]["id"]) == ("cs", "4,000円のカート", "hello")
    said = {event.message_id: event for event in platform.timeline("a:anon-1") if event.name == "Campaign Sent"}
    assert [event.properties for event in said.values()] == [{"campaign_id": "hello", "campaign_name": "Hello"}]
    assert platform.metrics.counters("shop", "campaign#")["hello"] == {
        "decided": 1,
        "suppressed": 1,
        "suppressed:caps": 1,
        f"arm:a@{split_of(campaign())}:exposed": 1,
    }


def test_what_screens_show_wrong_is_counted_and_kept_with_its_moment(platform, track, call):
    platform.publish("campaign", campaign())
    box = {"x": 0, "y": 700, "width": 390, "height": 80}
    problem = told({}, problem="covers_control", box=box, viewport={"width": 390, "height": 844}, other="#buy")
    page = {"session": {"id": "visit-1"}, "page": {"url": "https://shop/"}, "replay": {"id": "visit-1", "offset": 5}}
    unknown = [told({}, problem="ugly"), told({}, problem="covered") | {"campaign_id": "another"}]

    platform.post({"batch": [track("Campaign Problem", properties=problem, context=page), *(track("Campaign Problem", properties=each) for each in unknown)]})  # fmt: skip
    platform.fold()
    platform.fold()

    _, listed = call("/api/sites/shop/campaigns/hello/problems")
    [item] = listed["items"]
    assert item | {"at": ""} == {
        "at": "",
        "problem": "covers_control",
        "variant": "a",
        "box": box,
        "viewport": {"width": 390, "height": 844},
        "other": "#buy",
        "ratio": None,
        "url": "https://shop/",
        "device": None,
        "person": "a:anon-1",
        "replay": {"id": "visit-1", "offset": 5},
    }
    counters = platform.metrics.counters("shop", "campaign#")
    assert counters == {"hello": {"problems": 1, "problem:covers_control": 1}}


def test_every_step_that_kept_it_from_somebody_is_counted(platform, track, call):
    platform.publish("campaign", FREE_SHIPPING)
    platform.post(
        {"batch": [added(track, 4000), added(track, 4000), track("Cart Viewed", properties={"cart": {"total": 10}})]}
    )
    platform.fold()

    _, found = call("/api/sites/shop/campaigns/free-shipping")

    assert found["steps"] == {"caps": 1}
    assert (found["counters"]["eligible"], found["counters"]["decided"]) == (3, 2)


def test_a_preview_shows_a_draft_to_whoever_has_its_link_and_to_nobody_else(platform, call):
    body = {
        "definition": campaign(
            variants=[{"action": {"type": "popup", "content": {"ja": {"title": "{{ cart.total | yen }}"}}}}]
        ),
        "sample": {"cart": {"total": 4000}},
        "url": "https://shop.example.com/p?a=1#top",
    }
    status, link = call("/api/sites/shop/campaigns/~preview", "POST", body)
    address, _, token = link["url"].partition("kizuki_preview=")
    path = f"/v1/preview/{token.removesuffix('#top')}"

    def ask(path, key):
        event = {"version": "2.0", "rawPath": path, "headers": {"origin": "https://shop.example.com", "accept-language": "ja"}, "queryStringParameters": {"writeKey": key}, "requestContext": {"http": {"method": "GET", "path": path}}}  # fmt: skip
        answer = platform.ingest.handler(event, platform.context)
        return answer["statusCode"], json.loads(answer["body"])

    assert (status, address) == (201, "https://shop.example.com/p?a=1&")
    answered, document = ask(path, "wk_shop")
    assert (answered, document["actions"][0]["content"]["title"]) == (200, "4,000円")
    platform.add_site("other", "wk_other", "sk_other", origins=())
    assert [ask(path, "wk_other")[0], ask("/v1/preview/guess", "wk_shop")[0], ask(path, "no")[0]] == [404, 404, 401]
    assert call("/api/sites/shop/campaigns/~preview", "POST", body | {"url": "https://evil.example/"})[0] == 400


THROTTLED = "ProvisionedThroughputExceededException"


@pytest.mark.parametrize("executed", [False, True], ids=["refused", "answer lost"])
@pytest.mark.parametrize("operation", ["dynamodb.PutItem", "dynamodb.UpdateItem"])
@pytest.mark.parametrize("times", [2, 3], ids=["passing", "lasting"])
def test_a_fault_while_a_display_is_noted_or_taken_shows_it_once_in_the_end(
    platform, track, operation, executed, times
):
    platform.publish("campaign", campaign(caps={"per_visit": None, "ever": 1, "total": 5}))
    refuse(platform.ingest.dynamodb, operation, THROTTLED, times=times, executed=executed)
    event = track()

    statuses = []
    for _ in range(4):
        status, answer = platform.post({"batch": [event]})
        statuses.append(status)
        if status == 200:
            break
    platform.fold()

    assert statuses == [200] if times == 2 else statuses[0] == 503
    assert (statuses[-1], shown(answer)) == (200, ["hello"])
    # Each answer that was lost may cost one of the total. There is never one more.
    others = [shown(platform.post({"batch": [track(anonymousId=f"p{n}")]})[1]) for n in range(8)]
    assert 4 - times <= others.count(["hello"]) <= 4
    assert platform.state("a:anon-1").exposures["hello"].decided == 1


@pytest.mark.parametrize("operation", ["dynamodb.UpdateItem", "dynamodb.PutItem", "dynamodb.TransactWriteItems"])
@pytest.mark.parametrize("executed", [False, True], ids=["refused", "answer lost"])
def test_a_fault_while_outcomes_are_written_is_finished_by_the_redelivery(platform, track, call, operation, executed):
    platform.publish("campaign", campaign())
    problem = told({}, problem="covered", box={"x": 0, "y": 0, "width": 1, "height": 1})
    done = [track("Campaign Shown", properties=told({})), track("Campaign Clicked", properties=told({}))]
    platform.post({"batch": [track(), *done, track("Campaign Problem", properties=problem), track("Order Completed")]})
    refuse(platform.evaluate.dynamodb, operation, THROTTLED, times=3, executed=executed)

    with pytest.raises(TryAgainError):
        platform.fold()
    platform.fold()
    platform.fold()

    counters = platform.metrics.counters("shop", "campaign#")["hello"]
    arm = f"arm:a@{split_of(campaign())}"
    assert {name: counters[name] for name in ("decided", "shown", "clicked", "goals", "problems")} == dict.fromkeys(
        ("decided", "shown", "clicked", "goals", "problems"), 1
    )
    assert {name: n for name, n in counters.items() if n and name.startswith(("arm", "group"))} == {
        f"{arm}:exposed": 1,
        f"{arm}:shown": 1,
        f"{arm}:clicked": 1,
        f"{arm}:goal:order": 1,
        "group:clicked_goal": 1,
    }
    assert [each["group"] for each in call("/api/sites/shop/campaigns/hello/people", query={"group": "clicked_goal"})[1]["items"]] == ["clicked_goal"]  # fmt: skip
    assert len(call("/api/sites/shop/campaigns/hello/problems")[1]["items"]) == 1
