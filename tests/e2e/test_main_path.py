"""The story Kizuki is made for: the right message at the right moment, Slack told, and the link plays that second."""

import gzip
import json
import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, counters, eventually, messages

pytestmark = pytest.mark.e2e

# `SCREENSHOTS=docs/images make test` renews the pictures of the README.
PICTURES = ROOT / os.environ.get("SCREENSHOTS", ".local/screenshots")


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def sign_in(page: Page, platform: dict) -> None:
    page.get_by_label(re.compile("メール|Email", re.IGNORECASE)).fill(platform["admin_email"])
    page.locator("input[type=password]").fill(platform["admin_password"])
    page.keyboard.press("Enter")


def switch(console: Page, press: str, then: str) -> None:
    """Press a campaign's button, confirm, and wait for the other one."""
    console.get_by_role("button", name=re.compile(f"^{press}:")).click()
    console.get_by_role("dialog").get_by_role("button", name=press, exact=True).click()
    expect(console.get_by_role("button", name=re.compile(f"^{then}:"))).to_be_visible()


def links(message: dict) -> dict[str, str]:
    """The buttons of a Slack message, by where they lead."""
    blocks = json.loads(message["body"])["blocks"]
    urls = [element["url"] for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return {"story" if "/people/" in url else "replay": url for url in urls}


def test_from_the_shop_to_slack_to_the_second_of_the_replay(platform, visitor, operator):
    shop = visitor.new_page()
    shop.goto(f"{platform['demo_url']}/index.html")
    before, counted = len(messages(platform)), counters(platform)

    # A shirt of 4,000 yen goes into the cart: the campaign answers that very event.
    shop.locator("[data-add-to-cart][data-price='4000']").click()

    expect(shop.get_by_text("あと1,000円で送料無料です!")).to_be_visible()
    picture(shop, "shop")

    # The CS team hears of it in Slack: who, what, where.
    [message] = eventually(lambda: messages(platform)[before:])
    said = json.dumps(json.loads(message["body"]), ensure_ascii=False)
    assert "カート追加" in said
    assert "リネンシャツ" in said
    assert "4,000" in said
    assert f"{platform['demo_url']}/index.html" in said
    inbox = operator.new_page()
    inbox.goto(platform["inbox_url"])
    expect(inbox.get_by_text("リネンシャツ").first).to_be_visible()
    picture(inbox, "slack")

    # The button opens the replay at that moment: what they see is what the visitor saw.
    console = operator.new_page()
    requested: list[str] = []
    console.on("request", lambda request: requested.append(request.url))
    console.goto(links(message)["replay"])
    sign_in(console, platform)
    replayed = console.frame_locator("iframe")
    expect(replayed.get_by_text("リネンシャツ").first).to_be_visible()
    expect(replayed.get_by_text("あと1,000円で送料無料です!")).to_be_visible(timeout=15_000)
    expect(console.get_by_text("カート追加")).to_be_visible()
    picture(console, "replay")
    assert not [url for url in requested if url.startswith(platform["demo_url"])]

    # The other opens the story, at the event.
    console.goto(links(message)["story"])
    expect(console.get_by_text("1回目の訪問")).to_be_visible()
    expect(console.get_by_text("リネンシャツ").first).to_be_visible()
    expect(console.get_by_text("送料無料まであと少し").first).to_be_visible()
    expect(console.get_by_text("行動の回数")).to_be_visible()
    picture(console, "story")

    # What the visitor did with the message is counted, and the delivery is in the log.
    shop.get_by_role("button", name="閉じる").click()
    eventually(lambda: counters(platform)["closed"] - counted["closed"])
    told = counters(platform)
    added = {name: told[name] - counted[name] for name in ("decided", "shown", "clicked")}
    assert added == {"decided": 1, "shown": 1, "clicked": 0}
    console.goto(f"{platform['console_url']}/sites/shop/deliveries")
    expect(console.get_by_role("cell", name=re.compile("送信済み.*HTTP 200")).first).to_be_visible()
    picture(console, "deliveries")


def test_pausing_the_campaign_in_the_console_stops_it_on_the_site(platform, visitor, operator):
    console = operator.new_page()
    console.goto(f"{platform['console_url']}/sites/shop/campaigns/free-shipping")
    sign_in(console, platform)
    switch(console, "停止", "公開")

    shop = visitor.new_page()
    shop.goto(f"{platform['demo_url']}/index.html")
    with shop.expect_response(
        lambda response: "/v1/batch" in response.url and "Product Added" in (response.request.post_data or "")
    ) as answered:
        shop.locator("[data-add-to-cart][data-price='4000']").click()
    assert answered.value.json()["actions"] == []

    switch(console, "公開", "停止")


def test_what_is_typed_never_leaves_the_page(platform, visitor):
    shop = visitor.new_page()
    sent: list[bytes] = []
    shop.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    with shop.expect_request(lambda request: request.headers.get("x-kizuki-seq") == "0"):
        shop.goto(f"{platform['demo_url']}/signin.html")

    with shop.expect_request(lambda request: request.headers.get("x-kizuki-seq") == "1"):
        shop.locator("input").first.press_sequentially("S3CRET-CANARY")

    bodies = [gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body for body in sent]
    assert any(b'"type":2' in body for body in bodies)
    assert not any(b"S3CRET-CANARY" in body for body in bodies)
