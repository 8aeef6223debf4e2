"""Recordings are played, from wherever a link points, and nothing in them runs."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.web.conftest import WEB
from tests.web.console import data
from tests.web.console.forged import Stranger, forged, noted
from tests.web.console.live_backend import found
from tests.web.console.recording import Event, Recording, meta, mouse, text_change

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
    expect(clock(page)).to_have_text("second 96")
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


def test_the_address_is_that_of_the_page_that_came_with_the_last_event(console, open_page):
    chunk = console.backend.tabs["tab-a"][-1]
    last = chunk[-1]["timestamp"]
    chunk.append(meta(last + 50, "https://shop.example.com/thanks"))
    page = open_page(f"{REPLAY}?t={round(last - console.backend.started_ms) - 1000}")
    page.get_by_role("button", name="Play", exact=True).click()

    expect(page.get_by_text("https://shop.example.com/thanks")).to_be_visible()


def test_a_page_left_open_over_night_is_not_waited_for_whatever_is_chosen(console, open_page):
    backend = console.backend
    backend.tabs["tab-a"][-1].append(mouse(backend.started_ms + 86_400_000, 10, 10))
    page = open_page(f"{REPLAY}?t=119500")
    expect(clock(page)).to_have_text("second 119")
    page.get_by_role("switch", name="Skip inactivity").uncheck(force=True)

    page.get_by_role("button", name="Play", exact=True).click()

    expect(page.get_by_test_id("time")).to_have_text("24:00:00 / 24:00:00")


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
        answered: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.on("response", lambda response: answered.append(response.url))
        at = console.backend.started_ms
        console.backend.tabs["tab-a"] = [forged(at, stranger.url)]
        open_page(f"{REPLAY}?t=5000")
        expect(replayed(page).get_by_text("the last of the page")).to_be_visible()
        page.get_by_role("button", name="Play", exact=True).click()
        expect(replayed(page).get_by_text("added later")).to_be_visible()
        expect(page.get_by_role("button", name="<img src=")).to_be_visible()
        replayed(page).get_by_text("a script in a link").first.dispatch_event("click")
        open_page("replays")
        expect(page.locator("[data-state=drawn]")).to_have_count(3)
        expect(page.frame_locator(".k-thumb iframe").first.get_by_text("the last of the page")).to_be_attached()

        page.get_by_role("link", name="People").click()
        expect(page.get_by_text("taro@example.com")).to_be_visible()

        assert page.evaluate("window.pwned") is None
        assert dialogs == []
        assert stranger.asked == []
        assert [url for url in answered if not url.startswith((console.url, "data:", "blob:"))] == []
        assert page.url == f"{console.url}/sites/shop/people"


def test_what_is_lost_is_named_and_the_rest_is_played(console, open_page):
    backend = console.backend
    backend.tabs["tab-a"] = Recording(backend.started_ms, 120, pages=(0, 60)).chunks()
    backend.tabs["tab-a"][0] = []
    backend.spoiled = {("tab-a", 8): b"\x1f\x8bno gzip", ("tab-a", 9): None}
    backend.replay = shuffled_and_doubled(backend.replay)
    page = open_page(f"{REPLAY}?t=0")

    expect(clock(page)).to_have_text("second 60")
    expect(page.get_by_text("0:00 was not received. It goes on from here.")).to_be_visible()
    expect(page.get_by_text("Not received: 0:00–1:00")).to_be_visible()
    page.get_by_label("Position").fill("85000")
    expect(page.get_by_text("Not received: 0:00–1:00; 1:19–2:00")).to_be_visible()
    expect(clock(page)).to_have_text("second 79")

    backend.spoiled = {("tab-a", sequence): b"{" for sequence in range(13)}
    page.reload()
    expect(page.get_by_text("What arrived is damaged and cannot be read.")).to_be_visible()
    backend.spoiled = {("tab-a", sequence): None for sequence in range(13)}
    page.reload()
    expect(page.get_by_text("Nothing of it arrived, or it is no longer kept.")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)


def test_what_plain_rrweb_recorded_plays(console, context, open_page):
    recorded = recorded_by_rrweb(context.new_page())
    backend = console.backend
    backend.started = datetime.fromtimestamp(recorded[0]["timestamp"] / 1000, UTC)
    backend.tabs = {"plain": [recorded[:3], recorded[3:]], "whole": [recorded]}
    page = open_page(f"{REPLAY}?t=999999999")

    expect(replayed(page).locator("h1")).to_have_text("Said in the end")
    expect(replayed(page).locator("canvas")).to_be_attached()
    page.get_by_text("Tab 2").click()
    expect(replayed(page).locator("h1")).to_have_text("Said in the end")
    assert page.evaluate("window.pwned") is None


def test_the_person_the_problems_and_what_colleagues_say_are_beside_it(console, open_page):
    backend = console.backend
    start = backend.started_ms
    backend.tabs["tab-a"][1] += [
        noted(start + 15_000, kind="console", message="Failed to load the price"),
        noted(start + 16_000, kind="rage_click", selector="#buy", clicks=5),
    ]
    backend.live.earlier = [found("s-before", 200)]
    page = open_page(f"{REPLAY}?t=0")
    expect(clock(page)).to_have_text("second 0")
    person = page.get_by_role("region", name="About this person")
    expect(person).to_contain_text("Visit 9")
    expect(person.get_by_role("link", name="会員")).to_have_attribute("href", "/sites/shop/segments/members")
    expect(person.get_by_role("link", name="Visit before")).to_have_attribute("href", "/sites/shop/replays/s-before")
    fetched = {int(path.split("/")[3].split("?")[0]) for _, path in console.requests if "/chunks/" in path}
    assert fetched <= {0, 1, 2}, "only what the first picture needs, and a little more"

    page.get_by_role("button", name="The page logged an error").click()
    expect(clock(page)).to_have_text("second 15")
    expect(page.locator(".k-markers [data-kind=click]")).to_have_attribute("data-words", "Clicked in anger · #buy")
    page.locator(".k-markers [data-kind=comment]").click()
    expect(clock(page)).to_have_text("second 42")

    page.get_by_role("tab", name="Comments").click()
    expect(page.get_by_role("list", name="Comments")).to_contain_text("ここで迷っている")
    page.get_by_label("Write a comment").fill("The price is missing")
    page.get_by_role("button", name="Comment at 0:42", exact=True).click()
    expect(page.get_by_role("list", name="Comments").get_by_role("listitem")).to_have_count(2)
    assert [(each["offset"], each["text"]) for each in backend.live.comments] == [
        (42_000, "ここで迷っている"),
        (42_000, "The price is missing"),
    ]
    page.get_by_role("button", name="Delete the comment at 0:42").first.click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("list", name="Comments").get_by_role("listitem")).to_have_count(1)
    assert [each["text"] for each in backend.live.comments] == ["The price is missing"]

    assert backend.live.seen == []
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_text("Seen by you")).to_be_visible(timeout=15_000)
    assert len(backend.live.seen) == 1


def test_a_visit_is_watched_at_its_edge_until_the_visitor_leaves(console, open_page):
    backend = console.backend
    backend.started = (datetime.now(UTC) - timedelta(seconds=40)).replace(microsecond=0)
    chunks = Recording(backend.started_ms, 40).chunks()
    backend.tabs["tab-a"] = chunks
    page = open_page(f"{REPLAY}?live=1")
    controls = page.get_by_role("region", name="Player")

    expect(clock(page)).to_have_text("second 40")
    expect(controls.get_by_text("Live", exact=True)).to_be_visible()
    assert backend.live.watched == [data.SESSION]
    for second in (41, 42):
        at = backend.started_ms + second * 1000
        chunks.append([text_change(at, 1, f"second {second}"), mouse(at + 50, 5, 5)])
        expect(clock(page)).to_have_text(f"second {second}")

    page.keyboard.press("ArrowLeft")
    expect(clock(page)).not_to_have_text("second 42")
    controls.get_by_role("button", name="Jump to live").click()
    expect(clock(page)).to_have_text("second 42")
    expect(controls.get_by_text("Live", exact=True)).to_be_visible()

    # What came late is not caught up with second by second.
    at = backend.started_ms + 90_000
    busy = [mouse(at - 1_000 * second, second, second) for second in range(45, 0, -1)]
    chunks.append([*busy, text_change(at, 1, "now"), mouse(at + 50, 5, 5)])
    expect(clock(page)).to_have_text("now")

    backend.left = True
    expect(page.get_by_text("The visitor has left: this is the recording")).to_be_visible(timeout=15_000)
    expect(controls.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(controls.get_by_text("Live", exact=True)).to_have_count(0)


def claims_snapshot(chunk):
    return lambda *args: chunk(*args) | {"full_snapshot": True}


def shuffled_and_doubled(replay):
    def answer(session):
        told = replay(session)
        for tab in told["tabs"]:
            tab["chunks"] = [*tab["chunks"][::-1], *tab["chunks"][3:6]]
        return told

    return answer


def recorded_by_rrweb(page: Page) -> list[Event]:
    """Record a page as rrweb does by itself, without anything of Kizuki."""
    page.goto("about:blank")
    page.set_content("<h1>Said first</h1><canvas></canvas><button onclick='window.pwned = 1'>Press</button>")
    page.add_script_tag(path=WEB / "node_modules" / "@rrweb" / "record" / "dist" / "record.umd.min.cjs")
    page.evaluate("window.events = []; rrwebRecord.record({emit: event => events.push(event)}); 0")
    page.get_by_role("button").click()
    page.evaluate("document.querySelector('h1').textContent = 'Said in the end'")
    page.wait_for_function("JSON.stringify(events).includes('Said in the end')")
    recorded: list[Event] = page.evaluate("events")
    page.close()
    return recorded
