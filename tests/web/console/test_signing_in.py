"""Operators sign in, stay signed in, and choose their language."""

import pytest
from playwright.sync_api import expect

from tests.web.console.cognito import User
from tests.web.console.server import EMAIL, sign_in


def test_a_wrong_password_is_told_and_the_right_one_opens_the_linked_page(console, page):
    page.goto(f"{console.url}/sites/shop/deliveries")
    sign_in(page, password="wrong")
    expect(page.get_by_role("alert")).to_have_text("The email or the password is wrong.")

    sign_in(page)

    expect(page.get_by_role("heading", name="Deliveries")).to_be_visible()
    assert page.url == f"{console.url}/sites/shop/deliveries"


def test_a_reload_stays_signed_in_and_signing_out_does_not(open_page):
    page = open_page("people")
    page.reload()
    expect(page.get_by_role("heading", name="People")).to_be_visible()

    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.reload()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate("localStorage['kizuki.session']") is None


def test_an_invited_operator_chooses_a_password(console, page):
    console.pool.users["new@example.com"] = User("new@example.com", "Temporary-1", must_change=True)
    page.goto(console.url)
    sign_in(page, "new@example.com", "Temporary-1")
    expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()

    page.get_by_label("New password", exact=True).fill("My-own-password-9")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Live feed")).to_be_visible()
    assert console.pool.users["new@example.com"].password == "My-own-password-9"


@pytest.mark.parametrize("path", ["/", "/sites/shop/feed"])
def test_an_operator_without_a_site_is_told_whom_to_ask_and_can_sign_out(console, page, path):
    console.backend.sites.clear()
    page.goto(f"{console.url}{path}")
    sign_in(page)
    expect(page.get_by_role("heading", name="No site is shared with you yet")).to_be_visible()
    expect(page.get_by_text(f"Ask an administrator to add {EMAIL} to a site")).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()

    page.get_by_role("main").get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_operator_whom_the_api_refuses_can_still_sign_out(console, page):
    console.backend.failing.add("me")
    page.goto(console.url)
    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("Something went wrong")

    page.get_by_role("button", name="Account").click()
    page.get_by_role("menuitem", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_token_that_the_api_refuses_is_renewed_without_a_word(console, open_page):
    page = open_page("people")
    expect(page.get_by_text("taro@example.com")).to_be_visible()
    console.pool.valid.clear()

    page.get_by_role("link", name="Deliveries").click()

    expect(page.get_by_text("HTTP 503")).to_be_visible()


def test_an_ended_session_asks_to_sign_in_and_goes_on_where_one_was(console, open_page):
    page = open_page("people")
    expect(page.get_by_text("taro@example.com")).to_be_visible()
    console.pool.expire_everything()

    page.get_by_role("link", name="Deliveries").click()
    expect(page.get_by_text("Your session has expired.")).to_be_visible()
    sign_in(page)

    expect(page.get_by_text("HTTP 503")).to_be_visible()


def test_tokens_never_appear_in_an_address(console, open_page):
    page = open_page("feed")
    expect(page.get_by_text("newsletter_opened")).to_be_visible()

    token = next(iter(console.pool.valid))

    assert not [path for _, path in console.requests if token in path]


def test_the_browsers_language_is_the_first_choice_and_the_chosen_one_is_kept(console, browser):
    context = browser.new_context(locale="ja-JP")
    page = context.new_page()
    page.goto(console.url)
    expect(page.get_by_role("heading", name="サインイン")).to_be_visible()

    page.get_by_role("button", name="表示言語").click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    context.close()


def test_well_known_events_are_named_in_japanese(open_page, page, console):
    page.add_init_script("localStorage['kizuki.language'] = 'ja'")
    open_page("feed")

    row = page.get_by_role("listitem").filter(has_text="カート追加")

    expect(row).to_contain_text("麻のシャツ")
    expect(page.get_by_role("listitem").filter(has_text="ページ閲覧")).to_be_visible()
