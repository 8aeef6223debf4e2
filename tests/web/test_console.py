"""The console in a real browser, on its own origin with the documented API."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Self

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web import console_data as data
from tests.web.conftest import WEB, build
from tests.web.console_cognito import User
from tests.web.console_forged import forged
from tests.web.console_recording import Recording, meta, mouse, text_change
from tests.web.console_server import EMAIL, PASSWORD, ConsoleServer

AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
ANIMATED = """Promise.all(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime !== Infinity)
    .map(each => each.finished.catch(() => null)))"""
REPLAY = f"replays/{data.SESSION}"
PAGES = [
    "feed",
    "feed?tab=refused",
    "people",
    "people/u%3A42?event=m-3",
    "campaigns",
    "campaigns/free-shipping",
    "campaigns/free-shipping?tab=json",
    "campaigns/~new",
    "replays",
    f"{REPLAY}?t=44500",
    f"replays/{data.BROKEN_SESSION}",
    "deliveries",
    "settings",
]


@pytest.fixture(scope="session")
def dist() -> Path:
    build("console")
    return WEB / "console" / "dist"


@pytest.fixture
def console(dist: Path) -> Iterator[ConsoleServer]:
    with ConsoleServer(dist) as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Asks for less motion: a replay waits for the play button, so that what is on screen does not depend on time."""
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo", reduced_motion="reduce")
    yield context
    context.close()


Open = Callable[[str], Page]


@pytest.fixture
def open_page(console: ConsoleServer, page: Page) -> Open:
    """Open a page of the site "shop", signing in the first time."""

    def open_page(path: str) -> Page:
        page.goto(f"{console.url}/sites/shop/{path}")
        form = page.get_by_label("Password", exact=True).or_(page.get_by_label("パスワード", exact=True))
        expect(form.or_(page.get_by_role("navigation"))).to_be_visible()
        if form.is_visible():
            sign_in(page)
            expect(page.get_by_role("navigation")).to_be_visible()
        return page

    return open_page


def sign_in(page: Page, email: str = EMAIL, password: str = PASSWORD) -> None:
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")


def replayed(page: Page):
    return page.frame_locator(".replayer-wrapper iframe")


def clock(page: Page):
    return replayed(page).locator("#clock")


class TestSigningIn:
    def test_a_wrong_password_is_told_and_the_right_one_opens_the_linked_page(self, console, page):
        page.goto(f"{console.url}/sites/shop/deliveries")
        sign_in(page, password="wrong")
        expect(page.get_by_role("alert")).to_have_text("The email or the password is wrong.")

        sign_in(page)

        expect(page.get_by_role("heading", name="Deliveries")).to_be_visible()
        assert page.url == f"{console.url}/sites/shop/deliveries"

    def test_a_reload_stays_signed_in_and_signing_out_does_not(self, open_page):
        page = open_page("people")
        page.reload()
        expect(page.get_by_role("heading", name="People")).to_be_visible()

        page.get_by_role("button", name="Account").click()
        page.get_by_role("menuitem", name="Sign out").click()
        page.reload()

        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert page.evaluate("localStorage['kizuki.session']") is None

    def test_an_invited_operator_chooses_a_password(self, console, page):
        console.pool.users["new@example.com"] = User("new@example.com", "Temporary-1", must_change=True)
        page.goto(console.url)
        sign_in(page, "new@example.com", "Temporary-1")
        expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()

        page.get_by_label("New password", exact=True).fill("My-own-password-9")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="Live feed")).to_be_visible()
        assert console.pool.users["new@example.com"].password == "My-own-password-9"

    def test_a_token_that_the_api_refuses_is_renewed_without_a_word(self, console, open_page):
        page = open_page("people")
        expect(page.get_by_text("taro@example.com")).to_be_visible()
        console.pool.valid.clear()

        page.get_by_role("link", name="Deliveries").click()

        expect(page.get_by_text("HTTP 503")).to_be_visible()

    def test_an_ended_session_asks_to_sign_in_and_goes_on_where_one_was(self, console, open_page):
        page = open_page("people")
        expect(page.get_by_text("taro@example.com")).to_be_visible()
        console.pool.expire_everything()

        page.get_by_role("link", name="Deliveries").click()
        expect(page.get_by_text("Your session has expired.")).to_be_visible()
        sign_in(page)

        expect(page.get_by_text("HTTP 503")).to_be_visible()

    def test_tokens_never_appear_in_an_address(self, console, open_page):
        page = open_page("feed")
        expect(page.get_by_text("newsletter_opened")).to_be_visible()

        token = next(iter(console.pool.valid))

        assert not [path for _, path in console.requests if token in path]


