"""Live: recordings are found by filters, the most worthwhile first, and who is on the site now can be watched."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.web.console import data
from tests.web.console.live_backend import found, online
from tests.web.console.recording import Recording


def rows(page: Page) -> Locator:
    return page.get_by_role("region", name="Recordings").locator("li[data-session]")


def filter_in_address(page: Page) -> object:
    return json.loads(parse_qs(urlsplit(page.url).query).get("filter", ["null"])[0])


def test_recordings_say_why_they_are_worth_watching_and_open_where_it_happens(console, open_page):
    live = console.backend.live
    live.found[0] = live.found[0] | {"offset": 94_500}
    page = open_page("replays")

    expect(rows(page)).to_have_count(4)
    first = rows(page).first
    expect(first).to_contain_text("Clicked in anger 2 times")
    expect(first).to_contain_text("Met an error")
    expect(first).to_contain_text("Saw あと少しで送料無料")
    expect(first).to_contain_text("Visit 1 · Desktop · Japan")
    expect(first).to_contain_text("Not seen by you yet")
    expect(first).to_contain_text("1 comment")
    expect(rows(page).nth(1)).to_contain_text("/ → /search → /products/tote → /products/shirt +2")
    expect(rows(page).nth(2)).not_to_contain_text("Not seen by you yet")
    expect(rows(page).nth(3)).to_contain_text("Not playable")
    expect(first.locator("[data-state=drawn]")).to_have_count(1)
    expect(first.frame_locator(".k-thumb iframe").locator("#clock")).to_have_text("second 0")
    expect(rows(page).nth(3).locator("[data-state=none]")).to_have_count(1)
    assert live.searches == [("interest", {}, None)]

    with page.expect_response("**/replays/~search?order=newest*"):
        page.get_by_text("Newest", exact=True).click()
    expect(rows(page)).to_have_count(4)
    assert live.searches[-1] == ("newest", {}, None)
    rows(page).first.click(position={"x": 400, "y": 90})
    expect(page.frame_locator(".replayer-wrapper iframe").locator("#clock")).to_have_text("second 94")


def test_a_filter_is_put_together_of_chips_and_shared_by_its_address(console, open_page):
    page = open_page("replays")
    chips = page.get_by_role("group", name="Filter")
    expect(rows(page)).to_have_count(4)

    event = added(page, "Event")
    event.get_by_role("combobox", name="What they did").fill("cart")
    event.get_by_role("option", name="Added to cart").click()
    event.locator(".k-where > button").click()
    event.locator("fieldset input").first.fill("price")
    event.locator("fieldset select").first.select_option("gte")
    event.locator("fieldset input").last.fill("1000")
    event.get_by_role("button", name="Apply").click()
    expect(chips).to_contain_text(re.compile(r"Added to cart \(price .* 1000\)"))
    problems = added(page, "Problems")
    problems.get_by_label("Failed request").uncheck()
    problems.get_by_role("button", name="Apply").click()
    expect(chips).to_contain_text("Error on the page or Click in anger or Click without effect")
    pages = added(page, "Page")
    pages.get_by_role("combobox").fill("cart")
    pages.get_by_role("button", name="Apply").click()
    country = added(page, "Country")
    country.get_by_role("combobox").click()
    country.get_by_role("option", name="Japan").click()
    country.get_by_role("button", name="Apply").click()
    campaign = added(page, "Campaign")
    campaign.get_by_label("Campaign").select_option("free-shipping")
    campaign.get_by_label("What came of it").select_option("group:closed")
    campaign.get_by_role("button", name="Apply").click()
    expect(chips).to_contain_text("あと少しで送料無料: Closed")
    expect(rows(page)).to_have_count(1)
    with page.expect_response("**/replays/~search?*"):
        chosen(page, "Not seen by me")

    asked = {
        "events": [
            {"event": "Product Added", "where": [{"type": "property", "path": "price", "op": "gte", "value": 1000}]}
        ],
        "pages": ["/cart"],
        "campaign": {"id": "free-shipping", "group": "closed"},
        "problems": ["error", "rage_click", "dead_click"],
        "country": "JP",
        "unseen": True,
    }
    assert filter_in_address(page) == asked
    assert console.backend.live.searches[-1] == ("interest", asked, None)
    page.reload()
    page.get_by_role("button", name="Saw /cart", exact=True).click()
    again = page.get_by_role("dialog", name="Page")
    again.get_by_role("combobox").fill("/sale/*")
    again.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("button", name="Saw /cart and /sale/*", exact=True)).to_be_visible()


def test_a_filter_is_kept_under_a_name_with_what_it_found_in_a_day(console, open_page):
    live = console.backend.live
    asked = {"country": "JP", "unseen": True}
    page = open_page(f"replays?filter={quote(json.dumps(asked))}")
    chips = page.get_by_role("group", name="Filter")
    page.get_by_role("button", name="Save this filter").click()
    page.get_by_role("dialog").get_by_label("Name").fill("困っている人")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    filters = page.get_by_role("navigation", name="Saved filters")
    kept = filters.get_by_role("button", name=re.compile("^困っている人"))

    expect(kept).to_contain_text("3 in the last 24 hours")
    assert [each["filter"] for each in live.filters.values()][1:] == [asked]
    page.get_by_role("button", name="Remove: Japan").click()
    expect(chips).not_to_contain_text("Japan")
    filters.get_by_role("button", name="All recordings").click()
    expect(rows(page)).to_have_count(4)
    kept.click()
    expect(chips).to_contain_text("Japan")
    page.get_by_role("button", name="More: 困っている人").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog", name="Delete").get_by_role("button", name="Delete").click()
    expect(kept).to_have_count(0)
    assert list(live.filters) == ["carts"]


def test_a_search_goes_on_by_itself_and_says_when_it_found_nothing(console, open_page):
    live = console.backend.live
    live.barren = 3
    page = open_page("replays?order=newest")
    expect(rows(page)).to_have_count(4)
    assert [cursor for _, _, cursor in live.searches] == [None, "1", "2", "3"]

    live.barren = 99
    page.get_by_text("Most interesting", exact=True).click()
    expect(page.get_by_text("Nothing found so far")).to_be_visible()
    assert [cursor for order, _, cursor in live.searches if order == "interest"] == [None, "1", "2", "3", "4", "5"]
    live.barren = 7
    page.get_by_role("button", name="Load more").click()
    page.get_by_role("button", name="Load more").click()
    expect(rows(page)).to_have_count(4)

    live.barren = 0
    open_page("replays?filter=%7B%22device%22%3A%22tablet%22%7D")
    expect(page.get_by_text("No recording fits this filter")).to_be_visible()
    live.found = []
    page.get_by_role("button", name="Show all recordings").click()
    expect(page.get_by_role("link", name="What is recorded is chosen in the settings.")).to_have_attribute(
        "href", "/sites/shop/settings?tab=recording"
    )


def test_whoever_is_there_now_is_watched_from_the_list_and_from_their_story(console, open_page):
    live = console.backend.live
    live.found = [found(data.SESSION, 1, live=True)]
    page = open_page("replays?tab=now")
    expect(page.get_by_text("Nobody is being recorded right now")).to_be_visible()

    live.online = [online(person=data.TARO, name="山田 太郎"), online("s-2", playable=False)]
    watch = page.get_by_role("link", name="Watch: 山田 太郎")
    expect(watch).to_have_attribute("href", f"/sites/shop/replays/{data.SESSION}?live=1", timeout=15_000)
    expect(page.get_by_role("row").nth(1)).to_contain_text("/products/shirt")
    expect(page.get_by_role("row").nth(2)).to_contain_text("Starting…")

    page.get_by_role("row").nth(1).get_by_role("link", name="山田 太郎", exact=True).click()
    expect(page.get_by_role("link", name="Watch now")).to_have_attribute(
        "href", f"/sites/shop/replays/{data.SESSION}?live=1"
    )
    expect(page.get_by_role("link", name="Recordings")).to_have_attribute(
        "href",
        f"/sites/shop/replays?order=newest&filter={quote(json.dumps({'person': data.TARO}, separators=(',', ':')))}",
    )
    open_page("people")
    expect(page.get_by_role("link", name="Live: 山田 太郎")).to_be_visible()
    page.get_by_role("link", name="山田 太郎", exact=True).click()
    live.online = []
    expect(page.get_by_role("link", name="Watch now")).to_have_count(0, timeout=20_000)
    open_page("replays")
    expect(rows(page).first.get_by_role("link").first).to_have_attribute("href", re.compile(r"\?live=1$"))


def test_a_visit_under_way_is_watched_at_its_edge_however_old_its_picture_in_the_list_is(console, open_page, page):
    backend = console.backend
    backend.live.found = [found(data.SESSION, 1, live=True)]
    backend.started = (datetime.now(UTC) - timedelta(seconds=40)).replace(microsecond=0)
    backend.tabs["tab-a"] = Recording(backend.started_ms, 40).chunks()
    page.clock.install()
    open_page("replays")
    expect(rows(page).first.locator("[data-state=drawn]")).to_have_count(1)

    backend.tabs["tab-a"] = Recording(backend.started_ms, 160).chunks()
    page.clock.fast_forward("02:00")
    rows(page).first.click(position={"x": 400, "y": 90})

    expect(page.frame_locator(".replayer-wrapper iframe").locator("#clock")).to_have_text("second 160")
    expect(page.get_by_role("region", name="Player").get_by_text("Live", exact=True)).to_be_visible()


def test_a_visit_before_the_first_is_not_asked_for(console, open_page):
    page = open_page("replays")
    visits = added(page, "Number of visits")
    first, last = visits.get_by_role("textbox").all()
    last.fill("5")
    first.fill("0")
    visits.get_by_role("button", name="Apply").click()
    expect(first).to_have_value("0")
    expect(first).to_have_accessible_description("1 or more.")
    assert filter_in_address(page) is None

    first.fill("")
    visits.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("max_visit"))
    assert filter_in_address(page) == {"max_visit": 5}


def test_a_period_of_ones_own_is_typed_key_by_key(open_page):
    page = open_page("replays")
    period = added(page, "Period")
    period.get_by_label("When the visit began").select_option("From … to …")
    since = period.get_by_label("From", exact=True)
    since.press("Backspace")
    expect(since).to_have_value("")
    expect(period.get_by_label("To", exact=True)).to_be_visible()
    expect(period.get_by_role("button", name="Apply")).to_be_disabled()
    since.press_sequentially("121220260930a")
    expect(since).to_have_value("2026-12-12T09:30")
    period.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(re.compile("filter="))
    assert filter_in_address(page) == {"since": "2026-12-12T00:30:00.000Z"}


def chosen(page: Page, part: str) -> None:
    page.get_by_role("button", name="Add filter").click()
    page.get_by_role("menuitem", name=part, exact=True).click()


def added(page: Page, part: str) -> Locator:
    """Begin a part of the filter, and return where it is filled in."""
    chosen(page, part)
    return page.get_by_role("dialog", name=part, exact=True)
