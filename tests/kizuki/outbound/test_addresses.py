import socket

import pytest

from kizuki.outbound import RefusedUrlError, UnreachableError, post
from kizuki.outbound.addresses import Target, check


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_off_the_public_internet_is_refused(address):
    with pytest.raises(RefusedUrlError) as refusal:
        check(address, allow_loopback=False)

    assert refusal.value.code == "address_refused"


@pytest.mark.parametrize("address", ["8.8.8.8", "54.230.1.1", "::ffff:8.8.8.8", "2606:4700::1111"])
def test_a_public_address_may_be_called(address):
    check(address, allow_loopback=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_loopback_may_be_allowed(address):
    check(address, allow_loopback=True)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "fe80::1", "0.0.0.0", "::"])  # noqa: S104
def test_allowing_loopback_allows_nothing_else(address):
    with pytest.raises(RefusedUrlError):
        check(address, allow_loopback=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
        "http://127.1/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.170.2/v2/credentials",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::1]/",
        "http://100.64.0.1/",
        "http://localhost/",
    ],
)
def test_a_url_into_the_inside_is_refused_however_it_is_spelled(url):
    with pytest.raises(RefusedUrlError) as refusal:
        post(url, b"", {})

    assert refusal.value.code == "address_refused"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.com/", "scheme_refused"),
        ("file:///etc/passwd", "scheme_refused"),
        ("gopher://example.com/", "scheme_refused"),
        ("//example.com/", "scheme_refused"),
        ("example.com/hook", "scheme_refused"),
        ("", "scheme_refused"),
        ("http://good.example@169.254.169.254/", "credentials_refused"),
        ("http://user:password@example.com/", "credentials_refused"),
        ("http://good.example\\@127.0.0.1/", "malformed_url"),
        ("http://①②⑦.0.0.1/", "malformed_url"),
        ("http://example.com/a b", "malformed_url"),
        ("http://example.com/\r\nHost: evil", "malformed_url"),
        ("http://example.com:0/", "malformed_url"),
        ("http://example.com:65536/", "malformed_url"),
        ("http://example.com:http/", "malformed_url"),
        ("http://[::1/", "malformed_url"),
        ("http:///path", "malformed_url"),
    ],
)
def test_a_url_that_could_be_read_in_two_ways_is_refused(url, code):
    with pytest.raises(RefusedUrlError) as refusal:
        post(url, b"", {})

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("url", "target", "authority"),
    [
        (
            "https://hooks.slack.com/services/T/B/x",
            ("https", "hooks.slack.com", 443, "/services/T/B/x"),
            "hooks.slack.com",
        ),
        ("http://Example.com:8080?a=1#f", ("http", "example.com", 8080, "/?a=1"), "example.com:8080"),
        ("http://[2606:4700::1111]:81/", ("http", "2606:4700::1111", 81, "/"), "[2606:4700::1111]:81"),
    ],
)
def test_a_url_is_taken_apart(url, target, authority):
    assert Target.parse(url) == target
    assert Target.parse(url).authority == authority


def test_one_bad_address_among_good_ones_refuses_the_host():
    with pytest.raises(RefusedUrlError):
        post("http://mixed.example/", b"", {}, resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])


def test_a_host_without_a_name_is_unreachable():
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(UnreachableError) as failure:
        post("http://nobody.example/secret", b"", {}, resolve=unknown)

    assert failure.value.code == "unknown_host"
    assert "secret" not in str(failure.value)


def test_a_label_that_dns_cannot_carry_is_unreachable():
    with pytest.raises(UnreachableError) as failure:
        post(f"http://{'a' * 64}.example/", b"", {})

    assert failure.value.code == "unknown_host"
