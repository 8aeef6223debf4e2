"""Ways about the campaign editor that its tests share."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.web.console.server import ConsoleServer

FREE_SHIPPING = "campaigns/free-shipping/edit"


def step(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=name).click()


def field(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def written(console: ConsoleServer) -> Any:
    return console.backend.written[-1][2]


def save(page: Page) -> None:
    """Save it as a draft, and wait until it is: a new campaign gets an address of its own."""
    new = "/~new/" in page.url
    page.get_by_role("button", name="Save as draft").click()
    if new:
        expect(page).to_have_url(re.compile(r"/campaigns/[^~/][^/]*/edit"))
    else:
        expect_saved(page)


def expect_saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text=re.compile("^Saved$"))).to_be_visible()
