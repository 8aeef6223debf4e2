"""The console in a real browser, on its own origin with the documented API."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.conftest import WEB, build
from tests.web.console.server import ConsoleServer

SIGNED_IN = """if (!sessionStorage.getItem("tests.signed-in")) {
  sessionStorage.setItem("tests.signed-in", "once");
  localStorage.setItem("kizuki.session", JSON.stringify(%s));
}"""
"""Once in a tab: who signs out is signed out."""


@pytest.fixture(scope="session")
def dist() -> Path:
    build("console")
    return WEB / "console" / "dist"


@pytest.fixture
def console(dist: Path) -> Iterator[ConsoleServer]:
    with ConsoleServer(dist) as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Asks for less motion: a replay waits for the play button, so that what is on screen does not depend on time."""
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def open_page(console: ConsoleServer, page: Page) -> Callable[[str], Page]:
    """Open a page of the site "shop"; whoever is not signed in there is, as if they had been before."""
    seeded = False

    def open_page(path: str) -> Page:
        nonlocal seeded
        if not seeded:
            page.add_init_script(SIGNED_IN % json.dumps(console.session()))
            seeded = True
        page.goto(f"{console.url}/sites/shop/{path}")
        expect(page.get_by_role("navigation").first).to_be_visible()
        return page

    return open_page
