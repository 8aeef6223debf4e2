"""Which URLs and addresses may be called: operators type them, so they must not reach into the account's network."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from kizuki.errors import MalformedError

PORTS = {"http": 80, "https": 443}

# What `is_global` calls global although it leads elsewhere, or is not for us: protocol assignments, 6to4 relays.
REFUSED_V4 = [IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24")]

# Global unicast is 2000::/3; everything outside (NAT64, IPv4-compatible, site-local, …) is refused as a whole.
UNICAST_V6 = IPv6Network("2000::/3")
# 6to4 carries any IPv4 address inside; 3fff::/20 is documentation.
REFUSED_V6 = [IPv6Network("2002::/16"), IPv6Network("3fff::/20")]


class RefusedUrlError(MalformedError):
    """The URL may not be called. Trying again will not help."""


class Target(NamedTuple):
    """A URL taken apart. `resource` is path and query, which may hold a secret."""

    scheme: str
    host: str
    port: int
    resource: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an absolute http(s) URL strictly: what two parsers could read differently is refused."""
        if not url.isascii() or not url.isprintable() or any(c in url for c in ' \\"<>'):
            raise RefusedUrlError("malformed_url", "the URL holds characters that a URL must escape")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise RefusedUrlError("malformed_url", "the URL is malformed") from error
        if parts.scheme not in PORTS:
            raise RefusedUrlError("scheme_refused", "only http and https URLs can be called")
        if "@" in parts.netloc:
            raise RefusedUrlError("credentials_refused", "the URL must not hold a user name or password")
        if not parts.hostname or port == 0:
            raise RefusedUrlError("malformed_url", "the URL names no host to call")
        resource = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.scheme, parts.hostname, port or PORTS[parts.scheme], resource)

    @property
    def authority(self) -> str:
        """The Host header: the port only when it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def check(address: str, *, allow_loopback: bool) -> None:
    """Refuse an address that is not on the public internet."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback and allow_loopback:
        return
    if not (_is_public_v4(ip) if isinstance(ip, IPv4Address) else _is_public_v6(ip)):
        raise RefusedUrlError("address_refused", "the host's address is not on the public internet")


def _is_public_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in REFUSED_V4)


def _is_public_v6(ip: IPv6Address) -> bool:
    return ip.is_global and ip in UNICAST_V6 and not any(ip in network for network in REFUSED_V6)
