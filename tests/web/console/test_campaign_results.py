"""What came of a campaign: the funnel, the experiment, what held it back, who did what, and what looked wrong."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.web.console import data

RESULTS = "campaigns/free-shipping?tab=results"
PLAY = f"/sites/shop/replays/{data.SESSION}"


def region(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def saved(page: Page, press: Locator) -> tuple[str, bytes]:
    with page.expect_download() as download:
        press.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_totals_and_the_funnel_of_each_arm_are_on_screen(open_page):
    page = open_page(RESULTS)

    totals = page.get_by_label("Totals")
    expect(totals).to_contain_text("Shown2,11017.1%")
    expect(totals).to_contain_text("Clicked51224.3%")
    funnel = region(page, "How far people came")
    first = funnel.get_by_role("table", name="a · 金額を伝える")
    expect(first.get_by_role("row", name="Shown")).to_contain_text("1,405")
    expect(first.get_by_role("row", name="Clicked")).to_contain_text("38827.6%")
    expect(first.get_by_role("row", name="購入")).to_contain_text("14210.1%")
    control = funnel.get_by_role("table", name="Control group")
    expect(control.get_by_role("row", name="Not shown")).to_contain_text("241")
    expect(control.get_by_role("row", name="購入")).to_contain_text("145.8%")


def test_what_held_it_back_is_told_in_words_most_often_first(open_page):
    page = open_page(RESULTS)

    steps = region(page, "Why it was not shown").get_by_role("listitem")
    expect(steps).to_have_count(6)
    expect(steps.first).to_contain_text("Spacing7,52761%")
    expect(steps.first).to_contain_text("Another message had been shown to the person too recently.")
    expect(steps.nth(3)).to_contain_text("The person had already clicked it, closed it or reached the goal.")


def test_the_experiment_says_rate_lift_chance_and_what_to_do_next(open_page):
    page = open_page(RESULTS)

    experiment = region(page, "Experiment: 購入")
    expect(experiment).to_contain_text("Lifts are relative to “Control group”.")
    winner = experiment.get_by_role("row", name="a · 金額を伝える")
    expect(winner).to_contain_text("9.8% 8.3% – 11.2%")
    expect(winner).to_contain_text("+68.3% +8.1% – +142%")
    expect(winner).to_contain_text("93%")
    expect(winner).to_contain_text("Better")
    expect(winner).to_contain_text("Show this one to everybody.")
    expect(experiment.get_by_role("row", name="Variant b")).to_contain_text("No difference")
    page.get_by_label("Goal", exact=True).select_option("added")
    other = region(page, "Experiment: カート追加")
    expect(other.get_by_role("row", name="Variant b")).to_contain_text("Stop showing this one.")
    page.reload()

    expect(other.get_by_role("row", name="a · 金額を伝える")).to_contain_text(
        "Keep it running until more people have come."
    )


def test_arms_that_did_not_get_their_shares_are_not_to_be_compared(console, open_page):
    console.backend.results["sample_ratio"] = {"p": 0.00002, "suspicious": True, "since": data.ago(days=2)}
    page = open_page(RESULTS)

    warning = page.get_by_role("alert").filter(has_text="The groups did not get their shares of people")
    expect(warning).to_contain_text("p = < 0.0001.")
    expect(warning).to_contain_text("2 days ago")


def test_an_experiment_without_a_goal_or_a_second_arm_says_what_is_missing(console, open_page):
    [arm] = [each for each in console.backend.results["arms"] if each["id"] == "a"]
    alone = arm["goals"]["purchase"] | {"lift": None, "lift_interval": None, "label": None, "next": "add_control"}
    console.backend.results |= {"arms": [arm | {"goals": {"purchase": alone}}], "compared_with": None}
    page = open_page(RESULTS)
    experiment = region(page, "Experiment: 購入")
    expect(experiment).to_contain_text("There is nothing to compare with")
    expect(experiment).to_contain_text("Add a control group or a second variant to measure its effect.")
    console.backend.results |= {"goals": []}
    page.reload()

    expect(region(page, "Experiment")).to_contain_text("Without a goal there is nothing to compare.")


def test_why_one_may_look_at_any_time_is_explained_with_what_was_measured(open_page):
    page = open_page(RESULTS)
    page.get_by_role("button", name="How to read this").click()

    help_ = page.get_by_role("dialog", name="How to read this")
    expect(help_).to_contain_text("You may look whenever you like")
    expect(help_).to_contain_text("over 1,000 runs between variants that were the same")


def test_the_days_are_drawn_and_can_be_read_as_a_table(console, open_page):
    page = open_page(RESULTS)
    days = region(page, "Over time")
    expect(days.get_by_role("img", name="Figures of 30 days, also below as a table")).to_be_visible()
    days.get_by_text("Show as a table").click()
    last = console.backend.results["days"][-1]["arms"]
    row = days.get_by_role("row").last
    expect(row.get_by_role("cell")).to_have_text([str(last["a"]["shown"]), str(last["b"]["shown"])])
    days.get_by_label("What is drawn").select_option("goal")

    expect(row.get_by_role("cell")).to_have_text([str(last[arm]["goals"]["purchase"]) for arm in ("control", "a", "b")])


def test_the_four_groups_lead_to_people_their_stories_and_the_moment_in_the_replay(open_page):
    page = open_page(RESULTS)
    groups = region(page, "Who did what")
    expect(groups.get_by_role("tab")).to_have_text(
        ["128Clicked, then goal", "384Clicked, no goal", "768Shown, no reaction", "830Closed"]
    )
    taro = groups.get_by_role("row", name="山田 太郎")
    expect(taro.get_by_role("link", name="山田 太郎", exact=True)).to_have_attribute(
        "href", "/sites/shop/people/u%3A42"
    )
    # Five seconds before it was shown, so that one sees what led to it.
    expect(taro.get_by_role("link", name="Play this moment: 山田 太郎")).to_have_attribute("href", f"{PLAY}?t=37400")
    expect(groups.get_by_role("link", name="Play this moment")).to_have_count(1)
    groups.get_by_role("tab", name="Closed").click()
    expect(groups.get_by_role("row", name="Margaret")).to_contain_text("Closed")
    groups.get_by_role("tab", name="Shown, no reaction").click()

    expect(groups.get_by_text("Nobody yet")).to_be_visible()


def test_results_are_saved_as_csv_that_a_spreadsheet_reads(console, open_page):
    page = open_page(RESULTS)
    page.get_by_role("button", name="CSV", exact=True).click()
    name, content = saved(page, page.get_by_role("menuitem", name="Results by variant"))
    begins, ends = console.backend.results["from"], console.backend.results["to"]
    assert name == f"free-shipping-results-{begins}-{ends}.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(each["variant"], each["goal"]) for each in rows] == [
        (arm, goal) for arm in ("control", "a", "b") for goal in ("購入", "カート追加")
    ]
    assert rows[2] | {"rate": "", "rate from": "", "rate to": ""} == {
        "variant": "a",
        "name": "金額を伝える",
        "exposed": "1452",
        "shown": "1405",
        "clicked": "388",
        "closed": "530",
        "goal": "購入",
        "reached the goal": "142",
        "rate": "",
        "rate from": "",
        "rate to": "",
        "lift": "0.683",
        "lift from": "0.081",
        "lift to": "1.42",
        "probability to be best": "0.93",
        "judgement": "Better",
    }
    # A number is one, below zero as well.
    assert rows[3]["lift from"] == "-0.12"

    page.get_by_role("button", name="CSV", exact=True).click()
    _, content = saved(page, page.get_by_role("menuitem", name="Figures by day"))
    days = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(days) == 30 * 3
    assert days[-1]["day"] == ends
    assert days[-1]["購入"] == str(console.backend.results["days"][-1]["arms"]["b"]["goals"]["purchase"])


def test_a_name_that_would_run_in_a_spreadsheet_is_saved_as_text(open_page):
    page = open_page(RESULTS)
    name, content = saved(page, page.get_by_role("button", name="Save these people as CSV"))

    assert name == "free-shipping-clicked_goal.csv"
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [each["name"] for each in rows] == ["山田 太郎", '\'=HYPERLINK("https://evil.example")']


def test_each_display_problem_is_drawn_and_told_with_the_moment_to_watch(open_page):
    page = open_page("campaigns/free-shipping?tab=problems")
    problems = page.get_by_role("tabpanel").get_by_role("article")
    expect(problems).to_have_count(6)

    expect(problems.first.get_by_role("heading")).to_have_text("Outside of the screen")
    expect(
        problems.first.get_by_role("img", name="The screen, 390 × 664; the campaign, 366 × 96, at 12, 640")
    ).to_be_visible()
    expect(problems.first).to_contain_text("Phone · Variant a · /products/shirt")
    expect(problems.first.get_by_role("link", name="Play this moment")).to_have_attribute("href", f"{PLAY}?t=56000")
    expect(problems.nth(1)).to_contain_text("Covered by div#cookie-banner")
    expect(problems.nth(2)).to_contain_text("It covers button.add-to-cart")
    expect(problems.nth(2).get_by_role("link", name="Play this moment")).to_have_count(0)
    expect(problems.nth(3)).to_contain_text("Contrast 2.31 : 1; at least 4.5 : 1 is readable.")
    expect(problems.nth(4).get_by_role("link", name="newsletter")).to_have_attribute(
        "href", "/sites/shop/campaigns/newsletter"
    )
    expect(problems.nth(5)).to_contain_text("The page has no element that the selector finds.")


def test_a_campaign_that_always_looked_right_says_so(open_page):
    page = open_page("campaigns/newsletter?tab=problems")

    expect(page.get_by_text("No display problems")).to_be_visible()