class TestLanguage:
    def test_the_browsers_language_is_the_first_choice_and_the_chosen_one_is_kept(self, console, browser):
        context = browser.new_context(locale="ja-JP")
        page = context.new_page()
        page.goto(console.url)
        expect(page.get_by_role("heading", name="サインイン")).to_be_visible()

        page.get_by_role("button", name="表示言語").click()
        page.get_by_role("menuitem", name="English").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.reload()

        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "en"
        context.close()

    def test_well_known_events_are_named_in_japanese(self, open_page, page, console):
        page.add_init_script("localStorage['kizuki.language'] = 'ja'")
        open_page("feed")

        row = page.get_by_role("listitem").filter(has_text="カート追加")

        expect(row).to_contain_text("麻のシャツ")
        expect(page.get_by_role("listitem").filter(has_text="ページ閲覧")).to_be_visible()


class TestFeed:
    def test_it_waits_for_the_first_event_and_moves_on_by_itself(self, console, open_page):
        console.backend.feed.clear()
        page = open_page("feed")
        expect(page.get_by_role("heading", name="Waiting for the first event")).to_be_visible()
        expect(page.locator("pre")).to_have_text(
            f'<script async src="https://sdk.example/kizuki.js" data-write-key="{data.WRITE_KEY}"'
            ' data-host="https://ingest.example" data-replay="on"></script>'
        )

        console.backend.feed.append(data.feed_event(1, "Product Added", properties={"name": "麻のシャツ"}))

        expect(page.get_by_role("button", name="Added to cart")).to_be_visible()
        expect(page.get_by_role("heading", name="Waiting for the first event")).to_be_hidden()

    def test_new_events_appear_unless_paused(self, console, open_page):
        page = open_page("feed")
        expect(page.get_by_text("newsletter_opened")).to_be_visible()
        page.get_by_role("button", name="Pause").click()
        seen = sum("/feed" in path for _, path in console.requests)
        console.backend.feed.insert(0, data.feed_event(99, "Wishlist Shared"))
        page.get_by_role("button", name="Resume").click()

        expect(page.get_by_text("Wishlist Shared")).to_be_visible()
        assert sum("/feed" in path for _, path in console.requests) > seen

    def test_rows_are_filtered_by_what_they_say_and_lead_to_the_person(self, open_page):
        page = open_page("feed")
        page.get_by_label("Filter by name, page or property").fill("spring")

        rows = page.get_by_role("list", name="Events").get_by_role("listitem")

        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("newsletter_opened")
        expect(rows.get_by_role("link")).to_have_attribute("href", re.compile(r"/sites/shop/people/a%3A5f0c"))

    def test_refused_events_say_why_and_where(self, open_page):
        page = open_page("feed?tab=refused")
        row = page.get_by_role("button", name="event_too_large")
        expect(row).to_contain_text("the event is 40,112 bytes, over the limit of 32,768")
        expect(row).to_contain_text("batch[3]")

        row.click()

        expect(page.locator("pre")).to_contain_text('"event": "Product Added"')

    def test_what_is_shown_stays_while_the_api_falters(self, console, open_page):
        page = open_page("people")
        expect(page.get_by_text("taro@example.com")).to_be_visible()
        page.route("**/api/sites/shop/deliveries*", lambda route: route.abort())

        page.get_by_role("link", name="Deliveries").click()

        expect(page.get_by_text("The server cannot be reached.")).to_be_visible(timeout=15_000)
        page.unroute("**/api/sites/shop/deliveries*")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text("HTTP 503")).to_be_visible()


