"""Incidents say what is missing, since when, and what was changed; they are snoozed, closed and muted."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.web.console.data import PEOPLE
from tests.web.console.notification_data import INCIDENTS


def test_what_is_missing_is_told_first_and_counted_in_the_menu(console, open_page):
    told = console.backend.notifications
    page = open_page("incidents")
    link = page.get_by_role("navigation").get_by_role("link", name=re.compile("Incidents"))
    expect(link.get_by_label("1 open incident")).to_have_text("1")
    cards = page.get_by_role("region", name="Missing now").get_by_role("listitem")
    expect(cards.first).to_contain_text("About 60 displays expected, 0 came")
    expect(cards.first).to_contain_text("It was decided for visitors, but no screen said that it was shown.")
    expect(cards.nth(1)).to_contain_text("quiet until")
    expect(page.get_by_role("region", name="Over")).to_contain_text("はじめての方へ")

    cards.first.get_by_role("button", name="Snooze: あと少しで送料無料").click()
    page.get_by_role("menuitem", name="4 hours").click()
    expect(cards.first).to_contain_text("Snoozed")
    expect(link.get_by_label("1 open incident")).to_have_count(0)
    [(what, incident, until)] = told.done
    assert (what, incident) == ("snooze", INCIDENTS[0]["id"])
    after = datetime.fromisoformat(until) - datetime.now(UTC)
    assert timedelta(hours=3, minutes=55) < after <= timedelta(hours=4)
    cards.nth(1).get_by_role("button", name="Seen to: 1万円以上の購入").click()
    expect(cards.nth(1).get_by_role("button", name="Snooze")).to_have_count(0)
    assert told.done[-1] == ("close", INCIDENTS[1]["id"])

    told.incidents.clear()
    told.rules["orders"]["definition"] = told.rules["orders"]["definition"] | {"absence": False}
    page.reload()
    calm = page.get_by_role("region", name="Nothing is missing")
    expect(calm).to_contain_text("rules 1")
    expect(calm.get_by_role("link", name="1万円以上の購入")).to_have_attribute("href", "/sites/shop/rules/orders")


def test_one_incident_shows_the_day_the_last_display_and_what_changed_and_is_muted(console, open_page):
    page = open_page(f"incidents/{INCIDENTS[0]['id']}")

    expect(page.get_by_role("heading", name="“あと少しで送料無料” is not shown")).to_be_visible()
    expect(page.get_by_role("img", name="Expected and seen by half hours")).to_be_visible()
    page.get_by_text("Show as a table").click()
    rows = page.get_by_role("region", name="The last 24 hours").locator("tbody tr")
    expect(rows).to_have_count(48)
    expect(rows.last.get_by_role("cell").last).to_have_text("0")
    last = page.get_by_role("region", name="Last display")
    expect(last.get_by_role("link", name="Watch the replay")).to_have_attribute(
        "href", "/sites/shop/replays/s-2f9a?t=44500"
    )
    expect(page.get_by_role("region", name="Changed since").get_by_role("link").first).to_have_attribute(
        "href", "/sites/shop/campaigns/free-shipping?tab=versions"
    )
    page.get_by_role("button", name="Do not watch this campaign").click()
    page.get_by_role("dialog").get_by_role("button", name="Do not watch this campaign").click()

    expect(page.get_by_text("The incident ends at the next check")).to_be_visible()
    [(campaign, version, definition)] = console.backend.written
    assert (campaign, definition["absence"]) == ("free-shipping", False)
    assert version is not None
    last.get_by_role("link", name="See the story").click()
    expect(page.get_by_role("heading", name=PEOPLE[0]["name"])).to_be_visible()


def test_until_a_moment_by_the_sites_clocks(console, open_page):
    page = open_page("incidents")
    page.get_by_role("button", name="Snooze: あと少しで送料無料").click()
    page.get_by_role("menuitem", name="Until…").click()
    field = page.get_by_label("Date and time")
    field.fill("2020-01-01T09:00")
    expect(page.get_by_text("Choose a moment within the next 30 days.")).to_be_visible()
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%d")
    field.fill(f"{tomorrow}T09:00")
    page.get_by_role("dialog").get_by_role("button", name="Snooze").click()

    expect(page.get_by_text("Snoozed").first).to_be_visible()
    # Nine in Tokyo.
    assert console.backend.notifications.done[0][2] == f"{tomorrow}T00:00:00.000Z"
