"""How the recorder's chunks reach the server."""

from playwright.sync_api import BrowserContext

from tests.web.recordings import RECORD, SNAPSHOT, hide, recorded, wait_for_recorded
from tests.web.site import Answer


def test_leaving_a_page_sends_its_last_moments_and_the_next_page_counts_on(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('last words')")
    visit("/next", attributes=RECORD)

    wait_for_recorded(site, "last words")
    site.wait_for(lambda: sum(e["type"] == SNAPSHOT for e in recorded(site)) == 2)
    numbers = sorted(chunk.seq for chunk in site.stored)
    assert numbers == list(range(len(numbers)))
    assert len({(chunk.path, chunk.tab) for chunk in site.chunks}) == 1


def test_what_is_too_large_for_a_leaving_page_is_sent_by_the_tabs_next_page(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("document.body.append('long ' + 'あ'.repeat(40_000) + ' end')")
    visit("/next", attributes=RECORD)

    wait_for_recorded(site, "あ end")
    numbers = sorted(chunk.seq for chunk in site.stored)
    assert numbers == list(range(len(numbers)))


def test_tabs_share_the_session_and_number_their_chunks_apart(site, visit, context: BrowserContext):
    visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    other = context.new_page()
    other.goto(site.url)

    site.wait_for(lambda: len({chunk.tab for chunk in site.chunks}) == 2)
    assert len({chunk.path for chunk in site.chunks}) == 1
    assert [chunk.seq for chunk in site.chunks[:2]] == [0, 0]


def test_a_duplicated_tab_takes_a_number_of_its_own(site, visit, context: BrowserContext):
    page = visit(attributes=RECORD, body="<a target=_blank rel=opener href=/>again</a>")
    site.wait_for(lambda: site.chunks)
    page.click("a")

    site.wait_for(lambda: len({chunk.tab for chunk in site.chunks}) == 2)


def test_a_failed_chunk_is_tried_again_in_order(site, visit):
    site.chunk_answers.extend([Answer(503), Answer(429, headers={"Retry-After": "1"})])
    page = visit(attributes=RECORD)

    site.wait_for(lambda: [chunk.status for chunk in site.chunks] == [503, 429, 201])
    assert {chunk.seq for chunk in site.chunks} == {0}
    assert page.evaluate("kizuki.version")


def test_all_chunks_of_a_session_have_one_address_and_the_browser_asks_about_it_once(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    for n in range(2):
        # What is hidden is sent at once.
        page.evaluate(f"document.body.append('part {n}')")
        hide(page)
        wait_for_recorded(site, f"part {n}")
        hide(page, hidden=False)

    assert [chunk.seq for chunk in site.stored][:3] == [0, 1, 2]
    assert len({(chunk.path, str(chunk.query)) for chunk in site.chunks}) == 1
    assert len([path for path in site.preflights if "/v1/replay/" in path]) == 1


def test_while_somebody_watches_chunks_come_every_second(site, visit):
    site.live = True
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.evaluate("setInterval(() => document.body.append('.'), 100)")

    # Every five seconds these would take half a minute.
    site.wait_for(lambda: len(site.stored) >= 6)


def test_a_page_in_the_background_is_not_recorded_and_shown_as_it_is_afterwards(site, visit):
    page = visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    hide(page)
    page.evaluate("document.body.innerHTML = '<p>unseen</p>'")
    page.evaluate("document.body.innerHTML = '<p>as it is now</p>'")
    page.evaluate("new Promise(requestAnimationFrame)")
    hide(page, hidden=False)

    wait_for_recorded(site, "as it is now")
    assert not any("unseen" in str(event) for event in recorded(site))
    assert sum(event["type"] == SNAPSHOT for event in recorded(site)) == 2
