"""A campaign from the gallery to its results: chosen, changed, published, seen in the shop, clicked, and what came of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ask, eventually
from tests.e2e.test_campaigns import answered, device, view
from tests.e2e.test_main_path import picture, sign_in

pytestmark = pytest.mark.e2e
COUPON = "/api/sites/shop/campaigns/first-order-coupon"


def step(console: Page, name: str) -> None:
    console.get_by_role("navigation", name="手順").get_by_role("link", name=name).click()


def test_a_coupon_from_the_gallery_to_the_people_who_used_it(platform, visitor, operator):
    console = operator.new_page()
    console.goto(f"{platform['console_url']}/sites/shop/campaigns/~new")
    sign_in(console, platform)
    expect(console.get_by_text(re.compile(r"^\d+件のテンプレート"))).to_be_visible()
    expect(console.get_by_text("はじめの一歩チェックリスト")).to_be_visible()
    picture(console, "gallery")

    # A template, changed: sooner, and for everybody, so that this visitor is not in the control group.
    console.get_by_role("article", name="はじめてのお買い物クーポン").get_by_role("link", name="使う").click()
    preview = console.get_by_role("complementary", name="プレビュー")
    expect(preview.get_by_text("はじめてのお買い物が10%OFF")).to_be_visible()
    console.get_by_role("textbox", name="ID", exact=True).fill("first-order-coupon")
    picture(console, "editor")
    step(console, "トリガーと対象")
    console.get_by_label("秒数", exact=True).fill("1")
    step(console, "ゴールと比較群")
    console.get_by_role("slider").press("Home")
    step(console, "確認")
    console.get_by_role("button", name="保存して公開").click()
    expect(console.get_by_role("heading", name="はじめてのお買い物クーポン")).to_be_visible()

    # The third look at a product, and a second later: the message, whose button is followed by an order.
    shop = visitor.new_page()
    for _ in range(3):
        view(shop, platform)
    message = shop.get_by_role("dialog")
    expect(message.get_by_text(re.compile("WELCOME10|WELCOMESHIP"))).to_be_visible()
    with shop.expect_navigation():
        message.get_by_role("link", name="お買い物を続ける").click()
    answered(shop, "Order Completed", lambda: shop.evaluate("window.kizuki.track('Order Completed', {total: 4000})"))

    # What came of it: in numbers, and as a person with the moment to watch.
    eventually(lambda: ask(platform, f"{COUPON}/results")["groups"]["clicked_goal"])
    [person] = ask(platform, f"{COUPON}/people?group=clicked_goal")["items"]
    assert person["person"] == f"a:{device(shop)}"
    assert person["replay"]["offset"] >= 0
    # The recorder sends what it has every few seconds.
    eventually(lambda: ask(platform, f"/api/sites/shop/people/{person['person']}/replays")["items"])
    console.goto(f"{platform['console_url']}/sites/shop/campaigns/first-order-coupon")
    expect(console.get_by_text("クリックしてゴール")).to_be_visible()
    picture(console, "results")
    watch = console.locator(f"a[href*='/replays/{person['replay']['id']}']").first
    expect(watch).to_be_visible()
    watch.click()
    expect(console).to_have_url(re.compile(rf"/replays/{person['replay']['id']}\?t=\d+$"))
    expect(console.frame_locator("iframe").get_by_text("リネンシャツ").first).to_be_visible(timeout=15_000)
