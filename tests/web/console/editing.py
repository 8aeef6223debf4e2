"""Ways about the campaign editor that its tests share."""

from typing import Any

from playwright.sync_api import Locator, Page

from tests.web.console.server import ConsoleServer

FREE_SHIPPING = "campaigns/free-shipping/edit"


def step(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=name).click()


def field(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def written(console: ConsoleServer) -> Any:
    return console.backend.written[-1][2]
