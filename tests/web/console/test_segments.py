"""Segments are listed, read, counted while they are written, saved and published."""

import re

from playwright.sync_api import Locator, Page, expect


def condition(page: Page, label: str = "Condition 1") -> Locator:
    return page.get_by_role("group", name=label, exact=True)


def test_the_list_says_who_is_in_each_how_many_and_what_is_wrong(open_page):
    page = open_page("segments")

    row = page.get_by_role("row", name="カート金額が大きい Live")
    expect(row).to_contain_text("Live")
    expect(row).to_contain_text("The latest cart.total is at least 3,000")
    expect(row).to_contain_text("1,284")
    expect(page.get_by_role("row", name="Coming back")).to_contain_text(
        "Out of action: it speaks of the segment “gone”"
    )
    expect(page.get_by_role("navigation").get_by_role("link", name="Segments")).to_have_attribute(
        "aria-current", "page"
    )


def test_a_site_without_segments_says_what_they_are_for(console, open_page):
    console.backend.segments.clear()
    page = open_page("segments")

    expect(page.get_by_text("No segments yet")).to_be_visible()
    page.get_by_role("link", name="New segment").click()
    expect(page.get_by_role("heading", name="New segment")).to_be_visible()


def test_the_count_follows_what_is_typed_and_older_answers_are_dropped(console, open_page):
    page = open_page("segments/~new")
    count = page.get_by_role("region", name="How many people")
    expect(count).to_contain_text("1,284 of 20,412 people")
    console.backend.audience = {"status": "running", "count": None, "of": None}
    condition(page).get_by_label("Value").fill("2")
    expect(count.get_by_label("Counting…")).to_be_visible()
    console.backend.audience = {"count": 7}
    condition(page).get_by_label("Value").fill("3")

    expect(count).to_contain_text("7 of 20,412 people")
    with page.expect_response("**/audiences"):
        count.get_by_label("As of the end of").fill("2026-01-31")
    assert console.backend.audiences[-1] == {
        "condition": {"type": "statistic", "of": "count", "window": "all", "op": "gte", "value": 3},
        "as_of": "2026-01-31",
    }


def test_why_members_and_the_count_differ_is_said_beside_them(open_page):
    page = open_page("segments/big-cart")

    expect(page.get_by_text("Members are those whose latest event found them here")).to_be_visible()


def test_a_count_that_fails_says_why_and_can_be_tried_again(console, open_page):
    console.backend.audience = {"status": "failed", "reason": "the query reads more than 10 GB"}
    page = open_page("segments/big-cart")

    alert = page.get_by_role("region", name="How many people").get_by_role("alert")
    expect(alert).to_contain_text("the query reads more than 10 GB")
    console.backend.audience = {}
    alert.get_by_role("button", name="Try again").click()

    expect(page.get_by_role("region", name="How many people")).to_contain_text("1,284 of 20,412 people")


def test_what_is_not_saved_is_not_left_behind_unasked(console, open_page):
    page = open_page("segments/members?tab=edit")
    page.get_by_role("textbox", name="Name").fill("Members with a plan")
    page.get_by_role("link", name="Campaigns").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Stay").last.click()
    expect(page.get_by_role("textbox", name="Name")).to_have_value("Members with a plan")
    page.get_by_role("tab", name="Overview").click()
    dialog.get_by_role("button", name="Leave", exact=True).click()

    expect(page.get_by_role("heading", name="会員")).to_be_visible()
    expect(page.get_by_role("tab", name="Overview")).to_have_attribute("aria-selected", "true")
    page.get_by_role("link", name="Campaigns").click()
    expect(page.get_by_role("heading", name="Campaigns")).to_be_visible()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unasked(console, open_page):
    page = open_page("segments/members?tab=edit")
    page.get_by_role("textbox", name="Name").fill("Mine")
    console.backend.segments["members"] |= {"name": "Theirs"}
    page.get_by_role("button", name="Save (live within seconds)").click()
    conflict = page.get_by_role("alert").filter(has_text="Somebody else has changed this segment")
    conflict.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_role("textbox", name="Name")).to_have_value("Theirs")

    page.get_by_role("textbox", name="Name").fill("Mine")
    console.backend.segments["members"] |= {"name": "Theirs again"}
    page.get_by_role("button", name="Save (live within seconds)").click()
    conflict.get_by_role("button", name="Replace with mine").click()

    expect(page.get_by_role("heading", name="Mine")).to_be_visible()
    assert console.backend.segments["members"]["name"] == "Mine"


def test_a_new_segment_never_replaces_another(console, open_page):
    page = open_page("segments/~new")
    page.get_by_role("textbox", name="Name").fill("Members, too")
    page.get_by_role("textbox", name="ID").fill("members")
    page.get_by_role("button", name="Save as draft").click()

    expect(page.get_by_role("textbox", name="ID")).to_have_accessible_description(
        re.compile("This id is taken. Choose another.")
    )
    assert console.backend.segments["members"]["name"] == "会員"


def test_a_save_that_fails_says_so_and_keeps_what_was_written(console, open_page):
    page = open_page("segments/~new")
    page.get_by_role("textbox", name="Name").fill("New")
    page.route("**/api/sites/shop/segments/*", lambda route: route.abort())
    page.get_by_role("button", name="Save as draft").click()

    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    expect(page.get_by_role("textbox", name="Name")).to_have_value("New")


def test_a_segment_says_who_is_in_it_and_what_uses_it(console, open_page):
    page = open_page("segments/members")

    expect(page.get_by_role("article")).to_contain_text("The person's plan is “gold” or “silver”")
    used = page.get_by_role("region", name="Used by")
    expect(used.get_by_role("link", name="あと少しで送料無料")).to_have_attribute(
        "href", "/sites/shop/campaigns/free-shipping"
    )
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    expect(page.get_by_role("article").get_by_text("Paused", exact=True)).to_be_visible()
    assert console.backend.segments["members"]["status"] == "paused"
