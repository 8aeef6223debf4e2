"""A platform of the tests' own, every role's policies enforced, and a browser."""

import json
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from local import browser as browsers
from local.platform import Platform

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".local" / "e2e"
PORT, INBOX_PORT = 4765, 4779
PATIENCE = 30.0

Outputs = dict[str, Any]


@pytest.fixture(scope="session")
def platform() -> Iterator[Outputs]:
    """Start from nothing, beside whatever `make up` runs; stop at the end, also after a failure."""
    platform = Platform(FOLDER, PORT, INBOX_PORT)
    platform.down()
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        yield platform.up(auth=True)
    finally:
        platform.down()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor who has never been here, with a Japanese browser."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def operator(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody of the CS team, in a browser of their own."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1440, "height": 900})
    yield context
    context.close()


def eventually(ask: Callable[[], Any], holds: Callable[[Any], bool] = bool) -> Any:
    """Ask until the answer holds, and return it."""
    deadline = time.monotonic() + PATIENCE
    while not holds(answer := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(f"still {answer!r:.2000} after {PATIENCE:.0f} s")
        time.sleep(0.1)
    return answer


def messages(platform: Outputs, kind: str = "slack") -> list[dict[str, Any]]:
    """What the inbox has received, oldest first."""
    with urllib.request.urlopen(f"{platform['inbox_url']}/messages.json") as answer:  # noqa: S310 - loopback
        return [message for message in json.load(answer) if message["kind"] == kind]
