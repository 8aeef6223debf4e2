"""The console in a real browser, on its own origin with the documented API."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.conftest import WEB, build
from tests.web.console.server import ConsoleServer, sign_in


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
    """Open a page of the site "shop", signing in the first time."""

    def open_page(path: str) -> Page:
        page.goto(f"{console.url}/sites/shop/{path}")
        form = page.get_by_label("Password", exact=True).or_(page.get_by_label("パスワード", exact=True))
        navigation = page.get_by_role("navigation").first
        expect(form.or_(navigation).first).to_be_visible()
        if form.is_visible():
            sign_in(page)
            expect(navigation).to_be_visible()
        return page

    return open_page
