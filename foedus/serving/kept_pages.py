"""Pages, made once an edition and kept compressed, with their ETag (RFC 9110, 8.8.3 and 13.1.2).

A page is a pure function of the edition and the address, so whoever asks again gets the same bytes, or 304. A page that is
kept is answered on the event loop; one that must be made, in a thread.
"""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import threading
from collections import OrderedDict
from itertools import count
from typing import NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

HTML = "text/html; charset=utf-8"
WORTH = 1024
"""Bytes from which compressing is worth its while."""
AT_ONCE, AT_LEISURE = 1, 5
"""gzip levels: a page of 120 kB takes 0.4 ms and becomes 15.6 kB at level 1, where somebody waits; 0.8 ms and 12.7 kB at level 5."""


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


def kept_page(
    text: str | bytes, media_type: str = HTML, more: tuple[tuple[str, str], ...] = (), level: int = AT_ONCE
) -> KeptPage:
    """A page ready to be sent, packed at a gzip level."""
    body = text.encode() if isinstance(text, str) else text
    is_packed = len(body) >= WORTH
    return KeptPage(
        content=gzip.compress(body, level, mtime=0) if is_packed else body,
        is_packed=is_packed,
        etag=hashlib.sha256(body).hexdigest()[:20],
        media_type=media_type,
        more=more,
    )


class PageStore:
    """Kept pages by key, the least used forgotten once they take more than so many bytes.

    Their bytes lie in a nameless file of the system that is gone with the process: thousands of dossiers would take the memory
    of a site several times over, and the system holds in memory what is asked for often.

    most   bytes of all pages together
    """

    def __init__(self, most: int = 400_000_000) -> None:
        self._most, self._size, self._lock = most, 0, threading.Lock()
        self._held: OrderedDict[tuple[str, ...], _Slot] = OrderedDict()
        self._numbers = count()
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode=off", "synchronous=off", "cache_size=-2000"):
            self._file.execute(f"pragma {setting}")
        self._file.execute("create table pages (number integer primary key, content blob)")

    @property
    def has_room(self) -> bool:
        """Whether pages that nobody has asked for yet may come in; some room stays for those that somebody will."""
        return self._size < 0.95 * self._most

    def get(self, key: tuple[str, ...]) -> KeptPage | None:
        with self._lock:
            slot = self._held.get(key)
            if slot is None:
                return None
            self._held.move_to_end(key)
            found = self._file.execute("select content from pages where number = ?", (slot.number,)).fetchone()
        return msgspec.structs.replace(slot.page, content=found[0])

    def __contains__(self, key: tuple[str, ...]) -> bool:
        with self._lock:
            return key in self._held

    def put(self, key: tuple[str, ...], page: KeptPage) -> KeptPage:
        """Keeps a page and gives it back; where the file can take no more, it is only given back."""
        with self._lock:
            if key in self._held:
                self._forget(key)
            slot = _Slot(next(self._numbers), page.size, msgspec.structs.replace(page, content=b""))
            try:
                self._file.execute("insert into pages values (?, ?)", (slot.number, page.content))
            except sqlite3.OperationalError:  # the disk is full
                return page
            self._held[key] = slot
            self._size += page.size
            while self._size > self._most and len(self._held) > 1:
                self._forget(next(iter(self._held)))
        return page

    def _forget(self, key: tuple[str, ...]) -> None:
        slot = self._held.pop(key)
        self._size -= slot.size
        self._file.execute("delete from pages where number = ?", (slot.number,))


class _Slot(NamedTuple):
    """Where a page lies: its number in the file, its bytes, and the rest of it without them."""

    number: int
    size: int
    page: KeptPage


def _matches(asked: str, etag: str) -> bool:
    """Weak comparison of If-None-Match (RFC 9110, 13.1.2).

    >>> _matches('W/"a", "b"', "a"), _matches("*", "a"), _matches('"c"', "a")
    (True, True, False)
    """
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in asked.split(",")]
    return asked.strip() == "*" or etag in tags
