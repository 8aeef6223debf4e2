"""Previews on the real page: what is being written, where it will be."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import DRAWN, PAGE, action
from tests.web.conftest import STEADY
from tests.web.site import document


@pytest.fixture(autouse=True)
def _calm(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")


@pytest.fixture
def preview(site, visit, page):
    """Open a page with a preview of an action."""

    def open_page(shown: dict | None, query: str = "?kizuki_preview=tok%2Fen", **parts: str) -> Page:
        if shown:
            site.previews["tok%2Fen"] = [shown]
        return visit("/", query, **({"body": PAGE, "head": STEADY} | parts))

    return open_page


def told(site, page: Page) -> list[str]:
    page.evaluate("kizuki.track('Marker')")
    site.wait_for_event("Marker")
    return [event.get("event") or event["type"] for event in site.accepted()]


@pytest.mark.parametrize("type_", DRAWN)
def test_a_preview_shows_the_action_with_a_badge_and_tracks_nothing_of_it(site, preview, type_):
    page = preview(action(type_, "en"))

    expect(page.locator(".surface:visible").first).to_be_visible()
    expect(page.locator(".badge")).to_have_text("Preview")
    assert site.previewed == ["writeKey=wk_test"]
    page.get_by_role("button", name="Close").first.click()
    assert told(site, page) == ["page", "Marker"]


def test_the_badge_speaks_the_actions_language(preview):
    page = preview(action("bar", "ja"))

    expect(page.locator(".badge")).to_have_text("プレビュー")


def test_an_expired_preview_says_so(site, preview, errors):
    page = preview(None)

    expect(page.locator(".badge")).to_have_text("This preview has expired")
    assert errors == []


def test_campaigns_decided_meanwhile_do_not_lie_over_the_preview(site, preview):
    site.actions["page"] = [action("popup", "en")]
    site.watches["page"] = [{"campaign": "sale", "moment": None, "delay": 0}]
    page = preview(action("bar", "en"))

    expect(page.locator(".bar")).to_be_visible()
    assert told(site, page) == ["page", "Marker"]
    expect(page.locator(".popup")).to_have_count(0)


def test_a_preview_outlives_an_app_that_cleans_its_address(site, preview):
    page = preview(
        action("popup", "en"),
        head=f"{STEADY}<script>setTimeout(() => history.replaceState({{}}, '', '/clean'))</script>",
    )

    page.wait_for_url("**/clean")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate("history.pushState({}, '', '/next')")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_preview_needs_no_consent_and_keeps_none(site, preview):
    page = preview(action("bar", "en"), attributes='data-consent="required"')

    expect(page.locator(".bar")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    assert site.requests == []


def test_a_tour_is_previewed_over_its_pages(site, preview):
    site.pages["/list"] = document(site, body="<main><h1>List</h1></main>", head=STEADY)
    steps = [{"title": "Here"}, {"title": "There", "url": "/list"}]
    page = preview(action("tour", "en", content={"steps": steps}))
    page.get_by_role("button", name="Next").click()

    page.wait_for_url("**/list")
    expect(page.get_by_role("dialog", name="There")).to_be_focused()
    expect(page.locator(".badge")).to_have_text("Preview")
    page.get_by_role("button", name="Done").click()
    assert told(site, page) == ["page", "page", "Marker"]
    page.reload()
    site.wait_for_event("page", 3)
    expect(page.locator("kizuki-action")).to_have_count(0)
