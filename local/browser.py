"""A browser for the tests: one that is here, else Debian's, else Playwright's own.

Chromium's headless shell first: the same engine without the windows, which opens a page four times as fast.
"""

import os
import shutil
import sys
from pathlib import Path

from local.steps import StepError, run

SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}
# Everything that a headless browser does by itself, a test should not wait for.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find(*, full: bool = False) -> Path:
    """Return a browser's executable, installing one if there is none, and say which it is.

    With `full`, no headless shell: it keeps no page to go back to.
    """
    names = NAMES if full else (SHELL, *NAMES)
    browser = _installed(names) or _from_debian(names) or _from_playwright()
    print(f"Browser: {browser}", file=sys.stderr)
    return browser


def _installed(names: tuple[str, ...]) -> Path | None:
    found = [shutil.which(name) for name in names] + [place for place in PLACES if Path(place).exists()]
    return next((Path(path) for path in found if path), None)


def _from_debian(names: tuple[str, ...]) -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    # Without the fonts every Japanese text in a screenshot is a row of boxes. Older releases have no shell.
    for packages in (["chromium", SHELL], ["chromium"]):
        try:
            run(["apt-get", "update", "--quiet"], env=QUIET)
            run(["apt-get", "install", "--quiet", "--yes", *packages, "fonts-noto-cjk"], env=QUIET)
            break
        except StepError as error:
            print(error, file=sys.stderr)
    return _installed(names)


def _from_playwright() -> Path:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and needed only here

    run([sys.executable, "-m", "playwright", "install", "chromium"])
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    print(find())
