"""Fetching is polite, stays within its limits, and never reads from the network that it runs in.

Only a server on 127.0.0.1 is asked, through the allow-list.
"""

import gzip
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import httpcore2
import pytest

from foedus.errors import InputError
from foedus.gathering.addresses import open_addresses, why_closed
from foedus.gathering.configuration import configuration
from foedus.gathering.fetching import Fetcher, Limits, fetch

PAGE = b"<p>The Senate approved the treaty.</p>"
LIMITS = Limits(size=50_000, seconds=2.0, redirects=3)

Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int, content: bytes = b"", **headers: str) -> Answer:
    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return give


def drip(handler: BaseHTTPRequestHandler) -> None:
    """An answer whose header never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        handler.wfile.write(b"a")
        time.sleep(0.1)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b"x" * 1000)


def break_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(PAGE)
    handler.close_connection = True


BOMB = gzip.compress(b"0" * 40_000_000)
DEFLATED = zlib.compress(PAGE)

ANSWERS: dict[str, Answer] = {
    "/page": answer(200, PAGE, Content_Type="text/html; charset=utf-8", ETag='"1"', Last_Modified="yesterday"),
    "/zipped": answer(200, gzip.compress(PAGE), Content_Encoding="gzip"),
    "/zipped-twice": answer(200, gzip.compress(PAGE) + gzip.compress(PAGE), Content_Encoding="gzip"),
    "/deflated": answer(200, DEFLATED, Content_Encoding="deflate"),
    "/empty": answer(200),
    "/moved": answer(301, Location="/page#top"),
    "/closed/page": answer(200, PAGE),
    "/moved-to-closed": answer(302, Location="/closed/page"),
    "/circle": answer(302, Location="/circle"),
    "/to-metadata": answer(302, Location="http://169.254.169.254/latest/meta-data"),
    "/to-localhost": answer(302, Location="http://localhost:1/"),
    "/to-file": answer(302, Location="file:///etc/passwd"),
    "/bomb": answer(200, BOMB, Content_Encoding="gzip"),
    "/large": answer(200, b"x" * 60_000),
    "/endless": endless,
    "/drip": drip,
    "/broken": break_off,
    "/half": answer(200, gzip.compress(PAGE * 9)[:-20], Content_Encoding="gzip"),
    "/garbled": answer(200, b"\x1f\x8b" + PAGE, Content_Encoding="gzip"),
    "/brotli": answer(200, PAGE, Content_Encoding="br"),
    "/gone": answer(410),
    "/forbidden": answer(403),
    "/busy": answer(429, Retry_After="120"),
    "/closed": answer(503, Retry_After="Fri, 27 Nov 2026 12:00:00 GMT"),
    "/teapot": answer(418),
    "/fault": answer(500),
}
ROBOTS = answer(200, b"User-agent: *\nDisallow: /closed/\n")


class Site:
    """A server on 127.0.0.1; `robots` may be changed, `asked` lists the paths that were asked for."""

    def __init__(self) -> None:
        self.robots = ROBOTS
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                try:
                    (site.robots if self.path == "/robots.txt" else ANSWERS.get(self.path, answer(404)))(self)
                except OSError:  # the other side hung up, as it should
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def fetch(self, path: str, limits: Limits = LIMITS) -> bytes:
        return fetch(f"http://{self.host}{path}", allowed=[self.host], limits=limits).content


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_a_page_comes_with_where_it_was_found(site: Site) -> None:
    found = fetch(f"http://{site.host}/moved", allowed=[site.host])
    assert (found.content, found.url, found.asked) == (
        PAGE,
        f"http://{site.host}/page",
        f"http://{site.host}/moved",
    )
    assert (found.content_type, found.etag, found.modified) == ("text/html; charset=utf-8", '"1"', "yesterday")


@pytest.mark.parametrize(
    ("path", "content"),
    [("/zipped", PAGE), ("/zipped-twice", PAGE * 2), ("/deflated", PAGE), ("/empty", b""), ("/large", b"x" * 60_000)],
)
def test_compression_is_undone(site: Site, path: str, content: bytes) -> None:
    assert site.fetch(path, Limits()) == content


REFUSALS = {
    "/closed/page": "robots.txt of 127.0.0.1 asks programs not to fetch it; save the page and give the file",
    "/moved-to-closed": "robots.txt of 127.0.0.1 asks programs not to fetch it",
    "/circle": "redirects more than 3 times",
    "/to-metadata": "169.254.169.254 is a link-local address (where clouds keep their metadata) and is not fetched",
    "/to-localhost": "is a loopback address and is not fetched; if it should be, put localhost:1 on the allow-list",
    "/to-file": "only http and https are fetched",
    "/bomb": "is larger than 0.05 MB",
    "/large": "is larger than 0.05 MB",
    "/endless": "is larger than 0.05 MB",
    "/drip": "took longer than 2 seconds",
    "/broken": "the connection broke off",
    "/half": "is damaged: its compression breaks off",
    "/garbled": "is damaged: its compression is wrong",
    "/brotli": 'is compressed as "br"',
    "/gone": "answers 410 Gone; it is gone; look for it in a web archive",
    "/forbidden": "answers 403 Forbidden; it is not given to programs",
    "/missing": "answers 404 Not Found; check the address",
    "/closed": "answers 503 Service Unavailable; the site is out of order for now; try again after Fri, 27 Nov 2026",
    "/busy": "answers 429 Too Many Requests; it wants fewer requests; try again in 120 seconds",
    "/teapot": "open it in a browser to see why",
    "/fault": "answers 500 Internal Server Error; the site has a fault; try again later",
}


@pytest.mark.parametrize("path", REFUSALS)
def test_each_refusal_is_one_clear_line_within_the_time(site: Site, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(InputError) as refusal:
        site.fetch(path)
    said = str(refusal.value)
    assert said.startswith(f"http://{site.host}{path}: ")
    assert REFUSALS[path] in said
    assert "\n" not in said
    assert time.monotonic() - started < LIMITS.seconds + 1


def test_a_bomb_is_not_unpacked(site: Site) -> None:
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(InputError):
        site.fetch("/bomb")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_what_a_site_forbids_is_not_even_asked_for(site: Site) -> None:
    with pytest.raises(InputError, match=r"robots\.txt"):
        site.fetch("/closed/page")
    assert site.asked == ["/robots.txt"]


def test_robots_are_asked_for_once_a_site(site: Site) -> None:
    fetcher = Fetcher(allowed=[site.host])
    for _ in range(2):
        fetcher.fetch(f"http://{site.host}/page")
    assert site.asked == ["/robots.txt", "/page", "/page"]


def test_robots_are_asked_for_again_after_a_day(site: Site) -> None:
    """RFC 9309, 2.4: whoever watches for months must not go by what a site said at first."""
    now = [0.0]
    fetcher = Fetcher(allowed=[site.host], clock=lambda: now[0])
    for hour in range(0, 49, 4):
        now[0] = hour * 3600.0
        fetcher.fetch(f"http://{site.host}/page")
    assert site.asked.count("/robots.txt") == 3


def test_no_robots_txt_allows_and_a_faulty_one_forbids(site: Site) -> None:
    site.robots = answer(404)
    assert site.fetch("/closed/page") == PAGE
    site.robots = answer(503)
    with pytest.raises(InputError, match=r"robots.txt answers 503, so it is not known"):
        site.fetch("/page")


def test_only_what_is_on_the_allow_list_is_opened(site: Site) -> None:
    with pytest.raises(InputError, match="is a loopback address"):
        fetch(f"http://{site.host}/page")
    with pytest.raises(InputError, match="is a loopback address"):
        fetch(f"http://{site.host}/page", allowed=["127.0.0.1:1", "localhost"])
    assert fetch(f"http://{site.host}/page", allowed=["127.0.0.1"]).content == PAGE
    assert site.asked == ["/robots.txt", "/page"]


CLOSED = {
    "127.0.0.1": "loopback",
    "localhost": "loopback",
    "0.0.0.0": "no address of a host",
    "10.1.2.3": "private",
    "172.16.0.1": "private",
    "192.168.1.1": "private",
    "100.100.100.200": "private",
    "169.254.169.254": "link-local",
    "168.63.129.16": "a cloud's own services",
    "224.0.0.1": "multicast",
    "255.255.255.255": "private",
    "2130706433": "in disguise",
    "0x7f000001": "in disguise",
    "0x7f.1": "in disguise",
    "0177.0.0.1": "in disguise",
    "127.1": "in disguise",
    "134744072": "in disguise",
    "127.0.0.1.": "in disguise",
    "::1": "loopback",
    "::": "no address of a host",
    "::ffff:127.0.0.1": "loopback",
    "::ffff:7f00:1": "loopback",
    "::ffff:169.254.169.254": "link-local",
    "64:ff9b::7f00:1": "loopback",
    "2002:7f00:1::": "loopback",
    "fe80::1": "link-local",
    "fd00:ec2::254": "private",
    "fc00::1": "private",
    "fec0::1": "private",
    "::7f00:1": "private",
    "::ffff:0:7f00:1": "private",
    "64:ff9b:1::7f00:1": "private",
    "3fff::1": "private",
    "5f00::1": "private",
    "192.0.0.8": "private",
}


@pytest.mark.parametrize("host", CLOSED)
def test_an_address_that_is_not_public_is_refused(host: str) -> None:
    with pytest.raises(InputError, match=CLOSED[host]):
        open_addresses(host, 80, allowed=())
    url = f"http://[{host}]/" if ":" in host else f"http://{host}/"
    with pytest.raises(InputError, match=r"is not fetched|is no address"):
        fetch(url, limits=LIMITS)


def test_a_name_that_changes_its_address_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name is resolved once a connection, and the connection goes to the address that was checked."""
    answers, connected = iter([["9.9.9.9"], ["127.0.0.1"], ["9.9.9.9", "10.0.0.1"]]), []

    def resolved(_host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    def connect(_self: object, host: str, *_: object) -> None:
        connected.append(host)
        raise httpcore2.ConnectError("nobody is there")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    for said in ("nobody is there", r"rebind.example \(127.0.0.1\) is a loopback", r"\(10.0.0.1\) is a private"):
        with pytest.raises(InputError, match=said):
            fetch("http://rebind.example/page")
    assert connected == ["9.9.9.9"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_what_a_refusal_advises_opens_the_address(host: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        open_addresses(host, 8080, allowed=())
    settings = re.search(r"foedus\.toml: (\[fetch\]) (allowed = .*\])\)", str(refused.value))
    assert settings is not None
    (tmp_path / "foedus.toml").write_text("\n".join(settings.groups()))
    allowed = configuration(tmp_path / "foedus.toml").fetch.allowed
    assert open_addresses(host, 8080, allowed) == [host]
    with pytest.raises(InputError, match="loopback"):
        open_addresses(host, 8081, allowed)


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "2002:909:909::"])
def test_a_public_address_is_open(address: str) -> None:
    assert why_closed(ip_address(address)) is None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("http:///page", "only http and https"),
        ("http://ada:secret@127.0.0.1/", "a user and a password"),
        ("http://[::1/", "no address of the web"),
        ("http://0177.0.0.1/", "0177.0.0.1/ is an address in disguise"),
        ("http://\uff11\uff12\uff17.0.0.1/", "is no address of the web|is a loopback address"),
        ("http://no-such-host.invalid/", "there is no host no-such-host.invalid"),
        ("http://127.0.0.1:1/", "no connection"),
    ],
)
def test_what_is_no_address_says_so(url: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        fetch(url, allowed=["127.0.0.1:1"], limits=LIMITS)
