"""Fetching one page from the web, politely (RFC 9309, robots.txt) and within limits.

Every refusal is one clear InputError: an address that is not public, a robots.txt that says no, too large, too slow,
too many redirects, a compression bomb, an answer that is no page.
"""

from __future__ import annotations

import http
import re
import time
import unicodedata
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2
import msgspec
from protego import Protego

from foedus.errors import InputError, NotNow
from foedus.gathering.addresses import IN_DISGUISE, CheckedNetwork, Deadline, is_in_disguise

AGENT = "Foedus/0.1"
ROBOTS_SIZE = 500_000  # RFC 9309, 2.5: at least 500 kibibytes must be parsed
ROBOTS_KEPT = 86_400.0  # seconds; RFC 9309, 2.4: no longer than 24 hours
LONGEST_DELAY = 30.0
"""Seconds between two requests that a site may ask for: it cannot stop the watch by what it says of itself."""
LONGEST_NUMBER = 12
"""Digits of a number in a header that are believed."""
NO_ADDRESS = "is no address of the web; it is written https://host/page"
_HOST = re.compile(r"\w+://([^/?#:@]+)")
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one fetch may cost.

    size       bytes of the page once decompressed
    seconds    in all, redirects and robots.txt included
    redirects  how many are followed
    """

    size: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it came.

    content       its bytes, decompressed
    url           where it was in the end
    asked         the address that was asked for
    content_type  "text/html; charset=utf-8", or None
    etag          what a later conditional request may name, or None
    modified      the Last-Modified header, or None
    """

    content: bytes
    url: str
    asked: str
    content_type: str | None = None
    etag: str | None = None
    modified: str | None = None


class TryLater(NotNow):
    """A site that asks for fewer requests, or is out of order, and says when to come back.

    seconds   from now
    """

    def __init__(self, says: str, seconds: float) -> None:
        super().__init__(says)
        self.seconds = seconds


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    status: int
    headers: dict[str, str]
    content: bytes


def fetch(url: str, *, allowed: Collection[str] = (), limits: Limits | None = None) -> Fetched:
    """Fetches one page.

    allowed  "host" or "host:port" that may be fetched though they are not public
    raises   InputError that says why not, and what would work
    """
    return Fetcher(allowed=allowed, limits=limits).fetch(url)


