"""A campaign is written in steps: from a template or blank, saved without losing anything, and published."""

import json
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.console import campaign_data
from tests.web.console.server import ConsoleServer, sign_in

FREE_SHIPPING = "campaigns/free-shipping/edit"


def step(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Steps").get_by_role("link", name=name).click()


def field(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def written(console: ConsoleServer) -> Any:
    return console.backend.written[-1][2]


def test_a_campaign_is_made_from_a_template_and_published(console, open_page):
    page = open_page("campaigns/~new")
    page.get_by_role("article", name="Almost free shipping").get_by_role("link", name="Use").click()
    field(page, "Name").fill("Shipping bar")
    field(page, "ID").fill("shipping-bar")
    preview = page.get_by_role("complementary", name="Preview")
    # The template's own sample visitor.
    expect(preview.get_by_text("¥1,200 more for free shipping!")).to_be_visible()
    field(page, "Title").fill("Only {{ 5000 - cart.total | yen }} to go!")
    expect(preview.get_by_text("Only ¥1,200 to go!")).to_be_visible()

    page.get_by_role("button", name="Next: Trigger and audience").click()
    trigger = page.get_by_role("region", name="Trigger")
    trigger.get_by_role("combobox", name="Event").press("Backspace")
    trigger.get_by_role("combobox", name="Event").fill("Product Added")
    trigger.get_by_role("combobox", name="Event").press("Enter")
    moment = page.get_by_role("region", name="Moment")
    moment.get_by_label("Show it").select_option("dwell")
    moment.get_by_label("Seconds", exact=True).fill("90")
    expect(moment).to_contain_text("Once the page was looked at for 90 seconds in all")
    page.get_by_role("region", name="Audience").get_by_role("button", name="Only for some people").click()
    expect(page.get_by_role("region", name="How many people")).to_contain_text("1,284 of 20,412 people")

    step(page, "Delivery")
    page.get_by_label("Mon").check()
    page.get_by_label("Fri").check()
    field(page, "From").fill("09:00")
    field(page, "Until").fill("18:00")
    expect(page.get_by_text("On Mon, Fri; between 09:00 and 18:00")).to_be_visible()
    field(page, "Ever").fill("3")
    page.get_by_label("clicked it").check()

    step(page, "Goals and control")
    page.get_by_role("slider").press("ArrowRight")
    field(page, "Name of the goal").fill("Order")
    page.get_by_role("button", name="Add a goal").click()
    page.get_by_role("group", name="Goal 2").get_by_label("Counted").select_option("visit")

    step(page, "Review")
    expect(page.get_by_text("Nothing is wrong. It can be published.")).to_be_visible()
    sentence = page.get_by_role("region", name="In one sentence")
    expect(sentence).to_contain_text("once the page has been looked at for 90 seconds")
    page.get_by_role("button", name="Save and publish").click()

    expect(page).to_have_url(f"{console.url}/sites/shop/campaigns/shipping-bar")
    expect(page.get_by_role("article").get_by_text("Live", exact=True)).to_be_visible()
    [(id_, version, definition)] = console.backend.written
    assert (id_, version) == ("shipping-bar", "0")
    assert definition == {
        "id": "shipping-bar",
        "name": "Shipping bar",
        "trigger": {"type": "event", "name": "Product Added"},
        "moment": {"type": "dwell", "seconds": 90},
        "audience": {"type": "visits", "op": "gte", "value": 2},
        "variants": [
            {
                "id": "a",
                "name": "",
                "weight": 1,
                "action": {
                    "type": "bar",
                    "placement": "bottom",
                    "content": {
                        "ja": {
                            "title": "あと{{ 5000 - cart.total | yen }}で送料無料です!",
                            "button": {"label": "商品を見る", "url": "/"},
                        },
                        "en": {
                            "title": "Only {{ 5000 - cart.total | yen }} to go!",
                            "button": {"label": "Keep shopping", "url": "/"},
                        },
                    },
                },
            }
        ],
        "schedule": {"weekdays": ["mon", "fri"], "since": "09:00", "until": "18:00"},
        "caps": {"ever": 3},
        "stop_after": ["click"],
        "control_percent": 11,
        "goals": [
            {
                "id": "purchase",
                "name": "Order",
                "when": {"type": "event", "name": "Order Completed"},
                "window": {"hours": 24},
            },
            {
                "id": "goal-2",
                "name": "Goal 2",
                "when": {"type": "event", "name": "Order Completed"},
                "window": "visit",
            },
        ],
    }


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
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("status").filter(has_text="Unsaved")).to_have_count(0)
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
    page.get_by_role("button", name="Save as draft").click()

    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
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
    page.get_by_role("button", name="Save as draft").click()

    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
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
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("status").filter(has_text="Unsaved")).to_have_count(0)
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
    page.get_by_role("button", name="Save as draft").click()

    expect(page.get_by_role("status").filter(has_text="Unsaved")).to_have_count(0)
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
    page.get_by_role("button", name="Save as draft").click()

    expect(page.get_by_role("status").filter(has_text="Unsaved")).to_have_count(0)
    action = written(console)["variants"][0]["action"]
    assert action["done"] == {"profile": {"type": "event", "name": "Profile Completed"}}
    assert [item["id"] for item in action["content"]["ja"]["items"]] == ["profile", "project", "item-3"]
    assert action["content"]["en"]["items"][2]["title"] == "Something to do"


