"""Hostile content and hostile pages: nothing runs that should not, and no error reaches the site."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import CONTENTS, DRAWN, PAGE, TYPES, action
from tests.web.conftest import STEADY
from tests.web.site import Site, document

CANARIES = [
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)" onclick=alert(1)>link</a>',
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<details open ontoggle=alert(1)><b style="background:url(javascript:alert(1))">x</b>',
    "{{constructor.constructor('alert(1)')()}}",
]  # fmt: skip
UNSAFE = [
    "javascript:alert(1)",
    " java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:x",
]
ALLOWED = {"B", "STRONG", "I", "EM", "U", "S", "A", "BR", "P", "UL", "OL", "LI", "H3", "SPAN", "CODE"}


@pytest.fixture(autouse=True)
def _calm(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")


@pytest.fixture
def ran(page: Page) -> list[str]:
    """What ran that should not have: every canary asks for a dialog."""
    found: list[str] = []
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    return found


def poisoned(part: Any, canary: str, field: str = "") -> Any:
    """The content with the canary in each of its texts."""
    if isinstance(part, dict):
        return {key: poisoned(value, canary, key) for key, value in part.items()}
    if isinstance(part, list):
        return [poisoned(each, canary, field) for each in part]
    if not isinstance(part, str) or field in {"kind", "url", "advance", "code", "selector", "poster", "captions"}:
        return part
    return f"{part}{canary}"


def seen(page: Page) -> dict[str, Any]:
    """What stands in the shadow roots that could do harm."""
    return page.evaluate("""() => {
        const all = [...document.querySelectorAll("kizuki-action")]
            .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll("*")]);
        return {
            handlers: all.flatMap((each) => each.getAttributeNames().filter((name) => name.startsWith("on"))),
            links: all.map((each) => each.href ?? each.src ?? each.poster).filter((url) => url && !/^(https?|mailto):/.test(url)),
            in_bodies: [...new Set(all.filter((each) => each.closest(".body") && !each.matches(".body")).map((each) => each.tagName))],
            foreign: all.filter((each) => each.matches("script, iframe, object, embed, svg, math, details, form[action]")).length,
        };
    }""")


@pytest.mark.parametrize("type_", DRAWN)
def test_no_text_of_any_layout_becomes_more_than_text(site, show, page, ran, errors, type_):
    for number, canary in enumerate(CANARIES):
        content = poisoned(CONTENTS["en"][type_], canary)
        show(
            action(
                type_, "en", id=f"{type_}:{number}", content=content, name=canary, variant=canary, locale=f"en{canary}"
            )
        )
        expect(page.locator(".surface:visible").first).to_be_visible()
        for _ in range({"tour": 2, "survey": 4}.get(type_, 0)):
            for answer in page.locator("kizuki-action input").all()[:1]:
                answer.check()
            page.locator("kizuki-action .foot .button:not(.quiet)").click()
        found = seen(page)

        assert found["handlers"] == found["links"] == []
        assert found["foreign"] == 0
        assert set(found["in_bodies"]) <= ALLOWED
        page.evaluate("sessionStorage.clear()")
    assert ran == errors == []


@pytest.mark.parametrize("type_", TYPES)
def test_no_address_of_any_layout_leads_out_of_the_web(site, show, page, ran, type_):
    def unsafe(part: Any, url: str) -> Any:
        if isinstance(part, dict):
            addresses = {"url", "poster", "captions"}
            return {key: url if key in addresses else unsafe(value, url) for key, value in part.items()}
        return [unsafe(each, url) for each in part] if isinstance(part, list) else part

    for number, url in enumerate(UNSAFE):
        content = unsafe(CONTENTS["en"][type_], url)
        if "body" in content:
            content["body"] = f'<a href="{url}">link</a>'
        show(action(type_, "en", id=f"{type_}:{number}", content=content))
        page.evaluate("kizuki.track('Marker')")
        site.wait_for_event("Marker", number + 1)

        found = seen(page)
        assert found["links"] == []
        assert page.url == f"{site.url}/"
    assert ran == []


def test_a_body_keeps_the_tags_it_may_have_and_their_links(site, show):
    body = (
        '<p><b>a</b><em>b</em></p><ul><li>c</li></ul><a href="/x" target=_blank class=y>d</a>'
        '<a href="mailto:a@b.test">e</a><div style="position:fixed">f</div><h1>g</h1>&lt;b&gt;'
    )
    page = show(action("popup", "en", content={"title": "T", "body": body}))
    expect(page.get_by_role("dialog")).to_be_visible()

    assert page.locator(".body").inner_html() == (
        f'<p class=""><b class="">a</b><em class="">b</em></p><ul class=""><li class="">c</li></ul>'
        f'<a class="" href="{site.url}/x">d</a><a class="" href="mailto:a@b.test">e</a>fg&lt;b&gt;'
    )
    page.get_by_role("link", name="d").click()
    assert site.wait_for_event("Campaign Clicked")["properties"]["url"] == f"{site.url}/x"


@pytest.mark.parametrize(
    "theme",
    [
        {"surface": "red; background: url(//evil.test)"},
        {"accent": "#fff}*{display:none"},
        {"text": "url(//evil.test/x)", "accentText": "expression(alert(1))"},
        {"font": "x; position: absolute", "radius": "99px"},
        {"font": "url(//evil.test)", "radius": 1e9},
        {"font": "</style><script>alert(1)</script>", "radius": -5},
        {"surface": "var(--x, url(//evil.test))", "unknown": "#fff", "constructor": "#fff", "__proto__": "#fff"},
        {"surface": 5, "radius": {"toString": "9"}, "font": ["a"]},
        None,
        "#fff",
    ],
)
def test_nothing_but_colours_a_radius_and_a_font_gets_into_the_styles(site, show, page, ran, theme):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    show(action("bar", "en", theme=theme))
    expect(page.locator(".bar")).to_be_visible()

    assert page.locator("kizuki-action").get_attribute("style") in (None, "")
    box = page.locator(".bar").evaluate(
        "bar => { const s = getComputedStyle(bar); return [s.backgroundColor, s.borderRadius]; }"
    )
    assert box == ["rgb(23, 33, 43)", "14px"]
    assert [url for url in asked if "evil" in url] == ran == []


def test_a_theme_dresses_the_action_and_a_sites_own_properties_do_where_there_is_none(site, show):
    theme = {
        "surface": "#102030",
        "text": "#FFF",
        "accent": "#fc0",
        "accentText": "#000",
        "radius": 3,
        "font": "'Noto Serif JP', serif",
    }
    style = "<style>:root { --kizuki-surface: #203040; --kizuki-accent: #0f0 }</style>"
    page = show(action("bar", theme=theme), action("slide-in", theme={}), head=STEADY + style)
    expect(page.locator(".surface")).to_have_count(2)

    def dressed(name: str) -> list[str]:
        return page.locator(name).evaluate("""frame => {
            const { backgroundColor, color, borderRadius, fontFamily } = getComputedStyle(frame);
            const button = getComputedStyle(frame.querySelector("a.button"));
            return [backgroundColor, color, button.backgroundColor, button.color, borderRadius, fontFamily.split(",")[0]];
        }""")

    assert dressed(".bar") == [
        "rgb(16, 32, 48)", "rgb(255, 255, 255)", "rgb(255, 204, 0)", "rgb(0, 0, 0)", "3px", '"Noto Serif JP"',
    ]  # fmt: skip
    assert dressed(".surface:not(.bar)")[:3] == ["rgb(32, 48, 64)", "rgb(23, 33, 43)", "rgb(0, 255, 0)"]


HOSTILE_CSS = """<style>
  * { display: none !important; color: red !important; position: static !important; font-size: 90px !important }
  html, body, head + body, main, main * { display: block !important }
  kizuki-action { display: none !important; opacity: 0 !important; transform: scale(0) !important; z-index: -1 !important }
