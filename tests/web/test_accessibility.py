"""Every layout with axe, in both languages and in each of its states; and whether the page moves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import DRAWN, action
from tests.web.site import Site

SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value, sources }) =>
        [value, sources.map(({ node }) => node?.nodeName)]))).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture
def _calm(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")


@pytest.mark.usefixtures("_calm")
@pytest.mark.parametrize(("locale", "width"), [("ja", 360), ("en", 1280)])
@pytest.mark.parametrize("type_", DRAWN)
def test_axe_finds_no_fault(site, show, page, violations, type_, locale, width):
    page.set_viewport_size({"width": width, "height": 700})
    show(action(type_, locale))
    site.wait_for_event("Campaign Shown")

    assert violations() == []


def unfold(page: Page) -> None:
    page.locator(".launcher").click()
    expect(page.locator(".panel")).to_be_visible()


def to_step(number: int) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        for _ in range(number - 1):
            page.locator("kizuki-action .foot .button:not(.quiet)").click()

    return go


def to_question(number: int) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.locator("kizuki-action input").first.check()
        for _ in range(number - 1):
            page.locator("kizuki-action .foot .button:not(.quiet)").click()

    return go


def unanswered(page: Page) -> None:
    page.locator("kizuki-action .foot .button:not(.quiet)").click()
    expect(page.get_by_role("alert")).not_to_be_empty()


@pytest.mark.usefixtures("_calm")
@pytest.mark.parametrize(
    ("type_", "state"),
    [
        ("checklist", unfold),
        ("summary", unfold),
        ("tour", to_step(2)),
        ("tour", to_step(3)),
        ("survey", to_question(2)),
        ("survey", to_question(3)),
        ("survey", to_question(4)),
        ("survey", to_question(5)),
        ("survey", unanswered),
    ],
)
def test_axe_finds_no_fault_in_what_the_visitor_gets_to(site, show, page, violations, type_, state):
    page.set_viewport_size({"width": 375, "height": 700})
    show(action(type_, "en"))
    site.wait_for_event("Campaign Shown")
    state(page)

    assert violations() == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
@pytest.mark.parametrize("type_", [type_ for type_ in DRAWN if type_ != "embed"])
def test_nothing_on_the_page_moves_when_an_action_comes_and_goes(site: Site, show, page, type_, motion):
    page.emulate_media(reduced_motion=motion)
    show()
    page.evaluate(SHIFTS)
    site.actions["Then"] = [action(type_)]
    page.evaluate("kizuki.track('Then')")
    site.wait_for_event("Campaign Shown")
    page.wait_for_function("window.kizuki_truth")
    page.locator("kizuki-action").evaluate("host => host.shadowRoot.querySelector('.close:not(.fold)').click()")
    expect(page.locator("kizuki-action")).to_have_count(0)
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")

    assert page.evaluate("shifts") == []