def test_what_is_wrong_is_counted_at_its_step_and_leads_to_its_field(open_page):
    page = open_page(f"{FREE_SHIPPING}?step=content")
    page.get_by_role("tab", name="b", exact=True).click()
    page.get_by_role("tab", name="Japanese").click()
    field(page, "Title").fill("")
    expect(field(page, "Title")).to_have_accessible_description("This must not be empty.")
    step(page, "Trigger and audience")
    page.get_by_role("region", name="Moment").get_by_label("Show it").select_option("visible")
    steps = page.get_by_role("navigation", name="Steps")
    expect(steps.get_by_role("link", name="Content 1 mistake")).to_be_visible()
    expect(steps.get_by_role("link", name="Trigger and audience 1 mistake")).to_be_visible()

    step(page, "Review")
    alert = page.get_by_role("alert").filter(has_text="2 things have to be put right first")
    expect(page.get_by_role("button", name="Save and publish")).to_be_disabled()
    expect(page.get_by_role("region", name="In one sentence")).to_contain_text("Appears once nothing is wrong")
    alert.get_by_role("button", name="Content › This must not be empty.").click()
    expect(field(page, "Title")).to_be_focused()
    field(page, "Title").fill("送料無料")
    step(page, "Review")
    page.get_by_role("button", name="Trigger and audience › This must not be empty.").click()
    expect(field(page, "Element (CSS selector)")).to_be_focused()


def test_what_is_not_saved_is_not_left_unasked_but_steps_are_free(open_page):
    page = open_page(FREE_SHIPPING)
    field(page, "Name").fill("Changed")
    step(page, "Delivery")
    expect(page.get_by_role("region", name="Schedule")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("tab", name="Japanese")).to_be_visible()
    page.get_by_role("link", name="Segments").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Stay").last.click()

    expect(field(page, "Name")).to_have_value("Changed")
    page.get_by_role("link", name="Segments").click()
    dialog.get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_role("heading", name="Segments")).to_be_visible()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unasked(console, open_page):
    page = open_page(FREE_SHIPPING)
    field(page, "Name").fill("Mine")
    console.backend.write_campaign("free-shipping", campaign_data.FREE_SHIPPING | {"name": "Theirs"}, "edited")
    page.get_by_role("button", name="Save as draft").click()
    conflict = page.get_by_role("alert").filter(has_text="Somebody else has changed this campaign")
    conflict.get_by_role("button", name="Take theirs").click()
    expect(field(page, "Name")).to_have_value("Theirs")

    field(page, "Name").fill("Mine")
    console.backend.write_campaign("free-shipping", campaign_data.FREE_SHIPPING | {"name": "Theirs again"}, "edited")
    page.get_by_role("button", name="Save as draft").click()
    conflict.get_by_role("button", name="Replace with mine").click()

    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    assert console.backend.campaigns["free-shipping"]["name"] == "Mine"
    assert [version for _, version, _ in console.backend.written] == ["5"]


