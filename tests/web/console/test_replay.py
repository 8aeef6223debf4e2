"""Recordings are played, from wherever a link points, and nothing in them runs."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.web.console import data
from tests.web.console.forged import Stranger, forged
from tests.web.console.recording import Recording, meta, mouse, text_change

REPLAY = f"replays/{data.SESSION}"


def replayed(page: Page) -> FrameLocator:
    return page.frame_locator(".replayer-wrapper iframe")


def clock(page: Page) -> Locator:
    return replayed(page).locator("#clock")


def test_a_link_opens_at_its_moment_from_the_nearest_snapshot(console, open_page):
    page = open_page(f"{REPLAY}?t=94500")

    expect(clock(page)).to_have_text("second 94")
    expect(page.get_by_test_id("time")).to_have_text("1:34 / 2:00")
    fetched = sorted(int(path.split("/")[3].split("?")[0]) for _, path in console.requests if "/chunks/" in path)
    assert fetched[0] == 6
    current = page.get_by_role("region", name="In this visit").locator("[aria-current=true]")
    expect(current).to_contain_text("Added to cart")


def test_it_plays_pauses_and_jumps_by_keyboard_and_by_event(open_page):
    page = open_page(f"{REPLAY}?t=20500")
    expect(clock(page)).to_have_text("second 20")

    page.keyboard.press("ArrowRight")
    expect(clock(page)).to_have_text("second 30")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(clock(page)).to_have_text("second 10")
    page.get_by_role("button", name="JavaScript Error").click()
    expect(clock(page)).to_have_text("second 95")
    page.get_by_role("heading", name="Replay of").click()
    page.keyboard.press(" ")

    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(clock(page)).to_have_text("second 97")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_the_link_to_this_second_is_copied(console, context, open_page):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page(f"{REPLAY}?t=44500")
    expect(clock(page)).to_have_text("second 44")

    page.get_by_role("button", name="Copy link").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{console.url}/sites/shop/{REPLAY}?t=44000"


def test_it_plays_to_the_end_over_every_chunk(open_page):
    page = open_page(f"{REPLAY}?t=0")
    expect(clock(page)).to_have_text("second 0")
    page.get_by_text("8×").click()

    page.get_by_role("button", name="Play", exact=True).click()

    expect(clock(page)).to_have_text("second 120", timeout=40_000)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(page.get_by_test_id("time")).to_have_text("2:00 / 2:00")


def test_a_pause_of_the_visitor_is_skipped(console, open_page):
    backend = console.backend
    backend.tabs["tab-a"][-1].append(mouse(backend.started_ms + 3_600_000, 10, 10))
    page = open_page(f"{REPLAY}?t=119500")
    expect(clock(page)).to_have_text("second 119")

    page.get_by_role("button", name="Play", exact=True).click()

    expect(page.get_by_test_id("time")).to_have_text("1:00:00 / 1:00:00")


def test_expired_addresses_are_asked_for_again(console, open_page):
    page = open_page(REPLAY)
    expect(clock(page)).to_have_text("second 0")
    console.backend.tabs["tab-a"] += Recording(console.backend.started_ms + 900_000, 20).chunks()
    page.reload()
    expect(clock(page)).to_have_text("second 0")
    console.backend.expired_links += 1

    page.get_by_label("Position").fill("915500")

    expect(clock(page)).to_have_text("second 15")


def test_a_visit_under_way_goes_on_as_it_is_recorded(console, open_page):
    backend = console.backend
    backend.started = datetime.now(UTC).replace(microsecond=0)
    now = backend.started_ms
    backend.tabs["tab-a"] = [[*Recording(now, 0).chunks()[0], text_change(now + 500, 1, "hello")]]
    page = open_page(REPLAY)
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(clock(page)).to_have_text("hello")

    backend.tabs["tab-a"].append([text_change(now + 900, 1, "and on"), mouse(now + 950, 5, 5)])

    expect(clock(page)).to_have_text("and on", timeout=15_000)


def test_several_tabs_can_be_watched(console, open_page):
    backend = console.backend
    backend.tabs["tab-b"] = Recording(backend.started_ms + 30_000, 20).chunks()
    page = open_page(f"{REPLAY}?t=45500")
    expect(clock(page)).to_have_text("second 45")

    page.get_by_text("Tab 2").click()

    expect(clock(page)).to_have_text("second 15")


def test_a_missing_chunk_is_passed_over_to_the_next_snapshot(console, open_page):
    console.backend.tabs["tab-a"][3] = []
    page = open_page(f"{REPLAY}?t=45500")

    expect(clock(page)).to_have_text("second 60")


@pytest.mark.parametrize("session", [data.BROKEN_SESSION, data.SESSION])
def test_without_a_full_snapshot_it_says_so_instead_of_showing_white(console, open_page, session):
    at = console.backend.started_ms
    # The index says there is one; the chunk itself holds none.
    console.backend.tabs["tab-a"] = [[meta(at, "https://shop.example/"), *(mouse(at + n, n, n) for n in range(9))]]
    console.backend.chunk = claims_snapshot(console.backend.chunk)
    page = open_page(f"replays/{session}")

    expect(page.get_by_text("This recording cannot be played")).to_be_visible()
    expect(page.get_by_text("The picture of the page it starts from was not received")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)


def test_a_forged_recording_runs_nothing_and_fetches_nothing(console, open_page, page):
    with Stranger() as stranger:
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        at = console.backend.started_ms
        console.backend.tabs["tab-a"] = [forged(at, stranger.url)]
        open_page(f"{REPLAY}?t=5000")
        expect(replayed(page).get_by_text("the last of the page")).to_be_visible()
        page.get_by_role("button", name="Play", exact=True).click()
        expect(replayed(page).get_by_text("added later")).to_be_visible()
        replayed(page).get_by_text("a script in a link").first.dispatch_event("click")

        page.get_by_role("link", name="People").click()
        expect(page.get_by_text("taro@example.com")).to_be_visible()

        assert page.evaluate("window.pwned") is None
        assert dialogs == []
        assert stranger.asked == []
        assert page.url == f"{console.url}/sites/shop/people"


def claims_snapshot(chunk):
    return lambda *args: chunk(*args) | {"full_snapshot": True}
