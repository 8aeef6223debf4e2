"""Servers on loopback that behave as badly as the real ones."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers every connection with `behave(socket)`; keeps the requests it read."""

    def __init__(self, behave: Callable[[socket.socket], None], tls: ssl.SSLContext | None = None) -> None:
        self.behave = behave
        self.tls = tls
        self.requests: list[bytes] = []
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def url(self, path: str = "/hook", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def _serve(self) -> None:
        while not self.stopped.is_set():
            connection, _ = self.listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.settimeout(10)
                if self.stopped.is_set():
                    return
                if self.tls:
                    with self.tls.wrap_socket(connection, server_side=True) as stream:
                        self._answer(stream)
                else:
                    self._answer(connection)

    def _answer(self, stream: socket.socket) -> None:
        self.requests.append(read_request(stream))
        self.behave(stream)

    def stop(self) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        self.thread.join()
        self.listener.close()


@contextlib.contextmanager
def serving(behave: Callable[[socket.socket], None] | bytes, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    answer = behave
    server = Server((lambda stream: stream.sendall(answer)) if isinstance(answer, bytes) else answer, tls)
    try:
        yield server
    finally:
        server.stop()


def read_request(stream: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data and (more := stream.recv(65536)):
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[16:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length: ")), 0)
    while len(body) < length and (more := stream.recv(65536)):
        body += more
    return head + b"\r\n\r\n" + body
