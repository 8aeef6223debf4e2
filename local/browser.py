"""A browser for the tests: one that is here, else Debian's, else Playwright's own.

Chromium's headless shell first: the same engine without the windows, which opens a page four times as fast.
"""

import os
import shutil
import sys
from pathlib import Path

from local.steps import StepError, run

PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
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


def find() -> Path:
    """Return a browser's executable, installing one if there is none, and say which it is."""
    browser = _installed() or _from_debian() or _from_playwright()
    print(f"Browser: {browser}", file=sys.stderr)
    return browser


def _installed() -> Path | None:
    found = [shutil.which(name) for name in NAMES] + [place for place in PLACES if Path(place).exists()]
    return next((Path(path) for path in found if path), None)


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    for package in PACKAGES:
        try:
            run(["apt-get", "update", "--quiet"], env=QUIET)
            # Without the fonts every Japanese text in a screenshot is a row of boxes.
            run(["apt-get", "install", "--quiet", "--yes", package, "fonts-noto-cjk"], env=QUIET)
            break
        except StepError as error:
            print(error, file=sys.stderr)
    return _installed()


def _from_playwright() -> Path:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy, and needed only here

    run([sys.executable, "-m", "playwright", "install", "chromium"])
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    print(find())