class TestPeople:
    def test_people_are_found_by_name_email_or_id_and_loaded_page_by_page(self, console, open_page):
        console.backend.people += [
            data.PEOPLE[1] | {"id": f"a:{number:08d}-0000", "name": f"Visitor No {number}"} for number in range(60)
        ]
        page = open_page("people")
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(50)

        page.get_by_role("button", name="Load more").click()
        expect(rows).to_have_count(63)
        page.get_by_label("Search by name, email or id").fill("MARGARET.oconnell")

        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("10,412")

    def test_a_story_is_told_visit_by_visit_with_what_the_campaigns_decided(self, open_page):
        page = open_page("people/u%3A42")

        visit = page.get_by_role("region", name="Visit 9")
        expect(visit).to_contain_text("Landed on / · through google / cpc / spring · Chrome / Windows")
        expect(visit.get_by_role("link", name="Play 2m")).to_have_attribute("href", f"/sites/shop/{REPLAY}")
        added = visit.locator("[data-event=m-3]")
        expect(added).to_contain_text("Shown")
        expect(added).to_contain_text("Control group")
        expect(added.get_by_role("link", name="Play from here")).to_have_attribute(
            "href", f"/sites/shop/{REPLAY}?t=37000"
        )
        expect(visit.locator("[data-event=m-6]")).to_contain_text("Frequency: already shown in this visit (1 of 1)")
        expect(visit.locator("[data-event=m-1]").get_by_role("link")).to_have_attribute(
            "href", f"/sites/shop/{REPLAY}?t=0"
        )
        expect(page.get_by_role("region", name="Outside of visits")).to_contain_text("Invoice Paid")
        expect(page.get_by_role("region", name="Visit 8")).to_contain_text("from news.example")
        expect(page.get_by_role("complementary")).to_contain_text("address.city")

    def test_a_link_to_an_event_opens_it_in_view(self, open_page):
        page = open_page("people/u%3A42?event=p-1")

        event = page.locator("[data-event=p-1]")

        expect(event).to_have_attribute("aria-current", "true")
        expect(event).to_be_in_viewport()
        expect(event).to_contain_text("Properties")

    def test_a_link_to_a_visitor_who_has_signed_in_since_leads_to_the_member(self, console, open_page):
        console.backend.merged["a:before"] = data.TARO
        page = open_page("people/a%3Abefore?event=m-3")

        expect(page.get_by_role("heading", name="山田 太郎")).to_be_visible()
        expect(page).to_have_url(f"{console.url}/sites/shop/people/u%3A42?event=m-3")

    def test_a_page_begins_at_its_top_and_going_back_returns_to_where_one_was(self, console, open_page):
        console.backend.people += [
            data.PEOPLE[1] | {"id": f"a:{number:08d}-0000", "name": f"Visitor No {number}"} for number in range(40)
        ]
        page = open_page("people")
        page.get_by_role("link", name="Visitor No 39").click()
        expect(page.get_by_role("heading", name="Visitor No 39")).to_be_visible()
        assert page.evaluate("scrollY") == 0

        page.go_back()

        expect(page.get_by_role("link", name="Visitor No 39")).to_be_in_viewport()

    def test_a_linked_event_on_an_older_page_is_looked_for(self, console, open_page, monkeypatch):
        older = [data.story_event(f"o-{n}", "page", console.backend.started, "s-older", 1) for n in range(230)]
        monkeypatch.setattr(type(console.backend), "timeline", older)
        page = open_page("people/u%3A42?event=o-220")

        expect(page.locator("[data-event=o-220]")).to_be_in_viewport()


