"""Campaigns are listed, found, published, paused, ended, copied and exchanged as files."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.web.console import campaign_data


def test_the_list_says_in_one_line_what_came_of_each_and_what_is_wrong(open_page):
    page = open_page("campaigns")

    row = page.get_by_role("row", name="あと少しで送料無料")
    expect(row).to_contain_text("Draft")
    expect(row).to_contain_text("12,340 eligible, 2,110 shown; 61% stopped by Spacing")
    expect(row).to_contain_text("24.3%")
    expect(row.get_by_role("link", name="14 display problems")).to_have_attribute(
        "href", "/sites/shop/campaigns/free-shipping?tab=problems"
    )
    expect(page.get_by_role("row", name="NPSアンケート")).to_contain_text("Scheduled")
    expect(page.get_by_role("row", name="NPSアンケート")).to_contain_text("Nobody was eligible yet")
    expect(page.get_by_role("row", name="Newsletter")).to_contain_text("Out of action: variants[0].action")


def test_campaigns_are_found_by_words_state_and_order_and_the_address_keeps_that(open_page):
    page = open_page("campaigns")
    names = (
        page.get_by_role("table")
        .get_by_role("link", name="display problems")
        .or_(page.get_by_role("rowgroup").last.get_by_role("link"))
    )
    page.get_by_label("Order").select_option("clicked")
    expect(names.filter(has_not_text="problems")).to_have_text(["あと少しで送料無料", "Newsletter", "NPSアンケート"])
    page.get_by_label("Order").select_option("name")
    expect(names.filter(has_not_text="problems")).to_have_text(["Newsletter", "NPSアンケート", "あと少しで送料無料"])
    page.get_by_label("State").select_option("scheduled")
    expect(names).to_have_text(["NPSアンケート"])
    page.get_by_label("State").select_option("")
    page.get_by_label("Search name, id or description").fill("a survey")
    expect(names).to_have_text(["NPSアンケート"])
    page.reload()

    expect(page.get_by_label("Search name, id or description")).to_have_value("a survey")
    expect(names).to_have_text(["NPSアンケート"])
    page.get_by_label("Search name, id or description").fill("nothing at all")
    expect(page.get_by_text("Nothing matches")).to_be_visible()


def test_publishing_is_confirmed_and_shows_once_the_server_has_answered(console, open_page):
    page = open_page("campaigns")
    row = page.get_by_role("row", name="あと少しで送料無料")
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


def test_a_campaign_is_ended_for_good_once_that_is_confirmed(console, open_page):
    page = open_page("campaigns/newsletter")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="End").click()
    page.get_by_role("dialog", name="End this campaign?").get_by_role("button", name="End", exact=True).click()

    expect(page.get_by_role("article").get_by_text("Ended", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    assert console.backend.campaigns["newsletter"]["status"] == "ended"


def test_a_campaign_is_told_in_words_and_drawn_in_both_languages(open_page):
    page = open_page("campaigns/free-shipping?tab=overview")

    expect(page.get_by_role("article")).to_contain_text("once 50% of the page has been scrolled")
    conditions = page.get_by_role("region", name="When and to whom")
    expect(conditions).to_contain_text("The event is “Product Added” or “Cart Viewed”")
    expect(conditions).to_contain_text("Once 50% of the page was scrolled; then after 5 seconds")
    expect(conditions).to_contain_text("the person is in the segment “会員”")
    expect(conditions).to_contain_text("On Mon, Tue, Wed, Thu, Fri; between 09:00 and 18:00")
    expect(conditions).to_contain_text("Once per visit; 2 times per day; 3 times in 7 days; 10 minutes apart")
    expect(conditions).to_contain_text("Never again for people who have clicked it or reached the goal")
    expect(conditions).to_contain_text("10% of people are not shown it")
    content = page.get_by_role("region", name="What is shown")
    expect(content.get_by_text("あと5000 - cart.totalで送料無料です!")).to_be_visible()
    expect(content.get_by_text("5000 - cart.total to free shipping!")).to_be_visible()
    expect(content).to_contain_text("Variant b · Popup")


def test_an_exported_definition_is_imported_as_a_new_campaign(console, open_page, tmp_path):
    page = open_page("campaigns/free-shipping")
    page.get_by_role("button", name="More actions").click()
    with page.expect_download() as exported:
        page.get_by_role("menuitem", name="Export JSON").click()
    assert exported.value.suggested_filename == "free-shipping.json"
    definition = json.loads(Path(exported.value.path()).read_text())
    assert definition == console.backend.campaigns["free-shipping"]["definition"]
    file = tmp_path / "copy.json"
    file.write_text(json.dumps(definition | {"id": "imported", "name": "Imported"}))

    open_page("campaigns")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Imported")
    page.get_by_role("button", name="Save as draft").click()

    expect(page).to_have_url(f"{console.url}/sites/shop/campaigns/imported/edit?step=content")
    assert console.backend.written == [("imported", "0", definition | {"id": "imported", "name": "Imported"})]


def test_a_file_that_is_no_campaign_is_refused_with_a_word(open_page, tmp_path):
    file = tmp_path / "other.json"
    file.write_text('{"name": "not one"}')
    page = open_page("campaigns")
    page.locator("input[type=file]").set_input_files(file)

    expect(page.get_by_role("alert")).to_contain_text("This file is no campaign definition")


def test_a_campaign_is_kept_as_a_template_of_the_sites_own(console, open_page):
    page = open_page("campaigns/free-shipping")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Save as template").click()
    dialog = page.get_by_role("dialog", name="Save as a template")
    dialog.get_by_label("Name of the template").fill("Our shipping bar")
    dialog.get_by_label("Purpose").select_option("commerce")
    dialog.get_by_role("button", name="Save").click()

    expect(dialog).to_be_hidden()
    kept = console.backend.templates["free-shipping"]
    assert kept["name"]["en"] == "Our shipping bar"
    assert kept["purpose"] == "commerce"
    assert "id" not in kept["definition"]
    assert kept["definition"]["trigger"] == campaign_data.FREE_SHIPPING["trigger"]


def test_steps_of_the_decision_order_are_told_in_the_operators_words(console, open_page):
    page = open_page("people/u%3A42?event=m-3")

    suppressed = page.get_by_role("list", name="Campaign decisions").get_by_text("already shown in this visit (1 of 1)")
    expect(suppressed).to_have_text("Frequency caps: already shown in this visit (1 of 1)")
