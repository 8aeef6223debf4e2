"""The site's messages: their look, their distance, scripts; and who changed what."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.web.console import campaign_results, data


def test_the_tag_and_its_keys_are_shown(open_page):
    page = open_page("settings")

    expect(page.get_by_role("region", name="This site")).to_contain_text(data.WRITE_KEY)


def test_the_look_of_messages_is_chosen_while_it_is_seen_and_saved(console, open_page):
    page = open_page("settings?tab=messages")
    look = page.get_by_role("region", name="Look of messages")
    button = look.locator("kizuki-action").first.get_by_text("Keep shopping")
    expect(button).to_have_css("background-color", "rgb(22, 94, 131)")
    look.get_by_role("textbox", name="Buttons", exact=True).fill("#b3261e")
    expect(button).to_have_css("background-color", "rgb(179, 38, 30)")
    look.get_by_role("textbox", name="Roundness").fill("4")
    look.get_by_role("button", name="Back to the default: Background").click()
    page.get_by_role("textbox", name="Seconds", exact=True).fill("3600")
    page.get_by_role("switch", name="Allow campaigns to run scripts").check()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
    assert console.backend.settings == {
        "spacing_seconds": 3600,
        "spacing_pages": 2,
        "allow_scripts": True,
        "theme": campaign_results.SETTINGS["theme"] | {"surface": None, "accent": "#b3261e", "radius": 4},
        "recording": campaign_results.SETTINGS["recording"],
    }


def test_colours_that_are_hard_to_read_and_those_that_are_none_are_said_to_be_so(open_page):
    page = open_page("settings?tab=messages")
    page.get_by_role("textbox", name="Text of buttons", exact=True).fill("#888888")
    expect(page.get_by_text("Text of buttons on Buttons is hard to read: contrast 2")).to_be_visible()
    page.get_by_role("textbox", name="Background", exact=True).fill("white")

    expect(page.get_by_text("Write it as #rrggbb.")).to_be_visible()


def test_whoever_is_no_administrator_is_told_so_and_can_only_look(console, open_page):
    console.backend.admin = False
    page = open_page("settings?tab=messages")
    page.get_by_role("textbox", name="Pages viewed").fill("5")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Only administrators can change these settings.")
    expect(page.get_by_role("textbox", name="Pages viewed")).to_be_disabled()
    expect(page.get_by_role("switch", name="Allow campaigns to run scripts")).to_be_disabled()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    assert console.backend.settings == campaign_results.SETTINGS


def test_settings_that_are_not_saved_are_not_left_unasked(open_page):
    page = open_page("settings?tab=messages")
    page.get_by_role("textbox", name="Pages viewed").fill("5")
    page.get_by_role("tab", name="Site and tag").click()
    page.get_by_role("dialog", name="Leave without saving?").get_by_role("button", name="Stay").last.click()

    expect(page.get_by_role("textbox", name="Pages viewed")).to_have_value("5")


def test_what_is_recorded_and_masked_is_chosen_and_saved(console, open_page):
    before = console.backend.settings
    page = open_page("settings?tab=recording")
    expect(page.get_by_text("What visitors type, hidden fields, choices in lists")).to_be_visible()
    page.get_by_role("textbox", name="Share of visits").fill("25")
    page.get_by_role("radio", name="Only once a condition holds").check()
    page.get_by_label("Event", exact=True).or_(page.locator(".k-nodes input").first).first.fill("Order Completed")
    page.get_by_role("textbox", name="Seconds before it").fill("10")
    page.get_by_role("switch", name="Mask all text").check()
    page.get_by_role("combobox", name="Mask these elements").fill(".customer-name")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Show what is typed in these").fill("input[type=search]")
    page.get_by_role("textbox", name="Days that recordings are kept").fill("14")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
    assert console.backend.settings == before | {
        "recording": before["recording"]
        | {
            "sample_percent": 25,
            "when": {"type": "event", "name": "Order Completed"},
            "buffer_seconds": 10,
            "mask_all_text": True,
            "mask": [".customer-name"],
            "unmask": ["input[type=search]"],
            "retention_days": 14,
        }
    }


def test_the_audit_trail_says_who_changed_what_and_leads_there(open_page):
    page = open_page("settings")
    page.get_by_role("link", name="Change history").click()

    rows = page.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("あと少しで送料無料")
    expect(rows.nth(1)).to_contain_text("Editedversion 3")
    expect(rows.nth(1)).to_contain_text("sato@example.com")
    expect(rows.nth(1).get_by_role("link")).to_have_attribute(
        "href", "/sites/shop/campaigns/free-shipping?tab=versions"
    )
    expect(rows.nth(2)).to_contain_text("Not known")
    expect(rows.nth(3).get_by_role("link", name="Settings")).to_have_attribute(
        "href", "/sites/shop/settings?tab=messages"
    )
    expect(rows.nth(4).get_by_role("link")).to_have_attribute("href", "/sites/shop/segments/big-cart")
    expect(rows.nth(5)).to_contain_text("Template")


def test_a_selector_that_no_browser_can_read_is_not_saved(open_page):
    page = open_page("settings?tab=recording")
    field = page.get_by_role("combobox", name="Mask these elements")
    field.fill("div[[>")
    field.press("Enter")

    expect(page.get_by_text("No browser can read “div[[>” as a CSS selector")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()


def test_a_number_that_is_out_of_range_stays_as_it_was_typed_says_so_and_is_not_saved(console, open_page):
    before = console.backend.settings
    page = open_page("settings?tab=recording")
    days = page.get_by_role("textbox", name="Days that recordings are kept")
    days.press_sequentially("400")
    days.press("Tab")
    expect(days).to_have_value("400")
    expect(days).to_have_accessible_description(re.compile("From 1 to 365."))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(days).to_be_focused()
    expect(days).to_have_value("400")
    assert console.backend.settings == before

    days.fill("40")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
    assert console.backend.settings["recording"]["retention_days"] == 40


def test_the_roundness_of_messages_is_not_changed_without_a_word(console, open_page):
    page = open_page("settings?tab=messages")
    roundness = page.get_by_role("textbox", name="Roundness")
    roundness.fill("100")
    roundness.press("Tab")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(roundness).to_have_value("100 px")
    expect(roundness).to_have_accessible_description("From 0 to 32.")
    assert console.backend.settings == campaign_results.SETTINGS


def test_what_somebody_else_saved_of_another_tab_meanwhile_is_kept(console, open_page):
    theirs = campaign_results.SETTINGS["recording"] | {"mask_all_text": True, "mask": [".customer-name"]}
    page = open_page("settings?tab=messages")
    page.get_by_role("textbox", name="Pages viewed").fill("5")
    console.backend.settings = campaign_results.SETTINGS | {"recording": theirs}
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
    assert console.backend.settings == campaign_results.SETTINGS | {"recording": theirs, "spacing_pages": 5}
    page.get_by_role("tab", name="Recording").click()
    page.get_by_role("textbox", name="Days that recordings are kept").fill("14")
    console.backend.settings["spacing_pages"] = 7
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
    assert console.backend.settings == campaign_results.SETTINGS | {
        "recording": theirs | {"retention_days": 14},
        "spacing_pages": 7,
    }


@pytest.mark.parametrize(
    ("tab", "name"), [("messages", "Pages viewed"), ("recording", "Days that recordings are kept")]
)
def test_what_is_typed_while_settings_are_being_saved_is_not_thrown_away(open_page, tab, name):
    page = open_page(f"settings?tab={tab}")
    held: list[Route] = []
    page.route("**/settings", lambda route: held.append(route) if route.request.method == "PUT" else route.fallback())
    field, save = page.get_by_role("textbox", name=name), page.get_by_role("button", name="Save", exact=True)
    field.fill("5")
    with page.expect_request(lambda request: request.method == "PUT"):
        save.click()
    field.fill("6")
    with page.expect_response(lambda response: response.request.method == "PUT"):
        held.pop().fallback()

    expect(save).to_be_enabled()
    expect(field).to_have_value("6")