class TestCampaigns:
    def test_publishing_is_confirmed_and_shows_once_the_server_has_answered(self, console, open_page):
        page = open_page("campaigns")
        row = page.get_by_role("row", name="あと少しで送料無料")
        expect(row).to_contain_text("Draft")
        expect(row).to_contain_text("12.2%")

        row.get_by_role("button", name="Publish").click()
        page.get_by_role("dialog").get_by_role("button", name="Publish").click()

        expect(row).to_contain_text("Live")
        assert console.backend.campaigns["free-shipping"]["status"] == "live"
        row.get_by_role("button", name="Pause").click()
        page.get_by_role("dialog").get_by_role("button", name="Pause").click()
        expect(row).to_contain_text("Paused")

    def test_a_publish_that_fails_says_so_and_changes_nothing(self, console, open_page):
        console.backend.failing.add("publish")
        page = open_page("campaigns/free-shipping")
        page.get_by_role("button", name="Publish").click()

        page.get_by_role("dialog").get_by_role("button", name="Publish").click()

        expect(page.get_by_role("alert")).to_have_text("The server is busy. Please try again in a moment.")
        page.get_by_role("button", name="Cancel").last.click()
        expect(page.get_by_role("article").get_by_text("Draft", exact=True)).to_be_visible()

    def test_a_definition_is_told_in_words_and_previewed_in_both_languages(self, open_page):
        page = open_page("campaigns/free-shipping")

        conditions = page.get_by_role("region", name="When and to whom")
        expect(conditions).to_contain_text(
            "The visitor does: Added to cart (Product Added) or Viewed the cart (Cart Viewed)"
        )
        expect(conditions).to_contain_text("Is in the segment “会員”")
        expect(conditions).to_contain_text(
            "The number of “Completed an order (Order Completed)” in the last 7 days is more than 0"
        )
        expect(conditions).to_contain_text("10% of people are not shown it")
        content = page.get_by_role("region", name="What is shown")
        expect(content).to_contain_text("で送料無料です!")
        expect(content).to_contain_text("to free shipping!")
        expect(content).to_contain_text("Variant b · Popup")

    def test_the_editor_shows_what_the_api_refuses_and_where(self, console, open_page):
        page = open_page("campaigns/free-shipping?tab=json")
        editor = page.get_by_label("Definition (JSON)")
        expect(editor).to_have_value(re.compile('"control_percent": 10'))

        editor.fill('{"name": "Free"}')
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("definition.trigger")
        editor.fill("{")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("This is not valid JSON")
        editor.fill('{"name": "Free", "trigger": {"type": "event", "name": "page"}, "variants": []}')
        page.get_by_role("button", name="Save").click()

        expect(page.get_by_role("heading", name="Free")).to_be_visible()
        assert console.backend.campaigns["free-shipping"]["name"] == "Free"

    def test_a_new_campaign_is_read_back_while_it_is_written_and_saved_as_a_draft(self, console, open_page):
        page = open_page("campaigns/free-shipping")
        page.get_by_role("link", name="Duplicate").click()
        editor = page.get_by_label("Definition (JSON)")
        expect(editor).to_have_value(re.compile('"id": "free-shipping-copy"'))

        editor.fill(editor.input_value().replace("Keep shopping", "See more"))
        expect(page.get_by_role("region", name="How it reads")).to_contain_text("See more")
        editor.fill('{"trigger": {"type": "all"}, "variants": [{}]}')
        expect(page.get_by_role("region", name="How it reads")).to_contain_text(
            "Appears as soon as the JSON is complete."
        )
        page.get_by_role("button", name="Discard changes").click()
        editor.fill(editor.input_value().replace("free-shipping-copy", "newsletter"))
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("This id is taken. Choose another.")
        page.get_by_role("button", name="Discard changes").click()
        page.get_by_role("button", name="Save").click()

        expect(page).to_have_url(f"{console.url}/sites/shop/campaigns/free-shipping-copy")
        expect(page.get_by_role("article").get_by_text("Draft", exact=True)).to_be_visible()
        assert console.backend.campaigns["free-shipping-copy"]["definition"]["id"] == "free-shipping-copy"


