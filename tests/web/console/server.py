"""The console's built page, its API, its user pool and its recordings, on one loopback origin."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Page

from tests.web.console import data, rules
from tests.web.console.cognito import CLIENT, POOL, RefusedError, User, UserPool
from tests.web.console.recording import Event, Recording, packed

EMAIL, PASSWORD = "cs@example.com", "Correct-horse-7"
SECONDS = 120


def sign_in(page: Page, email: str = EMAIL, password: str = PASSWORD) -> None:
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")


class ApiError(Exception):
    def __init__(self, status: int, code: str, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"code": code, "message": message} | ({"path": path} if path else {})


@dataclass
class Backend:
    """What the API answers with; tests change it while the console runs."""

    feed: list[dict[str, Any]] = field(default_factory=lambda: list(data.FEED))
    people: list[dict[str, Any]] = field(default_factory=lambda: list(data.PEOPLE))
    deliveries: list[dict[str, Any]] = field(default_factory=lambda: list(data.DELIVERIES))
    refused: list[dict[str, Any]] = field(default_factory=lambda: list(data.REFUSED))
    campaigns: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {each["id"]: dict(each) for each in (data.CAMPAIGN, data.NEWSLETTER)}
    )
    segments: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {each["id"]: dict(each) for each in rules.SEGMENTS}
    )
    audiences: list[dict[str, Any]] = field(default_factory=list)
    audience: dict[str, Any] = field(default_factory=dict)
    started: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=1))
    tabs: dict[str, list[list[Event]]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    reason: str | None = None
    sites: list[dict[str, Any]] = field(default_factory=lambda: [data.SITE, data.OTHER_SITE])
    failing: set[str] = field(default_factory=set)
    expired_links: int = 0

    def __post_init__(self) -> None:
        # Whole milliseconds: what the API says of times and what the recorder wrote agree.
        self.started = self.started.replace(microsecond=0)
        self.tabs = {"tab-a": Recording(self.started_ms, SECONDS, pages=(0, 60)).chunks()}

    @property
    def started_ms(self) -> int:
        return int(self.started.timestamp() * 1000)

    @property
    def timeline(self) -> list[dict[str, Any]]:
        return data.timeline(self.started)

    def get(self, path: list[str], query: dict[str, str]) -> Any:
        match path:
            case ["me"]:
                return self.me()
            case ["sites", site]:
                return {**data.SITE, "id": site, "write_key": data.WRITE_KEY, "origins": ["https://shop.example"]}
            case ["sites", "travel", *_]:
                return {"items": [], "next": None}
            case ["sites", _, "people", person, *rest]:
                return self.get_person(person, rest, query)
            case ["sites", _, "vocabulary"]:
                return rules.VOCABULARY
            case ["sites", _, list_of]:
                return page_of(self.lists()[list_of](), query)
            case ["sites", _, kind, document]:
                return self.get_document(kind, document)
            case _:
                raise ApiError(404, "not_found", "no such route")

    def get_person(self, person: str, path: list[str], query: dict[str, str]) -> Any:
        match path:
            case []:
                person = self.merged.get(person, person)
                found = one({each["id"]: each for each in self.people}, person)
                known = {key: found[key] for key in ("id", "name", "email")}
                return data.PERSON | known | {"statistics": rules.STATISTICS}
            case ["timeline"]:
                return page_of(self.timeline, query)
            case ["replays"]:
                return {"items": [self.summary()]}
            case ["events", event, "explanation"]:
                return rules.explanation(event)
            case ["events", _, "explanation", kind, rule]:
                return one(rules.RULES, f"{kind}/{rule}")
            case _:
                raise ApiError(404, "not_found", "no such route")

    def get_document(self, kind: str, document: str) -> Any:
        match kind:
            case "campaigns":
                return told(one(self.campaigns, document))
            case "segments":
                return one(self.segments, document)
            case "audiences":
                return rules.audience(document) | self.audience
            case "replays":
                return self.replay(document)
            case _:
                raise ApiError(404, "not_found", "no such route")

    def me(self) -> dict[str, Any]:
        if "me" in self.failing:
            raise ApiError(403, "forbidden", "no access")
        # An access token names no email.
        return {"email": None, "sites": self.sites}

    def lists(self) -> dict[str, Callable[[], list[dict[str, Any]]]]:
        return {
            "feed": lambda: self.feed,
            "people": lambda: self.people,
            "segments": lambda: list(self.segments.values()),
            "campaigns": lambda: [told(each) for each in self.campaigns.values()],
            "deliveries": lambda: self.deliveries,
            "refused": lambda: self.refused,
            "replays": lambda: [self.summary(), self.summary(data.BROKEN_SESSION)],
        }

    def summary(self, session: str = data.SESSION) -> dict[str, Any]:
        ends = [event["timestamp"] for chunks in self.tabs.values() for chunk in chunks for event in chunk]
        seconds = (max(ends, default=self.started_ms) - self.started_ms) / 1000
        reason = "no_full_snapshot" if session == data.BROKEN_SESSION else self.reason
        return data.replay_summary(self.started, seconds, session=session, playable=reason is None, reason=reason)

    def replay(self, session: str) -> dict[str, Any]:
        tabs = [] if session == data.BROKEN_SESSION else list(self.tabs.items())
        return self.summary(session) | {
            "tabs": [
                {
                    "id": tab,
                    "chunks": [self.chunk(tab, sequence, chunk) for sequence, chunk in enumerate(chunks) if chunk],
                    "missing": [sequence for sequence, chunk in enumerate(chunks) if not chunk],
                }
                for tab, chunks in tabs
            ],
            "events": data.visit(self.started),
        }

    def chunk(self, tab: str, sequence: int, events: list[Event]) -> dict[str, Any]:
        times = [datetime.fromtimestamp(event["timestamp"] / 1000, UTC) for event in events]
        return {
            "sequence": sequence,
            "started_at": data.iso(min(times)),
            "ended_at": data.iso(max(times)),
            "full_snapshot": any(event["type"] == 2 for event in events),
            "url": f"/chunks/{tab}/{sequence}?good={self.expired_links}",
        }

    def post(self, path: list[str], body: Any) -> Any:
        match path:
            case ["sites", _, ("campaigns" | "segments") as kind, id, ("publish" | "pause") as action]:
                if action in self.failing:
                    raise ApiError(503, "busy", "try again")
                documents = self.campaigns if kind == "campaigns" else self.segments
                documents[id] |= {"status": "live" if action == "publish" else "paused"}
                return told(documents[id]) if kind == "campaigns" else documents[id]
            case ["sites", _, "conditions"]:
                return rules.checked(body["condition"])
            case ["sites", _, "audiences"]:
                self.audiences.append(body)
                return rules.audience(f"q-{len(self.audiences)}", "running")
            case _:
                raise ApiError(404, "not_found", "no such route")

    def put(self, path: list[str], body: Any) -> Any:
        match path:
            case ["sites", _, "campaigns", campaign]:
                if "trigger" not in body:
                    raise ApiError(400, "invalid_document", "Field required", "definition.trigger")
                written = self.campaigns.get(campaign, data.NEWSLETTER | {"id": campaign, "status": "draft"})
                self.campaigns[campaign] = written | {"definition": body, "name": body["name"]}
                return told(self.campaigns[campaign])
            case ["sites", _, "segments", segment]:
                for problem in rules.checked(body["condition"])["problems"]:
                    raise ApiError(400, "invalid_segment", problem["message"], problem["path"])
                status = self.segments.get(segment, {}).get("status", "draft")
                self.segments[segment] = rules.segment(segment, body["condition"], status, name=body["name"])
                return self.segments[segment]
            case _:
                raise ApiError(404, "not_found", "no such route")


def one(documents: dict[str, dict[str, Any]], id: str) -> dict[str, Any]:
    if id not in documents:
        raise ApiError(404, "not_found", f"no such document: {id}")
    return documents[id]


def told(campaign: dict[str, Any]) -> dict[str, Any]:
    """A campaign with its conditions in words."""
    conditions = {part: campaign["definition"].get(part) for part in ("trigger", "page", "audience", "goal")}
    summaries = {part: rules.checked(each)["summary"] if each else None for part, each in conditions.items()}
    return campaign | {"summaries": summaries}


def page_of(items: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    start, limit = int(query.get("cursor", 0)), int(query.get("limit", 100))
    end = start + limit
    return {"items": items[start:end], "next": str(end) if end < len(items) else None}


class ConsoleServer:
    def __init__(self, dist: Path) -> None:
        self.dist = dist
        self.backend = Backend()
        self.pool = UserPool()
        self.pool.users[EMAIL] = User(EMAIL, PASSWORD)
        self.requests: list[tuple[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def config(self) -> dict[str, str]:
        return {
            "api_url": self.url,
            "region": "ap-northeast-1",
            "user_pool_id": POOL,
            "client_id": CLIENT,
            "cognito_endpoint": f"{self.url}/cognito/",
            "ingest_url": "https://ingest.example",
            "sdk_url": "https://sdk.example/kizuki.js",
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, console: ConsoleServer, *args: Any) -> None:
        self.console = console
        super().__init__(*args)

    def log_message(self, *_args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self.console.requests.append(("GET", self.path))
        address = urlsplit(self.path)
        if address.path == "/config.json":
            self.json(200, self.console.config)
        elif address.path.startswith("/chunks/"):
            self.chunk(address.path, address.query)
        elif address.path.startswith("/api/"):
            self.api(self.console.backend.get)
        else:
            self.file(address.path)

    def do_POST(self) -> None:
        self.console.requests.append(("POST", self.path))
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")
        if self.path.startswith("/cognito/"):
            operation = self.headers["X-Amz-Target"].split(".")[1]
            try:
                self.json(200, self.console.pool.call(operation, body))
            except RefusedError as refused:
                self.json(400, {"__type": refused.code, "message": "refused"})
        else:
            self.api(lambda path, _: self.console.backend.post(path, body))

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.api(lambda path, _: self.console.backend.put(path, body))

    def api(self, answer: Callable[[list[str], dict[str, str]], Any]) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.console.pool.valid:
            self.json(401, {"message": "Unauthorized"})
            return
        address = urlsplit(self.path)
        path = [unquote(part) for part in address.path.removeprefix("/api/").split("/")]
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        try:
            self.json(200, answer(path, query))
        except ApiError as refused:
            self.json(refused.status, {"error": refused.error})

    def chunk(self, path: str, query: str) -> None:
        _, _, tab, sequence = path.split("/")
        if query != f"good={self.console.backend.expired_links}":
            self.answer(403, b"<Error>Request has expired</Error>", "application/xml")
        else:
            self.answer(200, packed(self.console.backend.tabs[tab][int(sequence)]), "application/octet-stream")

    def file(self, path: str) -> None:
        file = self.console.dist / path.lstrip("/")
        if not (path.startswith("/assets/") or file.suffix):
            file = self.console.dist / "index.html"
        if file.is_file():
            self.answer(200, file.read_bytes(), guess_type(file.name)[0] or "application/octet-stream")
        else:
            self.answer(404, b"", "text/plain")

    def json(self, status: int, body: Any) -> None:
        self.answer(status, json.dumps(body).encode(), "application/json")

    def answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the page has moved on
            self.wfile.write(body)
