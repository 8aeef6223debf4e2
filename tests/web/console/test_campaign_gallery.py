"""Templates are looked at, searched in both languages, chosen, and the site's own deleted."""

import re

from playwright.sync_api import Page, expect


def cards(page: Page):
    return (
        page.get_by_role("region", name="Templates")
        .or_(page.get_by_role("region", name="テンプレート"))
        .get_by_role("article")
    )


def test_every_template_is_drawn_by_the_tags_own_code(open_page):
    page = open_page("campaigns/~new")

    expect(page.get_by_text("8 templates")).to_be_visible()
    coupon = page.get_by_role("article", name="A coupon before they leave")
    expect(coupon.get_by_text("Before you go")).to_be_visible()
    expect(coupon.locator("kizuki-action")).to_have_count(1)
    expect(coupon).to_contain_text("Popup")
    expect(coupon).to_contain_text("Shop")
    # What is filled in for each visitor is that of the template's own sample.
    shipping = page.get_by_role("article", name="Almost free shipping")
    expect(shipping.get_by_text("¥1,200 more for free shipping!")).to_be_visible()
    # Nothing in the picture takes the keyboard.
    expect(coupon.locator("[inert] kizuki-action")).to_have_count(1)


def test_templates_are_found_by_words_of_either_language_purpose_and_layout(open_page):
    page = open_page("campaigns/~new")
    search = page.get_by_label("Search: abandoned cart")
    search.fill("カゴ落ち")
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_contain_text("Almost free shipping")
    search.fill("abandoned")
    expect(cards(page)).to_contain_text("Almost free shipping")
    search.fill("チェックリスト")
    expect(cards(page)).to_contain_text("The first three steps")
    search.fill("no such thing")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    search.fill("")
    page.get_by_label("Purpose").select_option("commerce")
    expect(cards(page)).to_have_count(2)
    page.get_by_label("Layout").select_option("popup")
    expect(cards(page)).to_have_count(1)
    page.get_by_label("Layout").select_option("")
    page.get_by_label("Purpose").select_option("own")

    expect(cards(page)).to_contain_text("夏のセール(昨年)")


def test_the_gallery_speaks_japanese_too(open_page, page):
    page.add_init_script("localStorage['kizuki.language'] = 'ja'")
    open_page("campaigns/~new")
    page.get_by_label(re.compile("^検索")).fill("ＮＰＳ")

    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_contain_text("NPSアンケート")
    expect(cards(page).get_by_text("友人や同僚に薦めたいと思いますか?")).to_be_visible()


def test_a_template_is_looked_at_in_large_in_both_languages_and_on_a_phone(console, open_page):
    page = open_page("campaigns/~new")
    page.get_by_role("button", name="Preview: A coupon before they leave").click()
    dialog = page.get_by_role("dialog", name="A coupon before they leave")
    expect(dialog.get_by_text("Before you go")).to_be_visible()
    dialog.get_by_text("Japanese", exact=True).click()
    expect(dialog.get_by_text("お帰りの前に")).to_be_visible()
    wide = dialog.locator("figure").bounding_box()
    dialog.get_by_text("Phone", exact=True).click()
    expect(dialog.locator("figure")).to_have_css("width", "390px")
    assert wide is not None
    assert wide["width"] > 390
    dialog.get_by_role("link", name="Use this template").click()

    expect(page).to_have_url(f"{console.url}/sites/shop/campaigns/~new/edit?template=exit-coupon")
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value("A coupon before they leave")


def test_the_sites_own_templates_can_be_deleted_and_no_others(console, open_page):
    page = open_page("campaigns/~new")
    expect(page.get_by_role("button", name="Delete the template")).to_have_count(1)
    page.get_by_role("button", name="Delete the template 夏のセール(昨年)").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()

    expect(page.get_by_text("7 templates")).to_be_visible()
    assert "summer-sale" not in console.backend.templates


def test_a_blank_one_begins_with_the_layout_that_was_chosen(open_page):
    page = open_page("campaigns/~new")
    page.get_by_role("region", name="Start from blank").get_by_role("link", name="Survey").click()

    expect(page.get_by_label("Layout")).to_have_value("survey")
    expect(page.get_by_role("textbox", name="Question", exact=True)).to_have_value(
        "How likely are you to recommend us?"
    )
