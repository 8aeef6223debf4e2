"""What holds for every page: accessible, fit for a phone, a site's own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import WEB
from tests.web.console import data
from tests.web.console.notification_data import INCIDENTS

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
ANIMATED = """Promise.all(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime !== Infinity)
    .map(each => each.finished.catch(() => null)))"""
FITS = """new Promise(resolve => {
    const until = performance.now() + 5000;
    const look = () => {
        const fits = document.documentElement.scrollWidth <= document.documentElement.clientWidth;
        if (fits || performance.now() > until) resolve(fits);
        else requestAnimationFrame(look);
    };
    look();
})"""
"""Whether nothing is wider than the screen, once the page has taken to its size."""
PHONE = {"width": 360, "height": 740}
PAGES = [
    "feed",
    "feed?tab=refused",
    "people",
    "people/u%3A42?event=m-3",
    "people/u%3A42?explain=m-6&rule=segment%2Fbig-cart",
    "segments",
    "segments/~new",
    "segments/big-cart",
    "segments/returning?tab=edit",
    "campaigns",
    "campaigns/free-shipping?tab=results",
    "campaigns/free-shipping?tab=overview",
    "campaigns/free-shipping?tab=problems",
    "campaigns/free-shipping?tab=versions",
    "campaigns/free-shipping?tab=json",
    "campaigns/~new",
    "campaigns/~new/edit?template=first-steps",
    "campaigns/~new/edit?template=nps",
    "campaigns/~new/edit?template=product-tour",
    "campaigns/~new/edit?layout=script",
    "campaigns/~new/edit?layout=notify&step=review",
    "campaigns/free-shipping/edit",
    "campaigns/free-shipping/edit?step=audience",
    "campaigns/free-shipping/edit?step=delivery",
    "campaigns/free-shipping/edit?step=goals",
    "campaigns/free-shipping/edit?step=review",
    "campaigns/free-shipping/edit?step=json",
    "campaigns/free-shipping?tab=compare",
    "replays",
    "replays?tab=now",
    "replays?order=newest&filter=%7B%22device%22%3A%22tablet%22%2C%22min_visit%22%3A2%7D",
    f"replays/{data.SESSION}?t=44500",
    f"replays/{data.BROKEN_SESSION}",
    "rules",
    "rules/orders",
    "destinations",
    "destinations/~new",
    "destinations/crm",
    "deliveries",
    "incidents",
    f"incidents/{INCIDENTS[0]['id']}",
    "settings",
    "settings?tab=messages",
    "settings?tab=recording",
    "changes",
]


@pytest.mark.parametrize(
    ("language", "scheme", "first"), [("ja", "light", {"width": 1280, "height": 720}), ("en", "dark", PHONE)]
)
def test_it_is_accessible_and_fits_a_phone(console, open_page, page, language, scheme, first):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.add_init_script(f"localStorage['kizuki.language'] = '{language}'")
    page.set_viewport_size(first)
    page.goto(console.url)
    expect(page.locator("input[name=email]")).to_be_visible()
    found, wide = {"sign in": faults(page)}, []
    for path in PAGES:
        page.set_viewport_size(first)
        open_page(path)
        settled(page)
        found[path] = faults(page)
        page.set_viewport_size(PHONE)
        if not page.evaluate(FITS):
            wide.append(path)

    assert {path: each for path, each in found.items() if each} == {}
    assert wide == []


def test_the_menu_of_a_phone_opens_and_closes(open_page, page):
    page.set_viewport_size(PHONE)
    open_page("feed")
    page.get_by_role("button", name="Open the menu").click()
    page.get_by_role("link", name="Settings").click()

    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(page.get_by_role("button", name="Open the menu")).to_be_visible()


def test_another_site_shows_its_own_data(open_page):
    page = open_page("people")
    page.get_by_role("button", name="Site: あおい商店").click()
    page.get_by_role("menuitem", name="Harbour Travel").click()

    expect(page.get_by_text("Nobody yet")).to_be_visible()
    page.goto("/".join(page.url.split("/")[:3]))
    expect(page.get_by_role("button", name="Site: Harbour Travel")).to_be_visible()


def test_a_site_or_page_that_does_not_exist_is_said_to_be_so(open_page):
    page = open_page("nothing-here")
    expect(page.get_by_text("This page does not exist")).to_be_visible()

    page.goto(page.url.replace("/shop/nothing-here", "/unknown/feed"))

    expect(page.get_by_text("This page does not exist")).to_be_visible()


def settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("status", name=re.compile("^(Loading|読み込み中)$"))).to_have_count(0)
    page.evaluate(ANIMATED)


def faults(page: Page) -> list[str]:
    # Evaluated, not added: the page's security policy lets no script in.
    page.evaluate(AXE.read_text())
    # The replayed page is the visitor's site, not ours.
    result = page.evaluate("axe.run({exclude: ['.replayer-wrapper']}, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
