"""The four groups of a campaign are watched side by side, and what differs is told with its figures."""

import json
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.web.console import data
from tests.web.console.live_backend import typical
from tests.web.console.recording import Recording


def test_the_groups_begin_at_the_display_and_play_together(open_page):
    page = open_page("campaigns/free-shipping?tab=results")
    page.get_by_role("link", name="Compare the groups").click()
    groups = page.get_by_role("region", name="How each group went on")
    first = groups.get_by_role("region", name="Clicked, then goal")
    clocks = groups.frame_locator("iframe").locator("#clock")

    for group in ("Clicked, then goal", "Clicked, no goal", "Shown, no reaction"):
        column = groups.get_by_role("region", name=group)
        expect(column.frame_locator("iframe").locator("#clock")).to_have_text("second 42")
        expect(column.get_by_test_id("since")).to_have_text("+0:00 since the display")
    expect(groups.get_by_role("region", name="Closed")).to_contain_text("No recording of this group yet")
    expect(first).to_contain_text("128 people")

    groups.get_by_role("button", name="Play all").click()
    for group in ("Clicked, then goal", "Clicked, no goal", "Shown, no reaction"):
        expect(groups.get_by_role("region", name=group).get_by_test_id("since")).to_have_text("+0:02 since the display")
    groups.get_by_role("button", name="Pause all").click()
    groups.get_by_role("button", name="Back to the display").click()
    for group in ("Clicked, then goal", "Shown, no reaction"):
        expect(groups.get_by_role("region", name=group).get_by_test_id("since")).to_have_text("+0:00 since the display")

    first.get_by_text("2", exact=True).click()
    expect(first.get_by_role("link", name="佐藤 花子")).to_be_visible()
    expect(first.frame_locator("iframe").locator("#clock")).to_have_text("second 61")
    expect(first.get_by_role("link", name="Open this recording")).to_have_attribute(
        "href", f"/sites/shop/replays/{data.SESSION}?t=61000"
    )
    address = first.get_by_role("link", name="All their recordings").get_attribute("href")
    assert json.loads(parse_qs(urlsplit(address).query)["filter"][0]) == {
        "campaign": {"id": "free-shipping", "group": "clicked_goal"}
    }
    assert clocks is not None

    differs = page.get_by_role("region", name="What differs")
    expect(differs).to_contain_text("These are differences, not causes.")
    row = differs.get_by_role("listitem").first
    expect(row).to_contain_text("62% of those who clicked and reached the goal went to /products/* next")
    row.get_by_text("Figures and test").click()
    expect(row.get_by_role("row", name="Closed")).to_contain_text("14%180 people")
    expect(row).to_contain_text("Fisher's exact test, Cohen's h = 1.02; p = < 0.001")
    second = differs.get_by_role("listitem").nth(1)
    second.get_by_text("Figures and test").click()
    expect(second.get_by_role("row", name="Shown, no reaction")).to_contain_text("21s")


def test_a_recording_that_has_ended_begins_again_at_the_display(console, open_page):
    backend = console.backend
    backend.tabs["tab-b"] = Recording(backend.started_ms + 121_000, 1).chunks()
    live = backend.live
    [first, *others] = live.comparison["groups"]
    short = first | {"people": [typical(data.TARO, "山田 太郎", 119_000)]}
    live.comparison = live.comparison | {"groups": [short, *others]}
    page = open_page("campaigns/free-shipping?tab=compare")
    column = page.get_by_role("region", name="Clicked, then goal")
    clock, ended = column.frame_locator("iframe").locator("#clock"), column.get_by_text("The visit ends here")
    expect(clock).to_have_text("second 119")
    page.get_by_role("button", name="Play all").click()
    expect(ended).to_be_visible()

    page.get_by_role("button", name="Back to the display").click()
    expect(ended).to_have_count(0)
    expect(ended).to_be_visible()

    page.get_by_role("button", name="Pause all").click()
    page.get_by_role("button", name="Play all").click()
    expect(ended).to_have_count(0)
    expect(ended).to_be_visible()

    page.get_by_role("button", name="Pause all").click()
    page.get_by_role("button", name="Back to the display").click()
    expect(clock).to_have_text("second 119")


def test_before_anybody_was_recorded_it_says_what_will_be_there(console, open_page):
    comparison = console.backend.live.comparison
    console.backend.live.comparison = comparison | {
        "groups": [group | {"people": []} for group in comparison["groups"]],
        "differences": [],
    }
    page = open_page("campaigns/free-shipping?tab=compare")

    expect(page.get_by_text("Nothing to compare yet")).to_be_visible()
