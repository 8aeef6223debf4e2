"""Whether what the recorder sends shows the page again, in rrweb's own player."""

from pathlib import Path

import pytest

from tests.web.recordings import RECORD, SNAPSHOT, hide, recorded, wait_for_recorded

REPLAY = Path(__file__).parents[2] / "web" / "node_modules" / "@rrweb" / "replay" / "dist" / "replay.umd.min.cjs"
PAGE = """
  <style id=inserted></style><p id=styled>styled</p><x-card></x-card>
  <iframe id=frame srcdoc="<body><p>in a frame</p></body>"></iframe>
  <script>
    inserted.sheet.insertRule("#styled { color: rgb(1, 2, 3) }");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("h1 { color: rgb(4, 5, 6) }");
    document.adoptedStyleSheets = [sheet];
    const root = document.querySelector("x-card").attachShadow({mode: "open"});
    const inner = new CSSStyleSheet();
    inner.replaceSync("b { color: rgb(7, 8, 9) }");
    root.adoptedStyleSheets = [inner];
    root.innerHTML = "loose words<b>in the shadow</b>";
  </script>
"""
CHANGES = """() => {
    document.querySelector("h1").textContent = "Changed";
    const root = document.querySelector("x-card").shadowRoot;
    root.querySelector("b").textContent = "changed in the shadow";
    root.append(Object.assign(document.createElement("i"), {textContent: "added in the shadow"}));
    frame.contentDocument.querySelector("p").textContent = "changed in a frame";
    inserted.sheet.insertRule("#styled { font-size: 33px }", 1);
    document.body.append(Object.assign(document.createElement("p"), {id: "later", textContent: "later"}));
}"""
LOOK = """(selector) => {
    const played = document.querySelector(".replayer-wrapper iframe").contentDocument;
    const [outer, within] = selector.split(" >> ");
    const found = played.querySelector(outer);
    const element = !within ? found : (found.shadowRoot ?? found.contentDocument).querySelector(within);
    const {color, fontSize} = element.ownerDocument.defaultView.getComputedStyle(element);
    return [element.textContent, color, fontSize];
}"""


@pytest.fixture
def play(site, context):
    """Show the end of what was recorded."""

    def open_player():
        player = context.new_page()
        player.set_content("<!doctype html><body></body>")
        player.add_script_tag(content=REPLAY.read_text())
        player.evaluate(
            """(events) => {
                const replayer = new rrwebReplay.Replayer(events, {root: document.body, mouseTail: false});
                replayer.pause(events.at(-1).timestamp - events[0].timestamp + 1);
            }""",
            recorded(site),
        )
        return lambda selector: player.evaluate(LOOK, selector)

    return open_player


def test_styles_shadow_roots_and_frames_are_there_again_with_their_changes(site, visit, play):
    page = visit(attributes=RECORD, body=f"<h1>Shop</h1>{PAGE}")
    wait_for_recorded(site, "in a frame")
    assert "loose words" in str(recorded(site))
    page.evaluate(CHANGES)
    hide(page)
    wait_for_recorded(site, "later")

    look = play()
    assert look("h1")[:2] == ["Changed", "rgb(4, 5, 6)"]
    assert look("#styled") == ["styled", "rgb(1, 2, 3)", "33px"]
    assert look("x-card >> b")[:2] == ["changed in the shadow", "rgb(7, 8, 9)"]
    assert look("x-card >> i")[0] == "added in the shadow"
    assert look("#frame >> p")[0] == "changed in a frame"
    assert look("#later")[0] == "later"


def test_every_half_minute_a_playback_can_begin(site, visit, page):
    page.clock.install()
    visit(attributes=RECORD)
    site.wait_for(lambda: site.chunks)
    page.clock.fast_forward(31_000)
    page.evaluate("document.body.append('half a minute later')")

    page.clock.fast_forward(1000)
    site.wait_for(lambda: sum(event["type"] == SNAPSHOT for event in recorded(site)) == 2)
