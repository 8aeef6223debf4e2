"""A browser, and a site that it visits."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.web.site import Site, document

WEB = Path(__file__).parents[2] / "web"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def build(folder: Path, script: str, *arguments: str) -> None:
    command = [shutil.which("node") or "node", script, *arguments]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - our own build


@pytest.fixture(scope="session")
def built_sdk() -> None:
    """The tag as it is now: building takes less time than telling whether it is needed."""
    build(WEB / "sdk", "build.js")


@pytest.fixture(scope="session")
def built_demo() -> Path:
    build(WEB / "demo", "../node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    return WEB / "demo" / "dist"


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """Start the system's browser, or Playwright's own where there is none."""
    system = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        yield partial(playwright.chromium.launch, executable_path=system, args=FLAGS)


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
def visit(site: Site, page: Page) -> Callable[..., Page]:
    """Open a page that carries the tag, and wait until the tag is there."""

    def open_page(path: str = "/", query: str = "", **parts: str) -> Page:
        site.pages[path] = document(site, **parts)
        page.goto(site.url + path + query)
        page.wait_for_function("window.kizuki && window.kizuki.version")
        return page

    return open_page
