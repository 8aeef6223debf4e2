"""The demo shop, driven as a visitor would: what it shows and what it tells the tag."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.site import Site


@pytest.fixture
def shop(built_sdk: None, built_demo: Path) -> Iterator[Site]:
    site = Site(built_demo)
    site.pages["/config.json"] = json.dumps(
        {"sdk_url": f"{site.url}/sdk/kizuki.js", "write_key": "wk_demo", "ingest_url": site.api_url}
    )
    yield site
    site.close()


def add(page: Page, product: str) -> None:
    page.click(f'[data-add-to-cart="{product}"]')


def settle(page: Page) -> None:
    """Stay until the tag has loaded: what is tracked before that lasts as long as the page."""
    page.wait_for_function("window.kizuki?.version")


def test_a_purchase_speaks_segments_e_commerce_events(shop, page):
    page.goto(shop.url)
    add(page, "linen-shirt")
    settle(page)
    page.click('a[href="./product.html?id=cotton-socks"]')
    add(page, "cotton-socks")
    settle(page)
    page.click(".cart-link")
    settle(page)
    page.get_by_role("link", name="Check out").click()
    settle(page)
    for name, value in {
        "name": "Taro",
        "email": "taro@example.com",
        "postal-code": "100-0001",
        "address": "Chiyoda 1-1",
        "card-number": "4242424242424242",
    }.items():
        page.fill(f'[name="{name}"]', value)
    page.get_by_role("button", name="Place order").click()

    order = shop.wait_for_event("Order Completed")["properties"]
    expect(page.get_by_role("heading", name="Thank you for your order")).to_be_visible()
    assert [event["event"] for event in shop.accepted() if event["type"] == "track"] == [
        "Product List Viewed",
        "Product Added",
        "Product Viewed",
        "Product Added",
        "Cart Viewed",
        "Checkout Started",
        "Order Completed",
    ]
    shirt = {
        "product_id": "linen-shirt",
        "name": "Linen shirt",
        "category": "clothing",
        "price": 4000,
        "quantity": 1,
        "currency": "JPY",
    }
    first, second = (event["properties"] for event in shop.accepted("Product Added"))
    assert first == shirt | {"cart": {"total": 4000, "items": 1}}
    assert second["cart"] == {"total": 4999, "items": 2}
    assert shop.accepted("Checkout Started")[0]["properties"]["products"][0] == shirt
    assert (order["total"], order["revenue"], order["shipping"], order["cart"]) == (
        5499,
        4999,
        500,
        {"total": 0, "items": 0},
    )


def test_reloading_the_last_page_is_no_second_order(shop, page):
    page.goto(shop.url)
    order = {"id": "H1", "shipping": 0, "lines": [["teapot", 1]], "counted": False}
    page.evaluate("order => sessionStorage.setItem('shop.order', JSON.stringify(order))", order)
    page.goto(f"{shop.url}/thanks.html")
    shop.wait_for_event("Order Completed")
    seen = len(shop.accepted("page"))
    page.reload()

    shop.wait_for_event("page", seen + 1)
    assert len(shop.accepted("Order Completed")) == 1


def test_changing_quantities_in_the_cart_adds_and_removes(shop, page):
    page.goto(shop.url)
    add(page, "linen-shirt")
    add(page, "drip-coffee")
    settle(page)
    page.click(".cart-link")
    expect(page.locator(".grand dd")).to_have_text("¥5,000")
    page.get_by_role("button", name="One more “Linen shirt”").click()
    expect(page.locator(".grand dd")).to_have_text("¥9,000")
    page.get_by_role("button", name="Remove “Linen shirt”").click()

    expect(page.locator(".grand dd")).to_have_text("¥1,500")
    removed = shop.wait_for_event("Product Removed")["properties"]
    assert (removed["product_id"], removed["quantity"], removed["cart"]) == (
        "linen-shirt",
        2,
        {"total": 1000, "items": 1},
    )


def test_signing_in_identifies_the_member_and_signing_out_forgets_them(shop, page):
    page.goto(f"{shop.url}/signin.html")
    settle(page)
    page.fill('[name="name"]', "山田 太郎")
    page.fill('[name="email"]', "Taro@example.com")
    page.get_by_role("button", name="Sign in").click()

    identified = shop.wait_for_event("identify")
    assert (identified["userId"], identified["traits"]) == (
        "taro@example.com",
        {"name": "山田 太郎", "email": "taro@example.com"},
    )
    page.wait_for_url("**/index.html")
    page.get_by_role("button", name="Sign out").click()
    add(page, "mug")
    assert shop.wait_for_event("Product Added")["userId"] is None


def test_the_language_switch_changes_every_text_and_the_events_locale(shop, page):
    page.goto(shop.url)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="日本語").click()

    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.get_by_role("heading", level=1)).to_have_text("毎日に、少しいいもの。")
    add(page, "linen-shirt")
    expect(page.get_by_role("status")).to_have_text("「リネンシャツ」をカートに入れました。")
    event = shop.wait_for_event("Product Added")
    assert (event["context"]["locale"], event["properties"]["name"]) == ("ja", "リネンシャツ")


def test_without_configuration_the_shop_says_so_and_still_sells(shop, page):
    del shop.pages["/config.json"]
    page.goto(shop.url)

    expect(page.get_by_role("alert")).to_contain_text("/config.json")
    add(page, "linen-shirt")
    expect(page.locator(".badge")).to_have_text("1")


def test_both_languages_have_the_same_messages():
    messages = Path(__file__).parents[2] / "web" / "demo" / "src" / "messages"
    ja, en = (json.loads((messages / f"{language}.json").read_text()) for language in ("ja", "en"))
    assert ja.keys() == en.keys()


@pytest.mark.parametrize("path", ["/", "/product.html?id=mug", "/cart.html", "/checkout.html", "/signin.html"])
def test_pages_fit_a_small_phone(shop, page, path):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(shop.url)
    add(page, "canvas-tote")
    page.goto(shop.url + path)
    page.wait_for_selector("main > *")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", ["index", "product", "cart", "checkout", "thanks", "signin"])
def test_axe_finds_no_fault(shop, page, violations, path, language):
    page.add_init_script(f"localStorage['shop.language'] = '{language}'")
    page.goto(shop.url)
    add(page, "teapot")
    page.goto(f"{shop.url}/{path}.html?id=mug")
    page.wait_for_selector("main > *")

    assert violations() == []