def test_a_save_that_is_refused_keeps_what_was_written(console, open_page):
    page = open_page("campaigns/free-shipping")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    expect(field(page, "ID")).to_have_value("free-shipping-copy")
    field(page, "ID").fill("newsletter")
    field(page, "Name").fill("A copy")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("alert")).to_contain_text("This id is taken. Choose another.")
    expect(field(page, "Name")).to_have_value("A copy")
    field(page, "ID").fill("free-shipping-2")
    page.route("**/api/sites/shop/campaigns/free-shipping-2?*", lambda route: route.abort())
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    page.unroute("**/api/sites/shop/campaigns/free-shipping-2?*")
    page.get_by_role("button", name="Save as draft").click()

    expect(page).to_have_url(f"{console.url}/sites/shop/campaigns/free-shipping-2/edit?step=content")
    assert console.backend.campaigns["free-shipping-2"]["name"] == "A copy"
    assert console.backend.campaigns["newsletter"]["name"] == "Newsletter"


def test_json_and_steps_show_the_same_both_ways(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=json")
    editor = page.get_by_label("Definition (JSON)")
    definition = json.loads(editor.input_value())
    assert definition == console.backend.campaigns["free-shipping"]["definition"]

    editor.fill("{")
    expect(page.get_by_text("This is not valid JSON")).to_be_visible()
    expect(page.get_by_role("button", name="Save as draft")).to_be_disabled()
    editor.fill('{"id": "x", "variants": []}')
    expect(page.get_by_text("This is no campaign that the steps can show.")).to_be_visible()
    editor.fill(json.dumps(definition | {"caps": {"per_visit": None, "total": 100}, "delay_seconds": 5000}))
    expect(page.get_by_label("Mistakes").get_by_role("listitem")).to_contain_text("delay_seconds")
    editor.fill(json.dumps(definition | {"caps": {"per_visit": None, "total": 100}}))
    step(page, "Delivery")

    expect(field(page, "To everybody together")).to_have_value("100")
    expect(page.get_by_role("region", name="Frequency caps")).to_contain_text("100 displays to everybody together")
    step(page, "JSON")
    without = {name: value for name, value in definition.items() if name != "exclusion_group"}
    page.get_by_label("Definition (JSON)").fill(json.dumps(without))
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    assert written(console) == without


def test_the_schedule_is_by_the_clock_of_the_site_wherever_the_operator_is(console: ConsoleServer, browser: Browser):
    context = browser.new_context(locale="en-GB", timezone_id="America/New_York")
    page = context.new_page()
    page.goto(f"{console.url}/sites/shop/campaigns/free-shipping/edit?step=delivery")
    sign_in(page)
    expect(page.get_by_text("By the clock of the site (Asia/Tokyo).")).to_be_visible()
    page.get_by_label("Starts").fill("2030-12-01T09:00")
    step(page, "Review")
    page.get_by_role("button", name="Save and schedule").click()

    expect(page.get_by_role("article").get_by_text("Scheduled", exact=True)).to_be_visible()
    assert written(console)["schedule"]["start"] == "2030-12-01T00:00:00.000Z"
    context.close()


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


def test_a_number_that_has_to_be_there_can_be_retyped_and_is_what_it_was_when_left_empty(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=audience")
    percent = field(page, "How far")
    percent.press("ControlOrMeta+a")
    percent.press("Backspace")
    percent.type("30")
    expect(percent).to_have_value("30%")
    expect(page.get_by_role("region", name="Moment")).to_contain_text("Once 30% of the page was scrolled")
    percent.press("ControlOrMeta+a")
    percent.press("Backspace")
    expect(percent).to_have_value("")
    percent.press("Tab")

    expect(percent).to_have_value("30%")
