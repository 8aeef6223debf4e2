"""A website and the ingest API beside it, on loopback: two origins, as in production."""

import gzip
import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

SDK = Path(__file__).parents[2] / "web" / "sdk" / "dist"
PATIENCE = 15  # seconds for what happens within milliseconds on an idle machine


@dataclass(frozen=True)
class Answer:
    """What the API says to one request."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """One request to the API, and the status it was answered with."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    status: int

    @property
    def events(self) -> list[dict[str, Any]]:
        return json.loads(self.body)["batch"]

    @property
    def tab(self) -> str:
        return self.headers["X-Kizuki-Tab"]

    @property
    def seq(self) -> int:
        return int(self.headers["X-Kizuki-Seq"])

    @property
    def recorded(self) -> list[dict[str, Any]]:
        """The rrweb events of a recorder chunk."""
        return json.loads(gzip.decompress(self.body))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        pass

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class PageHandler(Handler):
    def __init__(self, site: "Site", *args: Any) -> None:
        self.site = site
        super().__init__(*args)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path in self.site.missing:
            self.answer(404, b"", {})
            return
        if path in self.site.files:
            kind, body = self.site.files[path]
            self.answer(200, body, {"Content-Type": kind})
            return
        if path in self.site.pages:
            headers = {"Content-Type": "text/html; charset=utf-8", **self.site.page_headers}
            self.answer(200, self.site.pages[path].encode(), headers)
            return
        folder, name = (SDK, path.removeprefix("/sdk/")) if path.startswith("/sdk/") else (self.site.folder, path[1:])
        file = folder / (name or "index.html")
        if file.is_file():
            self.answer(200, file.read_bytes(), {"Content-Type": guess_type(file.name)[0] or "text/plain"})
        else:
            self.answer(404, b"", {})


class ApiHandler(Handler):
    def __init__(self, site: "Site", *args: Any) -> None:
        self.site = site
        super().__init__(*args)

    @property
    def cors(self) -> dict[str, str]:
        return {
            "Access-Control-Allow-Origin": self.headers.get("Origin", "*"),
            "Access-Control-Allow-Headers": "content-type, x-kizuki-tab, x-kizuki-seq",
            "Access-Control-Max-Age": "7200",
            "Access-Control-Expose-Headers": "Retry-After",
        }

    def do_OPTIONS(self) -> None:
        self.site.preflights.append(self.path)
        self.answer(204, b"", self.cors)

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.site.previewed.append(url.query)
        actions = self.site.previews.get(url.path.removeprefix("/v1/preview/"))
        payload = json.dumps({"error": {"code": "not_found"}} if actions is None else {"actions": actions}).encode()
        self.answer(404 if actions is None else 200, payload, {"Content-Type": "application/json", **self.cors})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        answer = self.site.take(url.path, query, dict(self.headers), body)
        payload = json.dumps(answer.body or {}).encode()
        self.answer(answer.status, payload, {"Content-Type": "application/json", **self.cors, **answer.headers})


class Site:
    """Serve `pages` and the files of `folder`, take what the tag sends, answer as told."""

    def __init__(self, folder: Path = SDK) -> None:
        self.folder = folder
        self.pages: dict[str, str] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.missing: set[str] = set()
        self.page_headers: dict[str, str] = {}
        self.requests: list[Request] = []
        self.answers: deque[Answer] = deque()
        self.chunk_answers: deque[Answer] = deque()
        self.actions: dict[str, list[dict[str, Any]]] = {}
        self.withdrawn: dict[str, list[str]] = {}
        self.watches: dict[str, list[dict[str, Any]]] = {}
        self.previews: dict[str, list[dict[str, Any]]] = {}
        self.previewed: list[str] = []
        self.preflights: list[str] = []
        self.recording: dict[str, Any] | None = None
        """What answers say of recording; None as servers of before."""
        self.live = False
        self._arrived = threading.Condition()
        self._servers = [
            ThreadingHTTPServer(("127.0.0.1", 0), partial(PageHandler, self)),
            ThreadingHTTPServer(("127.0.0.1", 0), partial(ApiHandler, self)),
        ]
        self.url, self.api_url = (f"http://127.0.0.1:{server.server_port}" for server in self._servers)
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def tag(self, attributes: str = "") -> str:
        return (
            f'<script async src="{self.url}/sdk/kizuki.js" data-write-key="wk_test" data-host="{self.api_url}"'
            f" {attributes}></script>"
        )

    def take(self, path: str, query: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        with self._arrived:
            told = self.chunk_answers if path.startswith("/v1/replay/") else self.answers
            answer = told.popleft() if told else self._default(path, body)
            self.requests.append(Request(path, query, headers, body, answer.status))
            self._arrived.notify_all()
        return answer

    def _default(self, path: str, body: bytes) -> Answer:
        if path.startswith("/v1/replay/"):
            return Answer(201, {"stored": True} | ({"live": True} if self.live else {}))
        # As `page` has no name of its own.
        names = [event.get("event") or event["type"] for event in json.loads(body)["batch"]]
        actions = [action for name in names for action in self.actions.get(name, [])]
        withdrawn = [campaign for name in names for campaign in self.withdrawn.get(name, [])]
        watches = [watch for name in names for watch in self.watches.get(name, [])]
        said = {"success": True, "actions": actions, "withdrawn": withdrawn, "watch": watches}
        return Answer(200, said | ({"recording": self.recording} if self.recording else {}))

    @property
    def batches(self) -> list[Request]:
        return [request for request in self.requests if request.path == "/v1/batch"]

    @property
    def chunks(self) -> list[Request]:
        return [request for request in self.requests if request.path.startswith("/v1/replay/")]

    @property
    def stored(self) -> list[Request]:
        """The chunks that were taken, once each: a leaving page repeats what it has no answer for."""
        return list({(r.path, r.tab, r.seq): r for r in self.chunks if r.status == 201}.values())

    def accepted(self, name: str | None = None) -> list[dict[str, Any]]:
        """The events answered with 200, once each, in order; of one name or type when given."""
        events = {e["messageId"]: e for r in self.batches if r.status == 200 for e in r.events}
        return [e for e in events.values() if name in (None, e.get("event"), e["type"])]

    def wait_for(self, found: Callable[[], Any]) -> Any:
        """Wait until `found` returns something true, which it looks for after each request."""
        with self._arrived:
            assert self._arrived.wait_for(found, PATIENCE), [(r.path, r.status, r.body[:300]) for r in self.requests]
            return found()

    def wait_for_event(self, name: str, count: int = 1) -> dict[str, Any]:
        """Wait for the count-th accepted event of this name or type."""
        return self.wait_for(lambda: self.accepted(name)[count - 1 : count])[0]


def document(
    site: Site,
    *,
    head: str = "",
    body: str = "<h1>Shop</h1>",
    attributes: str = "",
    title: str = "Shop",
    lang: str = "ja",
) -> str:
    """A page that carries the tag."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}{site.tag(attributes)}</head><body>{body}</body></html>"
    )
