"""A condition is built row by row, with the keyboard, as a form or as JSON."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.web.console import rules
from tests.web.console.server import ConsoleServer


def condition(page: Page, label: str = "Condition 1") -> Locator:
    return page.get_by_role("group", name=label, exact=True)


def written(console: ConsoleServer, segment: str) -> Any:
    return console.backend.segments[segment]["condition"]


def test_a_segment_is_built_with_the_keyboard_alone_and_published(console, open_page):
    page = open_page("segments/~new")
    page.get_by_role("textbox", name="Name").focus()
    keys = page.keyboard
    keys.type("Good customers")
    keys.press("Tab")
    keys.press("ControlOrMeta+a")
    keys.type("good-customers")
    page.get_by_role("combobox", name="Statistic").focus()
    keys.type("Sum")
    keys.press("Tab")
    keys.type("revenue")
    keys.press("Tab")
    keys.type("Order Completed")
    keys.press("Enter")
    keys.press("Escape")
    keys.press("Tab")
    keys.type("in the last")
    keys.press("Tab")
    keys.press("ControlOrMeta+a")
    keys.type("28")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("ControlOrMeta+a")
    keys.type("10000")

    reading = page.get_by_role("region", name="Who is in it")
    expect(reading).to_contain_text("The sum of revenue of “Order Completed” in the last 28 days is at least 10,000")
    count = page.get_by_role("region", name="How many people")
    expect(count).to_contain_text("1,284 of 20,412 people")
    expect(count).to_contain_text("Complete up to")
    expect(count.get_by_role("link", name="山田 太郎")).to_have_attribute("href", "/sites/shop/people/u%3A42")
    page.get_by_role("button", name="Save and publish").focus()
    keys.press("Enter")

    expect(page).to_have_url(f"{console.url}/sites/shop/segments/good-customers")
    expect(page.get_by_role("heading", name="Good customers")).to_be_visible()
    expect(page.get_by_role("article").get_by_text("Live", exact=True)).to_be_visible()
    assert written(console, "good-customers") == {
        "type": "statistic",
        "of": "sum",
        "event": "Order Completed",
        "path": "revenue",
        "window": {"days": 28},
        "op": "gte",
        "value": 10000,
    }


def test_rows_and_groups_are_added_and_removed(console, open_page):
    page = open_page("segments/members?tab=edit")
    page.get_by_role("button", name="Add a condition").click()
    added = condition(page, "Condition 2")
    expect(added.get_by_label("What it speaks of")).to_be_focused()
    added.get_by_label("What it speaks of").select_option("segment")
    added.get_by_label("Segment", exact=True).select_option("big-cart")
    added.get_by_label("Membership").select_option("out")
    page.get_by_role("button", name="Add a group").click()
    group = condition(page, "Condition 3")
    group.get_by_label("How its conditions combine").select_option("none")
    inner = condition(page, "Condition 3.1")
    inner.get_by_label("What it speaks of").select_option("visits")
    page.get_by_role("button", name="Duplicate Condition 3.1").click()
    copy = condition(page, "Condition 3.2")
    copy.get_by_label("Value").fill("9")
    page.get_by_role("button", name="Remove Condition 1").click()
    page.get_by_role("button", name="Save (live within seconds)").click()

    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert written(console, "members") == {
        "type": "all",
        "of": [
            {"type": "segment", "member": False, "id": "big-cart"},
            {
                "type": "not",
                "of": {
                    "type": "any",
                    "of": [{"type": "visits", "op": "gte", "value": 2}, {"type": "visits", "op": "gte", "value": 9}],
                },
            },
        ],
    }


def test_numbers_texts_and_durations_are_told_apart(console, open_page):
    page = open_page("segments/members?tab=edit")
    row = condition(page)
    row.get_by_label("Comparison").select_option("eq")
    row.get_by_label("Kind of value").select_option("number")
    row.get_by_label("Value", exact=True).fill("12")
    page.get_by_role("button", name="Add a condition").click()
    since = condition(page, "Condition 2")
    since.get_by_label("Statistic").select_option("since_last")
    since.get_by_label("Value").fill("1.5")
    since.get_by_label("Unit").select_option("hours")
    page.get_by_role("button", name="Save (live within seconds)").click()

    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    plan, last = written(console, "members")["of"]
    assert plan["value"] == 12
    assert last == {"type": "statistic", "of": "since_last", "window": "all", "op": "gte", "value": 5400}


def test_a_sequence_is_built_and_read_back(console, open_page):
    page = open_page("segments/~new")
    row = condition(page)
    row.get_by_label("What it speaks of").select_option("sequence")
    row.get_by_role("combobox", name="First event").fill("Product Added")
    page.keyboard.press("Enter")
    row.get_by_role("combobox", name="Event after it").fill("Order Completed")
    page.keyboard.press("Enter")
    row.get_by_label("Whether it followed").select_option("absent")
    row.get_by_label("Unit").select_option("days")
    row.get_by_role("button", name="Only where…").first.click()
    where = row.get_by_role("group", name="Only where, 1")
    where.get_by_label("Field").fill("price")
    where.get_by_label("Comparison").select_option("gte")
    where.get_by_label("Value").fill("3000")

    expect(page.get_by_role("region", name="Who is in it")).to_contain_text(
        "1 day passed after “Product Added” (where price is at least 3,000) without “Order Completed”"
    )


def test_a_mistake_is_said_at_its_row_and_keeps_the_segment_from_being_published(console, open_page):
    page = open_page("segments/~new")
    page.get_by_role("textbox", name="Name").fill("Unfinished")
    page.get_by_role("button", name="Add a condition").click()
    row = condition(page, "Condition 2")
    row.get_by_label("What it speaks of").select_option("trait")

    expect(row).to_have_accessible_description("Choose a field.")
    expect(row.get_by_label("Field")).to_have_attribute("aria-invalid", "true")
    expect(condition(page)).to_have_accessible_description("")
    expect(page.get_by_role("button", name="Save and publish")).to_be_disabled()
    row.get_by_label("Field").fill("plan")
    expect(row).to_have_accessible_description("Enter a value.")
    row.get_by_label("Value", exact=True).fill("gold")
    expect(row).to_have_accessible_description("")
    expect(page.get_by_role("button", name="Save and publish")).to_be_enabled()


def test_numbers_out_of_range_and_times_that_leave_nothing_are_said_in_the_operators_words(open_page):
    page = open_page("segments/~new")
    row = condition(page)
    row.get_by_label("Period").select_option("days")
    row.get_by_label("Days", exact=True).fill("400")
    expect(row).to_have_accessible_description("The number is out of range.")
    row.get_by_label("What it speaks of").select_option("time")
    row.get_by_label("From", exact=True).fill("09:00")
    row.get_by_label("Until", exact=True).fill("09:00")

    expect(row).to_have_accessible_description("The two times are the same.")


def test_json_and_form_show_the_same_both_ways(console, open_page):
    page = open_page("segments/big-cart?tab=edit")
    page.get_by_text("JSON", exact=True).click()
    editor = page.get_by_label("Condition (JSON)")
    assert json.loads(editor.input_value()) == rules.BIG_CART

    editor.fill("{")
    expect(page.get_by_text("This is not valid JSON")).to_be_visible()
    expect(page.get_by_role("button", name="Save (live within seconds)")).to_be_disabled()
    weather = {"type": "weather", "is": "rain"}
    editor.fill(json.dumps({"type": "any", "of": [{"type": "visits", "op": "eq", "value": 3}, weather]}))
    expect(page.get_by_label("Mistakes").get_by_role("listitem")).to_contain_text("condition.of[1].type")
    page.get_by_text("Form", exact=True).click()

    expect(condition(page, "Condition 1.1").get_by_label("Value")).to_have_value("3")
    expect(condition(page, "Condition 1.2")).to_contain_text("The form has no fields for this")
    expect(condition(page, "Condition 1.2").get_by_label("JSON")).to_have_value(json.dumps(weather, indent=2))


def test_events_and_fields_are_suggested_and_found_by_what_they_are_called(open_page, page):
    page.add_init_script("localStorage['kizuki.language'] = 'ja'")
    open_page("segments/~new")
    row = condition(page, "条件1")
    row.get_by_role("combobox", name="イベント").fill("購入完了")
    page.get_by_role("option", name="Order Completed").click()
    row.get_by_label("統計").select_option("sum")
    row.get_by_role("combobox", name="項目").focus()
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(
        ["currency", "order_id", "products[].sku", "revenue"]
    )
    page.get_by_role("option", name="revenue").click()
    page.get_by_role("button", name="条件を追加").click()
    second = condition(page, "条件2")
    second.get_by_label("何についての条件か").select_option("context")
    second.get_by_role("combobox", name="項目").fill("参照元")
    page.get_by_role("option", name="page.referrer").click()
    second.get_by_label("値", exact=True).fill("news.example")

    expect(page.get_by_role("region", name="対象")).to_contain_text(
        "「Order Completed」の revenue の合計が 1 以上、かつ参照元のURLが「news.example」"
    )
