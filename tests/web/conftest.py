"""A browser, and a site that it visits."""

import fcntl
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from local import browser as browsers
from local.steps import run
from local.toolchain import node_environment
from tests.web.actions import PAGE
from tests.web.site import PATIENCE, Site, document

SHIRT = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900" fill="#9ab"/></svg>'
STEADY = '<link rel="icon" href="data:,">'
WEB = Path(__file__).parents[2] / "web"

expect.set_options(timeout=PATIENCE * 1000)


def build(workspace: str) -> None:
    """Build one as it is now: that takes less time than telling whether it is needed. Workers of one run share it."""
    name = f"kizuki-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}-{workspace}"
    locks = WEB.parent / ".local" / "builds"
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / name).open("a") as built:
        fcntl.flock(built, fcntl.LOCK_EX)
        # Its size now: another worker may have built while this one waited.
        if not os.fstat(built.fileno()).st_size:
            run(["npm", "run", "build", "--workspace", workspace], cwd=WEB, env=node_environment())
            built.write("built")


@pytest.fixture(scope="session")
def built_sdk() -> None:
    build("sdk")


@pytest.fixture(scope="session")
def built_demo() -> Path:
    build("demo")
    return WEB / "demo" / "dist"


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Start a browser."""
    with sync_playwright() as playwright:
        yield partial(playwright.chromium.launch, executable_path=browsers.find(), args=browsers.FLAGS)


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Iterator[Browser]:
    with launch() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def site(built_sdk: None) -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def violations(page: Page) -> Callable[[], list[str]]:
    """Look for accessibility faults on the page as it is, with axe."""

    def check() -> list[str]:
        page.add_script_tag(path=WEB / "node_modules" / "axe-core" / "axe.min.js")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]

    return check


@pytest.fixture
def show(site: Site, page: Page, visit: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page that has what actions want of it, and have these answered to an event."""

    def open_page(*actions: dict[str, Any], **parts: str) -> Page:
        site.files["/shirt.svg"] = ("image/svg+xml", SHIRT.encode())
        site.actions["Asked"] = list(actions)
        visit(**({"body": PAGE, "head": STEADY} | parts))
        page.evaluate("kizuki.track('Asked')")
        return page

    return open_page


@pytest.fixture
def errors(page: Page) -> list[str]:
    """The errors that nobody caught, as the site's own monitoring would see them."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def visit(site: Site, page: Page) -> Callable[..., Page]:
    """Open a page that carries the tag, and wait until the tag is there."""

    def open_page(path: str = "/", query: str = "", **parts: str) -> Page:
        site.pages[path] = document(site, **parts)
        page.goto(site.url + path + query)
        page.wait_for_function("window.kizuki && window.kizuki.version")
        return page

    return open_page
