"""Where notifications arrive on this machine: it answers like Slack and LINE, keeps them, and shows them.

`POST /slack/<anything>` and `POST /webhook/<anything>` receive; `/slack-api` and `/line` are what a destination's
`api_url` may name, for bots and for LINE; `GET /` shows; `GET /messages.json` lists.
A test makes the next requests fail with `POST /slack/fail?status=500&times=2`, or one hook for good with
`?status=500` (and `retry_after=1`) on its own address.
"""

import json
import re
import sys
import threading
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from local.inbox_page import page

KINDS = ("slack", "webhook", "slack-api", "line")
LARGEST = 1_000_000


class Inbox:
    """Received messages, one file each, and the failures that tests have asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._failures: dict[str, list[tuple[int, str | None]]] = {kind: [] for kind in KINDS}

    def fail(self, kind: str, status: int, times: int, retry_after: str | None) -> None:
        with self._lock:
            self._failures[kind] = [(status, retry_after)] * times

    def next_failure(self, kind: str) -> tuple[int, str | None] | None:
        with self._lock:
            return self._failures[kind].pop(0) if self._failures[kind] else None

    def keep(self, message: dict[str, Any]) -> None:
        with self._lock:
            number = len(list(self._folder.glob("*.json")))
            path = self._folder / f"{number:08d}.json"
            path.write_text(json.dumps({"id": path.stem, **message}, ensure_ascii=False, indent=1))

    def messages(self) -> list[dict[str, Any]]:
        """Oldest first."""
        return [json.loads(path.read_text()) for path in sorted(self._folder.glob("*.json"))]

    def clear(self) -> None:
        with self._lock:
            for path in self._folder.glob("*.json"):
                path.unlink()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: "Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/":
            self._answer(HTTPStatus.OK, page(self.server.inbox.messages()[::-1]), "text/html; charset=utf-8")
        elif path == "/messages.json":
            body = json.dumps(self.server.inbox.messages(), ensure_ascii=False)
            self._answer(HTTPStatus.OK, body, "application/json; charset=utf-8")
        elif path == "/health":
            self._answer(HTTPStatus.OK, "ok")
        else:
            self._answer(HTTPStatus.NOT_FOUND, "not_found")

    def do_DELETE(self) -> None:
        if urlsplit(self.path).path == "/messages.json":
            self.server.inbox.clear()
            self._answer(HTTPStatus.OK, "ok")
        else:
            self._answer(HTTPStatus.NOT_FOUND, "not_found")

    def do_POST(self) -> None:
        target = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(target.query).items()}
        length = int(self.headers.get("content-length") or 0)
        if length > LARGEST:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
            return
        body = self.rfile.read(length)
        match = re.fullmatch(r"/(slack|webhook|slack-api|line)/(.+)", target.path)
        if match is None:
            self._answer(HTTPStatus.NOT_FOUND, "no_service")
            return
        kind, name = match.groups()
        if name == "fail":
            status, times = int(query.get("status", "500")), int(query.get("times", "1"))
            self.server.inbox.fail(kind, status, times, query.get("retry_after"))
            self._answer(HTTPStatus.OK, "ok")
            return
        status, retry_after, text = self._receive(kind, query, body)
        document = _document(body)
        self.server.inbox.keep(
            {
                "kind": kind,
                "path": target.path,
                "received_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "status": status,
                "headers": {header.lower(): value for header, value in self.headers.items()},
                "body": body.decode(errors="replace"),
                "json": document,
            }
        )
        self._answer(status, text, headers={"Retry-After": retry_after} if retry_after else {})

    def _receive(self, kind: str, query: dict[str, str], body: bytes) -> tuple[int, str | None, str]:
        """Choose the answer as Slack would: `ok`, or the reason in plain text."""
        if "status" in query:
            return int(query["status"]), query.get("retry_after"), "asked_to_fail"
        if failure := self.server.inbox.next_failure(kind):
            return *failure, "asked_to_fail"
        document = _document(body)
        if kind == "slack-api":
            return HTTPStatus.OK, None, json.dumps(self._as_slack(document))
        if kind == "slack" and not isinstance(document, dict):
            return HTTPStatus.BAD_REQUEST, None, "invalid_payload"
        return HTTPStatus.OK, None, "{}" if kind == "line" else "ok"

    def _as_slack(self, document: Any) -> dict[str, Any]:
        """Answer a method of the Web API: a message is known by its channel and a time of its own."""
        if not isinstance(document, dict) or not document.get("channel"):
            return {"ok": False, "error": "channel_not_found"}
        if not self.headers.get("authorization", "").startswith("Bearer "):
            return {"ok": False, "error": "not_authed"}
        ts = document.get("ts") or f"{datetime.now(UTC).timestamp():.6f}"
        return {"ok": True, "channel": document["channel"], "ts": ts}

    def _answer(
        self, status: int, text: str, type: str = "text/plain; charset=utf-8", headers: dict[str, str] | None = None
    ) -> None:
        body = text.encode()
        self.send_response(status)
        security = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:"}
        for name, value in {
            "Content-Type": type,
            "Content-Length": str(len(body)),
            **security,
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        print(f"{self.log_date_time_string()} {format % arguments}", flush=True)


class Server(ThreadingHTTPServer):
    """The inbox on loopback."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.inbox = Inbox(folder)


def _document(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


if __name__ == "__main__":
    with Server(Path(sys.argv[1]), int(sys.argv[2])) as server:
        server.serve_forever()
