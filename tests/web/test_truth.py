"""What the tag finds out about what visitors really see."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import DRAWN, PAGE, action, properties
from tests.web.conftest import STEADY
from tests.web.site import Site

TALL = f"{PAGE}<div style='height: 2000px'></div>"


@pytest.fixture(autouse=True)
def _calm(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()


def problems(site: Site, page: Page) -> list[dict[str, Any]]:
    """All that was found by the second look, in the order it was told."""
    site.wait_for_event("Campaign Shown")
    page.wait_for_function("window.kizuki_truth")
    page.clock.run_for(3000)
    count = len(site.accepted("Marker"))
    page.evaluate("kizuki.track('Marker')")
    site.wait_for_event("Marker", count + 1)
    return [event["properties"] for event in site.accepted("Campaign Problem")]


def kinds(site: Site, page: Page) -> list[str]:
    return [problem["problem"] for problem in problems(site, page)]


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("type_", DRAWN)
def test_nothing_is_found_where_nothing_is_wrong(site, show, page, type_, width):
    page.set_viewport_size({"width": width, "height": 700})
    show(action(type_), body=TALL)

    assert problems(site, page) == []


def test_what_cannot_be_seen(site, show, page):
    show(action("bar"), head=f"{STEADY}<style>html {{ opacity: 0 }}</style>")

    [problem] = problems(site, page)
    assert problem.pop("box")["width"] == 760
    assert problem == properties("bar") | {"problem": "not_rendered", "viewport": {"width": 1280, "height": 720}}


def test_what_is_off_the_screen(site, show, page):
    show(action("slide-in"), head=f"{STEADY}<style>html {{ transform: translateX(150px); min-height: 100vh }}</style>")

    [problem] = problems(site, page)
    assert problem["problem"] == "outside_viewport"
    assert problem["box"]["x"] + problem["box"]["width"] > 1280


CHAT = "position: fixed; right: 0; bottom: 0; width: 340px; height: 300px; z-index: 2147483647; background: #fff"


def test_what_the_site_covers_and_what_covers_it(site, show, page):
    show(action("slide-in"), body=f"{PAGE}<div id=chat class='chat open' style='{CHAT}'></div>")

    [problem] = problems(site, page)
    assert (problem["problem"], problem["other"]) == ("covered", "div#chat")
    assert {"x", "y", "width", "height"} == set(problem["box"])


def test_a_button_that_is_covered_is_enough(site, show, page):
    show(action("bar", content={"title": "Sale", "button": {"label": "Go", "url": "/"}}))
    expect(page.locator(".bar")).to_be_visible()
    page.evaluate("""() => {
        const button = document.querySelector("kizuki-action").shadowRoot.querySelector("a.button").getBoundingClientRect();
        const cover = document.createElement("div");
        cover.className = "cookie notice";
        Object.assign(cover.style, { position: "fixed", zIndex: 2147483647, left: `${button.left}px`, top: `${button.top}px`,
            width: `${button.width}px`, height: `${button.height}px`, background: "red" });
        document.body.append(cover);
    }""")

    [problem] = problems(site, page)
    assert (problem["problem"], problem["other"]) == ("covered", "div.cookie.notice")


@pytest.mark.parametrize(
    ("control", "found"),
    [
        ("<a id=help href=/help style='position: fixed; bottom: 30px; left: 600px'>Help</a>", ["a#help"]),
        ("<nav style='position: fixed; bottom: 0; left: 0; right: 0; padding: 20px; text-align: center'><button>Menu</button></nav>", ["button"]),
        ("<p style='position: fixed; bottom: 30px; left: 600px'>Only words</p>", []),
        ("<p style='position: absolute; top: 660px; left: 600px'><a href=/x>Scrolled free</a></p><div style='height: 2000px'></div>", []),
    ],
    ids=["fixed link", "bottom bar", "words", "scrolled free"],
)  # fmt: skip
def test_controls_of_the_site_that_cannot_be_reached_any_more(site, show, page, control, found):
    show(action("bar"), body=f"{PAGE}{control}")

    assert [(p["problem"], p["other"]) for p in problems(site, page)] == [("covers_control", each) for each in found]


def test_a_link_at_the_very_end_of_the_page_cannot_be_scrolled_free(site, show, page):
    end = (
        "<div style='height: 2000px'></div><footer style='text-align: center'><a href=/terms>Terms of use</a></footer>"
    )
    show(action("bar"), body=f"<main><h1>Shop</h1></main>{end}")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    assert [(p["problem"], p["other"]) for p in problems(site, page)] == [("covers_control", "a")]


def test_campaigns_that_lie_over_one_another(site, show, page):
    page.set_viewport_size({"width": 1000, "height": 700})
    show(action("bar"), action("slide-in"))
    site.wait_for_event("Campaign Shown", 2)

    found = problems(site, page)
    assert sorted((p["campaign_id"], p["problem"], p["other"]) for p in found) == [
        ("bar", "overlaps_campaign", "slide-in"),
        ("slide-in", "overlaps_campaign", "bar"),
    ]


def test_a_dialog_over_a_bar_is_as_it_should_be(site, show, page):
    show(action("bar"), action("popup"))
    site.wait_for_event("Campaign Shown", 2)

    assert problems(site, page) == []


@pytest.mark.parametrize(
    ("theme", "ratio"),
    [
        ({"accent": "#777777", "accentText": "#999999"}, 1.57),
        ({"accent": "#fff", "accentText": "#777"}, 4.47),
        ({"accent": "#ffffff", "accentText": "#767676"}, None),
        ({"accent": "#ffe600"}, 1.26),
    ],
)
def test_a_button_that_cannot_be_read(site, show, page, theme, ratio):
    show(action("popup", theme=theme))

    found = problems(site, page)
    assert [(p["problem"], p["ratio"]) for p in found] == ([("low_contrast", ratio)] if ratio else [])


def test_a_screen_that_changes_is_looked_at_again_and_each_problem_told_once(site, show, page):
    chat = "position: fixed; right: 0; bottom: 0; width: 100%; height: 100%; z-index: 2147483647; background: #fff; display: none"
    show(
        action("slide-in"),
        body=PAGE,
        head=f"{STEADY}<style>#chat {{ {chat} }} @media (max-width: 800px) {{ #chat {{ display: block }} }}</style>",
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div id=chat></div>')")
    assert kinds(site, page) == []

    for width in (700, 720, 740):
        page.set_viewport_size({"width": width, "height": 700})
        page.clock.run_for(1000)

    assert kinds(site, page) == ["covered"]


def test_what_has_gone_is_looked_at_no_more(site, show, page, errors):
    show(action("bar"), body=f"{PAGE}<div id=chat style='{CHAT}; display: none; width: 100%'></div>")
    assert kinds(site, page) == []
    page.get_by_role("button", name="閉じる").click()
    page.evaluate("document.getElementById('chat').style.display = 'block'")
    page.set_viewport_size({"width": 900, "height": 700})

    assert kinds(site, page) == []
    assert errors == []


def test_an_embed_under_a_header_that_stays_is_not_covered(site, show, page):
    header = "<header style='position: sticky; top: 0; height: 300px; background: #eee; z-index: 9'>Shop</header>"
    show(action("embed"), body=f"{header}{TALL}")
    site.wait_for_event("Campaign Shown")
    page.evaluate("document.getElementById('here').scrollIntoView()")

    assert kinds(site, page) == []


def test_the_look_costs_no_layout_of_its_own(site, show, page):
    """Reads alone, one after the other: the page is laid out once at most."""
    show(action("bar"), body=TALL)
    expect(page.locator(".bar")).to_be_visible()
    page.evaluate("""() => {
        window.writes = [];
        new MutationObserver((changes) => window.writes.push(...changes.map(({ target }) => target.nodeName)))
            .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    }""")

    assert problems(site, page) == []
    # The chunk's own script element is all that came.
    assert set(page.evaluate("writes")) <= {"HEAD", "SCRIPT"}
