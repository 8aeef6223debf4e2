"""Campaigns in the console's API: versions, who may what, the audit trail, templates and settings."""

import pytest

from kizuki.aws.documents import StoredDocument
from tests.functions.test_campaigns import BAR, campaign

HELLO = "/api/sites/shop/campaigns/hello"
SCRIPT = {"type": "script", "content": {"en": {"code": "window.x = 1"}}}
SETTINGS = {
    "spacing_seconds": 60,
    "spacing_pages": 2,
    "allow_scripts": True,
    "theme": {"accent": "#ff8800", "radius": 8},
}


def test_every_change_is_a_version_that_can_be_returned_to(call):
    call(HELLO, "PUT", campaign(), query={"version": "0"})
    call(f"{HELLO}/publish", "POST")
    call(HELLO, "PUT", campaign(name="Changed"), query={"version": "2"})
    status, returned = call(f"{HELLO}/versions/1/return", "POST")
    call(f"{HELLO}/end", "POST")

    _, found = call(f"{HELLO}/versions")

    assert (status, returned["name"], returned["status"], returned["version"]) == (200, "Hello", "live", 4)
    assert [(each["version"], each["change"], each["status"], each["by"], each["definition"]["name"]) for each in found["items"]] == [
        (5, "ended", "ended", "cs@example.com", "Hello"),
        (4, "returned", "live", "cs@example.com", "Hello"),
        (3, "edited", "live", "cs@example.com", "Changed"),
        (2, "published", "live", "cs@example.com", "Hello"),
        (1, "created", "draft", "cs@example.com", "Hello"),
    ]  # fmt: skip
    assert call(f"{HELLO}/versions/9/return", "POST")[1]["error"]["code"] == "unknown_version"


def test_an_edit_of_a_version_that_has_moved_is_refused_and_nothing_is_lost(call):
    call(HELLO, "PUT", campaign(), query={"version": "0"})
    call(HELLO, "PUT", campaign(name="Theirs"), query={"version": "1"})

    moved = call(HELLO, "PUT", campaign(name="Mine"), query={"version": "1"})
    taken = call(HELLO, "PUT", campaign(name="Mine"), query={"version": "0"})

    assert (moved[0], moved[1]["error"]["code"]) == (409, "changed_meanwhile")
    assert (taken[0], taken[1]["error"]["code"]) == (409, "id_taken")
    assert call(HELLO)[1]["name"] == "Theirs"


def test_the_audit_trail_says_who_changed_what_newest_first(call):
    call(HELLO, "PUT", campaign())
    call("/api/sites/shop/settings", "PUT", SETTINGS)
    call(f"{HELLO}/publish", "POST")
    pages, cursor = [], None
    while True:
        _, page = call("/api/sites/shop/changes", query={"limit": "2"} | ({"cursor": cursor} if cursor else {}))
        pages += page["items"]
        cursor = page["next"]
        if cursor is None:
            break

    assert [(line["kind"], line["name"], line["change"], line["by"]) for line in pages] == [
        ("campaign", "Hello", "published", "cs@example.com"),
        ("settings", "Shop", "edited", "cs@example.com"),
        ("campaign", "Hello", "created", "cs@example.com"),
    ]
    assert call("/api/sites/shop/changes", query={"cursor": "x"})[0] == 400


def test_scripts_run_only_where_the_site_allows_them_and_only_admins_write_them(call):
    document = campaign(variants=[{"action": SCRIPT}])
    before = call(HELLO, "PUT", document)
    call("/api/sites/shop/settings", "PUT", SETTINGS)
    by_operator = call(HELLO, "PUT", document, groups="[site-shop]")
    by_admin = call(HELLO, "PUT", document)
    published = call(f"{HELLO}/publish", "POST", groups="[site-shop]")

    assert (before[0], before[1]["error"]["code"]) == (403, "scripts_off")
    assert (by_operator[0], by_operator[1]["error"]["code"]) == (403, "admins_only")
    assert (by_admin[0], published[0], call(f"{HELLO}/publish", "POST")[0]) == (200, 403, 200)


def test_settings_are_for_admins_and_count_at_once(platform, track, call):
    platform.publish("campaign", campaign())
    refused = call("/api/sites/shop/settings", "PUT", SETTINGS, groups="[site-shop]")
    bad = call("/api/sites/shop/settings", "PUT", SETTINGS | {"theme": {"accent": "red;} body{display:none"}})
    call("/api/sites/shop/settings", "PUT", SETTINGS)

    _, answer = platform.post({"batch": [track()]})

    assert (refused[0], bad[0]) == (403, 400)
    assert answer["actions"][0]["theme"] == SETTINGS["theme"]
    assert call("/api/sites/shop/settings")[1]["spacing_pages"] == 2


