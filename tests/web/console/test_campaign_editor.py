"""A campaign is written in steps: from a template, saved without losing anything, and published."""

import json

from playwright.sync_api import Browser, expect

from tests.web.console import campaign_data
from tests.web.console.editing import FREE_SHIPPING, expect_saved, field, save, step, written
from tests.web.console.server import ConsoleServer, sign_in


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
    expect(field(page, "Name of the goal")).to_have_value("Purchase")
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

    expect_saved(page)
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


def test_why_a_save_was_refused_is_brought_to_sight_in_the_fields_own_words_until_something_changes(open_page):
    page = open_page(FREE_SHIPPING)
    title = field(page, "Title")
    title.fill("x" * 2001)
    page.get_by_role("button", name="Save", exact=False).first.click()

    refused = page.get_by_role("alert").filter(has_text="variants[0].action.content")
    expect(refused).to_be_in_viewport()
    expect(refused).not_to_contain_text("must have at most")
    title.fill("Short")
    expect(refused).to_have_count(0)


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
    save(page)

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


def test_the_year_of_a_schedule_is_typed_digit_by_digit(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=delivery")
    starts = page.get_by_label("Starts")
    starts.fill("2030-12-12T09:00")
    starts.press_sequentially("12122031")
    expect(starts).to_have_value("2031-12-12T09:00")
    save(page)

    assert written(console)["schedule"]["start"] == "2031-12-12T00:00:00.000Z"


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


def test_a_cap_of_zero_is_wrong_and_no_cap_is_empty(console, open_page):
    page = open_page(f"{FREE_SHIPPING}?step=delivery")
    cap = field(page, "Per day")
    cap.fill("0")
    cap.press("Tab")
    expect(cap).to_have_value("0")
    expect(cap).to_have_accessible_description("1 or more.")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("alert").filter(has_text="caps.per_day")).to_be_visible()
    assert console.backend.written == []

    cap.fill("")
    save(page)
    assert written(console)["caps"]["per_day"] is None
