"""A segment built in the console, true of the past at once; who enters it, and why somebody did not before."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ask, eventually
from tests.e2e.test_main_path import picture, sign_in

pytestmark = pytest.mark.e2e
PRODUCT = "product.html?id=linen-shirt"


def view(shop: Page, demo_url: str) -> None:
    """Look at a product, and wait until that was accepted."""
    with shop.expect_response(
        lambda answer: "/v1/batch" in answer.url and "Product Viewed" in (answer.request.post_data or "")
    ):
        shop.goto(f"{demo_url}/{PRODUCT}")


def test_a_segment_is_built_entered_and_explained(platform, visitor, operator):
    shop, demo = visitor.new_page(), platform["demo_url"]
    view(shop, demo)
    device = shop.evaluate("localStorage.getItem('kizuki.anonymous_id')")

    # Built by rows; the sentence beside it, and how many people that is already.
    console = operator.new_page()
    console.goto(f"{platform['console_url']}/sites/shop/segments/~new")
    sign_in(console, platform)
    console.get_by_role("textbox", name="名前").fill("商品をよく見る人")
    console.get_by_role("textbox", name="ID").fill("browsers")
    row = console.get_by_role("group", name="条件1", exact=True)
    row.get_by_role("combobox", name="統計").select_option("count")
    row.get_by_role("combobox", name="イベント").fill("Product Viewed")
    console.keyboard.press("Enter")
    row.get_by_label("期間").select_option("visit")
    row.get_by_label("値", exact=True).fill("3")
    expect(console.get_by_role("region", name="対象")).to_contain_text("「Product Viewed」")
    expect(console.get_by_role("region", name="該当者数")).to_contain_text(re.compile(r"\d+ ?人"))
    picture(console, "segment")
    console.get_by_role("button", name="保存して公開").click()
    expect(console.get_by_role("heading", name="商品をよく見る人")).to_be_visible()

    # What was seen before it was published counts: the third view enters.
    view(shop, demo)
    view(shop, demo)
    person = f"/api/sites/shop/people/a:{device}"
    eventually(lambda: ask(platform, person)["segments"], lambda found: "browsers" in [each["id"] for each in found])
    counters = ask(platform, "/api/sites/shop/segments/browsers")["counters"]
    assert counters == {"members": 1, "entered": 1, "left": 0}

    # The story tells it, and why the second view did not enter.
    console.goto(f"{platform['console_url']}/sites/shop/people/a:{device}")
    expect(console.get_by_role("link", name="商品をよく見る人").first).to_be_visible()
    story = ask(platform, f"{person}/timeline")["items"]
    second = [event["message_id"] for event in story if event["event"] == "Product Viewed"][1]
    console.goto(f"{platform['console_url']}/sites/shop/people/a:{device}?explain={second}")
    panel = console.get_by_role("dialog")
    refused = panel.get_by_role("button").filter(has_text="商品をよく見る人")
    expect(refused).to_contain_text(re.compile("「Product Viewed」の回数は 3 回以上ではない.実際は 2 回"))
    refused.click()
    expect(panel.get_by_text("この訪問で「Product Viewed」が 3 回以上")).to_be_visible()
    expect(panel.get_by_text("見た値")).to_be_visible()
    picture(console, "explanation")
