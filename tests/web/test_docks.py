"""Checklists and summaries: what stays in a corner of the screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import CONTENTS, PAGE, action, properties

PHONE = {"width": 375, "height": 667}


@pytest.fixture(autouse=True)
def _calm(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")


def done(*ids: str, locale: str = "ja", number: int = 1) -> dict:
    """The checklist with these items done."""
    content = CONTENTS[locale]["checklist"]
    items = [item | {"done": item["id"] in ids} for item in content["items"]]
    return action("checklist", locale, id=f"checklist:{number}", content=content | {"items": items})


def test_a_checklist_says_how_much_is_done_of_what(site, show):
    page = show(action("checklist", "en"))

    panel = page.get_by_role("region", name="Getting started")
    expect(panel.get_by_role("status")).to_have_text("1 of 4 done")
    expect(panel.get_by_role("listitem")).to_have_count(4)
    expect(panel.get_by_role("img", name="Done")).to_have_count(1)
    # What a condition gets done is not the visitor's to tick.
    expect(panel.get_by_role("img", name="To do")).to_have_count(1)
    assert panel.get_by_role("checkbox").evaluate_all("all => all.map(({labels}) => labels[0].textContent)") == [
        "Invite your team",
        "Set up notifications",
    ]


def test_ticking_an_item_is_counted_at_once_and_the_end_is_congratulated(site, show):
    page = show(done("profile", "project", "team", locale="en"))
    page.get_by_role("checkbox", name="Set up notifications").click()

    assert site.wait_for_event("Checklist Item Checked")["properties"] == properties("checklist") | {"item": "news"}
    expect(page.get_by_role("heading", name="You are all set")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("4 of 4 done")
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_a_newer_answer_changes_the_checklist_where_it_is(site, show, visit):
    site.actions["Project Created"] = [done("profile", "project", number=2)]
    page = show(done("profile"))
    expect(page.get_by_role("status")).to_have_text("4件中1件完了")
    page.evaluate("kizuki.track('Project Created')")

    expect(page.get_by_role("status")).to_have_text("4件中2件完了")
    expect(page.locator("kizuki-action")).to_have_count(1)
    assert site.wait_for_event("Campaign Shown", 2)["properties"]["action_id"] == "checklist:2"
    assert site.accepted("Campaign Closed") == []


def test_the_server_has_the_last_word_on_what_is_done(site, show):
    site.actions["Later"] = [done("profile", "news", number=2)]
    page = show(done("profile"))
    page.get_by_role("checkbox", name="メンバーを招待する").click()
    expect(page.get_by_role("status")).to_have_text("4件中2件完了")
    page.get_by_role("checkbox", name="通知を設定する").click()
    expect(page.get_by_role("status")).to_have_text("4件中3件完了")
    page.evaluate("kizuki.track('Later')")

    expect(page.get_by_role("status")).to_have_text("4件中2件完了")
    expect(page.get_by_role("checkbox", name="メンバーを招待する")).not_to_be_checked()


def test_an_items_link_is_counted_with_the_item(site, show):
    site.pages["/profile"] = "<!doctype html><title>Profile</title>"
    page = show(action("checklist"))
    page.get_by_role("link", name="プロフィールを登録する").click()

    page.wait_for_url("**/profile")
    clicked = site.wait_for_event("Campaign Clicked")["properties"]
    assert clicked == properties("checklist") | {"url": f"{site.url}/profile", "item": "profile"}


@pytest.mark.parametrize("type_", ["checklist", "summary"])
def test_a_dock_folds_up_and_stays_as_the_visitor_left_it_in_this_tab(site, show, page, context, type_):
    show(action(type_, "en"))
    panel, launcher = page.locator(".panel"), page.locator(".launcher")
    expect(panel).to_be_visible()

    page.get_by_role("button", name="Minimise").click()
    expect(launcher).to_be_focused()
    expect(panel).to_be_hidden()
    show(action(type_, "en"))
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.press("Enter")
    expect(panel).to_be_focused()
    show(action(type_, "en"))

    expect(panel).to_be_visible()
    page.get_by_role("button", name="Close").click()
    assert site.wait_for_event("Campaign Closed")["properties"] == properties(type_)


def test_on_a_phone_a_dock_begins_as_a_button(site, show, page):
    page.set_viewport_size(PHONE)
    show(action("checklist", "en"))

    launcher = page.get_by_role("button", name="1/4 Getting started")
    expect(launcher).to_be_visible()
    expect(page.locator(".panel")).to_be_hidden()
    assert site.wait_for_event("Campaign Shown")["properties"] == properties("checklist")


def test_what_stands_at_the_same_edge_stands_above_a_dock_which_makes_room(site, show, page):
    site.actions["Later"] = [action("bar", "en")]
    page.set_viewport_size(PHONE)
    show(action("checklist", "en"))
    page.locator(".launcher").click()
    page.evaluate("kizuki.track('Later')")

    expect(page.locator(".bar")).to_be_visible()
    expect(page.locator(".panel")).to_be_hidden()
    page.wait_for_function("""() => {
        const box = (name) => [...document.querySelectorAll("kizuki-action")]
            .map(({ shadowRoot }) => shadowRoot.querySelector(name)).find(Boolean).getBoundingClientRect();
        return box(".bar").bottom <= box(".launcher").top;
    }""")
    page.get_by_role("button", name="Close").click()
    page.evaluate("kizuki.track('Marker')")
    site.wait_for_event("Marker")
    assert [e["properties"]["problem"] for e in site.accepted("Campaign Problem")] == []


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desktop"])
def test_docks_of_one_corner_stand_above_one_another(site, show, page, size):
    page.set_viewport_size(size)
    show(action("checklist", "en"), action("summary", "en", placement="bottom-right"))
    site.wait_for_event("Campaign Shown", 2)

    expect(page.locator(".launcher:visible, .panel:visible")).to_have_count(2)
    page.wait_for_function("""() => {
        const shown = [...document.querySelectorAll("kizuki-action")]
            .map(({ shadowRoot }) => shadowRoot.querySelector(".dock").getBoundingClientRect());
        const [lower, upper] = shown.sort((one, other) => other.bottom - one.bottom);
        return upper.bottom <= lower.top;
    }""")


def test_a_summary_leads_to_its_places_and_takes_the_focus_there(site, show):
    page = show(
        action("summary", "en"),
        body=PAGE.replace('<section id="price">', "<div style='height:3000px'></div><section id='price'>"),
    )
    panel = page.get_by_role("region", name="The main points")
    expect(panel.get_by_role("listitem")).to_have_count(2)

    panel.get_by_role("button", name="It costs 4,000 yen").click()

    expect(page.locator("#price")).to_be_in_viewport()
    expect(page.locator("#price")).to_be_focused()
    expect(page.locator(".highlight")).to_have_count(1)
    expect(page.locator(".highlight")).to_have_count(0)
    page.locator("#fav").focus()
    assert page.locator("#price").get_attribute("tabindex") is None
    assert site.wait_for_event("Campaign Clicked")["properties"] == properties("summary") | {"item": 1}


def test_a_point_whose_place_is_not_on_the_page_is_a_problem(site, show):
    content = {"title": "Points", "points": [{"text": "Gone", "selector": "#gone"}, {"text": "Odd", "selector": ">>"}]}
    page = show(action("summary", "en", content=content))
    page.get_by_role("button", name="Odd").click()
    page.get_by_role("button", name="Gone").click()

    site.wait_for_event("Campaign Clicked", 2)
    assert [e["properties"]["problem"] for e in site.accepted("Campaign Problem")] == ["selector_missing"]
