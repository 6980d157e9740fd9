"""What was published: one text, with the way back to the original bytes and every candidate for its day.

A page's date is a candidate, never a fact: headers name the day of a crawl, datelines the day of writing.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from enum import StrEnum
from functools import lru_cache

import msgspec

from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Quote


class DocumentClass(StrEnum):
    DEPOSITARY = "depositary"
    GAZETTE = "gazette"
    PARLIAMENT = "parliament"
    GOVERNMENT = "government"
    WIRE = "wire"
    OUTLET = "outlet"
    OTHER = "other"


class Basis(StrEnum):
    """What says when a document was published, strongest first."""

    GIVEN = "given"  # by the user; binds
    METADATA = "metadata"  # JSON Lines, JSON-LD, meta tags, feed entries
    DATELINE = "dateline"  # "MOSCOW, Nov 10 (Wire)"
    PAGE = "page"  # a date in the page's header or footer: may be the day it was fetched
    CAPTION = "caption"  # the day of a picture, from which on it was published
    INFERRED = "inferred"  # from the text's own words, or by the register from all reports together


PAGE_BREAK = "\f"
PRINTED = 3  # days from a dateline to the print of its report


class DateCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """One day, or range of days, on which a document may have been published.

    on      the days
    basis   what says so
    quote   the words, where they stand in the text
    """

    on: DateRange
    basis: Basis
    quote: Quote | None = None


class Furniture(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text that is no report: menus, headers, related articles, copyright lines. Never evidence.

    kind   "header-date", "breadcrumb", "masthead", "menu", "related", "copyright", "share", "cookie", "caption", "byline",
           "dateline"
    """

    kind: str
    start: int
    end: int


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it is read.

    id          "d_" and the hash of the original bytes
    name        the file's name, or the id of a JSON Lines record
    text        the text that all offsets count in (code points)
    offsets     pairs (position in text, position in the decoded original), ascending: from each pair on the two run in
                step; empty where they are the same throughout
    title       as stated by metadata, or None
    publisher   as stated by metadata or the text ("The Asia Business Daily"), or None
    class_      what kind of publisher
    published   candidates, strongest first
    url         where it was found
    language    ISO 639-1
    furniture   stretches that are not the report
    dateline    the day of the dateline as printed ("MOSCOW, Nov 10 (Wire)"), also where nothing gives its year
    notes       what a reader should know of how it was read: a guessed encoding, pages without text
    """

    id: str
    name: str
    text: str
    offsets: tuple[tuple[int, int], ...] = ()
    title: str | None = None
    publisher: str | None = None
    class_: DocumentClass = DocumentClass.OUTLET
    published: tuple[DateCandidate, ...] = ()
    url: str | None = None
    language: str = "en"
    furniture: tuple[Furniture, ...] = ()
    dateline: Timex | None = None
    notes: tuple[str, ...] = ()

    def quote(self, start: int, end: int) -> Quote:
        """The words of the text from `start` to `end`, without white space at the ends."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return Quote(self.id, start, max(start, end), self.text[start : max(start, end)], self.page_at(start))

    def page_at(self, position: int) -> int | None:
        """The page on which `text[position]` stands, counted from 1; None where the text has no page breaks."""
        breaks = _page_breaks(self.text)
        return bisect_left(breaks, position) + 1 if breaks else None

    def original_position(self, position: int) -> int:
        """Where `text[position]` stands in the decoded original."""
        index = bisect_right(self.offsets, (position, 1 << 62)) - 1
        if index < 0:
            return position
        at, original = self.offsets[index]
        return original + position - at

    @property
    def stated(self) -> DateCandidate | None:
        """The candidate that counts when the document is read alone: one that was given, or metadata, or a dateline."""
        return next((c for c in self.published if c.basis in (Basis.GIVEN, Basis.METADATA, Basis.DATELINE)), None)

    @property
    def written(self) -> DateRange | None:
        """The day from which its words count: a dateline's, where the report was printed within days of it, else the stated one."""
        stated = self.stated
        if stated is None or not stated.on.is_day:
            return stated.on if stated else None
        lines = (one.on for one in self.published if one.basis is Basis.DATELINE and one.on.is_day)
        near = (on for on in lines if 0 <= (stated.on.earliest - on.earliest).days <= PRINTED)
        return next(near, stated.on)


@lru_cache(maxsize=8)
def _page_breaks(text: str) -> tuple[int, ...]:
    """Where form feeds stand, which part the pages of a PDF or of a printout."""
    breaks, at = [], text.find(PAGE_BREAK)
    while at >= 0:
        breaks.append(at)
        at = text.find(PAGE_BREAK, at + 1)
    return tuple(breaks)


def document_id(original: bytes) -> str:
    """The id of a document: the same bytes are the same document.

    >>> document_id(b"The Senate approved the treaty.")
    'd_57e4d7cd833e0c8a'
    """
    return "d_" + hashlib.sha256(original).hexdigest()[:16]
