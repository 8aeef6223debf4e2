"""The live feed, the people, and the story of one of them."""

import re

from playwright.sync_api import expect

from tests.web.console import data

SNIPPET = re.compile(r"<script>(.*)</script>\n(.*)", re.DOTALL)
REPLAY = f"/sites/shop/replays/{data.SESSION}"


def test_it_waits_for_the_first_event_and_moves_on_by_itself(console, open_page):
    console.backend.feed.clear()
    page = open_page("feed")
    expect(page.get_by_role("heading", name="Waiting for the first event")).to_be_visible()
    queue, tag = SNIPPET.fullmatch(page.locator("pre").inner_text()).groups()
    assert tag == (
        f'<script async src="https://sdk.example/kizuki.js" data-write-key="{data.WRITE_KEY}"'
        ' data-host="https://ingest.example" data-replay="on"></script>'
    )
    # The site may call the tag at once, before it has loaded.
    page.evaluate(f"{queue}; kizuki.track('Signed Up', {{plan: 'pro'}}); kizuki.ready()")
    assert page.evaluate("[...kizuki]") == [["track", "Signed Up", {"plan": "pro"}], ["ready"]]

    console.backend.feed.append(data.feed_event(1, "Product Added", properties={"name": "麻のシャツ"}))

    expect(page.get_by_role("button", name="Added to cart")).to_be_visible()
    expect(page.get_by_role("heading", name="Waiting for the first event")).to_be_hidden()


def test_new_events_appear_unless_paused(console, open_page):
    page = open_page("feed")
    expect(page.get_by_text("newsletter_opened")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    seen = sum("/feed" in path for _, path in console.requests)
    console.backend.feed.insert(0, data.feed_event(99, "Wishlist Shared"))
    page.get_by_role("button", name="Resume").click()

    expect(page.get_by_text("Wishlist Shared")).to_be_visible()
    assert sum("/feed" in path for _, path in console.requests) > seen


def test_rows_are_filtered_by_what_they_say_and_lead_to_the_person(open_page):
    page = open_page("feed")
    page.get_by_label("Filter by name, page or property").fill("spring")

    rows = page.get_by_role("list", name="Events").get_by_role("listitem")

    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("newsletter_opened")
    expect(rows.get_by_role("link")).to_have_attribute("href", re.compile(r"/sites/shop/people/a%3A5f0c"))


def test_refused_events_say_why_and_where(open_page):
    page = open_page("feed?tab=refused")
    row = page.get_by_role("button", name="event_too_large")
    expect(row).to_contain_text("the event is 40,112 bytes, over the limit of 32,768")
    expect(row).to_contain_text("batch[3]")

    row.click()

    expect(page.locator("pre")).to_contain_text('"event": "Product Added"')


def test_what_is_shown_stays_while_the_api_falters(console, open_page):
    page = open_page("people")
    expect(page.get_by_text("taro@example.com")).to_be_visible()
    page.route("**/api/sites/shop/deliveries*", lambda route: route.abort())

    page.get_by_role("link", name="Deliveries").click()

    expect(page.get_by_text("The server cannot be reached.")).to_be_visible(timeout=15_000)
    page.unroute("**/api/sites/shop/deliveries*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("HTTP 503")).to_be_visible()


def test_people_are_found_by_name_email_or_id_and_loaded_page_by_page(console, open_page):
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


def test_a_story_is_told_visit_by_visit_with_what_the_campaigns_decided(open_page):
    page = open_page("people/u%3A42")

    visit = page.get_by_role("region", name="Visit 9")
    expect(visit).to_contain_text("Landed on / · through google / cpc / spring · Chrome / Windows")
    expect(visit.get_by_role("link", name="Play 2m")).to_have_attribute("href", REPLAY)
    added = visit.locator("[data-event=m-3]")
    expect(added).to_contain_text("Shown")
    expect(added).to_contain_text("Control group")
    expect(added.get_by_role("link", name="Play from here")).to_have_attribute("href", f"{REPLAY}?t=37000")
    expect(visit.locator("[data-event=m-6]")).to_contain_text("Frequency caps: already shown in this visit (1 of 1)")
    first = visit.locator("[data-event=m-1]")
    expect(first.get_by_role("link", name="Play from here")).to_have_attribute("href", f"{REPLAY}?t=0")
    expect(page.get_by_role("region", name="Outside of visits")).to_contain_text("Invoice Paid")
    expect(page.get_by_role("region", name="Visit 8")).to_contain_text("from news.example")
    expect(page.get_by_role("complementary")).to_contain_text("address.city")


def test_a_link_to_an_event_opens_it_in_view(open_page):
    page = open_page("people/u%3A42?event=p-1")

    event = page.locator("[data-event=p-1]")

    expect(event).to_have_attribute("aria-current", "true")
    expect(event).to_be_in_viewport()
    expect(event).to_contain_text("Properties")


def test_a_link_to_a_visitor_who_has_signed_in_since_leads_to_the_member(console, open_page):
    console.backend.merged["a:before"] = data.TARO
    page = open_page("people/a%3Abefore?event=m-3")

    expect(page.get_by_role("heading", name="山田 太郎")).to_be_visible()
    expect(page).to_have_url(f"{console.url}/sites/shop/people/u%3A42?event=m-3")


def test_a_page_begins_at_its_top_and_going_back_returns_to_where_one_was(console, open_page):
    console.backend.people += [
        data.PEOPLE[1] | {"id": f"a:{number:08d}-0000", "name": f"Visitor No {number}"} for number in range(40)
    ]
    page = open_page("people")
    page.get_by_role("link", name="Visitor No 39").click()
    expect(page.get_by_role("heading", name="Visitor No 39")).to_be_visible()
    assert page.evaluate("scrollY") == 0

    page.go_back()

    expect(page.get_by_role("link", name="Visitor No 39")).to_be_in_viewport()


def test_a_linked_event_on_an_older_page_is_looked_for(console, open_page, monkeypatch):
    older = [data.story_event(f"o-{n}", "page", console.backend.started, "s-older", 1) for n in range(230)]
    monkeypatch.setattr(type(console.backend), "timeline", older)
    page = open_page("people/u%3A42?event=o-220")

    expect(page.locator("[data-event=o-220]")).to_be_in_viewport()
