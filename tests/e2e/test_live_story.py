"""From a click on a campaign to Slack, to that very second of a visit that is still going on, to the four groups."""

import json
import re
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import ask, eventually, live, messages
from tests.e2e.test_campaigns import VIEWED, answered, campaign, device, view
from tests.e2e.test_main_path import links, picture, sign_in

pytestmark = pytest.mark.e2e
OFFER = {
    "type": "popup",
    "content": {
        "ja": {"title": "今だけ10%OFF", "body": "本日限り", "button": {"label": "使ってみる", "url": "#offer"}},
        "en": {"title": "10% off today", "body": "Today only", "button": {"label": "Use it", "url": "#offer"}},
    },
}
CLICKED = {
    "id": "offer-clicked",
    "name": "オファーのクリック",
    "when": {
        "type": "all",
        "of": [
            {"type": "event", "name": "Campaign Clicked"},
            {"type": "property", "path": "campaign_id", "op": "eq", "value": "live-offer"},
        ],
    },
    "destinations": ["cs-slack"],
}
ORDER = {"id": "order", "name": "注文", "when": {"type": "event", "name": "Order Completed"}, "window": {"hours": 1}}


def told_after(platform, before: int) -> dict:
    """The next Slack message about the offer."""

    def found() -> list[dict]:
        return [each for each in messages(platform)[before:] if "オファーのクリック" in each["body"]]

    return eventually(found)[0]


def stored(page: Page) -> AbstractContextManager[Any]:
    """Wait for a chunk of the recording to be taken in."""
    return page.expect_response(lambda answer: "/v1/replay/" in answer.url and answer.status == 201)


def offered(browser: Browser, platform, *, click: bool = False, close: bool = False, order: bool = False) -> str:
    """A scripted visitor meets the offer; return who they are."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    page = context.new_page()
    with stored(page):
        assert "live-offer" in view(page, platform)
        message = page.get_by_role("dialog")
        expect(message).to_be_visible()
        if click:
            answered(page, "Campaign Clicked", message.get_by_role("link", name="使ってみる").click)
        if close:
            answered(page, "Campaign Closed", message.get_by_role("button", name="閉じる").click)
        if order:
            answered(page, "Order Completed", lambda: page.evaluate("kizuki.track('Order Completed', {total: 4000})"))
    person = f"a:{device(page)}"
    context.close()
    return person


def test_slack_leads_to_the_second_of_a_visit_that_goes_on_and_the_groups_are_there_to_compare(
    platform, browser, visitor, operator
):
    ask(platform, f"/api/sites/shop/rules/{CLICKED['id']}", "PUT", CLICKED)
    ask(platform, f"/api/sites/shop/rules/{CLICKED['id']}/publish", "POST")
    offer = campaign("live-offer", OFFER, trigger=VIEWED, goals=[ORDER], caps={"per_visit": 1})
    with live(platform, offer) as path:
        # A visitor clicks; the team hears of it.
        shop = visitor.new_page()
        with stored(shop):
            assert "live-offer" in view(shop, platform)
        for x in (200, 400):
            with stored(shop):
                shop.mouse.move(x, 300, steps=5)
        before = len(messages(platform))
        answered(shop, "Campaign Clicked", shop.get_by_role("link", name="使ってみる").click)
        message = told_after(platform, before)
        assert "接客のクリック" in json.loads(message["body"])["text"]

        # The button opens the replay at that second, while the visitor is still there.
        replay = links(message)["replay"]
        console = operator.new_page()
        # Then the player stands where the link leads until it is told to play.
        console.emulate_media(reduced_motion="reduce")
        console.goto(replay)
        sign_in(console, platform)
        expect(console.frame_locator("iframe").get_by_text("今だけ10%OFF")).to_be_visible()
        [click] = [
            event["replay"]["offset"]
            for event in ask(platform, f"/api/sites/shop/people/a:{device(shop)}/timeline")["items"]
            if event["event"] == "Campaign Clicked"
        ]
        eventually(lambda: click - position(console), lambda before: 0 <= before <= 1000)
        picture(console, "replay-at-the-click")

        # What the visitor does now is seen a few seconds later.
        console.goto(re.sub(r"\?.*", "?live=1", replay))
        expect(console.frame_locator("iframe").get_by_text("リネンシャツ").first).to_be_visible()
        shop.evaluate("document.querySelector('h1').textContent = 'たった今の見出し'")
        expect(console.frame_locator("iframe").get_by_text("たった今の見出し")).to_be_visible()
        picture(console, "live")

        # Four groups of scripted visitors, with the moment to watch of each.
        offered(browser, platform)
        offered(browser, platform, close=True)
        offered(browser, platform, click=True)
        offered(browser, platform, click=True, order=True)
        sizes = eventually(
            lambda: ask(platform, f"{path}/results")["groups"],
            lambda groups: min(groups[name] for name in ("clicked_goal", "clicked", "shown", "closed")) >= 1,
        )
        assert sizes["clicked"] == 2
        groups = eventually(
            lambda: ask(platform, f"{path}/compare")["groups"],
            lambda found: len(found) == 4 and all(group["people"] for group in found),
        )
        for group in groups:
            for person in group["people"]:
                played = ask(platform, f"/api/sites/shop/replays/{person['replay']['id']}")
                assert played["playable"]
        console.goto(f"{platform['console_url']}/sites/shop/campaigns/live-offer?tab=compare")
        expect(console.get_by_text("クリックしてゴール").first).to_be_visible()
        for group in range(4):
            player = console.frame_locator("iframe[title=replay]").nth(group)
            expect(player.get_by_text("日々商店").first).to_be_visible()
        picture(console, "compare")

        # And the recording is found by what happened in it.
        found = ask(
            platform,
            "/api/sites/shop/replays/~search",
            "POST",
            {"campaign": {"id": "live-offer", "reached": "clicked"}, "events": [{"event": "Order Completed"}]},
        )
        [recording] = found["items"]
        assert recording["offset"] is not None

        # Erased, it is nowhere any more.
        recordings = f"/api/sites/shop/people/{recording['person']}/replays"
        assert ask(platform, recordings, "DELETE") == {"erased": 1, "left": False}
        assert ask(platform, recordings)["items"] == []
    ask(platform, f"/api/sites/shop/rules/{CLICKED['id']}/pause", "POST")


def position(console: Page) -> int:
    """Where the player stands, in milliseconds."""
    slider = console.get_by_role("slider", name="再生位置")
    return round(float(slider.get_attribute("aria-valuenow") or slider.input_value()))