</style>"""


@pytest.mark.parametrize("type_", ["bar", "popup", "slide-in", "checklist"])
def test_the_sites_styles_do_not_reach_into_an_action(site, show, type_):
    page = show(action(type_, "en"), head=STEADY + HOSTILE_CSS)

    frame = page.locator(".surface:visible").first
    expect(frame).to_be_visible()
    assert frame.evaluate("frame => getComputedStyle(frame).fontSize") == "15px"
    site.wait_for_event("Campaign Shown")


@pytest.fixture
def reported(page: Page) -> list[str]:
    """What the browser says a policy has refused."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if "Content Security" in message.text else None)
    return found


@pytest.mark.parametrize("type_", TYPES[:-1])
def test_a_strict_policy_allows_every_layout(site, show, page, reported, errors, type_):
    site.page_headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'nonce-abc'; style-src 'none'; connect-src {site.api_url}; img-src 'self'; media-src 'self'"
    )
    site.files["/favicon.ico"] = ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    show(action(type_, "en"), attributes='nonce="abc"', head="")

    site.wait_for_event("Campaign Shown")
    if type_ != "script":
        expect(page.locator(".surface:visible").first).to_be_visible()
    assert reported == errors == []


@pytest.mark.parametrize("names", ["", "; trusted-types kizuki", "; trusted-types other"])
@pytest.mark.parametrize("type_", DRAWN)
def test_trusted_types_break_nothing_but_scripts(site, show, page, errors, type_, names):
    site.page_headers["Content-Security-Policy"] = f"require-trusted-types-for 'script'{names}"
    show(action(type_, "en"))
    if "other" in names:
        # Nothing of the tag may be loaded then: it says so in the console, and the site goes on.
        page.evaluate("kizuki.track('Marker')")
        site.wait_for_event("Marker")
        expect(page.locator("kizuki-action")).to_have_count(0)
    else:
        site.wait_for_event("Campaign Shown")
        expect(page.locator(".surface:visible").first).to_be_visible()
    assert errors == []


def test_a_script_that_trusted_types_refuse_is_a_problem(site, show, page, errors):
    site.page_headers["Content-Security-Policy"] = "require-trusted-types-for 'script'"
    show(action("script"))

    assert site.wait_for_event("Campaign Problem")["properties"]["problem"] == "script_error"
    assert site.accepted("Campaign Shown") == errors == []