class Fetcher:
    """Fetches pages and remembers for a day what each site's robots.txt says.

    clock   seconds, as time.monotonic counts them
    """

    def __init__(
        self,
        *,
        allowed: Collection[str] = (),
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed = frozenset(allowed)
        self._limits = limits or Limits()
        self._clock = clock
        self._robots: dict[str, tuple[float, Protego | None]] = {}

    def fetch(self, url: str) -> Fetched:
        """Fetches one page.

        raises   InputError that says why not, and what would work
        """
        fetched = self.fetch_if_changed(url)
        if fetched is None:
            raise InputError(f"{url}: answers that nothing has changed, though nothing was known; try again later")
        return fetched

    def fetch_if_changed(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched | None:
        """Fetches one page, unless it is still what an earlier answer gave (RFC 9110, 13): then None.

        etag, modified   of the earlier answer
        raises           InputError that says why not, and what would work; TryLater where the site says when
        """
        deadline = Deadline(self._limits.seconds)
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = [(name, value) for name, value in known.items() if value]
        with _naming(url, self._limits):
            page, answer = self._followed(_address(url), self._limits.size, deadline, robots=True, headers=headers)
            if answer.status == 304:
                return None
            if answer.status != 200:
                raise _no_page(answer)
        return Fetched(
            content=answer.content,
            url=str(page),
            asked=url,
            content_type=answer.headers.get("content-type"),
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
        )

    def _followed(
        self, page: httpx2.URL, size: int, deadline: Deadline, *, robots: bool, headers: Sequence[tuple[str, str]] = ()
    ) -> tuple[httpx2.URL, _Answer]:
        """The answer after all redirects, and where it was; every step is checked as the first one was."""
        for _ in range(self._limits.redirects + 1):
            if robots and not self._may_fetch(page, deadline):
                raise InputError(
                    f"robots.txt of {page.host} asks programs not to fetch it; save the page and give the file"
                )
            answer = self._ask(page, size, deadline, headers)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                return page, answer
            page = _address(target, page)
        raise InputError(f"redirects more than {self._limits.redirects} times; give the address it ends at")

    def delay_of(self, url: str) -> float:
        """Seconds that a site wants between two requests, as far as its robots.txt was read; half a minute at most.

        Crawl-delay is not in RFC 9309, but many news sites state it.
        """
        try:
            page = httpx2.URL(url)
        except (httpx2.InvalidURL, ValueError):
            return 0.0
        _, rules = self._robots.get(_origin(page), (0.0, None))
        return min(max(float((rules and rules.crawl_delay(AGENT)) or 0.0), 0.0), LONGEST_DELAY)

    def _may_fetch(self, page: httpx2.URL, deadline: Deadline) -> bool:
        origin = _origin(page)
        read_at, rules = self._robots.get(origin, (-ROBOTS_KEPT, None))
        if self._clock() - read_at >= ROBOTS_KEPT:
            rules = self._rules(httpx2.URL(f"{origin}/robots.txt"), deadline)
            self._robots[origin] = self._clock(), rules
        return rules is None or rules.can_fetch(str(page), AGENT)

    def _rules(self, robots: httpx2.URL, deadline: Deadline) -> Protego | None:
        """What robots.txt says; None where there is none (RFC 9309, 2.3.1.3: 4xx allows, 2.3.1.4: 5xx forbids)."""
        _, answer = self._followed(robots, ROBOTS_SIZE, deadline, robots=False)
        if answer.status >= 500:
            raise NotNow(
                f"{robots} answers {answer.status}, so it is not known whether it may be fetched; try again later"
            )
        return Protego.parse(answer.content.decode("utf-8", errors="replace")) if answer.status == 200 else None

    def _ask(self, page: httpx2.URL, size: int, deadline: Deadline, more: Sequence[tuple[str, str]] = ()) -> _Answer:
        headers = [("Host", page.netloc.decode("ascii")), ("User-Agent", AGENT), ("Accept-Encoding", "gzip, deflate")]
        headers += more
        target = httpcore2.URL(scheme=page.raw_scheme, host=page.raw_host, port=page.port, target=page.raw_path)
        with (
            httpcore2.ConnectionPool(network_backend=CheckedNetwork(self._allowed, deadline)) as pool,
            pool.stream("GET", target, headers=headers) as response,
        ):
            said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            if response.status != 200:
                return _Answer(status=response.status, headers=said, content=b"")
            length = said.get("content-length", "")
            if length.isdecimal() and (len(length) > LONGEST_NUMBER or int(length) > size):
                raise _too_large(size)
            content = _plain(response.iter_stream(), said.get("content-encoding", "").strip().lower(), size)
            return _Answer(status=200, headers=said, content=content)


def _origin(page: httpx2.URL) -> str:
    return f"{page.scheme}://{page.netloc.decode('ascii')}"


def _address(url: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """An address as it may be asked for, relative to a page where it is.

    raises   InputError if it is none, or not one of the web
    """
    try:
        page = base.join(url) if base else httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        host = _HOST.match(url)
        why = IN_DISGUISE if host and is_in_disguise(unicodedata.normalize("NFKC", host[1])) else NO_ADDRESS
        raise InputError(f"{url} {why}") from error
    if page.scheme not in ("http", "https") or not page.host:
        raise InputError(f"{page} is no address of the web; only http and https are fetched")
    if page.userinfo:
        raise InputError(
            "an address with a user and a password is not fetched; leave them out, or give the page as a file"
        )
    return page.copy_with(fragment=None)


def _plain(chunks: Iterable[bytes], coding: str, size: int) -> bytes:
    """The bytes without their compression, never more than `size` of them in memory.

    raises   InputError if there are more, or they are damaged
    """
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise InputError(f'is compressed as "{coding}", which was not asked for; save the page and give the file')
    plain = bytearray()
    inflating = zlib.decompressobj(wbits=47)  # gzip or zlib, by its header
    compressed, whole = coding not in ("", "identity"), True
    for chunk in chunks:
        while chunk:
            if compressed:
                plain += _inflated(inflating, chunk, size + 1 - len(plain))
                chunk, whole = inflating.unused_data, inflating.eof
                inflating = zlib.decompressobj(wbits=47) if whole else inflating
            else:
                plain += chunk
                chunk = b""
            if len(plain) > size:
                raise _too_large(size)
    if not whole:
        raise NotNow("is damaged: its compression breaks off; try again later")
    return bytes(plain)


def _inflated(inflating: zlib._Decompress, chunk: bytes, most: int) -> bytes:
    try:
        return inflating.decompress(chunk, most)
    except zlib.error as error:
        raise InputError("is damaged: its compression is wrong; try again later") from error


def _too_large(size: int) -> InputError:
    return InputError(f"is larger than {size / 1e6:g} MB; save the page and give the file")


def _no_page(answer: _Answer) -> InputError:
    seconds = _seconds(answer.headers.get("retry-after", "")) if answer.status in (429, 503) else None
    if seconds is not None:
        return TryLater(_why_no_page(answer), seconds)
    may_pass = answer.status == 429 or answer.status >= 500
    return (NotNow if may_pass else InputError)(_why_no_page(answer))


def _seconds(wait: str) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a moment; None where it is neither."""
    if wait.isdecimal():
        return float(wait[:LONGEST_NUMBER])
    try:
        at = parsedate_to_datetime(wait)
    except ValueError:
        return None
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())


def _why_no_page(answer: _Answer) -> str:
    status = answer.status
    phrase = http.HTTPStatus(status).phrase if status in http.HTTPStatus._value2member_map_ else "no standard answer"
    advice = {
        401: "it wants a password; save the page and give the file",
        403: "it is not given to programs; save the page and give the file",
        404: "check the address",
        410: "it is gone; look for it in a web archive",
        429: f"it wants fewer requests; try again {_after(answer)}",
        503: f"the site is out of order for now; try again {_after(answer)}",
    }
    otherwise = "the site has a fault; try again later" if status >= 500 else "open it in a browser to see why"
    return f"answers {status} {phrase}; {advice.get(status, otherwise)}"


def _after(answer: _Answer) -> str:
    wait = answer.headers.get("retry-after", "")
    seconds = _seconds(wait)
    if seconds is None:
        return "later"
    return f"in {wait[:LONGEST_NUMBER]} seconds" if wait.isdecimal() else f"after {wait[:40]}"


@contextmanager
def _naming(url: str, limits: Limits) -> Iterator[None]:
    """Every failure as one InputError that begins with the address that was asked for."""
    try:
        yield
    except InputError as error:
        said = str(error) if str(error).startswith(url) else f"{url}: {error}"
        if isinstance(error, TryLater):
            raise TryLater(said, error.seconds) from error
        raise (NotNow if isinstance(error, NotNow) else InputError)(said) from error
    except httpcore2.TimeoutException as error:
        late = f"took longer than {limits.seconds:g} seconds"
        raise NotNow(f"{url}: {late}; try again later, or save the page and give the file") from error
    except httpcore2.ConnectError as error:
        raise NotNow(f"{url}: no connection ({error}); check the address, or the network") from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise NotNow(f"{url}: the connection broke off ({error}); try again later") from error
