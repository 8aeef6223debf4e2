"""Read API Gateway HTTP API requests (payload format 2.0) and write their answers."""

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from kizuki.errors import KizukiError, MalformedError, TooLargeError, UnauthorizedError

GZIP = 16 + zlib.MAX_WBITS
RETRY_AFTER_SECONDS = "2"


class Request(msgspec.Struct, frozen=True):
    """One HTTP request. Header names are lower case; the body is as the client sent it, transfer encoding removed."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    path_parameters: Mapping[str, str]
    body: bytes
    received_at: int | None
    """When API Gateway took it, in epoch milliseconds: before any cold start of ours."""
    binary: bool
    """Whether the body arrived as it was sent; API Gateway reads text types as UTF-8, which destroys gzip."""

    @classmethod
    def from_event(cls, event: Mapping[str, Any]) -> "Request":
        """Read a Lambda proxy event, whose body is base64 when API Gateway took it for binary."""
        http = event["requestContext"]["http"]
        text = event.get("body") or ""
        try:
            body = base64.b64decode(text, validate=True) if event.get("isBase64Encoded") else text.encode()
        except (binascii.Error, UnicodeEncodeError) as error:
            raise MalformedError("malformed_body", f"the body cannot be read: {error}") from error
        return cls(
            method=http["method"],
            path=event.get("rawPath") or http["path"],
            headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
            query=event.get("queryStringParameters") or {},
            path_parameters=event.get("pathParameters") or {},
            body=body,
            received_at=event["requestContext"].get("timeEpoch"),
            binary=bool(event.get("isBase64Encoded")),
        )

    @property
    def origin(self) -> str | None:
        return self.headers.get("origin")

    def content(self, limit: int) -> bytes:
        """Return the body with `Content-Encoding: gzip` undone; never inflates more than `limit` bytes."""
        encoding = self.headers.get("content-encoding", "identity").strip().lower()
        if encoding in {"", "identity"}:
            content = self.body
        elif encoding == "gzip" and not self.binary and self.body[:2] != b"\x1f\x8b":
            reason = "API Gateway has read the gzip body as text: send it with Content-Type application/octet-stream"
            raise MalformedError("broken_gzip", reason)
        elif encoding == "gzip":
            content = gunzip(self.body, limit)
        else:
            raise MalformedError("unknown_encoding", f"Content-Encoding {encoding!r} is not one of: identity, gzip")
        if len(content) > limit:
            raise TooLargeError("body_too_large", f"the body is over {limit} bytes", limit=limit)
        return content

    def basic_user(self) -> str | None:
        """Return the user name of HTTP Basic authentication, where Segment's clients put the write key."""
        scheme, _, credentials = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            return base64.b64decode(credentials.strip(), validate=True).decode().partition(":")[0]
        except ValueError as error:  # not base64, not ASCII before, or not UTF-8 after
            raise UnauthorizedError("malformed_key", "the Authorization header is not valid HTTP Basic") from error


def gunzip(data: bytes, limit: int) -> bytes:
    """Inflate at most `limit` bytes of gzip. A bomb costs no more than that: TooLargeError."""
    inflater = zlib.decompressobj(GZIP)
    try:
        content = inflater.decompress(data, limit + 1)
    except zlib.error as error:
        raise MalformedError("broken_gzip", f"the body is not valid gzip: {error}") from error
    if len(content) > limit:
        raise TooLargeError("body_too_large", f"the body is over {limit} bytes once decompressed", limit=limit)
    if not inflater.eof:
        raise MalformedError("broken_gzip", "the gzip body ends too early")
    if inflater.unused_data:
        # A second member would escape the limit: browsers inflate them all.
        raise MalformedError("broken_gzip", "something follows the end of the gzip body")
    return content


def answer(status: int, document: Any, *, origin: str | None = None) -> dict[str, Any]:
    """Build a JSON answer; `origin` is the page's, when its site allows it."""
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    if status == 503:  # noqa: PLR2004 - the one status that promises a retry helps
        headers["retry-after"] = RETRY_AFTER_SECONDS
    return {
        "statusCode": status,
        "headers": headers | cors(origin),
        "body": msgspec.json.encode(document).decode(),
    }


def failure(error: KizukiError, *, origin: str | None = None) -> dict[str, Any]:
    """Translate an error to its HTTP answer: the one place where that happens."""
    return answer(error.status, {"error": error.document()}, origin=origin)


def preflight(origin: str | None) -> dict[str, Any]:
    """Answer a CORS preflight. It names no key, so the site's origins are checked on the request that follows."""
    headers = cors(origin) | {
        "Access-Control-Allow-Methods": "POST, OPTIONS",
        "Access-Control-Allow-Headers": "authorization, content-type, content-encoding, x-kizuki-tab, x-kizuki-seq",
        "Access-Control-Max-Age": "7200",
    }
    return {"statusCode": 204, "headers": headers, "body": ""}


def cors(origin: str | None) -> dict[str, str]:
    if origin is None:
        return {}
    # Spelled as the specification does: some gateways look for just that before they add a wildcard of their own.
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "retry-after",
        "Vary": "origin",
    }