def test_a_script_without_the_pages_nonce_is_a_problem(site, show, page, errors):
    site.page_headers["Content-Security-Policy"] = f"script-src {site.url}"
    show(action("script"))

    problem = site.wait_for_event("Campaign Problem")["properties"]
    assert (problem["problem"], problem["other"]) == ("script_error", "blocked by the page's policy")
    assert errors == []


@pytest.mark.parametrize(
    ("type_", "chunk"),
    [
        ("bar", "actions"),
        ("embed", "embed"),
        ("embed", "anchor"),
        ("tour", "tour"),
        ("summary", "dock"),
        ("survey", "survey"),
        ("bar", "truth"),
    ],
)
@pytest.mark.parametrize("how", ["404", "cut off", "another page"])
def test_a_part_that_does_not_come_costs_its_action_and_nothing_else(site, show, page, errors, type_, chunk, how):
    path = f"/sdk/{chunk}.js"
    if how == "404":
        site.missing.add(path)
    elif how == "cut off":
        page.route(f"**{path}", lambda route: route.abort("connectionreset"))
    else:
        # What a captive portal, or an app's catch-all route, answers.
        site.files[path] = ("text/html", b"<!doctype html><title>Sign in</title>")
    show(action(type_, "en"))
    site.actions["Then"] = [action("slide-in", "en")]
    page.evaluate("kizuki.track('Then')")

    site.wait_for_event("Then")
    if chunk != "actions":
        expect(page.get_by_role("region", name="10% off your first order").first).to_be_visible()
    # A page in place of a script is a mistake that the browser itself tells the page of.
    assert [error for error in errors if how != "another page"] == []


def test_a_part_that_failed_is_asked_for_again(site, show, page):
    site.missing.add("/sdk/survey.js")
    with page.expect_console_message(lambda message: "survey.js did not load" in message.text):
        show(action("survey", "en"))
    site.missing.clear()
    site.actions["Again"] = [action("survey", "en", id="survey:2")]
    page.evaluate("kizuki.track('Again')")

    expect(page.get_by_role("dialog")).to_be_visible()


OLD_LIBRARY = """<script>
  // As Prototype.js 1.6 had it, and sites still do.
  String.prototype.toJSON = function () { return JSON.stringify(String(this)) };
  Number.prototype.toJSON = function () { return String(this) };
  Array.prototype.toJSON = function () { return "[" + this.join() + "]" };
  Array.prototype.reduce = function () { return this.length > 1 ? this : this[0] };
  Array.from = (values) => [...values];
  Array.prototype.extra = function () {};
  Object.prototype.added = function () {};
</script>"""


def test_a_page_with_an_old_library_sends_what_others_send(site, show, page, errors):
    show(action("survey", "en"), head=STEADY + OLD_LIBRARY)
    page.evaluate("kizuki.track('Bought', {items: [{id: 'a', n: 2}], tags: ['x', 'y'], ok: true})")

    bought = site.wait_for_event("Bought")
    assert bought["properties"] == {"items": [{"id": "a", "n": 2}], "tags": ["x", "y"], "ok": True}
    assert len(bought["context"]["session"]["id"]) == 36
    assert len(bought["anonymousId"]) == 36
    expect(page.get_by_role("radio")).to_have_count(11)
    assert errors == []


@pytest.mark.parametrize("what", ["localStorage", "sessionStorage"])
@pytest.mark.parametrize("how", ["throws", "is full", "is null"])
def test_storage_that_fails_costs_what_it_would_have_kept(site, show, page, errors, what, how):
    broken = {
        "throws": f"Object.defineProperty(window, '{what}', {{get() {{ throw new DOMException('', 'SecurityError') }}}})",
        "is full": "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
        "is null": f"Object.defineProperty(window, '{what}', {{value: null}})",
    }[how]
    page.add_init_script(broken)
    show(action("checklist", "en"), action("tour", "en"))
    expect(page.get_by_role("dialog", name="Welcome")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Minimise").click()

    site.wait_for_event("Campaign Closed")
    assert errors == []


def test_nothing_of_an_action_reaches_the_sites_own_monitoring(site: Site, page: Page, errors):
    """Even where the browser lacks what the tag reaches for."""
    page.add_init_script(
        "for (const name of ['IntersectionObserver', 'ResizeObserver', 'requestIdleCallback', 'matchMedia']) delete window[name]"
    )
    site.actions["Asked"] = [action(type_, "en") for type_ in TYPES[:-1]]
    site.watches["Asked"] = [{"campaign": "sale", "moment": {"type": "read"}, "delay": 0}, {"campaign": "x"}]
    site.pages["/"] = document(site, body=PAGE, head=STEADY)
    page.goto(site.url)
    page.wait_for_function("window.kizuki && window.kizuki.version")
    page.evaluate("kizuki.track('Asked')")
    page.wait_for_function("window.kizuki_moments && window.kizuki_summary && window.kizuki_embed")
    page.evaluate("kizuki.track('Marker')")

    site.wait_for_event("Marker")
    assert errors == []
