"""Files that hold many documents: JSON Lines, RSS and Atom feeds, web archives (WARC, ISO 28500), gzip around any of them.

One bad record loses nothing: it comes out as an `InputError` that names its line or number, and the others still come. A
record of JSON Lines is its own original: its offsets count in its "text" or "html".
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from foedus.documents.decoding import MOST_TEXT
from foedus.documents.document import Document, document_id
from foedus.documents.formats import Metadata, document_from, document_of_html, document_of_text
from foedus.errors import InputError
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import DateRange

Arrival = tuple[Document, bytes] | InputError

PROLOGUE = r"(?>\s+|<!--.{0,2000}?-->|<\?[^>]*>|<!DOCTYPE[^\[>]*(?:\[.{0,4000}?\]\s*)?>)*+"
"""What may stand before the first element of XML (XML 1.0, 2.8); it never goes back, or it could do so for ever."""
FEED = re.compile(PROLOGUE + r"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
ENTITY = re.compile(r"<!ENTITY\b")
GZIP = b"\x1f\x8b"
MOST_UNPACKED = 500_000_000  # bytes; `foedus scan` streams what is larger
LINE_ENDINGS = (".jsonl", ".ndjson")
PAGE_TYPES = ("html", "text/plain", "pdf", "xml")
LONGEST_LINE = 4 * MOST_TEXT  # bytes of one JSON record, escapes included
CONTENT_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
BLOCK = 1 << 20


class Record(msgspec.Struct, kw_only=True):
    """One line of JSON Lines, as contracts.md fixes it; other fields are ignored."""

    text: str | None = None
    html: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    id: str | int | None = None


def documents_in(
    name: str, data: bytes, lexicon: Lexicon, *, published: DateRange | None = None, url: str | None = None
) -> Iterator[Document | InputError]:
    """Every document of a file, one or many, in the file's order; what cannot be read comes as an error."""
    for arrival in arrivals_in(name, data, lexicon, published=published, url=url):
        yield arrival if isinstance(arrival, InputError) else arrival[0]


def arrivals_in(
    name: str, data: bytes, lexicon: Lexicon, *, published: DateRange | None = None, url: str | None = None
) -> Iterator[Arrival]:
    """The same, each document with its original bytes.

    published  the day to which the user binds all of them
    """
    try:
        data, damage = _unpacked(name, data)
        if data.startswith(b"WARC/"):
            yield from _of_archive(name, data, lexicon, published)
        elif _is_json_lines(name, data):
            yield from _of_json_lines(name, data if damage is None else _whole_lines(data), lexicon, published)
        elif damage is not None:
            pass  # half a document would be another document
        elif _is_feed(data):
            yield from _of_feed(name, data, lexicon, published)
        else:
            yield document_from(name, data, lexicon, published=published, url=url), data
        if damage is not None:
            yield damage
    except InputError as error:
        yield error


def _unpacked(name: str, data: bytes) -> tuple[bytes, InputError | None]:
    """What a gzip file holds, every member of it, since each record of a web archive is one; and where it is damaged.

    raises   InputError if it unpacks to too much
    """
    if not data.startswith(GZIP):
        return data, None
    unpacked, damage = io.BytesIO(), None  # it gives its bytes back without a second copy
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        try:
            while block := packed.read1(BLOCK):
                unpacked.write(block)
                if unpacked.tell() > MOST_UNPACKED:
                    most = f"{MOST_UNPACKED // 1_000_000} MB"
                    raise InputError(f"{name}: unpacks to over {most}; `foedus scan` reads such archives")
        except (OSError, EOFError, zlib.error) as error:
            damage = InputError(
                f"{name}: the gzip file is damaged ({error}); the whole records before that are read, fetch it again"
            )
    return unpacked.getvalue(), damage


def _is_feed(data: bytes) -> bool:
    start = data[:8000]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return FEED.match(start.decode("utf-16", errors="replace")) is not None
    return FEED.match(start.removeprefix(codecs.BOM_UTF8).decode("latin-1")) is not None


# JSON Lines


def _is_json_lines(name: str, data: bytes) -> bool:
    """By its name, or because it begins with a JSON object that has a "text" or an "html"."""
    if name.lower().removesuffix(".gz").endswith(LINE_ENDINGS):
        return True
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{"):
        return False
    first = next(line for line in io.BytesIO(data.lstrip(b"\xef\xbb\xbf")) if line.strip())
    try:
        record = msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return first.rstrip().endswith(b"{") is False and b'"text"' in first
    return isinstance(record, dict) and bool({"text", "html"} & record.keys())


def _whole_lines(data: bytes) -> bytes:
    """Without the line that breaks off."""
    return data[: data.rfind(b"\n") + 1]


def _of_json_lines(name: str, data: bytes, lexicon: Lexicon, published: DateRange | None) -> Iterator[Arrival]:
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        line = line.strip()
        if line:
            where = f"{name}, line {number}"
            try:
                record = record_in(where, line)
                yield document_of_record(where, f"{name}:{number}", record, line, lexicon, published), line
            except InputError as error:
                yield error


_DECODER = msgspec.json.Decoder(Record)


def record_in(where: str, line: bytes) -> Record:
    """The record that one line of JSON Lines is.

    raises   InputError if it is none
    """
    if len(line) > LONGEST_LINE:
        raise InputError(
            f"{where}: the record has {len(line) // 1_000_000} MB; at most {LONGEST_LINE // 1_000_000} are read"
        )
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f'{where}: {error}; a line is one JSON object such as {{"text": "..."}}') from error


