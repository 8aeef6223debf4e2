"""What the recorder sent, as the tests look at it."""

import json
from typing import Any

from playwright.sync_api import Page

from tests.web.site import Site

RECORD = 'data-replay="on"'
SNAPSHOT, INCREMENTAL, META, CUSTOM = 2, 3, 4, 5


def recorded(site: Site) -> list[dict[str, Any]]:
    return [event for chunk in site.stored for event in chunk.recorded]


def wait_for_recorded(site: Site, text: str) -> None:
    site.wait_for(lambda: any(text in json.dumps(event, ensure_ascii=False) for event in recorded(site)))


def markers(site: Site) -> list[dict[str, Any]]:
    """What the recorder noted for the player."""
    return [event["data"]["payload"] for event in recorded(site) if event["type"] == CUSTOM]


HIDE = """hidden => {
    Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def hide(page: Page, *, hidden: bool = True) -> None:
    """Put the page into the background, as far as it can tell."""
    page.evaluate(HIDE, hidden)


def leave(page: Page) -> None:
    page.goto("about:blank")
