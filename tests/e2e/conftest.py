"""A platform of the tests' own, every role's policies enforced, and a browser."""

import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from local import browser as browsers
from local.deployment import client
from local.platform import Platform

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".local" / "e2e"
PORT, INBOX_PORT = 4765, 4779
PATIENCE = 90.0  # seconds for what takes a few on an idle machine

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


expect.set_options(timeout=PATIENCE * 1000)


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
    with urllib.request.urlopen(f"{platform['inbox_url']}/messages.json") as answer:
        return [message for message in json.load(answer) if message["kind"] == kind]


def token(platform: Outputs) -> str:
    """An access token of the administrator, as the console gets one."""
    cognito = client("cognito-idp", platform["aws_endpoint_url"])
    answer = cognito.initiate_auth(
        ClientId=platform["client_id"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": platform["admin_email"], "PASSWORD": platform["admin_password"]},
    )
    return str(answer["AuthenticationResult"]["AccessToken"])


def ask(platform: Outputs, path: str, method: str = "GET", body: Any = None) -> Any:
    """Call a route of the console API as the administrator."""
    request = urllib.request.Request(
        f"{platform['api_url']}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": f"Bearer {token(platform)}", "content-type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error


@contextmanager
def live(platform: Outputs, campaign: dict[str, Any]) -> Iterator[str]:
    """Have a campaign live for a while; what it is called in the API."""
    path = f"/api/sites/shop/campaigns/{campaign['id']}"
    ask(platform, path, "PUT", campaign)
    ask(platform, f"{path}/publish", "POST")
    try:
        yield path
    finally:
        ask(platform, f"{path}/pause", "POST")


def counters(platform: Outputs) -> dict[str, int]:
    return ask(platform, "/api/sites/shop/campaigns/free-shipping")["counters"]