def document_of_record(
    where: str, name: str, record: Record, original: bytes, lexicon: Lexicon, published: DateRange | None = None
) -> Document:
    """The document of a record, called by its id where it has one.

    original  the bytes that are the document
    raises    InputError if it has no text, or too much
    """
    name = name if record.id is None else str(record.id)
    content = record.text if record.text is not None else record.html
    if content is None or not content.strip():
        raise InputError(f'{where}: has no text; a record needs a "text" or an "html" that is not empty')
    if len(content) > MOST_TEXT:
        raise InputError(f"{where}: holds over {MOST_TEXT // 1_000_000} MB of text; split it into its reports")
    stated = _day(record.published) if record.published else None
    unread = record.published and stated is None
    known = Metadata(
        published=published,
        stated=(stated,) if stated else (),
        url=record.url,
        publisher=record.publisher,
        title=record.title,
        notes=(f'its "published": "{record.published}" is no date that is understood; 2024-10-24 is',)
        if unread
        else (),
    )
    make = document_of_text if record.text is not None else document_of_html
    return make(name, content, lexicon, document_id(original), known)


def _day(text: str) -> DateRange | None:
    """An EDTF date, an ISO 8601 time, or a date as in e-mail (RFC 5322)."""
    text = text.strip()
    try:
        return DateRange.parse(text)
    except ValueError:
        pass
    try:
        return DateRange.of(date.fromisoformat(text[:10]))
    except ValueError:
        pass
    try:
        return DateRange.of(parsedate_to_datetime(text).date())
    except ValueError:
        return None


# Feeds


def records_of_feed(name: str, data: bytes) -> Iterator[Record]:
    """Each entry of an RSS or Atom feed as a record: its fullest content, its link, its day; a feed may list none.

    raises   InputError if it is damaged and no entry can be read, or no feed at all, or it declares entities
    """
    import feedparser  # slow to import

    if ENTITY.search(data[:8000].replace(b"\x00", b"").decode("latin-1")):
        raise InputError(f"{name}: declares entities of its own, which are not expanded; save the feed without them")
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
    if not feed.entries and (feed.get("bozo") or not feed.get("version")):
        why = f" ({feed.bozo_exception})" if feed.get("bozo") else ""
        raise InputError(f"{name}: the feed has no entry that can be read{why}")
    publisher = feed.feed.get("title") or None
    for entry in feed.entries:
        yield _of_entry(entry, publisher)


def _of_feed(name: str, data: bytes, lexicon: Lexicon, published: DateRange | None) -> Iterator[Arrival]:
    records = list(records_of_feed(name, data))
    if not records:
        raise InputError(f"{name}: the feed has no entry; there is nothing to read in it")
    for number, record in enumerate(records, start=1):
        original = msgspec.json.encode(record)
        where = f"{name}, entry {number}"
        try:
            yield document_of_record(where, where, record, original, lexicon, published), original
        except InputError as error:
            yield error


def _of_entry(entry: Any, publisher: str | None) -> Record:
    contents = [content.get("value", "") for content in entry.get("content", ())] + [entry.get("summary", "")]
    content = max(contents, key=len)
    title = entry.get("title") or None
    if "<" in content:
        heading = f"<h1>{title}</h1>\n" if title else ""
        content = f"<article>{heading}{content}</article>"
    elif title:
        content = f"{title}\n\n{content}"
    is_html = content.startswith("<article>")
    link = str(entry.get("link") or "")  # where an entry has none, its id stands there, whatever it is
    return Record(
        html=content if is_html else None,
        text=None if is_html else content,
        published=entry.get("published") or entry.get("updated"),
        url=link if link.lower().startswith(("http://", "https://")) else None,
        publisher=(entry.get("source") or {}).get("title") or publisher,
        title=title,
        id=entry.get("id") or link or None,
    )


# Web archives


def _of_archive(name: str, data: bytes, lexicon: Lexicon, published: DateRange | None) -> Iterator[Arrival]:
    """Each page that was answered with 200; when it was fetched says nothing of when it was published."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # slow to import

    records = ArchiveIterator(io.BytesIO(data), record_types=WarcRecordType.response, auto_decode="all")
    number = pages = at = 0
    while True:
        try:
            record = next(records, None)
        except Exception as error:  # the library passes on what a damaged archive provokes; nothing can follow it
            yield InputError(
                f"{name}: the archive is damaged after record {number} ({error}); the records before are read"
            )
            return
        if record is None:
            break
        number, at = number + 1, record.stream_pos
        where = f"{name}, record {number}"
        if record_end(data[at : at + BLOCK], at) > len(data):
            yield InputError(
                f"{where}: is cut off; the records before are read, `foedus scan` looks for more behind it"
            )
            return
        if arrival := _of_response(where, record, lexicon, published):
            pages += 1
            yield arrival
    if not pages:
        yield InputError(
            f"{name}: the archive holds no page that was fetched with success; it needs records of type response"
        )


def record_end(start: bytes, at: int) -> int:
    """Where the content of a record of a web archive ends, as its header says; `at` where it says nothing.

    start   its first bytes
    at      the byte at which it begins
    """
    head, _, _ = start.partition(b"\r\n\r\n")
    length = CONTENT_LENGTH.search(head)
    return at + len(head) + 4 + int(length[1]) if length else at


def _of_response(where: str, record: Any, lexicon: Lexicon, published: DateRange | None) -> Arrival | None:
    """The page of one response; None for what is no page, an image or an error."""
    headers = record.http_headers
    kind = (record.http_content_type or "text/html").lower()
    if headers is None or headers.status_code != 200 or not any(part in kind for part in PAGE_TYPES):
        return None
    url = record.headers.get("WARC-Target-URI")
    try:
        page = record.reader.read(MOST_TEXT + 1)
        return document_from(url or where, page, lexicon, published=published, url=url), page
    except InputError as error:
        return InputError(f"{where}: {error}")
    except Exception as error:
        return InputError(f"{where}: cannot be unpacked ({error}); the other records are read")
