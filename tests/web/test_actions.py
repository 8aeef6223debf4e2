"""What campaigns show, in a real browser: on screen, for keyboards and for screen readers."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.site import Site


def action(campaign: str = "free-shipping", number: int = 1, **changes: Any) -> dict[str, Any]:
    bar = {
        "id": f"{campaign}:{number}",
        "campaign": campaign,
        "name": "Free shipping",
        "variant": "a",
        "messageId": str(number),
        "type": "bar",
        "placement": "bottom",
        "locale": "ja",
        "content": {
            "title": "あと1,000円で送料無料です!",
            "body": "",
            "button": {"label": "商品を見る", "url": "/list"},
        },
    }
    return bar | changes


def popup(**changes: Any) -> dict[str, Any]:
    content = {
        "title": "Welcome back",
        "body": "Your coupon is waiting.",
        "button": {"label": "See it", "url": "/coupon"},
    }
    dialog = {"type": "popup", "placement": "center", "locale": "en", "content": content}
    return action("welcome", **(dialog | changes))


def trigger(page: Page, event: str = "Product Added") -> None:
    page.evaluate("event => kizuki.track(event)", event)


def outcome(site: Site, name: str) -> dict[str, Any]:
    return site.wait_for_event(name)["properties"]


PROPERTIES = {
    "campaign_id": "free-shipping",
    "campaign_name": "Free shipping",
    "variant": "a",
    "action_id": "free-shipping:1",
}


def test_a_bar_shows_its_text_and_says_so(site, visit, page):
    page.emulate_media(reduced_motion="reduce")
    site.actions["Product Added"] = [action()]
    visit()
    trigger(page)

    bar = page.get_by_role("region", name="お知らせ")
    expect(bar.get_by_role("status")).to_have_text("あと1,000円で送料無料です!")
    assert outcome(site, "Campaign Shown") == PROPERTIES
    assert page.locator("kizuki-action").get_attribute("lang") == "ja"
    box, screen = bar.bounding_box(), page.viewport_size
    assert screen["height"] - 120 < box["y"] + box["height"] <= screen["height"]


def test_clicking_the_button_is_counted_before_the_visitor_is_taken_there(site, visit):
    site.pages["/list"] = "<!doctype html><title>List</title>"
    site.actions["Product Added"] = [action()]
    page = visit()
    trigger(page)
    page.get_by_role("link", name="商品を見る").click()

    assert outcome(site, "Campaign Clicked") == PROPERTIES | {"url": f"{site.url}/list"}
    page.wait_for_url("**/list")
    assert site.accepted("Campaign Closed") == []


def test_closing_is_counted_and_takes_the_bar_away(site, visit):
    site.actions["Product Added"] = [action()]
    page = visit()
    trigger(page)
    page.get_by_role("button", name="閉じる").click()

    assert outcome(site, "Campaign Closed") == PROPERTIES
    expect(page.locator("kizuki-action")).to_have_count(0)


def test_content_is_text_whatever_it_looks_like(site, visit):
    content = {"title": "<img src=x onerror=alert(1)>", "body": "{{x}}", "button": {"label": "<b>", "url": "/"}}
    site.actions["Product Added"] = [action(content=content)]
    page = visit()
    trigger(page)

    expect(page.get_by_role("status")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("kizuki-action img")).to_have_count(0)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//[", " java\tscript:alert(1)", None, ""])
def test_a_button_that_leads_nowhere_safe_is_left_out(site, visit, url):
    content = {"title": "Sale", "body": None, "button": {"label": "Go", "url": url}}
    site.actions["Product Added"] = [action(content=content)]
    page = visit()
    trigger(page)

    expect(page.get_by_role("status")).to_have_text("Sale")
    expect(page.locator("kizuki-action a")).to_have_count(0)


def test_a_newer_bar_of_the_campaign_replaces_the_older_and_another_campaigns_waits(site, visit):
    content = {"title": "送料無料になりました", "body": None, "button": None}
    site.actions["One"] = [action(), action("other", content={"title": "Other"})]
    site.actions["Two"] = [action(number=2, content=content)]
    page = visit()
    trigger(page, "One")
    expect(page.get_by_role("status")).to_have_text("あと1,000円で送料無料です!")
    trigger(page, "Two")

    expect(page.get_by_role("status")).to_have_text("送料無料になりました")
    expect(page.locator("kizuki-action")).to_have_count(1)
    page.get_by_role("button", name="閉じる").click()
    expect(page.get_by_role("status")).to_have_text("Other")
    assert [
        e["properties"]["action_id"]
        for e in [site.wait_for_event("Campaign Shown", 3), *site.accepted("Campaign Closed")]
    ] == [
        "other:1",
        "free-shipping:2",
    ]


def test_what_is_true_no_longer_is_taken_off_the_screen_and_makes_room(site, visit):
    site.actions["Four thousand"] = [action(), action("other", content={"title": "Other"})]
    site.withdrawn["Five thousand"] = ["free-shipping"]
    page = visit()
    trigger(page, "Four thousand")
    site.wait_for_event("Campaign Shown")
    trigger(page, "Five thousand")

    expect(page.get_by_role("status")).to_have_text("Other")
    site.wait_for_event("Campaign Shown", 2)
    assert site.accepted("Campaign Closed") == []


def test_an_action_that_is_answered_twice_is_shown_once(site, visit):
    site.actions["Product Added"] = [action()]
    page = visit()
    trigger(page)
    page.get_by_role("button", name="閉じる").click()
    trigger(page)
    trigger(page, "Marker")

    site.wait_for_event("Marker")
    expect(page.locator("kizuki-action")).to_have_count(0)
    assert len(site.accepted("Campaign Shown")) == 1


def test_a_popup_is_a_dialog_that_holds_the_focus_and_gives_it_back(site, visit):
    site.actions["Opened"] = [popup()]
    page = visit(body="<button id=buy onclick=\"kizuki.track('Opened')\">Buy</button><a href=/x>Behind</a>", lang="en")
    page.focus("#buy")
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog", name="Welcome back")
    expect(dialog).to_be_visible()
    expect(dialog).to_have_accessible_description("Your coupon is waiting.")
    assert outcome(site, "Campaign Shown")["campaign_id"] == "welcome"
    focused = "document.activeElement.shadowRoot?.activeElement?.textContent"
    visited = []
    for _ in range(5):
        visited.append(page.evaluate(focused))
        page.keyboard.press("Tab")
    assert visited == ["See it", "×", "See it", "×", "See it"]

    page.keyboard.press("Escape")

    assert outcome(site, "Campaign Closed")["campaign_id"] == "welcome"
    expect(dialog).to_have_count(0)
    expect(page.locator("#buy")).to_be_focused()


def test_a_popup_closes_on_a_click_beside_it_but_not_inside_it(site, visit):
    site.actions["Opened"] = [popup()]
    page = visit()
    trigger(page, "Opened")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Your coupon").click()
    expect(dialog).to_be_visible()

    page.mouse.click(5, 5)

    expect(dialog).to_have_count(0)
    assert outcome(site, "Campaign Closed")["campaign_id"] == "welcome"


def test_nothing_counts_as_shown_while_nobody_can_see_it(site, visit):
    site.actions["Product Added"] = [action()]
    page = visit(head="<style>html { display: none }</style>")
    trigger(page)
    page.wait_for_selector("kizuki-action", state="attached")
    trigger(page, "Marker")
    site.wait_for_event("Marker")
    assert site.accepted("Campaign Shown") == []

    page.evaluate("document.documentElement.style.display = 'block'")

    site.wait_for_event("Campaign Shown")


def test_an_action_outlives_the_site_drawing_its_body_anew(site, visit):
    site.actions["Product Added"] = [action()]
    page = visit()
    trigger(page)
    site.wait_for_event("Campaign Shown")
    page.evaluate("document.body.replaceChildren()")

    expect(page.get_by_role("region", name="お知らせ")).to_be_visible()


def test_moving_to_another_page_of_an_app_takes_the_action_away(site, visit):
    site.actions["Product Added"] = [action()]
    page = visit()
    trigger(page)
    site.wait_for_event("Campaign Shown")

    page.evaluate("history.pushState({}, '', '/cart')")

    expect(page.locator("kizuki-action")).to_have_count(0)


def test_a_strict_content_security_policy_allows_the_tag_and_its_actions(site, visit, page):
    page.emulate_media(reduced_motion="reduce")
    policy = f"default-src 'none'; script-src 'nonce-abc'; style-src 'none'; connect-src {site.api_url}"
    site.page_headers["Content-Security-Policy"] = policy
    page = visit(attributes='nonce="abc"')
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    site.actions["Product Added"] = [action()]
    trigger(page)

    expect(page.get_by_role("status")).to_have_text("あと1,000円で送料無料です!")
    box, screen = page.locator(".surface").bounding_box(), page.viewport_size
    assert screen["height"] - 20 < box["y"] + box["height"] <= screen["height"]
    assert violations == []


@pytest.mark.parametrize("width", [320, 1280])
def test_actions_fit_the_screen_and_can_be_touched(site, visit, page, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    long = {"title": "あ" * 80, "body": "い" * 200, "button": {"label": "う" * 20, "url": "/"}}
    site.actions["Both"] = [action(content=long), popup(content=long)]
    visit()
    trigger(page, "Both")
    expect(page.get_by_role("dialog")).to_be_visible()

    for frame in (".bar", ".popup"):
        box = page.locator(frame).bounding_box()
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        assert 0 <= box["y"] < box["y"] + box["height"] <= 640
    for button in page.locator("kizuki-action button, kizuki-action a").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize("shown", [[action()], [action(placement="top")], [popup()]], ids=["bottom", "top", "popup"])
def test_axe_finds_no_fault(site, visit, page, violations, shown):
    page.emulate_media(reduced_motion="reduce")
    site.actions["Shown"] = shown
    visit(body="<main><h1>Shop</h1></main>")
    trigger(page, "Shown")
    site.wait_for_event("Campaign Shown")

    assert violations() == []
