"""Notification rules are listed, written with a preview of what Slack will show, tried, published and deleted."""

import re

from playwright.sync_api import Page, expect


def part(page: Page, name: str):
    return page.get_by_role("region", name=name, exact=True)


def test_the_list_says_what_each_rule_tells_whom_and_what_is_wrong(console, open_page):
    page = open_page("rules")

    orders = page.get_by_role("row", name=re.compile("1万円以上の購入"))
    expect(orders).to_contain_text("The event is “Order Completed”, and the event's total is at least 10,000")
    expect(orders.get_by_role("link", name="営業支援システム")).to_have_attribute(
        "href", "/sites/shop/destinations/crm"
    )
    expect(orders.get_by_role("link", name="Delivered")).to_have_attribute("href", "/sites/shop/deliveries?rule=orders")
    expect(page.get_by_role("row", name=re.compile("エラー"))).to_contain_text(
        "Out of action: Its destinations are switched off, or do not exist."
    )
    expect(page.get_by_role("navigation").get_by_role("link", name="Notifications")).to_have_attribute(
        "aria-current", "page"
    )
    orders.get_by_role("button", name="Pause").click()
    page.get_by_role("dialog", name="Pause this rule?").get_by_role("button", name="Pause", exact=True).click()
    expect(orders).to_contain_text("Paused")
    assert console.backend.notifications.rules["orders"]["status"] == "paused"

    page.get_by_role("link", name="New rule").click()
    expect(page.get_by_role("heading", name="New rule")).to_be_visible()


def test_a_rule_is_begun_from_a_preset_previewed_tried_and_published(console, open_page):
    page = open_page("rules/~new")
    when = part(page, "When it tells")
    expect(when.get_by_text("Choose an event.")).to_have_count(0)
    when.get_by_role("button", name="Entered a segment").click()
    page.get_by_role("menuitem", name="カート金額が大きい").click()
    expect(when.get_by_role("textbox", name="Value")).to_have_value("big-cart")
    expect(part(page, "How it reads")).to_contain_text("“Segment Entered”")

    slack = page.get_by_role("figure", name="The message as Slack shows it")
    expect(slack).to_contain_text("Entered a segment: 山田 太郎")
    part(page, "Calling somebody in Slack").get_by_role("switch", name="Call somebody").check()
    expect(slack).to_contain_text("@here")
    part(page, "How often").get_by_label("How it is sent").select_option("minutes")
    part(page, "How often").get_by_label("Minutes between digests").fill("30")
    expect(slack).to_contain_text("3 in this digest")
    part(page, "In Slack").get_by_text("日本語").click()
    expect(slack).to_contain_text("まとめ3件")

    save = page.get_by_role("button", name="Save and publish")
    expect(save).to_be_disabled()
    page.get_by_role("textbox", name="Name").fill("Big carts")
    page.get_by_role("textbox", name="ID").fill("big-carts")
    page.get_by_role("checkbox", name=re.compile("#vip")).check()
    part(page, "Try it").get_by_role("button", name="Send a sample").click()
    expect(part(page, "Try it").get_by_role("status")).to_contain_text("Delivered: #vipHTTP 200 · 142 ms")
    console.backend.notifications.tested = {
        "status": "failed",
        "response_code": 200,
        "error": "slack: not_in_channel",
        "duration_ms": 90,
    }
    part(page, "Try it").get_by_role("button", name="Send a sample").click()
    expect(part(page, "Try it").get_by_role("status")).to_contain_text("invite the bot there (/invite)")
    part(page, "Working hours").get_by_role("switch", name="Tell in working hours only").check()
    part(page, "Working hours").get_by_role("checkbox", name="Fri").uncheck()
    save.click()

    expect(page.get_by_role("heading", name="Big carts")).to_be_visible()
    expect(page.get_by_role("button", name="Pause: Big carts")).to_be_visible()
    told = console.backend.notifications
    assert told.done == [("test", "cs-bot"), ("test", "cs-bot")]
    [(_, version, document)] = told.written
    assert version == "0"
    assert document == {
        "id": "big-carts",
        "name": "Big carts",
        "when": {
            "type": "all",
            "of": [
                {"type": "event", "name": "Segment Entered"},
                {"type": "property", "path": "segment_id", "op": "eq", "value": "big-cart"},
            ],
        },
        "destinations": ["cs-bot"],
        "quiet_seconds": 3600,
        "rule_quiet_seconds": 0,
        "group_by": None,
        "deliver": {"as": "digest", "every": "30m"},
        "hours": {"from": "09:00", "to": "18:00", "weekdays": [1, 2, 3, 4], "outside": "wait"},
        "mention": {"who": ["@here"], "when": None},
        "absence": True,
        "enabled": True,
    }


def test_a_rule_being_written_is_not_left_unasked_from_the_dialog_of_a_new_destination(open_page):
    page = open_page("rules")
    page.get_by_role("link", name="New rule").click()
    page.get_by_role("textbox", name="Name").fill("Big carts")
    part(page, "Whom it tells").get_by_role("button", name="Add a destination").click()
    dialog = page.get_by_role("dialog", name="New destination")
    dialog.get_by_role("textbox", name="Name").fill("#orders")

    page.go_back()
    leaving = page.get_by_role("dialog", name="Leave without saving?")
    leaving.get_by_role("button", name="Stay", exact=True).last.click()
    expect(leaving).to_have_count(0)
    expect(dialog.get_by_role("textbox", name="Name")).to_have_value("#orders")

    page.go_back()
    leaving.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("heading", name="Rules", level=1)).to_be_visible()


def test_a_rule_is_changed_with_a_destination_made_beside_it_and_others_work_is_not_overwritten(console, open_page):
    told = console.backend.notifications
    page = open_page("rules/orders")
    part(page, "Whom it tells").get_by_role("button", name="Add a destination").click()
    dialog = page.get_by_role("dialog", name="New destination")
    dialog.get_by_role("textbox", name="Name").fill("#orders")
    dialog.get_by_label("Webhook URL").fill("https://hooks.slack.com/services/T/B/secret")
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("checkbox", name=re.compile("#orders"))).to_be_checked()

    part(page, "When it tells").get_by_role("textbox", name="Value").first.fill("")
    expect(part(page, "When it tells")).to_contain_text("Enter a value.")
    part(page, "When it tells").get_by_role("textbox", name="Value").first.fill("20000")
    told.rules["orders"] = told.rules["orders"] | {"version": 9}
    page.get_by_role("button", name="Save (live within seconds)").click()
    conflict = page.get_by_role("alert").filter(has_text="Somebody else has changed this rule")
    conflict.get_by_role("button", name="Replace with mine").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    kind, version, document = told.written[-1]
    assert (kind, version, document["when"]["of"][1]["value"]) == ("rules", "9", 20_000)
    assert document["destinations"] == ["cs", "crm", told.written[0][2]["id"]]

    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Delete this rule").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete this rule").click()
    expect(page.get_by_role("heading", name="Rules", level=1)).to_be_visible()
    expect(page.get_by_text("1万円以上の購入")).to_have_count(0)
    assert told.done == [("delete", "rules", "orders")]
