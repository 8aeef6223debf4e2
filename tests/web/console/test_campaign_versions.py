"""Every version of a campaign is kept: who wrote it, what it changed, and the way back."""

from playwright.sync_api import Page, expect

VERSIONS = "campaigns/free-shipping?tab=versions"


def changes(page: Page, heading: str) -> list[list[str]]:
    table = page.get_by_role("region", name=heading).get_by_role("table")
    expect(table).to_be_visible()
    return [row.locator("th, td").all_inner_texts() for row in table.get_by_role("row").all()[1:]]


def test_the_newest_version_says_field_by_field_what_it_changed(open_page):
    page = open_page(VERSIONS)

    rows = page.get_by_role("region", name="Versions").get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Version 3 Edited")
    expect(rows.first).to_contain_text("sato@example.com")
    assert changes(page, "What version 3 changed") == [
        ["Control group (%)", "20", "10"],
        ["Variants › a › Weight", "1", "2"],
    ]


def test_any_two_versions_are_compared(open_page):
    page = open_page(VERSIONS)
    page.get_by_label("Compared with").select_option("1")
    found = {row[0]: row[1:] for row in changes(page, "What version 3 changed")}
    assert found["Name"] == ["送料無料", "あと少しで送料無料"]
    assert found["Control group (%)"] == ["0", "10"]
    assert found["Goals › purchase"][0] == "None"
    page.get_by_role("radio", name="Version 2").check()
    expect(page.get_by_label("Compared with")).to_have_value("1")
    page.get_by_role("radio", name="Version 1").check()

    expect(page.get_by_text("This is the first version.")).to_be_visible()


def test_returning_writes_the_old_definition_as_a_new_version_once_confirmed(console, open_page):
    page = open_page(VERSIONS)
    page.get_by_role("button", name="Return to version 1").click()
    dialog = page.get_by_role("dialog", name="Return to version 1?")
    expect(dialog).to_contain_text("Nothing is lost")
    dialog.get_by_role("button", name="Return", exact=True).click()

    expect(page.get_by_role("heading", name="送料無料", exact=True)).to_be_visible()
    rows = page.get_by_role("region", name="Versions").get_by_role("listitem")
    expect(rows.first).to_contain_text("Version 4 Returned")
    assert console.backend.campaigns["free-shipping"]["name"] == "送料無料"
    expect(page.get_by_role("button", name="Return to version 3")).to_be_visible()


def test_what_is_live_says_that_visitors_will_see_the_return(console, open_page):
    console.backend.campaigns["free-shipping"] |= {"status": "live", "state": "live"}
    page = open_page(VERSIONS)
    page.get_by_role("button", name="Return to version 2").click()

    expect(page.get_by_role("dialog")).to_contain_text("visitors see within seconds")
