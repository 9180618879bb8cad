"""SSRF protection: webhooks are never delivered to an address of a private network, unless its host is allowed by
name."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

_LONGEST = 2_000
_HOST = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?", re.IGNORECASE)
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)\.?", re.IGNORECASE)
"""Number as the last label of a host: an IPv4 address spelt so that programs disagree about it: decimal, octal,
hexadecimal."""
_LOW_PORTS = (80, 443)

# Beyond what `is_global` refuses: transition mechanisms that carry another address inside, documentation, and an
# address that is public by number and internal by use.
_INSIDE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's own services, seen from each of its machines
        "192.88.99.0/24",  # 6to4 relays
        "192.0.0.0/24",
        "2001::/23",  # protocol assignments, Teredo among them
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "2001:db8::/32",
    )
)
_IPV6_UNICAST = ipaddress.ip_network("2000::/3")


class DestinationRefused(ValueError):
    """Destination of a webhook that is refused; the message gives the reason to its owner."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Parsed address of a webhook. `named`: its host is allowed by name, and its addresses are not checked."""

    url: str
    host: str
    port: int
    secure: bool
    named: bool


def destination(url: str, named_hosts: Collection[str]) -> Destination:
    """Parses a URL. Raises `DestinationRefused`; resolved addresses are checked later."""
    if len(url) > _LONGEST or not url.isascii() or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        raise DestinationRefused("is no plain web address: write up to 2,000 ASCII characters without blanks")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise DestinationRefused("is no web address: write https://host/path") from error
    if parts.scheme not in ("http", "https"):
        raise DestinationRefused("must begin with https://")
    if parts.username is not None or parts.password is not None:
        raise DestinationRefused("must not have a user or password: deliveries are signed instead")
    if parts.fragment:
        raise DestinationRefused("must not have a fragment (#…)")
    literal = _literal(host)
    if literal is None and not _HOST.fullmatch(host):
        raise DestinationRefused("has no host that can be looked up")
    if literal is None and _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        raise DestinationRefused("has an address that is not written as four numbers from 0 to 255 with dots")
    secure = parts.scheme == "https"
    port = port if port is not None else 443 if secure else 80
    named = host.rstrip(".") in {host_name.lower().rstrip(".") for host_name in named_hosts}
    if not named:
        if not secure:
            raise DestinationRefused("must begin with https://")
        if port < 1024 and port not in _LOW_PORTS:
            raise DestinationRefused("names a port that is kept for other services: use 443, or one from 1024 on")
        if literal is not None:
            refuse_internal(literal)
    return Destination(url, host, port, secure, named)


def refuse_internal(address: str) -> None:
    """Verifies that an address is one of the public internet. Raises `DestinationRefused`."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    public = ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _IPV6_UNICAST:
        public = False
    if not public or any(ip in network for network in _INSIDE if network.version == ip.version):
        raise DestinationRefused("leads to an internal or reserved address, where nothing is sent")


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host.split("%")[0]))
    except ValueError:
        return None
