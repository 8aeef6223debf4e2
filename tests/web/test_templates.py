"""Every built-in template as the tag draws it, in both languages, on a desktop and on a phone."""

import os
import subprocess

import msgspec
import pytest

from kizuki.campaigns.content import LOCALES
from kizuki.campaigns.decide import draft
from kizuki.campaigns.definition import Campaign
from kizuki.campaigns.templates import built_in
from kizuki.events import Event
from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import Ruleset
from kizuki.visitors import State, Value
from local.toolchain import node_environment
from tests.web.conftest import WEB

SCREENS = {"desktop": {"width": 1024, "height": 640}, "phone": {"width": 375, "height": 667}}
PAGE = """<!doctype html><title>Gallery</title><main>
<style>body { margin: 0; background: #fff } #screen { width: 100vw; height: 100vh }</style><div id="screen"></div></main>"""
LOOK = """() => {
  const screen = document.getElementById("screen").getBoundingClientRect();
  const found = { texts: [], outside: [], cut: [], broken: [] };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (box.width <= 1 || box.height <= 1) return;  // for screen readers
      found.texts.push(node.data);
      if (box.left < screen.left || box.right > screen.right || box.top < screen.top || box.bottom > screen.bottom) {
        found.outside.push(node.data);
      }
      if (lines.size > 1 && node.parentElement.closest(".button, .dismiss")) found.broken.push(node.data);
    }
    if (node instanceof HTMLElement && node.localName !== "video" && !node.matches("style, script")) {
      const { overflowX, display } = getComputedStyle(node);
      const clips = display !== "inline" && overflowX !== "visible";
      if (clips && node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1) found.cut.push(node.className);
    }
    if (node.shadowRoot) node.shadowRoot.childNodes.forEach(visit);
    if (!(node instanceof HTMLElement) || !node.matches("style, script, video")) node.childNodes.forEach(visit);
  };
  visit(document.getElementById("screen"));
  return found;
}"""


@pytest.fixture(scope="module")
def renderer() -> str:
    """The tag's renderer, as the console uses it."""
    esbuild = [WEB / "node_modules" / ".bin" / "esbuild", "src/preview.ts", "--bundle", "--format=iife"]
    names = ["--global-name=preview", "--loader:.css=text"]
    environment = os.environ | node_environment()
    built = subprocess.run([*esbuild, *names], cwd=WEB / "sdk", env=environment, capture_output=True, check=True)  # noqa: S603
    return built.stdout.decode()


@pytest.fixture(scope="module", params=SCREENS)
def gallery(browser, renderer, request):
    page = browser.new_page(viewport=SCREENS[request.param])
    page.route("**/*", lambda route: route.abort())
    page.route("http://shop.test/", lambda route: route.fulfill(content_type="text/html", body=PAGE))
    page.goto("http://shop.test/")
    page.add_script_tag(content=renderer)
    page.add_script_tag(path=WEB / "node_modules" / "axe-core" / "axe.min.js")
    yield page, page.screenshot()
    page.close()


def actions(template, locale):
    """What each variant shows to the template's sample visitor."""
    spec = Campaign.model_validate(template.definition | {"id": template.id}).spec()
    engine = Engine(Ruleset(1, "shop", "Asia/Tokyo", campaigns=[spec]))
    sample = template.sample
    cart = {"cart": sample["cart"]} if "cart" in sample else {}
    event = Event(
        message_id="m",
        type="track",
        name="page",
        person="a:x",
        occurred_at=1,
        received_at=1,
        properties=sample.get("properties", {}) | cart,
        context={"locale": locale},
    )
    traits = {name: Value(value, 1) for name, value in sample.get("traits", {}).items()}
    facts = Facts(event, State("a:x", profile=traits), engine.calendar)
    for variant in spec.variants:
        yield msgspec.to_builtins(draft(engine, spec, variant, facts, sample.get("variables", {})))


def draw(page, action):
    page.evaluate("action => { undo = preview.renderAction(document.getElementById('screen'), action) }", action)


ON_PAGE = [template for template in built_in() if template.layout != "notify"]
each_template = pytest.mark.parametrize("template", ON_PAGE, ids=lambda template: template.id)


@each_template
def test_a_template_is_on_the_screen_whole(gallery, template):
    page, blank = gallery
    for locale in LOCALES:
        for action in actions(template, locale):
            draw(page, action)
            photograph, seen = page.screenshot(), page.evaluate(LOOK)
            page.evaluate("undo()")

            assert photograph != blank
            assert seen["texts"]
            assert seen["outside"] == seen["cut"] == seen["broken"] == []
            assert not [
                text for text in seen["texts"] if any(odd in text for odd in ("{{", "undefined", "NaN", "null"))
            ]


@pytest.mark.parametrize("gallery", ["desktop"], indirect=True)
@each_template
def test_a_template_can_be_read_and_its_buttons_have_names(gallery, template):
    page, _ = gallery
    for locale in LOCALES:
        for action in actions(template, locale):
            draw(page, action)
            faults = page.evaluate("axe.run('main', {runOnly: ['color-contrast', 'link-name', 'button-name']})")
            page.evaluate("undo()")

            assert [node["html"] for fault in faults["violations"] for node in fault["nodes"]] == []
