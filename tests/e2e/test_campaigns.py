"""Campaigns on the whole platform: right to the yen, strict on every device, at the right moment, and heard again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import ask, eventually, live, messages
from tests.e2e.test_main_path import sign_in

pytestmark = pytest.mark.e2e
ASKED = {
    "title": "ご感想",
    "questions": [{"id": "nps", "kind": "nps", "label": "おすすめしますか", "trait": "nps"}],
}
BAR = {"type": "bar", "content": {"ja": {"title": "こんにちは"}, "en": {"title": "Hello"}}}
VIEWED = {"type": "event", "name": "Product Viewed"}


def campaign(id: str, action: dict[str, Any] = BAR, **fields: Any) -> dict[str, Any]:
    return {"id": id, "name": id, "trigger": VIEWED, "variants": [{"id": "a", "action": action}]} | fields


def view(page: Page, platform: Any) -> list[str]:
    """Look at a product; return the campaigns that the answer shows."""
    return answered(page, "Product Viewed", lambda: page.goto(f"{platform['demo_url']}/product.html?id=linen-shirt"))


def answered(page: Page, event: str, act: Any) -> list[str]:
    with page.expect_response(
        lambda answer: "/v1/batch" in answer.url and f'"{event}"' in (answer.request.post_data or "")
    ) as found:
        act()
    return [action["campaign"] for action in found.value.json()["actions"]]


def device(page: Page) -> str:
    return str(page.evaluate("localStorage.getItem('kizuki.anonymous_id')"))


def become(context: BrowserContext, platform: Any, user: str) -> Page:
    """Sign in on a device."""
    page = context.new_page()
    page.goto(f"{platform['demo_url']}/index.html")
    answered(page, "identify", lambda: page.evaluate("user => window.kizuki.identify(user, {plan: 'pro'})", user))
    return page


@pytest.mark.parametrize(
    ("locale", "prices", "text"),
    [
        ("ja-JP", ["4000"], "あと1,000円で送料無料です!"),
        ("ja-JP", ["4000", "999"], "あと1円で送料無料です!"),
        ("en-US", ["4000"], "¥1,000 more for free shipping!"),
        ("en-US", ["4000", "999"], "¥1 more for free shipping!"),
    ],
)
def test_the_message_is_computed_from_the_cart(platform, browser, locale, prices, text):
    context = browser.new_context(locale=locale)
    shop = context.new_page()
    shop.goto(f"{platform['demo_url']}/index.html")

    for price in prices:
        shop.locator(f"[data-add-to-cart][data-price='{price}']").click()

    expect(shop.get_by_text(text)).to_be_visible()
    context.close()


@pytest.mark.parametrize("locale", ["ja-JP", "en-US"])
def test_a_cart_that_has_reached_it_takes_the_message_away(platform, browser, locale):
    context = browser.new_context(locale=locale)
    shop = context.new_page()
    shop.goto(f"{platform['demo_url']}/index.html")
    shop.locator("[data-add-to-cart][data-price='4000']").click()
    expect(shop.get_by_text(re.compile("送料無料です|free shipping!"))).to_be_visible()

    shop.locator("[data-add-to-cart][data-price='1000']").click()

    expect(shop.get_by_text(re.compile("送料無料です|free shipping!"))).to_have_count(0)
    context.close()


def test_an_unknown_cart_is_a_reason_and_never_a_wrong_number(platform, visitor, operator):
    content = {locale: {"title": "{{ 5000 - cart.total | yen }}"} for locale in ("ja", "en")}
    opened = campaign("unknown-cart", {"type": "bar", "content": content}, trigger={"type": "event", "name": "page"})
    with live(platform, opened) as path:
        shop = visitor.new_page()

        # A page view says nothing of a cart, and this visitor has none yet.
        shown = answered(shop, "page", lambda: shop.goto(f"{platform['demo_url']}/signin.html"))

        assert shown == []
        eventually(lambda: ask(platform, path)["steps"].get("content"))
        story = ask(platform, f"/api/sites/shop/people/a:{device(shop)}/timeline")["items"]
        [decision] = [each for event in story for each in event["decisions"]]
        assert (decision["campaign"], decision["outcome"], decision["step"]) == (
            "unknown-cart",
            "suppressed",
            "content",
        )
        eventually(lambda: ask(platform, path)["steps"].get("content"))
        console = operator.new_page()
        console.goto(f"{platform['console_url']}/sites/shop/people/a:{device(shop)}")
        sign_in(console, platform)
        expect(console.get_by_text("unknown-cart").first).to_be_visible()


def test_a_cap_holds_in_two_tabs_after_a_reload_and_on_a_second_device(platform, browser: Browser):
    once = campaign("once", caps={"per_visit": None, "ever": 1})
    with live(platform, once):
        phone, laptop = browser.new_context(), browser.new_context()
        first = become(phone, platform, "member-caps")
        tab = phone.new_page()

        assert view(first, platform) == ["once"]
        expect(first.get_by_text("Hello")).to_be_visible()
        assert view(tab, platform) == []
        assert view(first, platform) == []

        # Another device, and the first one with its storage cleared: once they are known, it is the same person.
        assert view(become(laptop, platform, "member-caps"), platform) == []
        first.evaluate("localStorage.clear()")
        first.close()
        assert view(become(phone, platform, "member-caps"), platform) == []
        phone.close()
        laptop.close()


def test_what_waits_for_a_moment_comes_with_it(platform, visitor):
    with live(platform, campaign("scrolled", moment={"type": "scroll", "percent": 60}, trigger={"type": "event", "name": "page"})):  # fmt: skip
        shop = visitor.new_page()
        shop.set_viewport_size({"width": 600, "height": 300})
        shop.goto(f"{platform['demo_url']}/index.html")
        expect(shop.locator("[data-add-to-cart]").first).to_be_visible()
        expect(shop.get_by_text("こんにちは")).to_have_count(0)

        shown = answered(shop, "Moment Reached", lambda: shop.mouse.wheel(0, 20_000))

        assert shown == ["scrolled"]
        expect(shop.get_by_text("こんにちは")).to_be_visible()


def test_an_answer_to_a_survey_makes_a_segment(platform, visitor):
    survey = {"type": "survey", "content": {"ja": ASKED}}
    fans = {"type": "trait", "path": "nps", "op": "gte", "value": 9}
    ask(platform, "/api/sites/shop/segments/fans", "PUT", {"id": "fans", "name": "推奨者", "condition": fans})
    ask(platform, "/api/sites/shop/segments/fans/publish", "POST")
    with live(platform, campaign("survey", survey)):
        shop = visitor.new_page()
        view(shop, platform)
        shop.get_by_role("radio", name="9", exact=True).check()
        shop.get_by_role("button", name=re.compile("送信|次へ")).click()

        person = f"/api/sites/shop/people/a:{device(shop)}"
        found = eventually(lambda: ask(platform, person), lambda known: known["segments"])
        assert [each["id"] for each in found["segments"]] == ["fans"]
        story = ask(platform, f"{person}/timeline")["items"]
        [said] = [event["properties"] for event in story if event["event"] == "Survey Answered"]
        assert (said["campaign_id"], said["answers"]) == ("survey", {"nps": 9})


def test_a_draft_is_previewed_on_the_shop_itself_and_nothing_of_it_counts(platform, visitor):
    draft = {"definition": campaign("draft-only", {"type": "popup", "content": {"ja": {"title": "下書き {{ cart.total | yen }}"}}})}  # fmt: skip
    wanted = draft | {"sample": {"cart": {"total": 1234}}, "url": f"{platform['demo_url']}/index.html"}
    link = ask(platform, "/api/sites/shop/campaigns/~preview", "POST", wanted)["url"]
    shop = visitor.new_page()
    sent: list[str] = []
    shop.on("request", lambda request: sent.append(request.post_data or "") if "/v1/batch" in request.url else None)

    shop.goto(link)

    expect(shop.get_by_text("下書き 1,234円")).to_be_visible()
    expect(shop.get_by_text("プレビュー")).to_be_visible()
    shop.keyboard.press("Escape")
    expect(shop.get_by_text("下書き 1,234円")).to_have_count(0)
    assert [name for body in sent for name in re.findall(r'"event":"(Campaign[^"]*)"', body)] == []


def test_what_a_visitor_calls_themselves_runs_neither_in_the_shop_nor_in_the_console(platform, visitor, operator):
    evil = "<img src=x onerror='window.xss=1'><script>window.xss=1</script><b>太郎</b>"
    body = "<p>{{ traits.name }}</p>{{ traits.name | safe }}"
    message = {"title": "{{ traits.name }}", "body": body, "button": {"label": "{{ traits.name }}", "url": "/"}}
    shop = visitor.new_page()
    shop.goto(f"{platform['demo_url']}/index.html")
    answered(shop, "identify", lambda: shop.evaluate("name => window.kizuki.identify({name})", evil))
    with live(platform, campaign("canary", {"type": "popup", "content": {"ja": message}})) as path:
        view(shop, platform)

        dialog = shop.get_by_role("dialog")
        expect(dialog.get_by_role("heading")).to_have_text(evil)
        expect(dialog.locator("b", has_text="太郎")).to_have_count(1)
        expect(dialog.locator("img, script")).to_have_count(0)
        assert shop.evaluate("window.xss") is None
        person = f"a:{device(shop)}"
        eventually(lambda: ask(platform, f"{path}/people?group=shown")["items"])
        console = operator.new_page()
        console.goto(f"{platform['console_url']}/sites/shop/campaigns/canary")
        sign_in(console, platform)
        expect(console.get_by_role("heading", name="canary")).to_be_visible()
        for page in ("campaigns/canary?group=shown", f"people/{person}", "campaigns/canary/edit"):
            console.goto(f"{platform['console_url']}/sites/shop/{page}")
            expect(console.get_by_text("canary").or_(console.get_by_text("太郎")).first).to_be_visible()
            assert console.evaluate("window.xss") is None


def test_off_the_page_the_team_is_told_in_the_campaigns_words(platform, visitor):
    notify = {
        "type": "notify",
        "destination": "cs-slack",
        "content": {"ja": {"text": "{{ properties.name }}をご検討中です"}},
    }
    with live(platform, campaign("told", notify)):
        shop = visitor.new_page()

        assert view(shop, platform) == []

        eventually(
            lambda: [message for message in messages(platform) if "リネンシャツをご検討中です" in message["body"]]
        )
