"""A recording that nobody recorded: every known way to run a script, or to have something fetched, in one page."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

from tests.web.console.recording import Event, Nodes, meta, mouse, snapshot

PWN = "top.pwned = parent.pwned = 1; alert(1)"


def forged(at: float, stranger: str) -> list[Event]:
    nodes = Nodes()
    script = f"data:text/html,<script>{PWN}</script>"
    page = nodes.document(
        nodes.element("script", nodes.text(PWN)),
        nodes.element("script", src=f"{stranger}/script.js"),
        nodes.element("base", href=f"{stranger}/base/"),
        nodes.element("meta", http_equiv="refresh", content=f"0;url={stranger}/refresh"),
        nodes.element("link", rel="stylesheet", href=f"{stranger}/link.css"),
        nodes.element("link", rel="prefetch", href=f"{stranger}/prefetch"),
        nodes.element("link", rel="icon", href=f"{stranger}/icon"),
        nodes.element("img", src=f"{stranger}/img.png", srcset=f"{stranger}/srcset.png 1x", onerror=PWN),
        nodes.element("img", src="data:image/png;base64,broken", onerror=PWN, OnLoad=PWN),
        nodes.element("picture", nodes.element("source", srcset=f"{stranger}/source.png"), nodes.element("img")),
        nodes.element(
            "video", src=f"{stranger}/video.mp4", poster=f"{stranger}/poster.png", autoplay="", rr_mediaState="played"
        ),
        nodes.element("audio", src=f"{stranger}/audio.mp3", autoplay=""),
        nodes.element("input", type="image", src=f"{stranger}/input.png"),
        nodes.element("body", onload=PWN, background=f"{stranger}/background.png"),
        nodes.element("iframe", srcdoc=f"<script>{PWN}</script><img src={stranger}/srcdoc.png>"),
        nodes.element("iframe", src=f"{stranger}/iframe"),
        nodes.element("iframe", src=f"javascript:{PWN}"),
        nodes.element("frame", src=f"{stranger}/frame"),
        nodes.element("object", data=script),
        nodes.element("embed", src=f"{stranger}/embed"),
        nodes.element("a", nodes.text("a script in a link"), href=f"javascript:{PWN}"),
        nodes.element("a", nodes.text("a link"), href=f"{stranger}/link", ping=f"{stranger}/ping"),
        nodes.element(
            "form", nodes.element("button", formaction=f"{stranger}/formaction"), action=f"{stranger}/action"
        ),
        nodes.element("div", style=f"background: url({stranger}/style.png); list-style: url('{stranger}/list.png')"),
        # An escape spells url( in a way that only a CSS parser reads.
        nodes.element("div", style=f"background: \\75\\72\\6c({stranger}/escaped.png); width: 9px; height: 9px"),
        nodes.element("canvas", rr_dataURL=f"{stranger}/canvas-picture.png", width="9", height="9"),
        nodes.element("canvas", rr_dataURL=f"javascript:{PWN}"),
        nodes.element("form", nodes.element("input", type="submit"), action=f"javascript:{PWN}", target="_top"),
        nodes.element("meta", **{"HTTP-EQUIV": "Refresh", "content": f"0;URL=javascript:{PWN}"}),
        nodes.element("link", rel="preconnect dns-prefetch modulepreload", href=stranger),
        with_sheet(nodes, f"@import '{stranger}/text.css'; p {{ }}"),
        nodes.element("template", nodes.element("img", src=f"{stranger}/template.png", onerror=PWN)),
        nodes.element("object", nodes.element("param", name="movie", value=f"{stranger}/param"), classid="x"),
        nodes.element("table", nodes.element("td", background=f"{stranger}/cell.png")),
        shadowed(nodes, stranger),
        nodes.element("details", nodes.element("summary"), open="", ontoggle=PWN),
        nodes.element("input", autofocus="", onfocus=PWN),
        svg(nodes, stranger),
        nodes.element("p", nodes.text("the last of the page")),
        style=(
            f"@import url({stranger}/import.css); @import '{stranger}/import-text.css';"
            f"@font-face {{ font-family: f; src: url({stranger}/font.woff2) }} body {{ font-family: f; }}"
            f"p {{ background: image-set('{stranger}/set.png' 1x); cursor: url({stranger}/cursor.png), auto }}"
        ),
    )
    added = nodes.element("img", src=f"{stranger}/added.png", onerror=PWN)
    note, text = nodes.element("p"), nodes.text("added later")
    body = page["childNodes"][0]["childNodes"][1]["id"]
    adds = [
        {"parentId": parent, "nextId": None, "node": node}
        for parent, node in ((body, added), (body, note), (note["id"], text))
    ]
    changes = [
        {"id": added["id"], "attributes": {"src": f"{stranger}/changed.png", "onload": PWN}},
        {"id": note["id"], "attributes": {"style": {"background": f"url({stranger}/changed-style.png)"}}},
    ]
    inner = nodes.document(
        nodes.element("script", nodes.text(PWN)), nodes.element("img", src=f"{stranger}/in-frame.png")
    )
    framed = nodes.element("iframe", src=f"{stranger}/attached")
    adds += [
        {"parentId": body, "nextId": None, "node": framed},
        {"parentId": framed["id"], "nextId": None, "node": inner},
    ]
    return [
        meta(at, f"javascript:{PWN}"),
        snapshot(at + 1, page),
        *(mouse(at + 1000 * second, 5, 5) for second in range(1, 6)),
        mutation(at + 5100, adds=adds),
        mutation(at + 5200, attributes=changes),
        increment(
            at + 5300,
            8,
            id=page["childNodes"][0]["childNodes"][0]["childNodes"][0]["id"],
            adds=[rule(f"{stranger}/rule")],
        ),
        increment(
            at + 5400, 15, id=page["id"], styleIds=[1], styles=[{"styleId": 1, "rules": [rule(f"{stranger}/adopted")]}]
        ),
        increment(at + 5500, 10, family="g", fontSource=f"url({stranger}/font-face.woff2)", buffer=False),
        increment(
            at + 5600,
            9,
            id=body,
            type=0,
            commands=[{"property": "drawImage", "args": [{"src": f"{stranger}/canvas.png"}]}],
        ),
        # What the player says in words of its own.
        noted(at + 5700, kind="error", message=f"<img src={stranger}/note.png onerror='{PWN}'>"),
        noted(at + 5710, kind=f"<script>{PWN}</script>", message={"toString": PWN}),
        {"type": 6, "timestamp": at + 5720, "data": {"plugin": "x", "payload": f"<script>{PWN}</script>"}},
        mouse(at + 6000, 6, 6),
    ]


def noted(at: float, **payload: Any) -> Event:
    return {"type": 5, "timestamp": at, "data": {"tag": "kizuki", "payload": payload}}


def with_sheet(nodes: Nodes, css: str) -> dict[str, Any]:
    """Build a link whose style sheet the recorder has written into it."""
    link = nodes.element("link", rel="stylesheet", href="a.css")
    link["attributes"]["_cssText"] = css
    return link


def shadowed(nodes: Nodes, stranger: str) -> dict[str, Any]:
    """Build an element with a tree of its own, and a style sheet in it."""
    style = nodes.element(
        "style", nodes.text(f"@import url({stranger}/shadow.css); i {{ cursor: url({stranger}/s.cur) }}")
    )
    children = [style, nodes.element("img", src=f"{stranger}/shadow.png", onerror=PWN)]
    for each in children:
        each["isShadow"] = True
    host = nodes.element("x-host", *children)
    host["isShadowHost"] = True
    return host


def svg(nodes: Nodes, stranger: str) -> dict[str, Any]:
    """Build an SVG image: links by another name, and attributes that change by themselves."""
    animate = nodes.element("animate", attributeName="href", values=f"javascript:{PWN}", begin="0s", onbegin=PWN)
    children = [
        nodes.element("script", nodes.text(PWN)),
        nodes.element("image", **{"xlink:href": f"{stranger}/xlink.png", "href": f"{stranger}/image.png"}),
        nodes.element("use", href=f"{stranger}/use.svg#a"),
        nodes.element("a", animate, nodes.element("text", nodes.text("a script in a link")), href="#"),
        nodes.element("rect", fill=f"url({stranger}/fill.svg#a)", filter=f"url({stranger}/filter.svg#a)"),
        nodes.element("foreignObject", nodes.element("img", src=f"{stranger}/foreign.png", onerror=PWN)),
    ]
    element = nodes.element("svg", *children, onload=PWN)
    for each in [element, *children]:
        each["isSVG"] = True
    return element


def mutation(at: float, **changes: Any) -> Event:
    return increment(at, 0, **({"adds": [], "removes": [], "texts": [], "attributes": []} | changes))


def increment(at: float, source: int, **data: Any) -> Event:
    return {"type": 3, "timestamp": at, "data": {"source": source, **data}}


def rule(address: str) -> dict[str, Any]:
    return {"rule": f"body {{ background-image: url({address}.png) }}", "index": 0}


class Stranger:
    """A host of somebody else's: it notes whoever asks."""

    def __init__(self) -> None:
        asked: list[str] = []
        self.asked = asked

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_args: object) -> None:
                pass

            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_HEAD = do_GET  # noqa: N815 - http.server calls them so

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
