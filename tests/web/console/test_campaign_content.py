"""What a campaign shows is written in both languages and looked at while it is."""

from playwright.sync_api import expect

from tests.web.console.editing import FREE_SHIPPING, field, save, step, written


def test_text_is_formatted_without_a_tag_being_typed(console, open_page):
    page = open_page("campaigns/~new/edit?layout=popup")
    text = field(page, "Text")
    text.click()
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type("Now")
    page.get_by_role("button", name="Bold").click()
    page.keyboard.type(" or never")
    page.keyboard.press("Enter")
    page.keyboard.type("terms")
    page.keyboard.press("Shift+Home")
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_role("dialog").get_by_label("Link").fill("/terms")
    page.keyboard.press("Enter")

    preview = page.get_by_role("complementary", name="Preview")
    expect(preview.get_by_role("link", name="terms")).to_be_visible()
    expect(preview.locator("b", has_text="Now")).to_be_visible()
    save(page)

    content = written(console)["variants"][0]["action"]["content"]["en"]
    assert content["body"].replace("\xa0", " ") == '<p><b>Now</b> or never</p><p><a href="/terms">terms</a></p>'


def test_values_of_the_visitor_are_picked_and_put_in_where_the_caret_is(open_page):
    page = open_page(f"{FREE_SHIPPING}?step=content")
    page.get_by_role("tab", name="English").click()
    title = field(page, "Title")
    title.fill("Hello, welcome")
    title.press("Home")
    for _ in range(5):
        title.press("ArrowRight")
    page.get_by_role("button", name="Insert a value: Title").click()
    picker = page.get_by_role("dialog")
    expect(picker.get_by_role("button", name="variables.orders")).to_be_visible()
    picker.get_by_label("Search values").fill("plan")
    picker.get_by_role("button", name="traits.plan").click()

    expect(title).to_have_value("Hello{{ traits.plan }}, welcome")
    expect(title).to_be_focused()


