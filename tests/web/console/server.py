"""The console's built page, its API, its user pool and its recordings, on one loopback origin."""

import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Page

from kizuki.errors import KizukiError
from tests.web.console.backend import ApiError, Backend
from tests.web.console.cognito import CLIENT, POOL, RefusedError, User, UserPool
from tests.web.console.recording import packed

EMAIL, PASSWORD = "cs@example.com", "Correct-horse-7"


def sign_in(page: Page, email: str = EMAIL, password: str = PASSWORD) -> None:
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")


class ConsoleServer:
    def __init__(self, dist: Path) -> None:
        self.dist = dist
        self.backend = Backend()
        self.pool = UserPool()
        self.pool.users[EMAIL] = User(EMAIL, PASSWORD)
        self.requests: list[tuple[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def session(self) -> dict[str, Any]:
        """What the console keeps of somebody who has signed in."""
        tokens = self.pool.sign_in(EMAIL)
        ends = round((time.time() + tokens["ExpiresIn"]) * 1000)
        kept = {"accessToken": tokens["AccessToken"], "refreshToken": tokens["RefreshToken"], "expiresAt": ends}
        return kept | {"email": EMAIL}

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
            self.api(lambda path, query: self.console.backend.post(path, query, body))

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.api(lambda path, query: self.console.backend.put(path, query, body))

    def do_DELETE(self) -> None:
        self.api(lambda path, _: self.console.backend.delete(path))

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
        except KizukiError as refused:
            self.json(refused.status, {"error": refused.document()})

    def chunk(self, path: str, query: str) -> None:
        _, _, tab, sequence = path.split("/")
        if query != f"good={self.console.backend.expired_links}":
            self.answer(403, b"<Error>Request has expired</Error>", "application/xml")
            return
        backend = self.console.backend
        body = backend.spoiled.get((tab, int(sequence)), packed(backend.tabs[tab][int(sequence)]))
        if body is None:
            self.answer(404, b"<Error>NoSuchKey</Error>", "application/xml")
        else:
            self.answer(200, body, "application/octet-stream")

    def file(self, path: str) -> None:
        file = self.console.dist / path.lstrip("/")
        # As infra/hosting.py tells files from the page's own addresses.
        if not re.fullmatch(r"/(assets/.*|[^/]+\.[a-z0-9]+)", path):
            file = self.console.dist / "index.html"
        if file.is_file():
            kept = "public, max-age=31536000, immutable" if path.startswith("/assets/") else "no-cache"
            self.answer(200, file.read_bytes(), guess_type(file.name)[0] or "application/octet-stream", kept)
        else:
            self.answer(404, b"", "text/plain")

    def json(self, status: int, body: Any) -> None:
        self.answer(status, json.dumps(body).encode(), "application/json")

    def answer(self, status: int, body: bytes, content_type: str, kept: str = "no-store") -> None:
        self.send_response(status)
        self.send_header("Cache-Control", kept)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # the page has moved on
            self.wfile.write(body)
