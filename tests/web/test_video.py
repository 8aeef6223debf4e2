"""Films in messages."""

import base64

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.actions import action, properties

RECORD = """async () => {
    const canvas = document.body.appendChild(document.createElement("canvas"));
    const brush = canvas.getContext("2d");
    const draw = () => { brush.fillStyle = `hsl(${performance.now() % 360} 50% 50%)`; brush.fillRect(0, 0, 300, 150); };
    const drawing = setInterval(draw, 20);
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
    const recorded = new Promise((resolve) => recorder.ondataavailable = ({ data }) => resolve(data));
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 400));
    recorder.stop();
    clearInterval(drawing);
    const bytes = new Uint8Array(await (await recorded).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
}"""


@pytest.fixture(scope="module")
def film(browser: Browser) -> bytes:
    """Less than a second of a film."""
    page = browser.new_page()
    recorded = base64.b64decode(page.evaluate(RECORD))
    page.close()
    return recorded


@pytest.fixture
def with_film(site, film):
    site.files["/film.webm"] = ("video/webm", film)
    site.files["/film.vtt"] = ("text/vtt", "WEBVTT\n\n00:00.000 --> 00:10.000\nようこそ".encode())
    return site


@pytest.mark.parametrize("placement", ["center", "bottom-right", "bottom-left"])
def test_a_film_starts_without_sound_in_its_place_and_is_counted(with_film, show, placement):
    page = show(action("video", placement=placement))

    assert with_film.wait_for_event("Video Started")["properties"] == properties("video")
    assert with_film.wait_for_event("Video Completed")["properties"] == properties("video")
    film = page.locator("video")
    state = film.evaluate(
        "({muted, playsInline, controls, preload, poster, textTracks}) =>"
        " ({muted, playsInline, controls, preload, poster, captions: [...textTracks].map(({kind, mode}) => [kind, mode])})"
    )
    assert state == {
        "muted": True,
        "playsInline": True,
        "controls": True,
        "preload": "metadata",
        "poster": f"{with_film.url}/shirt.svg",
        "captions": [["captions", "showing"]],
    }
    expect(page.get_by_role("link", name="クーポンを受け取る")).to_be_visible()
    assert len(with_film.accepted("Video Started")) == 1


def test_a_film_waits_for_the_visitor_where_less_motion_is_asked_for(with_film, show, page: Page):
    page.emulate_media(reduced_motion="reduce")
    show(action("video"))
    with_film.wait_for_event("Campaign Shown")
    assert page.locator("video").evaluate("film => film.paused")

    page.locator("video").evaluate("film => film.play()")

    with_film.wait_for_event("Video Started")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:video/webm;base64,AAAA"])
def test_a_film_from_nowhere_safe_is_left_out_of_its_message(with_film, show, url):
    action_ = action("video")
    page = show(action_ | {"content": action_["content"] | {"video": {"url": url}}})

    expect(page.get_by_role("dialog", name="初めてのお買い物で10%オフ")).to_be_visible()
    expect(page.locator("video")).to_have_count(0)


def test_captions_of_another_origin_are_asked_for_with_its_leave(with_film, show):
    action_ = action("video")
    video = {"url": "/film.webm", "captions": "https://films.test/film.vtt"}
    page = show(action_ | {"content": action_["content"] | {"video": video}})

    expect(page.locator("video")).to_have_attribute("crossorigin", "anonymous")