def test_the_preview_is_filled_in_for_a_made_up_visitor_or_a_real_person(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=content")
    preview = page.get_by_role("complementary", name="Preview")
    expect(preview.get_by_text("¥1,000 to free shipping!")).to_be_visible()
    field(preview, "Value of cart.total").fill("4,500")
    expect(preview.get_by_text("¥500 to free shipping!")).to_be_visible()
    preview.get_by_role("button", name="Take cart.total away").click()
    expect(preview.get_by_text("Nothing would be shown")).to_be_visible()
    expect(preview.get_by_text("A value to fill in is missing")).to_be_visible()
    preview.get_by_text("Real person", exact=True).click()
    preview.get_by_role("combobox", name="Person").fill("山田")
    page.get_by_role("option", name="山田 太郎").click()

    expect(preview.get_by_text("¥800 to free shipping!")).to_be_visible()
    assert console.backend.rendered[-1]["person"] == "u:42"
    preview.get_by_text("Japanese", exact=True).click()
    expect(preview.get_by_text("あと800円で送料無料です!")).to_be_visible()
    preview.get_by_text("Phone", exact=True).click()
    expect(preview.locator("figure")).to_have_css("width", "390px")


def test_a_link_shows_it_on_the_site_and_as_a_code_for_a_phone(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=content")
    expect(page.get_by_role("complementary", name="Preview").get_by_text("to free shipping!")).to_be_visible()
    site = page.get_by_role("region", name="Preview on my site")
    field(site, "Page of the site").fill("https://elsewhere.example/")
    site.get_by_role("button", name="Make a link").click()
    expect(site.get_by_role("alert")).to_contain_text("not among the site's origins")
    field(site, "Page of the site").fill("https://shop.example/products/shirt")
    site.get_by_role("button", name="Make a link").click()

    link = "https://shop.example/products/shirt?kizuki_preview=t0ken"
    expect(site.get_by_role("link", name="Open")).to_have_attribute("href", link)
    expect(site.get_by_role("img", name="QR code of the preview link")).to_be_visible()
    expect(site.get_by_role("button", name="Copy the address")).to_be_visible()
    asked = console.backend.previews[-1]
    assert asked["variant"] == "a"
    assert asked["definition"]["variants"][0]["action"]["type"] == "bar"


def test_a_language_is_copied_from_the_other_and_taken_away(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=content")
    page.get_by_role("tab", name="b", exact=True).click()
    page.get_by_role("tab", name="English").click()
    expect(page.get_by_text("There is no English yet")).to_be_visible()
    page.get_by_role("button", name="Copy from Japanese").click()
    field(page, "Title").fill("Almost there")
    page.get_by_role("tab", name="Japanese").click()
    expect(field(page, "Title")).to_have_value("送料無料まであと少し")
    page.get_by_role("button", name="More for Japanese").click()
    page.get_by_role("menuitem", name="Remove Japanese").click()
    save(page)

    content = written(console)["variants"][1]["action"]["content"]
    assert list(content) == ["en"]
    assert content["en"]["title"] == "Almost there"
    assert content["en"]["body"] == "<b>5,000円以上</b>のお買い上げで送料無料です。"


def test_variants_are_added_copied_weighed_and_removed(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=content")
    page.get_by_role("button", name="Add a variant").click()
    page.get_by_role("menuitem", name="A copy of a").click()
    expect(page.get_by_role("tab", name="c", exact=True)).to_have_attribute("aria-selected", "true")
    field(page, "Name of the variant").fill("Shorter")
    field(page, "Title").fill("Almost!")
    page.get_by_role("tab", name="b", exact=True).click()
    page.get_by_role("button", name="Remove variant b").click()
    step(page, "Goals and control")
    field(page, "Weight: c · Shorter").fill("2")
    expect(page.get_by_role("region", name="Control group and variants")).to_contain_text("c · Shorter 45%")
    save(page)

    variants = written(console)["variants"]
    assert [(each["id"], each.get("name"), each["weight"]) for each in variants] == [
        ("a", "金額を伝える", 2),
        ("c", "Shorter", 2),
    ]
    assert variants[1]["action"]["content"]["en"]["title"] == "Almost!"
    assert variants[0]["action"]["content"]["en"]["title"] != "Almost!"


def test_a_statistic_is_made_to_be_filled_in(console, open_page):
    page = open_page("campaigns/~new/edit?layout=bar")
    statistics = page.get_by_role("region", name="Statistics to fill in")
    field(statistics, "Name of the statistic").fill("Bad name!")
    expect(statistics.get_by_text("Lower-case letters, digits and _")).to_be_visible()
    field(statistics, "Name of the statistic").fill("spent")
    statistics.get_by_role("button", name="Add", exact=True).click()
    made = statistics.get_by_role("group", name="spent")
    made.get_by_role("combobox", name="Statistic").select_option("sum")
    made.get_by_role("combobox", name="Event").fill("Order Completed")
    made.get_by_role("combobox", name="Event").press("Enter")
    made.get_by_role("combobox", name="Field").fill("revenue")
    field(page, "Title").fill("You spent {{ variables.spent | yen }}")
    preview = page.get_by_role("complementary", name="Preview")
    field(preview, "Value of variables.spent").fill("12000")

    expect(preview.get_by_text("You spent ¥12,000")).to_be_visible()
    save(page)

    assert written(console)["variables"] == {
        "spent": {"of": "sum", "event": "Order Completed", "path": "revenue", "window": "all"}
    }


def test_what_is_no_word_is_the_same_in_both_languages_of_a_survey(console, open_page):
    page = open_page("campaigns/~new/edit?template=nps")
    second = page.get_by_role("group", name="Question 2")
    second.get_by_label("Kind of answer").select_option("single")
    second.get_by_role("button", name="Add an option").click()
    field(second, "Label of option 1").fill("Price")
    field(second, "Value of option 1").fill("price")
    second.get_by_role("button", name="Move up: Question 2").click()
    page.get_by_role("tab", name="Japanese").click()
    first = page.get_by_role("group", name="Question 1")
    expect(first.get_by_label("Kind of answer")).to_have_value("single")
    expect(field(first, "Value of option 1")).to_have_value("price")
    expect(field(first, "Label of option 1")).to_have_value("選択肢 1")
    field(first, "Label of option 1").fill("価格")
    save(page)

    content = written(console)["variants"][0]["action"]["content"]
    assert content["ja"]["questions"][0]["options"] == [
        {"value": "price", "label": "価格"},
        {"value": "option-2", "label": "選択肢 2"},
    ]
    assert content["en"]["questions"][0]["options"] == [
        {"value": "price", "label": "Price"},
        {"value": "option-2", "label": "Option 2"},
    ]


def test_an_item_of_a_checklist_is_done_by_an_event_or_by_hand(console, open_page):
    page = open_page("campaigns/~new/edit?template=first-steps")
    first = page.get_by_role("group", name="Item 1", exact=True)
    expect(first.get_by_text("The visitor ticks it.")).to_be_visible()
    first.get_by_role("button", name="Tick it by an event").click()
    first.get_by_role("combobox", name="Event").fill("Profile Completed")
    first.get_by_role("combobox", name="Event").press("Enter")
    page.get_by_role("button", name="Remove: Item 2").click()
    page.get_by_role("button", name="Add an item").click()
    save(page)

    action = written(console)["variants"][0]["action"]
    assert action["done"] == {"profile": {"type": "event", "name": "Profile Completed"}}
    assert [item["id"] for item in action["content"]["ja"]["items"]] == ["profile", "project", "item-3"]
    assert action["content"]["en"]["items"][2]["title"] == "Something to do"


def test_a_script_comes_with_its_warning_and_a_site_that_allows_none_says_so(open_page):
    page = open_page("campaigns/~new/edit?layout=script")

    warning = page.get_by_role("alert").filter(has_text="This runs on your site, on everybody's screen")
    expect(warning).to_contain_text("This site does not allow scripts.")
    expect(field(page, "JavaScript")).to_be_visible()


def test_another_layout_takes_along_what_both_can_say(open_page):
    page = open_page("campaigns/~new/edit?template=exit-coupon")
    page.get_by_label("Layout").select_option("tooltip")
    expect(field(page, "Title")).to_have_value("Before you go")
    expect(field(page, "Element (CSS selector)")).to_be_visible()
    page.get_by_label("Layout").select_option("notify")

    expect(field(page, "Text")).to_have_value("Before you go")
    expect(page.get_by_role("combobox", name="Destination")).to_be_visible()
    expect(page.get_by_text("It is sent to its destination and not shown on a page.")).to_be_visible()
