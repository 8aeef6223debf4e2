"""Surveys: one question at a time, by mouse and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.actions import CONTENTS, action, properties


@pytest.fixture(autouse=True)
def _calm(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")


def one(question: dict, **more: object) -> dict:
    """A survey of one question."""
    return action(
        "survey", "en", content={"title": "Survey", "questions": [{"id": "q", "label": "Why?"} | question]} | more
    )


def test_a_survey_asks_one_question_after_the_other_and_sends_the_answers_and_traits(site, show):
    page = show(action("survey", "en"))
    dialog = page.get_by_role("dialog", name="Tell us what you think")
    expect(dialog).to_contain_text("Question 1 of 4")
    expect(dialog.get_by_role("radio")).to_have_count(11)

    dialog.get_by_role("radio", name="9", exact=True).check()
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("group", name="How did you find us?")).to_be_visible()
    dialog.get_by_role("radio", name="A friend").check()
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_role("checkbox", name="Shirts").check()
    dialog.get_by_role("checkbox", name="Knitwear").check()
    dialog.get_by_role("button", name="Next").click()
    dialog.get_by_role("textbox", name="Anything else?").fill("  More blue, please  ")
    dialog.get_by_role("button", name="Send").click()

    answers = {"nps": 9, "found": "friend", "likes": ["shirt", "knit"], "more": "More blue, please"}
    assert site.wait_for_event("Survey Answered")["properties"] == properties("survey") | {"answers": answers}
    identified = site.wait_for_event("identify")
    assert identified["traits"] == {"found_by": "friend", "likes": ["shirt", "knit"]}
    assert identified["userId"] is None
    expect(page.get_by_role("heading", name="Thank you")).to_be_focused()

    page.get_by_role("button", name="Close").click()
    page.evaluate("kizuki.track('Marker')")
    site.wait_for_event("Marker")
    # To close the thanks is not to decline.
    assert site.accepted("Campaign Closed") == []
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_by_keyboard_arrows_choose_and_enter_goes_on_and_the_question_is_read(site, show):
    page = show(action("survey", "en"))
    page.get_by_role("radio", name="0 Not likely").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="2", exact=True)).to_be_checked()
    page.keyboard.press("Enter")

    expect(page.locator("legend")).to_be_focused()
    expect(page.locator("legend")).to_have_text("How did you find us?")


def test_a_question_that_has_to_be_answered_says_so_and_the_others_may_be_passed(site, show):
    page = show(action("survey", "en"))
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_have_text("Please answer this question.")
    page.get_by_role("radio", name="10 Very likely").check()
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send").click()

    assert site.wait_for_event("Survey Answered")["properties"]["answers"] == {"nps": 10}
    page.evaluate("kizuki.track('Marker')")
    site.wait_for_event("Marker")
    assert site.accepted("identify") == []


def test_going_back_keeps_what_was_answered(site, show):
    page = show(action("survey"))
    page.get_by_role("radio", name="3", exact=True).check()
    page.get_by_role("button", name="次へ").click()
    page.get_by_role("radio", name="検索").check()
    page.get_by_role("button", name="戻る").click()

    expect(page.get_by_role("radio", name="3", exact=True)).to_be_checked()
    page.get_by_role("button", name="次へ").click()
    expect(page.get_by_role("radio", name="検索")).to_be_checked()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({"kind": "nps"}, 0),
        ({"kind": "single", "options": [{"value": "0", "label": "0"}]}, "0"),
        ({"kind": "multi", "options": [{"value": "0", "label": "0"}]}, ["0"]),
    ],
)
def test_answers_have_the_type_of_their_question(site, show, question, answer):
    page = show(one(question, submit="Tell them"))
    page.locator("input").first.check()
    page.get_by_role("button", name="Tell them").click()

    assert site.wait_for_event("Survey Answered")["properties"]["answers"] == {"q": answer}
    expect(page.locator("kizuki-action")).to_have_count(0)


def test_declining_is_counted_and_a_newer_copy_does_not_take_away_what_was_begun(site, show):
    site.actions["Again"] = [action("survey", "en", id="survey:2")]
    page = show(action("survey", "en"))
    page.get_by_role("radio", name="5", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.evaluate("kizuki.track('Again')")
    site.wait_for_event("Campaign Shown")
    page.evaluate("kizuki.track('Marker')")
    site.wait_for_event("Marker")
    expect(page.locator("legend")).to_have_text("How did you find us?")

    page.keyboard.press("Escape")

    assert site.wait_for_event("Campaign Closed")["properties"] == properties("survey", 2)
    assert site.accepted("Survey Answered") == []


@pytest.mark.parametrize("placement", ["bottom-right", "bottom-left"])
def test_a_survey_in_a_corner_leaves_the_focus_with_the_visitor(site, show, placement):
    page = show(action("survey", "en", placement=placement))
    page.focus("#fav")

    expect(page.get_by_role("region", name=CONTENTS["en"]["survey"]["title"])).to_be_visible()
    expect(page.locator("#fav")).to_be_focused()
    page.get_by_role("radio", name="7", exact=True).check()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("legend")).to_be_focused()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send").click()
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(page.get_by_role("heading", name="Thank you")).to_be_focused()
