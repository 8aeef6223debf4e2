"""Recordings as rrweb writes them, small enough to read."""

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

Event = dict[str, Any]


@dataclass
class Nodes:
    """Serialised nodes; ids are given in order."""

    last: int = 0

    def element(self, tag: str, *children: dict[str, Any], **attributes: Any) -> dict[str, Any]:
        self.last += 1
        named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return {"type": 2, "tagName": tag, "attributes": named, "childNodes": list(children), "id": self.last}

    def text(self, content: str) -> dict[str, Any]:
        self.last += 1
        return {"type": 3, "textContent": content, "id": self.last}

    def document(self, *body: dict[str, Any], style: str = "") -> dict[str, Any]:
        head = self.element("head", self.element("style", self.text(style)))
        html = self.element("html", head, self.element("body", *body))
        self.last += 1
        return {"type": 0, "childNodes": [html], "id": self.last}


def meta(at: float, href: str, width: int = 1280, height: int = 720) -> Event:
    return {"type": 4, "timestamp": at, "data": {"href": href, "width": width, "height": height}}


def snapshot(at: float, node: dict[str, Any]) -> Event:
    return {"type": 2, "timestamp": at, "data": {"node": node, "initialOffset": {"top": 0, "left": 0}}}


def text_change(at: float, node: int, value: str) -> Event:
    data = {"source": 0, "texts": [{"id": node, "value": value}], "attributes": [], "removes": [], "adds": []}
    return {"type": 3, "timestamp": at, "data": data}


def mouse(at: float, x: int, y: int, node: int = 1) -> Event:
    return {
        "type": 3,
        "timestamp": at,
        "data": {"source": 1, "positions": [{"x": x, "y": y, "id": node, "timeOffset": 0}]},
    }


def click(at: float, node: int, x: int, y: int) -> Event:
    return {"type": 3, "timestamp": at, "data": {"source": 2, "type": 2, "id": node, "x": x, "y": y}}


STYLE = """
body { margin: 0; font-family: sans-serif; color: #222; }
header { padding: 18px 32px; background: #14323f; color: #fff; font-size: 20px; }
main { display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; padding: 32px; }
article { padding: 18px; border: 1px solid #ddd; border-radius: 8px; }
article div { height: 150px; border-radius: 6px; background: #e8eef1; }
#clock { padding: 8px 32px; background: #fff3cf; }
"""


@dataclass
class Recording:
    """A visit to a small shop whose page shows the second it is: a chunk every ten seconds.

    `pages` are the seconds at which another page is loaded, which the recorder takes a full snapshot of.
    """

    started_at: int
    seconds: int
    pages: tuple[int, ...] = (0,)
    nodes: Nodes = field(default_factory=Nodes)

    def chunks(self, every: int = 10) -> list[list[Event]]:
        chunks: list[list[Event]] = []
        for number in range(self.seconds + 1):
            moment = self.started_at + number * 1000
            if number % every == 0:
                chunks.append([])
            if number in self.pages:
                second, page = self.page(number)
                chunks[-1] += [meta(moment, f"https://shop.example/?page={number}"), snapshot(moment + 1, page)]
            else:
                chunks[-1].append(text_change(moment, second, f"second {number}"))
            chunks[-1].append(mouse(moment + 50, 100 + number * 37 % 900, 120 + number * 23 % 400))
        return chunks

    def page(self, number: int) -> tuple[int, dict[str, Any]]:
        """Return the id of the text that says the second, and the page."""
        nodes = self.nodes
        second = nodes.text(f"second {number}")
        cards = [
            nodes.element(
                "article",
                nodes.element("div"),
                nodes.element("h3", nodes.text(name)),
                nodes.element("p", nodes.text(price)),
                nodes.element("button", nodes.text("カートに入れる")),
            )
            for name, price in [("麻のシャツ", "¥4,000"), ("帆布トート", "¥6,800"), ("藍染め手ぬぐい", "¥1,200")]
        ]
        page = nodes.document(
            nodes.element("header", nodes.text("あおい商店")),
            nodes.element("div", second, id="clock"),
            nodes.element("main", *cards),
            style=STYLE,
        )
        return second["id"], page


def packed(events: Any) -> bytes:
    return gzip.compress(json.dumps(events).encode())
