"""POST to a URL that an operator gave, in bounded time and space.

The name is resolved once, every address it has is checked, and the connection goes to a checked address: a name that
changes between check and use (DNS rebinding) changes nothing. Redirects are answers like any other.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import NamedTuple, Self

from kizuki.errors import TryAgainError
from kizuki.outbound.addresses import Target, check

MAX_BODY = 4 * 1024
MAX_ANSWER = 256 * 1024
"""Of an accepted request, where its answer is asked for."""
MAX_SNIPPET = 200
CONNECT_SECONDS = 5.0
ACCEPTED = range(200, 300)

Resolve = Callable[[str, int], Sequence[str]]


class UnreachableError(TryAgainError):
    """No complete answer came. Whether the other side acted on the request is unknown."""


class Response(NamedTuple):
    """`retry_after` in seconds; `snippet` is the beginning of a refusal's body, without the URL's secret part.

    `body` is what was read of it: of an accepted request nothing, unless its answer was asked for.
    """

    status: int
    retry_after: float | None
    duration_ms: int
    snippet: str
    body: bytes = b""


def resolve(host: str, port: int) -> list[str]:
    """Ask the system's resolver for the addresses of a host."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_loopback: bool = False,
    timeout: float = 10.0,
    resolve: Resolve = resolve,
    answer: bool = False,
) -> Response:
    """Send `body` and read the answer; `timeout` seconds bound the whole exchange, name resolution included.

    With `answer` the body of an accepted request is read too: for APIs that say there whether it was accepted. Raises
    RefusedUrlError for what may never be called, UnreachableError for what did not answer.
    """
    started = time.monotonic()
    target = Target.parse(url)
    with _Deadline(started + timeout) as deadline:
        try:
            addresses = _addresses(target, resolve, deadline)
            for address in addresses:
                check(address, allow_loopback=allow_loopback)
            stream = _connect(addresses, target.port, deadline)
            if target.scheme == "https":
                stream = _secure(stream, target.host, deadline)
            with stream:
                status, retry_after, text = _exchange(stream, target, body, headers, deadline, answer=answer)
        except (OSError, http.client.HTTPException) as error:
            if deadline.passed:
                raise UnreachableError("timeout", f"no complete answer within {timeout:g} s") from error
            raise UnreachableError(*_reason(error)) from error
    snippet = "" if status in ACCEPTED else _snippet(text, target)
    return Response(status, retry_after, round((time.monotonic() - started) * 1000), snippet, text)


class _Deadline:
    """Ends an exchange however slowly the other side drips: socket timeouts alone start anew with every byte."""

    def __init__(self, at: float) -> None:
        self.at = at
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(self.remaining, 0), self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for watched in self._sockets:
            watched.close()

    @property
    def remaining(self) -> float:
        return self.at - time.monotonic()

    @property
    def passed(self) -> bool:
        return self.remaining <= 0

    def watch(self, connection: socket.socket) -> None:
        # A duplicate, because wrapping a socket in TLS detaches the original before the handshake.
        self._sockets.append(connection.dup())
        if self.passed:
            self._shut()

    def _shut(self) -> None:
        for watched in self._sockets:
            with suppress(OSError):
                watched.shutdown(socket.SHUT_RDWR)


def _addresses(target: Target, resolve: Resolve, deadline: _Deadline) -> Sequence[str]:
    found: list[Sequence[str] | OSError] = []

    def look_up() -> None:
        try:
            found.append(resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            found.append(error if isinstance(error, OSError) else OSError(error))

    # The system's resolver cannot be interrupted; a daemon thread can be left behind.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(max(deadline.remaining, 0))
    if not found:
        raise TimeoutError
    if isinstance(found[0], OSError):
        raise UnreachableError("unknown_host", "the host's name cannot be resolved") from found[0]
    return found[0]


def _connect(addresses: Sequence[str], port: int, deadline: _Deadline) -> socket.socket:
    failure: OSError = OSError("no address")
    for address in addresses:
        try:
            patience = max(min(CONNECT_SECONDS, deadline.remaining), 0.001)
            connection = socket.create_connection((address, port), timeout=patience)
        except OSError as error:
            failure = error
        else:
            connection.settimeout(max(deadline.remaining, 0.001))
            deadline.watch(connection)
            return connection
    raise failure


def _secure(connection: socket.socket, host: str, deadline: _Deadline) -> ssl.SSLSocket:
    stream = ssl.create_default_context().wrap_socket(connection, server_hostname=host, do_handshake_on_connect=False)
    try:
        stream.settimeout(max(deadline.remaining, 0.001))
        stream.do_handshake()
    except OSError:
        stream.close()
        raise
    return stream


def _exchange(
    stream: socket.socket,
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    deadline: _Deadline,
    *,
    answer: bool,
) -> tuple[int, float | None, bytes]:
    # http.client never connects by itself here: the socket is given, checked and, for https, verified.
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.auto_open = 0
    connection.sock = stream
    fixed = {"Host": target.authority, "Accept-Encoding": "identity", "Connection": "close"}
    connection.request("POST", target.resource, body, {**headers, **fixed})
    with connection.getresponse() as response:
        if deadline.passed:
            # http.client takes headers that break off for complete ones.
            raise TimeoutError
        if response.status in ACCEPTED:
            # Accepted is accepted: a body that never ends must not turn it into a failure.
            text = response.read(MAX_ANSWER) if answer else b""
        else:
            text = response.read(MAX_BODY)
        return response.status, _retry_after(response.getheader("Retry-After")), text


def _retry_after(value: str | None) -> float | None:
    """Read seconds or an HTTP date (RFC 9110, 10.2.3); nonsense is no wish."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except ValueError:
        return None


def _reason(error: Exception) -> tuple[str, str]:
    # Words of our own: the library's may quote the URL, and webhook URLs are secrets.
    match error:
        case ssl.SSLCertVerificationError():
            return "tls_refused", f"the host's certificate is not valid: {error.verify_message}"
        case ssl.SSLError():
            return "tls_failed", "the TLS handshake failed"
        case TimeoutError():
            return "timeout", "the host did not answer in time"
        case ConnectionRefusedError():
            return "connection_refused", "the host refuses connections"
        case http.client.HTTPException():
            return "broken_answer", "the answer is not valid HTTP"
        case _:
            return "connection_failed", "the connection failed"


def _snippet(body: bytes, target: Target) -> str:
    text = body.decode("utf-8", "replace")
    for part in (target.resource, target.resource.partition("?")[0]):
        if part != "/":
            text = text.replace(part, "…")
    return "".join(c if c.isprintable() else " " for c in text[:MAX_SNIPPET]).strip()
