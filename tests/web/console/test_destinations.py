"""Destinations are listed with their health, made and changed without ever showing a secret, tried and deleted."""

import re

from playwright.sync_api import expect


def test_the_list_says_how_each_is_doing_and_why(open_page):
    page = open_page("destinations")

    expect(page.get_by_role("row", name=re.compile("#cs-alerts"))).to_contain_text("Healthy")
    crm = page.get_by_role("row", name=re.compile("営業支援システム"))
    expect(crm).to_contain_text("DegradedThe receiver has a fault of its own.")
    expect(crm).to_contain_text("Next attempt in")
    old = page.get_by_role("row", name=re.compile("旧チャンネル"))
    expect(old).to_contain_text("Switched offThe Slack channel is archived.")


def test_one_that_was_switched_off_says_what_to_do_is_switched_on_and_tried(console, open_page):
    told = console.backend.notifications
    page = open_page("destinations/old")
    notice = page.get_by_role("alert").filter(has_text="Kizuki has stopped sending here")
    expect(notice).to_contain_text("Choose another channel, or unarchive it.")
    notice.get_by_role("button", name="Switch it on again").click()
    expect(notice).to_have_count(0)
    kind, version, document = told.written[-1]
    assert (kind, version, document["enabled"]) == ("destinations", "2", True)
    assert "secret" not in document

    told.tested = {"status": "failed", "response_code": 404, "error": "http_404: no_service", "duration_ms": 77}
    page.get_by_role("button", name="Send a sample").click()
    expect(page.get_by_role("status", name="What came of the sample")).to_contain_text(
        "Not delivered: 旧チャンネルHTTP 404 · 77 msThe Slack webhook no longer exists. Create a new incoming webhook"
    )
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Pause those that are live")
    expect(dialog.get_by_role("link", name="エラー")).to_have_attribute("href", "/sites/shop/rules/errors")
    dialog.get_by_role("button", name="Close", exact=True).click()
    assert told.done == [("test", "old")]


def test_what_is_being_written_is_kept_when_something_else_of_it_changes_and_not_left_unasked(console, open_page, page):
    told = console.backend.notifications
    page.clock.install()
    open_page("destinations/old")
    name = page.get_by_role("textbox", name="Name")
    name.fill("新チャンネル")
    page.get_by_role("button", name="Switch it on again").click()
    expect(page.get_by_text("Kizuki has stopped sending here")).to_have_count(0)
    expect(name).to_have_value("新チャンネル")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    _, version, document = told.written[-1]
    assert (version, document["name"], document["enabled"]) == ("3", "新チャンネル", True)

    name.fill("Mine")
    changed = told.destinations["old"]
    told.destinations["old"] = changed | {
        "name": "Theirs",
        "version": 5,
        "definition": changed["definition"] | {"name": "Theirs"},
    }
    page.clock.fast_forward(10_000)
    expect(page.get_by_role("heading", name="Theirs")).to_be_visible()
    expect(name).to_have_value("Mine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="Somebody else has changed this destination")).to_be_visible()

    page.get_by_role("link", name="← Destinations").click()
    page.get_by_role("dialog", name="Leave without saving?").get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("heading", name="Destinations", level=1)).to_be_visible()


def test_secrets_are_written_and_never_shown_and_a_signing_secret_is_changed_over(console, open_page):
    told = console.backend.notifications
    page = open_page("destinations/crm")
    expect(page.get_by_text("Set, ends in …in/1 · changed 3 months ago")).to_be_visible()
    page.get_by_role("button", name="Replace: URL").click()
    page.get_by_label(re.compile("^URL")).fill("http://crm.example/in")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It has to begin with https://.").first).to_be_visible()
    page.get_by_label(re.compile("^URL")).fill("https://crm.example/new-address")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Set, ends in …ress · changed")).to_be_visible()
    assert told.written[-1][2]["secret"] == {"url": "https://crm.example/new-address"}

    page.get_by_role("button", name="Add a new one").click()
    made = page.get_by_text(re.compile("^whsec_")).inner_text()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Both sign.")).to_be_visible()
    expect(page.get_by_text(made)).to_have_count(0)
    assert told.written[-1][2]["secret"] == {"signing_secret": made}
    page.get_by_role("button", name="Retire").click()
    expect(page.get_by_text("Retired when you save.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Both sign.")).to_have_count(0)
    assert told.written[-1][2]["secret"] == {"previous_signing_secret": None}
    for typed in ("new-address", made):
        assert typed not in page.content()


def test_each_kind_asks_for_what_it_needs(console, open_page):
    told = console.backend.notifications
    page = open_page("destinations/~new")
    add = page.get_by_role("button", name="Add", exact=True)
    page.get_by_role("textbox", name="Name").fill("Team")
    page.get_by_role("textbox", name="ID").fill("team")
    expect(add).to_be_disabled()

    page.get_by_text("With threads, and messages that are updated.").click()
    expect(page.get_by_label("Bot token")).to_be_visible()
    page.get_by_text("To one or more addresses.").click()
    page.get_by_role("combobox", name="Addresses").press_sequentially("a@example.com,")
    expect(add).to_be_enabled()
    page.get_by_text("Any JSON: Microsoft Teams and others.").click()
    page.get_by_role("button", name="Insert the example for Microsoft Teams").click()
    expect(page.get_by_text('"text": "Completed an order: Taro Yamada (visit 2)"')).to_be_visible()
    page.get_by_label(re.compile("^URL")).fill("https://teams.example/hook")
    add.click()

    expect(page.get_by_role("heading", name="Team")).to_be_visible()
    [(_, version, document)] = told.written
    assert version == "0"
    assert document["secret"] == {"url": "https://teams.example/hook"}
    assert document["type"] == "json"
    assert document["template"]["attachments"][0]["content"]["type"] == "AdaptiveCard"
    assert not {"to", "channel", "threads"} & set(document)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Destinations", level=1)).to_be_visible()
    assert told.done == [("delete", "destinations", "team")]