def test_a_draft_is_checked_with_every_mistake_and_said_in_one_sentence(call):
    check = "/api/sites/shop/campaigns/~check"
    _, right = call(check, "POST", campaign(moment={"type": "dwell", "seconds": 30}, control_percent=10, variants=[{"action": BAR}, {"id": "b", "action": BAR}]))  # fmt: skip
    _, wrong = call(check, "POST", campaign(control_percent=99, trigger={"type": "event"}, priority="x"))
    _, elsewhere = call(check, "POST", campaign(variants=[{"action": {"type": "notify", "destination": "no", "content": {"ja": {"text": "x"}}}}]))  # fmt: skip

    assert right["problems"] == []
    assert right["sentence"] == {
        "ja": "【イベントが「Product Viewed」である】とき、ページが30秒間見られたら、すべての来訪者にバー（2パターンを出し分け）を出します（1回の訪問で1回まで）。対象の10%には出さずに効果を比べます。ゴールは「購入」です。",
        "en": "When [The event is “Product Viewed”], once the page has been looked at for 30 seconds, everybody gets a bar (in 2 variants), at most 1 per visit; 10% are held back to compare; the goal is “購入”.",
    }
    assert {problem["path"] for problem in wrong["problems"]} == {"control_percent", "trigger.name", "priority"}
    assert [problem["path"] for problem in elsewhere["problems"]] == ["variants[0].action.destination"]


def test_a_draft_is_rendered_for_a_sample_and_for_a_person_or_says_why_not(platform, track, call):
    render = "/api/sites/shop/campaigns/~render"
    action = {
        "type": "popup",
        "content": {"ja": {"title": "{{ traits.name }}様 {{ variables.views }}回目 {{ 5000 - cart.total | yen }}"}},
    }
    document = campaign(variants=[{"action": action}], variables={"views": {"of": "count", "event": "Product Viewed"}})
    platform.post({"batch": [track(), track(properties={"cart": {"total": 4999}}), track() | {"type": "identify", "traits": {"name": "山田"}}]})  # fmt: skip
    platform.fold()

    def ask(**fields):
        status, answer = call(render, "POST", {"definition": document} | fields)
        assert status == 200
        return answer["action"]["content"]["title"] if answer["action"] else answer["problem"]

    assert (
        ask(sample={"traits": {"name": "佐藤"}, "cart": {"total": 4000}, "variables": {"views": 3}})
        == "佐藤様 3回目 1,000円"
    )
    assert ask(person="a:anon-1") == "山田様 2回目 1円"
    assert "undefined" in ask(sample={})
    assert ask(definition=document | {"variants": []}).startswith("variants: must not be empty")
    assert call(render, "POST", {"definition": document, "person": "a:nobody"})[0] == 404


def test_templates_come_with_kizuki_and_the_site_keeps_its_own(call):
    definition = campaign()
    del definition["id"]
    written = call("/api/sites/shop/templates/ours", "PUT", {"name": "Ours", "definition": definition})
    _, listed = call("/api/sites/shop/templates")
    built_in = listed["items"][0]
    taken = call(f"/api/sites/shop/templates/{built_in['id']}", "PUT", {"name": "x", "definition": definition})
    bad = call("/api/sites/shop/templates/bad", "PUT", {"name": "x", "definition": {}})

    assert (written[0], listed["items"][-1]["id"], listed["items"][-1]["own"]) == (200, "ours", True)
    assert (taken[0], bad[0], built_in["own"]) == (403, 400, False)
    off_page = {each["id"] for each in listed["items"] if each["layout"] == "notify"}
    assert {each["id"] for each in listed["items"] if not each["actions"]} == off_page
    assert listed["items"][-1]["actions"]["ja"]["content"]["title"] == "こんにちは"
    assert call("/api/sites/shop/templates/ours", "DELETE")[0] == 200
    assert call("/api/sites/shop/templates/ours", "DELETE")[0] == 404


@pytest.mark.parametrize(
    "path", ["campaigns/hello/results", "campaigns/hello/versions", "settings", "changes", "templates"]
)
def test_another_sites_operator_sees_none_of_it(call, path):
    assert call(f"/api/sites/shop/{path}", groups="[site-other]")[0] == 403


def test_a_stored_campaign_of_another_version_of_kizuki_is_listed_and_says_why_it_is_out(platform, call):
    old = campaign() | {"goal": {"type": "event", "name": "x"}}
    platform.config.put_document("shop", "campaign", StoredDocument("hello", "live", "2026-11-21T00:00:00.000Z", old))

    _, found = call(HELLO)

    assert (found["problem"], found["sentence"]) == ("goal: is no field of this", None)