class TestReplay:
    def test_a_link_opens_at_its_moment_from_the_nearest_snapshot(self, console, open_page):
        page = open_page(f"{REPLAY}?t=94500")

        expect(clock(page)).to_have_text("second 94")
        expect(page.get_by_test_id("time")).to_have_text("1:34 / 2:00")
        fetched = sorted(int(path.split("/")[3].split("?")[0]) for _, path in console.requests if "/chunks/" in path)
        assert fetched[0] == 6
        current = page.get_by_role("region", name="In this visit").locator("[aria-current=true]")
        expect(current).to_contain_text("Added to cart")

    def test_it_plays_pauses_and_jumps_by_keyboard_and_by_event(self, open_page):
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

    def test_the_link_to_this_second_is_copied(self, console, context, open_page):
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = open_page(f"{REPLAY}?t=44500")
        expect(clock(page)).to_have_text("second 44")

        page.get_by_role("button", name="Copy link").click()

        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == f"{console.url}/sites/shop/{REPLAY}?t=44000"

    def test_it_plays_to_the_end_over_every_chunk(self, open_page):
        page = open_page(f"{REPLAY}?t=0")
        expect(clock(page)).to_have_text("second 0")
        page.get_by_text("8×").click()

        page.get_by_role("button", name="Play", exact=True).click()

        expect(clock(page)).to_have_text("second 120", timeout=40_000)
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        expect(page.get_by_test_id("time")).to_have_text("2:00 / 2:00")

    def test_a_pause_of_the_visitor_is_skipped(self, console, open_page):
        backend = console.backend
        backend.tabs["tab-a"][-1].append(mouse(backend.started_ms + 3_600_000, 10, 10))
        page = open_page(f"{REPLAY}?t=119500")
        expect(clock(page)).to_have_text("second 119")

        page.get_by_role("button", name="Play", exact=True).click()

        expect(page.get_by_test_id("time")).to_have_text("1:00:00 / 1:00:00")

    def test_expired_addresses_are_asked_for_again(self, console, open_page):
        page = open_page(REPLAY)
        expect(clock(page)).to_have_text("second 0")
        console.backend.tabs["tab-a"] += Recording(console.backend.started_ms + 900_000, 20).chunks()
        page.reload()
        expect(clock(page)).to_have_text("second 0")
        console.backend.expired_links += 1

        page.get_by_label("Position").fill("915500")

        expect(clock(page)).to_have_text("second 15")

    def test_a_visit_under_way_goes_on_as_it_is_recorded(self, console, open_page):
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

    def test_several_tabs_can_be_watched(self, console, open_page):
        backend = console.backend
        backend.tabs["tab-b"] = Recording(backend.started_ms + 30_000, 20).chunks()
        page = open_page(f"{REPLAY}?t=45500")
        expect(clock(page)).to_have_text("second 45")

        page.get_by_text("Tab 2").click()

        expect(clock(page)).to_have_text("second 15")

    def test_a_missing_chunk_is_passed_over_to_the_next_snapshot(self, console, open_page):
        console.backend.tabs["tab-a"][3] = []
        page = open_page(f"{REPLAY}?t=45500")

        expect(clock(page)).to_have_text("second 60")

    @pytest.mark.parametrize("session", [data.BROKEN_SESSION, data.SESSION])
    def test_without_a_full_snapshot_it_says_so_instead_of_showing_white(self, console, open_page, session):
        at = console.backend.started_ms
        # The index says there is one; the chunk itself holds none.
        console.backend.tabs["tab-a"] = [[meta(at, "https://shop.example/"), *(mouse(at + n, n, n) for n in range(9))]]
        console.backend.chunk = claims_snapshot(console.backend.chunk)
        page = open_page(f"replays/{session}")

        expect(page.get_by_text("This recording cannot be played")).to_be_visible()
        expect(page.get_by_text("The picture of the page it starts from was not received")).to_be_visible()
        expect(page.locator("iframe")).to_have_count(0)

    def test_a_forged_recording_runs_nothing_and_fetches_nothing(self, console, open_page, page):
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


