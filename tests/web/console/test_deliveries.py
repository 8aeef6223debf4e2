"""The delivery log says how each notification fared and why, is narrowed, and sends again what was given up."""

import re

from playwright.sync_api import expect

from tests.web.console.notification_data import delivery


def test_each_delivery_says_how_it_fared_with_every_attempt_and_what_to_do(console, open_page):
    page = open_page("deliveries")
    rows = page.locator("tbody tr")

    expect(rows.nth(0)).to_contain_text("Delivered3 in one messageHTTP 200 · 182 ms")
    expect(rows.nth(1)).to_contain_text("Retrying")
    expect(rows.nth(1)).to_contain_text("The receiver has a fault of its own.")
    expect(rows.nth(1)).to_contain_text("Next attempt in")
    expect(rows.nth(2)).to_contain_text("Failed")
    expect(rows.nth(2).get_by_role("link", name=re.compile("Visitor"))).to_have_attribute(
        "href", re.compile("/sites/shop/people/a%3A5f0c")
    )
    expect(rows.nth(3)).to_contain_text("Not sentThe rule had told of the same too lately.")
    expect(rows.nth(5)).to_contain_text("Alert of Kizuki")
    rows.nth(1).get_by_role("button", name="Details").click()
    details = rows.nth(2)
    expect(details).to_contain_text("It is tried again by itself. If it goes on, ask those who run it.")
    expect(details.locator("li")).to_have_count(2)
    expect(details.locator("li").first).to_contain_text("10,000 msThe receiver did not answer in time.")
    expect(details.get_by_role("button", name="Send again")).to_have_count(0)

    # What is under way is looked at again by itself.
    console.backend.notifications.deliveries[1] = delivery("d-2", "delivered", attempts=3)
    expect(rows.nth(1)).to_contain_text("Delivered", timeout=8_000)


def test_the_log_is_narrowed_and_what_was_given_up_is_sent_again(console, open_page):
    page = open_page("deliveries?rule=errors")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    rows.first.get_by_role("button", name="Details").click()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("It is on its way again.")).to_be_visible()
    expect(rows.first).to_contain_text("Waiting")
    assert console.backend.notifications.done == [("redrive", "key-d-3")]

    page.get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(7)
    page.get_by_label("Outcome").select_option("delivered")
    expect(rows).to_have_count(3)
    rows.first.get_by_role("button", name="Details").click()
    page.get_by_role("link", name="Sent with others as one message of 3").click()
    expect(page).to_have_url(re.compile("message=msg_many"))
    # Two of that message, one of them with its details.
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="3 in one message")).to_have_count(2)
    page.get_by_label("Outcome").select_option("failed")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
