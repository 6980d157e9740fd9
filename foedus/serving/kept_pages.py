"""Pages, made once an edition and kept compressed, with their ETag (RFC 9110, 8.8.3 and 13.1.2).

A page is a pure function of the edition and the address, so whoever asks again gets the same bytes, or 304. A page that is
kept is answered on the event loop; one that must be made, in a thread.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict

import msgspec
from starlette.requests import Request
from starlette.responses import Response

HTML = "text/html; charset=utf-8"
WORTH = 1024
"""Bytes from which compressing is worth its while."""
LEVEL = 5
"""gzip level: a page of 120 kB takes 0.8 ms and becomes 12.7 kB; at level 1 it would take 0.4 ms and become 15.6."""


class KeptPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it is kept: compressed, where that is worth its while.

    content    the bytes, gzip where `is_packed`
    etag       hash of the bytes before
    more       further headers
    """

    content: bytes
    is_packed: bool
    etag: str
    media_type: str
    more: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        return len(self.content)

    def response(self, request: Request, cache: str = "no-cache") -> Response:
        """The page, or 304 where the reader has it already."""
        headers = {"etag": f'"{self.etag}"', "cache-control": cache, "vary": "accept-encoding", **dict(self.more)}
        if _matches(request.headers.get("if-none-match", ""), self.etag):
            return Response(status_code=304, headers=headers)
        content = self.content
        if self.is_packed and "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
        elif self.is_packed:
            content = gzip.decompress(content)
        return Response(content, media_type=self.media_type, headers=headers)


def kept_page(text: str | bytes, media_type: str = HTML, more: tuple[tuple[str, str], ...] = ()) -> KeptPage:
    """A page ready to be sent."""
    body = text.encode() if isinstance(text, str) else text
    is_packed = len(body) >= WORTH
    return KeptPage(
        content=gzip.compress(body, LEVEL, mtime=0) if is_packed else body,
        is_packed=is_packed,
        etag=hashlib.sha256(body).hexdigest()[:20],
        media_type=media_type,
        more=more,
    )


class PageStore:
    """Kept pages by key, the least used forgotten once they take more than so many bytes."""

    def __init__(self, most: int = 72_000_000) -> None:
        self._most, self._size, self._lock = most, 0, threading.Lock()
        self._held: OrderedDict[tuple[str, ...], KeptPage] = OrderedDict()

    @property
    def has_room(self) -> bool:
        """Whether pages that nobody has asked for yet may come in; some room stays for those that somebody will."""
        return self._size < 0.95 * self._most

    def get(self, key: tuple[str, ...]) -> KeptPage | None:
        with self._lock:
            if (page := self._held.get(key)) is not None:
                self._held.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: KeptPage) -> KeptPage:
        with self._lock:
            if (old := self._held.pop(key, None)) is not None:
                self._size -= old.size
            self._held[key] = page
            self._size += page.size
            while self._size > self._most and len(self._held) > 1:
                self._size -= self._held.popitem(last=False)[1].size
        return page


def _matches(asked: str, etag: str) -> bool:
    """Weak comparison of If-None-Match (RFC 9110, 13.1.2).

    >>> _matches('W/"a", "b"', "a"), _matches("*", "a"), _matches('"c"', "a")
    (True, True, False)
    """
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in asked.split(",")]
    return asked.strip() == "*" or etag in tags
