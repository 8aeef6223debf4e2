"""Tours: through one page, through an app, and from page to page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import PAGE, action, properties
from tests.web.conftest import STEADY
from tests.web.site import Site, document


@pytest.fixture(autouse=True)
def _calm(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")


def tour(*steps: dict[str, Any], locale: str = "en") -> dict[str, Any]:
    return action("tour", locale, placement="", content={"steps": list(steps)})


def step(title: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "body": None, "image": None, "selector": None, "url": None, "advance": "next"} | more


def names(site: Site, last: str, count: int = 1) -> list[tuple[str, int | None]]:
    """What the tour told, up to its `count`-th event of that name."""
    site.wait_for_event(last, count)
    told = [e for e in site.accepted("track") if e["event"].startswith(("Campaign", "Tour"))]
    return [(e["event"], e["properties"].get("step")) for e in told]


def test_a_tour_goes_through_the_page_to_its_end(site, show):
    page = show(action("tour", "en"))
    card = page.get_by_role("dialog", name="Welcome")
    expect(card).to_be_focused()
    expect(card).to_have_accessible_description("Three steps to find your way around.")
    expect(card).to_contain_text("1 of 3")
    card.get_by_role("button", name="Next").click()

    card = page.get_by_role("dialog", name="Favourites")
    expect(card).to_be_focused()
    target, box = page.locator("#fav").bounding_box(), card.bounding_box()
    assert box["y"] >= target["y"] + target["height"] or box["y"] + box["height"] <= target["y"]
    card.get_by_role("button", name="Back").click()
    expect(page.get_by_role("dialog", name="Welcome")).to_be_focused()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("dialog", name="Cart")).to_contain_text("Click inside the frame to go on")
    expect(page.get_by_role("button", name="Next")).to_have_count(0)
    page.evaluate("""() => document.getElementById("cart").addEventListener("click", (event) => {
        event.preventDefault();
        window.clicked = true;
    })""")
    page.locator("#cart").click()

    assert site.wait_for_event("Tour Completed")["properties"] == properties("tour")
    assert page.evaluate("window.clicked")
    assert names(site, "Tour Completed") == [
        ("Campaign Shown", None) if e == "shown" else e
        for e in [
            ("Tour Step Viewed", 1),
            "shown",
            ("Tour Step Viewed", 2),
            ("Tour Step Viewed", 1),
            ("Tour Step Viewed", 2),
            ("Tour Step Viewed", 3),
            ("Campaign Clicked", 3),
            ("Tour Completed", None),
        ]
    ]
    assert site.accepted("Tour Step Viewed")[0]["properties"] == properties("tour") | {"step": 1, "of": 3}
    expect(page.locator("kizuki-action")).to_have_count(0)
    assert page.evaluate("sessionStorage.getItem('kizuki.tour')") is None


def test_the_page_can_be_touched_in_the_hole_and_nowhere_else(site, show):
    page = show(tour(step("Favourites", selector="#fav")))
    expect(page.get_by_role("dialog")).to_be_focused()

    touched = """(selector) => {
        const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2).localName;
    }"""
    assert page.evaluate(touched, "#fav") == "button"
    assert page.evaluate(touched, "#cart") == "kizuki-action"
    assert page.evaluate(touched, "h1") == "kizuki-action"


def test_by_keyboard_arrows_go_to_and_fro_tab_stays_and_escape_ends_it(site, show):
    page = show(action("tour", "en"))
    expect(page.get_by_role("dialog", name="Welcome")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="Favourites")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("dialog", name="Welcome")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="Favourites")).to_be_focused()

    focused = "document.activeElement.shadowRoot?.activeElement?.textContent ?? document.activeElement.textContent"
    visited = []
    for _ in range(5):
        page.keyboard.press("Tab")
        visited.append(page.evaluate(focused))
    page.keyboard.press("Shift+Tab")
    assert visited == ["Back", "Next", "×", "Favourite", "Back"]
    assert page.evaluate(focused) == "Favourite"

    page.keyboard.press("Escape")
    assert site.wait_for_event("Campaign Closed")["properties"] == properties("tour")
    expect(page.locator("kizuki-action")).to_have_count(0)


def test_arrows_that_move_in_a_field_of_the_page_do_not_move_the_tour(site, show):
    page = show(
        tour(step("Name", selector="#name"), step("Second")),
        body="<main><h1>Shop</h1><input id=name aria-label=Name value=ab></main>",
    )
    expect(page.get_by_role("dialog", name="Name")).to_be_focused()
    page.focus("#name")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")

    expect(page.get_by_role("dialog", name="Name")).to_be_visible()


def test_the_focus_goes_back_where_it_was(site, show):
    page = show(body="<main><h1>Shop</h1><button id=help onclick=\"kizuki.track('Help')\">Help</button></main>")
    site.actions["Help"] = [action("tour", "en")]
    page.focus("#help")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Welcome")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#help")).to_be_focused()


def test_the_tour_waits_for_what_an_app_has_yet_to_draw_and_survives_its_routes(site, show):
    steps = [
        step("Open the cart", selector="#cart", advance="click"),
        step("Pay here", selector="#pay"),
        step("The end"),
    ]
    page = show(tour(*steps))
    page.evaluate("""() => document.getElementById("cart").addEventListener("click", (event) => {
        event.preventDefault();
        history.pushState({}, "", "/cart");
        document.querySelector("main").innerHTML = "<h1>Cart</h1>";
        setTimeout(() => document.querySelector("main").innerHTML = "<h1>Cart</h1><button id=pay>Pay</button>", 300);
    })""")
    expect(page.get_by_role("dialog", name="Open the cart")).to_be_focused()
    page.locator("#cart").click()

    expect(page.get_by_role("dialog", name="Pay here")).to_be_focused()
    page.evaluate("document.querySelector('main').innerHTML = '<h1>Cart</h1><p>Sum</p><button id=pay>Pay</button>'")
    expect(page.get_by_role("dialog", name="Pay here")).to_be_focused()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Done").click()

    assert names(site, "Tour Completed") == [
        ("Tour Step Viewed", 1),
        ("Campaign Shown", None),
        ("Campaign Clicked", 1),
        ("Tour Step Viewed", 2),
        ("Tour Step Viewed", 3),
        ("Tour Completed", None),
    ]


def test_a_tour_goes_on_on_the_next_page_after_the_visitor_has_clicked_its_link(site, show):
    site.pages["/cart"] = document(site, body="<main><h1>Cart</h1><button id=pay>Pay</button></main>", head=STEADY)
    page = show(tour(step("Open it", selector="#cart", advance="click"), step("Pay here", selector="#pay")))
    expect(page.get_by_role("dialog", name="Open it")).to_be_focused()
    page.locator("#cart").click()

    page.wait_for_url("**/cart")
    expect(page.get_by_role("dialog", name="Pay here")).to_be_focused()
    page.get_by_role("button", name="Done").click()
    assert [name for name, _ in names(site, "Tour Completed")].count("Campaign Shown") == 1
    page.reload()
    site.wait_for_event("page", 3)
    expect(page.locator("kizuki-action")).to_have_count(0)


def test_a_tour_takes_the_visitor_to_the_page_of_a_step_and_back(site, show):
    site.pages["/list"] = document(site, body="<main><h1>List</h1><button id=sort>Sort</button></main>", head=STEADY)
    page = show(tour(step("Here", url="/"), step("There", url="/list", selector="#sort")))
    expect(page.get_by_role("dialog", name="Here")).to_be_focused()
    page.get_by_role("button", name="Next").click()

    page.wait_for_url("**/list")
    expect(page.get_by_role("dialog", name="There")).to_be_focused()
    page.get_by_role("button", name="Back").click()
    page.wait_for_url(f"{site.url}/")
    expect(page.get_by_role("dialog", name="Here")).to_be_focused()


def test_a_page_that_sends_the_visitor_elsewhere_does_not_send_the_tour_round_and_round(site, show):
    site.pages["/old"] = "<!doctype html><title>Old</title><script>location.replace('/new')</script>"
    site.pages["/new"] = document(site, body="<main><h1>New</h1></main>", head=STEADY)
    page = show(tour(step("Here"), step("There", url="/old")))
    page.get_by_role("button", name="Next").click()

    page.wait_for_url("**/new")
    expect(page.get_by_role("dialog", name="There")).to_be_focused()


def test_a_visitor_who_goes_elsewhere_is_not_brought_back_and_finds_the_tour_where_it_was(site, show):
    for path in ("/list", "/other"):
        site.pages[path] = document(site, body="<main><h1>Page</h1></main>", head=STEADY)
    page = show(tour(step("Here"), step("There", url="/list"), step("More")))
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("dialog", name="There")).to_be_focused()

    page.goto(f"{site.url}/other")
    page.wait_for_function("window.kizuki_tour")
    page.evaluate("kizuki.track('Marker')")
    site.wait_for_event("Marker")
    assert page.url.endswith("/other")
    assert page.locator("kizuki-action").count() == 0
    page.goto(f"{site.url}/list")

    expect(page.get_by_role("dialog", name="There")).to_be_focused()


def test_a_step_whose_element_never_comes_stands_in_the_middle_and_is_a_problem(site, show, page):
    page.clock.install()
    show(tour(step("Lost", selector="#never", advance="click"), step("Next one")))
    page.wait_for_function("window.kizuki_tour")
    page.clock.fast_forward(10_000)

    card = page.get_by_role("dialog", name="Lost")
    expect(card).to_be_focused()
    box = card.bounding_box()
    assert abs(box["x"] + box["width"] / 2 - 640) < 2
    assert site.wait_for_event("Campaign Problem")["properties"]["problem"] == "selector_missing"
    # There is nothing to click, so there is a button to go on by.
    card.get_by_role("button", name="Next").click()
    expect(page.get_by_role("dialog", name="Next one")).to_be_visible()


def test_a_tour_left_half_an_hour_ago_is_over(site, show):
    page = show(action("tour", "en"))
    expect(page.get_by_role("dialog", name="Welcome")).to_be_focused()
    page.evaluate("""() => {
        const kept = JSON.parse(sessionStorage["kizuki.tour"]);
        sessionStorage["kizuki.tour"] = JSON.stringify({...kept, at: Date.now() - 31 * 60_000});
    }""")
    site.actions.clear()
    page.reload()
    page.wait_for_function("window.kizuki_tour")
    page.evaluate("kizuki.track('Marker')")

    site.wait_for_event("Marker")
    assert page.locator("kizuki-action").count() == 0


def test_where_nothing_can_be_kept_the_tour_stays_on_its_page(site, show, page):
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('', 'SecurityError') }})"
    )
    show(tour(step("Here"), step("There", url="/list")))
    page.get_by_role("button", name="Next").click()

    expect(page.get_by_role("dialog", name="There")).to_be_focused()
    assert page.url == f"{site.url}/"


def test_a_visitor_who_declines_takes_the_tour_with_them(site, show):
    page = show(action("tour", "en"))
    expect(page.get_by_role("dialog", name="Welcome")).to_be_focused()
    page.evaluate("kizuki.consent('denied')")

    expect(page.locator("kizuki-action")).to_have_count(0)
    assert page.evaluate("Object.keys(sessionStorage)") == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_card_never_lies_over_what_it_shows(site, show, page, width):
    page.set_viewport_size({"width": width, "height": 640})
    show(tour(step("Favourites", body="Here.", selector="#fav")), body=f"{PAGE}<div style='height:2000px'></div>{PAGE}")
    expect(page.get_by_role("dialog")).to_be_focused()

    target, card = page.locator("#fav").first.bounding_box(), page.get_by_role("dialog").bounding_box()
    assert card["y"] >= target["y"] + target["height"] or card["y"] + card["height"] <= target["y"]
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= width