class TestDeliveries:
    def test_each_delivery_says_how_it_fared(self, open_page):
        page = open_page("deliveries")
        rows = page.locator("tbody tr")

        expect(rows.nth(0)).to_contain_text("Delivered")
        expect(rows.nth(0)).to_contain_text("HTTP 200 · 182 ms")
        expect(rows.nth(1)).to_contain_text("Retrying")
        expect(rows.nth(1)).to_contain_text("the destination is busy")
        expect(rows.nth(1)).to_contain_text("Next attempt in")
        expect(rows.nth(2)).to_contain_text("Failed")
        expect(rows.nth(2).get_by_role("link")).to_have_attribute("href", re.compile("/sites/shop/people/a%3A5f0c"))


class TestEveryPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_it_is_accessible(self, console, open_page, page, language, scheme):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.add_init_script(f"localStorage['kizuki.language'] = '{language}'")
        page.goto(console.url)
        expect(page.locator("input[name=email]")).to_be_visible()
        found = {"sign in": faults(page)}
        for path in PAGES:
            open_page(path)
            settled(page)
            found[path] = faults(page)

        assert {path: each for path, each in found.items() if each} == {}

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_it_fits_a_phone(self, open_page, page, language):
        page.set_viewport_size({"width": 360, "height": 740})
        page.add_init_script(f"localStorage['kizuki.language'] = '{language}'")
        wide = {}
        for path in PAGES:
            open_page(path)
            settled(page)
            wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

        assert {path: by for path, by in wide.items() if by > 0} == {}

    def test_the_menu_of_a_phone_opens_and_closes(self, open_page, page):
        page.set_viewport_size({"width": 360, "height": 740})
        open_page("feed")
        page.get_by_role("button", name="Open the menu").click()
        page.get_by_role("link", name="Settings").click()

        expect(page.get_by_role("heading", name="Settings")).to_be_visible()
        expect(page.get_by_role("button", name="Open the menu")).to_be_visible()

    def test_another_site_shows_its_own_data(self, open_page):
        page = open_page("people")
        page.get_by_role("button", name="Site: あおい商店").click()
        page.get_by_role("menuitem", name="Harbour Travel").click()

        expect(page.get_by_text("Nobody yet")).to_be_visible()
        page.goto("/".join(page.url.split("/")[:3]))
        expect(page.get_by_role("button", name="Site: Harbour Travel")).to_be_visible()

    def test_a_site_or_page_that_does_not_exist_is_said_to_be_so(self, open_page):
        page = open_page("nothing-here")
        expect(page.get_by_text("This page does not exist")).to_be_visible()

        page.goto(page.url.replace("/shop/nothing-here", "/unknown/feed"))

        expect(page.get_by_text("This page does not exist")).to_be_visible()


def settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("status", name=re.compile("^(Loading|読み込み中)$"))).to_have_count(0)
    page.evaluate(ANIMATED)


def faults(page: Page) -> list[str]:
    # Evaluated, not added: the page's security policy lets no script in.
    page.evaluate(AXE.read_text())
    # The replayed page is the visitor's site, not ours.
    result = page.evaluate("axe.run({exclude: ['.replayer-wrapper']}, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def claims_snapshot(chunk):
    return lambda *args: chunk(*args) | {"full_snapshot": True}


class Stranger:
    """A host of somebody else's: it notes whoever asks."""

    def __init__(self) -> None:
        asked: list[str] = []
        self.asked = asked

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_args: object) -> None:
                pass

            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_HEAD = do_GET  # noqa: N815 - http.server calls them so

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
