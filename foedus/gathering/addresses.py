"""Which addresses may be fetched: public ones, and those that are explicitly allowed.

A page, a feed or a redirect must not make Foedus read from the machine or the network that it runs in. A name is resolved once,
all its addresses are checked, and the connection goes to a checked address: a name that changes its address in between gains nothing.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Collection, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2

from foedus.errors import InputError, NotNow

ALSO_CLOSED = {
    # cloud services that answer on a public address
    ip_address("168.63.129.16"): "an address of a cloud's own services",
}
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291, 2.4: what lies outside is for a site or a machine
NOT_PUBLIC = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890: for protocols
    IPv6Network("3fff::/20"),  # RFC 9637: for documentation
)
"""What IANA keeps back and older versions of Python take for public."""
IN_DISGUISE = "is an address in disguise and is not fetched; write it in four decimal parts"
_NUMBER = r"(?:0x[0-9a-f]*|\d+)"
_ODD_SPELLING = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}){{0,3}}\.?", re.IGNORECASE)


def why_closed(address: IPv4Address | IPv6Address) -> str | None:
    """What is wrong with an address, or None where it may be fetched.

    >>> why_closed(ip_address("127.0.0.1")), why_closed(ip_address("::ffff:10.0.0.1")), why_closed(ip_address("9.9.9.9"))
    ('a loopback address', 'a private address', None)
    """
    if isinstance(address, IPv6Address) and (inner := _embedded(address)):
        return why_closed(inner)
    if address in ALSO_CLOSED:
        return ALSO_CLOSED[address]
    kinds = (
        (address.is_loopback, "a loopback address"),
        (address.is_link_local, "a link-local address (where clouds keep their metadata)"),
        (address.is_unspecified, "no address of a host"),
        (address.is_multicast, "a multicast address"),
        (not address.is_global or any(address in network for network in NOT_PUBLIC), "a private address"),
        (isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST, "a private address"),
    )
    return next((kind for holds, kind in kinds if holds), None)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def open_addresses(host: str, port: int, allowed: Collection[str]) -> list[str]:
    """The addresses of a host, all of them checked.

    allowed  "host" or "host:port", as it stands in the URL: opens it whatever its address
    raises   InputError if one of them may not be fetched, it is oddly spelled, or there is none
    """
    spelled = f"[{host}]" if ":" in host else host
    opened = not {spelled, f"{spelled}:{port}"}.isdisjoint(allowed)
    if not opened and is_in_disguise(host):
        raise InputError(f"{host} {IN_DISGUISE}")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotNow(f"there is no host {host}; check the address, or the network") from error
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    for address in addresses if not opened else ():
        if why := why_closed(ip_address(address)):
            where = host if host == address else f"{host} ({address})"
            raise InputError(
                f"{where} is {why} and is not fetched; if it should be, put {spelled}:{port} on the allow-list "
                f'(foedus.toml: [fetch] allowed = ["{spelled}:{port}"])'
            )
    return addresses


def is_in_disguise(host: str) -> bool:
    """Whether it is an IPv4 address that is written otherwise than in four decimal parts."""
    return _ODD_SPELLING.fullmatch(host) is not None and not _is_plain(host)


def _is_plain(host: str) -> bool:
    try:
        return str(ip_address(host)) == host
    except ValueError:
        return False


class Deadline:
    """The moment by which all must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, wanted: float | None = None) -> float:
        """Seconds left, or those wanted if they are fewer.

        raises   NotNow when there are none
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise NotNow(
                f"took longer than {self.seconds:g} seconds; try again later, or save the page and give the file"
            )
        return left if wanted is None else min(left, wanted)


class CheckedNetwork(httpcore2.NetworkBackend):
    """Connections to open addresses only, that end by the deadline however slowly the other side drips."""

    def __init__(self, allowed: Collection[str], deadline: Deadline) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        failed: Exception | None = None
        for address in open_addresses(host, port, self._allowed):
            try:
                left = self._deadline.left(timeout)
                stream = self._network.connect_tcp(address, port, left, local_address, socket_options)
                return _DatedStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore2.ConnectError(host)


class _DatedStream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _DatedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
