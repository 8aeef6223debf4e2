import ssl
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain, repeat
from pathlib import Path

import pytest
import trustme

from kizuki.outbound import UnreachableError, post
from tests.kizuki.outbound.servers import OK, serving


def send(url, body=b"{}", *, timeout=5.0, **options):
    return post(url, body, {"Content-Type": "application/json"}, allow_loopback=True, timeout=timeout, **options)


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """A certificate authority that this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def tls_for(authority, *names):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def drip(prefix, stopped):
    """Send `prefix`, then a byte now and then, for ever."""

    def behave(stream):
        stream.sendall(prefix)
        while not stopped.wait(0.05):
            stream.sendall(b"x")

    return behave


@pytest.fixture
def stopped():
    event = threading.Event()
    yield event
    event.set()


def test_the_request_arrives_as_it_was_written():
    with serving(OK) as server:
        response = send(server.url("/hook?a=1"), b'{"a":1}')

    assert (response.status, response.retry_after, response.snippet) == (200, None, "")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.decode().split("\r\n") == [
        "POST /hook?a=1 HTTP/1.1",
        "Content-Length: 7",
        "Content-Type: application/json",
        f"Host: 127.0.0.1:{server.port}",
        "Accept-Encoding: identity",
        "Connection: close",
    ]
    assert body == b'{"a":1}'


def test_a_redirect_is_not_followed():
    with serving(OK) as inside:
        moved = f"HTTP/1.1 301 Moved\r\nLocation: {inside.url()}\r\nContent-Length: 0\r\n\r\n".encode()
        with serving(moved) as server:
            assert send(server.url()).status == 301

    assert inside.requests == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("30", 30.0), ("0", 0.0), ("soon", None), ("-5", None), ("", None), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_retry_after_is_read(value, seconds):
    busy = f"HTTP/1.1 429 Slow down\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n".encode()
    with serving(busy) as server:
        assert send(server.url())[:2] == (429, seconds)


def test_retry_after_is_read_as_a_date():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    busy = f"HTTP/1.1 503 Later\r\nRetry-After: {later}\r\nContent-Length: 0\r\n\r\n".encode()
    with serving(busy) as server:
        assert 90 < send(server.url()).retry_after <= 100


def test_a_server_that_never_answers_ends_at_the_deadline(stopped):
    with serving(lambda stream: stopped.wait(10)) as server:
        with pytest.raises(UnreachableError) as failure:
            send(server.url("/secret"), timeout=0.3)
        stopped.set()

    assert failure.value.code == "timeout"
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    "prefix", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_a_server_that_drips_its_answer_ends_at_the_deadline(stopped, prefix):
    with serving(drip(prefix, stopped)) as server:
        with pytest.raises(UnreachableError) as failure:
            send(server.url(), timeout=0.5)
        stopped.set()

    assert failure.value.code == "timeout"


def test_a_tls_handshake_that_never_ends_ends_at_the_deadline(authority, stopped):
    def behave(stream):
        while not stopped.wait(0.05):
            # A handshake record that promises 16 KB and comes byte by byte.
            stream.sendall(b"\x16" if not sent else b"\x03\x03\x40\x00"[len(sent) - 1 : len(sent)] or b"x")
            sent.append(1)

    sent: list[int] = []
    with serving(behave) as server:
        with pytest.raises(UnreachableError) as failure:
            send(f"https://127.0.0.1:{server.port}/", timeout=0.5)
        stopped.set()

    assert failure.value.code == "timeout"


def test_a_resolver_that_hangs_ends_at_the_deadline(stopped):
    with pytest.raises(UnreachableError) as failure:
        send("http://slow.example/", timeout=0.2, resolve=lambda host, port: stopped.wait(10) and [])

    assert failure.value.code == "timeout"


def test_an_accepted_message_stays_accepted_when_the_body_never_ends(stopped):
    with serving(drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", stopped)) as server:
        assert send(server.url()).status == 200
        stopped.set()


def test_a_huge_answer_is_not_read():
    sent = []

    def behave(stream):
        stream.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 1000000000\r\n\r\n")
        for _ in range(1000):
            stream.sendall(bytes(1_000_000))
            sent.append(1_000_000)

    with serving(behave) as server:
        response = send(server.url())

    assert response.status == 500
    assert sum(sent) < 100_000_000


def test_a_refusal_is_quoted_without_the_secret_in_the_url():
    with serving(b"HTTP/1.1 404 No\r\n\r\nno_service at /services/T/B/s3cret?key=k\x1b[31m " + b"x" * 1000) as server:
        response = send(server.url("/services/T/B/s3cret?key=k"))

    assert response.snippet.startswith("no_service at … [31m xxx")
    assert len(response.snippet) <= 200


def test_a_name_that_changes_between_check_and_use_changes_nothing():
    with serving(OK) as server:
        answers = chain([["127.0.0.1"]], repeat(["10.0.0.1"]))
        url = server.url(host="rebinding.example")

        response = send(url, resolve=lambda host, port: next(answers))

    assert response.status == 200
    assert f"Host: rebinding.example:{server.port}".encode() in server.requests[0]


def test_the_next_address_is_tried_when_the_first_is_dead():
    with serving(OK) as server:
        assert send(server.url(host="two.example"), resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"]).status == 200


def test_a_closed_port_is_unreachable():
    with serving(OK) as server:
        url = server.url("/secret")

    with pytest.raises(UnreachableError) as failure:
        send(url)

    assert (failure.value.code, failure.value.message) == ("connection_refused", "the host refuses connections")


def test_an_answer_that_is_not_http_is_broken():
    with serving(b"SSH-2.0-OpenSSH_9\r\n") as server, pytest.raises(UnreachableError) as failure:
        send(server.url())

    assert failure.value.code == "broken_answer"


def test_a_connection_that_breaks_off_is_unreachable():
    with serving(lambda stream: None) as server, pytest.raises(UnreachableError):
        send(server.url())


def test_tls_is_verified_against_the_name_in_the_url(authority):
    with serving(OK, tls_for(authority, "hooks.example")) as server:
        response = send(server.url(host="hooks.example"), resolve=lambda host, port: ["127.0.0.1"])

    assert response.status == 200


def test_a_certificate_for_another_name_is_refused(authority):
    with serving(OK, tls_for(authority, "other.example")) as server, pytest.raises(UnreachableError) as failure:
        send(server.url(host="hooks.example"), resolve=lambda host, port: ["127.0.0.1"])

    assert failure.value.code == "tls_refused"
    assert server.requests == []


def test_a_certificate_of_an_unknown_authority_is_refused(authority):
    with serving(OK, tls_for(trustme.CA(), "hooks.example")) as server, pytest.raises(UnreachableError) as failure:
        send(server.url(host="hooks.example"), resolve=lambda host, port: ["127.0.0.1"])

    assert failure.value.code == "tls_refused"


def test_plain_http_on_a_tls_port_fails(authority):
    with serving(OK) as server, pytest.raises(UnreachableError) as failure:
        send(f"https://127.0.0.1:{server.port}/", timeout=0.3)

    assert failure.value.code in {"tls_failed", "timeout"}


def test_no_connection_outlives_the_request():
    def open_sockets():
        links = (fd.readlink() for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink())
        return sum(str(link).startswith("socket:") for link in links)

    before = open_sockets()
    with serving(OK) as server:
        for _ in range(5):
            send(server.url())

    assert open_sockets() == before
