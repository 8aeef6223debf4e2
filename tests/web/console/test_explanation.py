"""What the rules saw at an event, and the person as they are."""

import re

from playwright.sync_api import expect


def test_an_event_says_which_rules_did_not_match_and_the_step_and_value_that_settled_it(console, open_page):
    page = open_page("people/u%3A42")
    page.locator("[data-event=m-6]").get_by_role("link", name="What did the rules see here?").click()
    drawer = page.get_by_role("dialog", name="What did the rules see here?")
    expect(drawer).to_contain_text("Version 12 of the rules")
    listed = drawer.get_by_role("region", name="Rules").get_by_role("button")
    expect(listed).to_have_text(
        [re.compile("カート金額が大きい"), re.compile("あと少しで送料無料"), re.compile("会員")]
    )
    expect(listed.nth(0)).to_contain_text("“Order Completed” happened 1 time in this visit, which must not be")
    expect(listed.nth(0)).to_contain_text("Does not hold")

    listed.nth(0).click()

    steps = drawer.get_by_role("listitem").filter(has_text="All of these hold")
    failing = steps.get_by_role("listitem").filter(has_text="Not").last
    expect(steps.get_by_role("listitem").first).to_contain_text("The latest cart.total is at least 3,000")
    expect(steps.get_by_role("listitem").first).to_contain_text("Saw 4,000")
    expect(failing).to_contain_text("Saw 1")
    expect(page).to_have_url(re.compile(r"\?explain=m-6&rule=segment%2Fbig-cart$"))
    page.reload()
    expect(drawer.get_by_text("All of these hold")).to_be_visible()


def test_the_rules_of_an_event_are_filtered_and_ordered(open_page):
    page = open_page("people/u%3A42?explain=m-6")
    drawer = page.get_by_role("dialog", name="What did the rules see here?")
    listed = drawer.get_by_role("region", name="Rules").get_by_role("button")
    drawer.get_by_text("Matching first", exact=True).click()
    expect(listed.first).to_contain_text("会員")
    drawer.get_by_label("Kind").select_option("campaign")
    expect(listed).to_have_text([re.compile("あと少しで送料無料")])
    listed.first.click()
    expect(drawer.get_by_role("listitem").filter(has_text="Saw “/products/shirt”").last).to_contain_text(
        "Does not hold"
    )
    drawer.get_by_label("Filter by name").fill("nothing")

    expect(drawer.get_by_text("Nothing matches")).to_be_visible()


def test_the_state_of_that_moment_is_shown_and_the_panel_closes(console, open_page):
    page = open_page("people/u%3A42?event=m-3&explain=m-6&rule=segment%2Fmembers")
    drawer = page.get_by_role("dialog", name="What did the rules see here?")
    then = drawer.get_by_role("region", name="The person at that moment")
    expect(then.get_by_role("link", name="会員")).to_have_attribute("href", "/sites/shop/segments/members")
    expect(then).to_contain_text("The latest cart.total4,000")
    expect(then).to_contain_text("京都市")

    page.keyboard.press("Escape")

    expect(drawer).to_be_hidden()
    expect(page).to_have_url(f"{console.url}/sites/shop/people/u%3A42?event=m-3")


def test_an_explanation_that_cannot_be_had_says_so(console, open_page):
    page = open_page("people/u%3A42")
    page.route(
        re.compile(r"/explanation\?ruleset=then"),
        lambda route: route.fulfill(status=404, json={"error": {"code": "not_found", "message": "no such event"}}),
    )
    page.locator("[data-event=m-1]").get_by_role("link", name="What did the rules see here?").click()

    expect(page.get_by_role("dialog").get_by_text("This was not found. It may have been deleted.")).to_be_visible()
    page.get_by_role("dialog").get_by_text("Rules of today").click()
    expect(page.get_by_role("dialog").get_by_role("region", name="Rules")).to_be_visible()
    expect(page).to_have_url(re.compile("ruleset=now"))


def test_a_segment_entered_is_told_with_its_name_and_leads_there(open_page):
    page = open_page("people/u%3A42")
    entered = page.locator("[data-event='m-6:segment:big-cart']")

    expect(entered).to_contain_text("Entered a segment")
    expect(entered.get_by_role("link", name="カート金額が大きい")).to_have_attribute(
        "href", "/sites/shop/segments/big-cart"
    )


def test_a_person_has_statistics_segments_a_company_and_a_verified_mark(open_page):
    page = open_page("people/u%3A42")
    about = page.get_by_role("complementary")

    expect(about).to_contain_text("Verified identity")
    expect(about.get_by_role("link", name="会員")).to_have_attribute("href", "/sites/shop/segments/members")
    expect(about).to_contain_text(re.compile("since .+ ago"))
    expect(about).to_contain_text("The latest cart.total4,000")
    expect(about).to_contain_text("The most frequent name of “Product Viewed” so far–")
    expect(about).to_contain_text("acme")
    expect(about.get_by_role("row", name="industry")).to_contain_text("Retail")
    expect(about.get_by_role("listitem").filter(has_text="Added to cart")).to_contain_text("21")
