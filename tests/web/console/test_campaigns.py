"""Campaigns are read, written, published and paused."""

import re

from playwright.sync_api import expect


def test_publishing_is_confirmed_and_shows_once_the_server_has_answered(console, open_page):
    page = open_page("campaigns")
    row = page.get_by_role("row", name="あと少しで送料無料")
    expect(row).to_contain_text("Draft")
    expect(row).to_contain_text("12.2%")

    row.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()

    expect(row).to_contain_text("Live")
    assert console.backend.campaigns["free-shipping"]["status"] == "live"
    row.get_by_role("button", name="Pause").click()
    page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")


def test_a_publish_that_fails_says_so_and_changes_nothing(console, open_page):
    console.backend.failing.add("publish")
    page = open_page("campaigns/free-shipping")
    page.get_by_role("button", name="Publish").click()

    page.get_by_role("dialog").get_by_role("button", name="Publish").click()

    expect(page.get_by_role("alert")).to_have_text("The server is busy. Please try again in a moment.")
    page.get_by_role("button", name="Cancel").last.click()
    expect(page.get_by_role("article").get_by_text("Draft", exact=True)).to_be_visible()


def test_a_definition_is_told_in_words_and_previewed_in_both_languages(open_page):
    page = open_page("campaigns/free-shipping")

    conditions = page.get_by_role("region", name="When and to whom")
    expect(conditions).to_contain_text("The event is “Product Added” or “Cart Viewed”")
    expect(conditions).to_contain_text("the person is in the segment “会員”")
    expect(conditions).to_contain_text("“Order Completed” did not happen more than 0 times in the last 7 days")
    expect(conditions).to_contain_text("10% of people are not shown it")
    content = page.get_by_role("region", name="What is shown")
    expect(content).to_contain_text("で送料無料です!")
    expect(content).to_contain_text("to free shipping!")
    expect(content).to_contain_text("Variant b · Popup")


def test_the_editor_shows_what_the_api_refuses_and_where(console, open_page):
    page = open_page("campaigns/free-shipping?tab=json")
    editor = page.get_by_label("Definition (JSON)")
    expect(editor).to_have_value(re.compile('"control_percent": 10'))

    editor.fill('{"name": "Free"}')
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("definition.trigger")
    editor.fill("{")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not valid JSON")
    editor.fill('{"name": "Free", "trigger": {"type": "event", "name": "page"}, "variants": []}')
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("heading", name="Free")).to_be_visible()
    assert console.backend.campaigns["free-shipping"]["name"] == "Free"


def test_a_new_campaign_is_read_back_while_it_is_written_and_saved_as_a_draft(console, open_page):
    page = open_page("campaigns/free-shipping")
    page.get_by_role("link", name="Duplicate").click()
    editor = page.get_by_label("Definition (JSON)")
    expect(editor).to_have_value(re.compile('"id": "free-shipping-copy"'))

    editor.fill(editor.input_value().replace("Keep shopping", "See more"))
    expect(page.get_by_role("region", name="How it reads")).to_contain_text("See more")
    expect(page.get_by_role("region", name="How it reads")).to_contain_text("The event is “Product Added”")
    editor.fill('{"trigger": {"type": "all"}, "variants": [{}]}')
    expect(page.get_by_role("region", name="How it reads")).to_contain_text("Appears as soon as the JSON is complete.")
    page.get_by_role("button", name="Discard changes").click()
    editor.fill(editor.input_value().replace("free-shipping-copy", "newsletter"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("This id is taken. Choose another.")
    page.get_by_role("button", name="Discard changes").click()
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url(f"{console.url}/sites/shop/campaigns/free-shipping-copy")
    expect(page.get_by_role("article").get_by_text("Draft", exact=True)).to_be_visible()
    assert console.backend.campaigns["free-shipping-copy"]["definition"]["id"] == "free-shipping-copy"
