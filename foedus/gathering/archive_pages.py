"""The pages of a shard, one after the other, whatever state the archive is in.

A damaged record is one InputError, and reading goes on with the next record that can be found. Where a shard's first record
begins is searched for, and a page may hold what looks like a record. Each shard therefore says where its first record
began and where the first record behind it begins: the two must agree between neighbours (`scanning.misplaced`).
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from foedus.documents.containers import LONGEST_LINE, PAGE_TYPES, record_end
from foedus.documents.decoding import MOST_TEXT
from foedus.errors import InputError
from foedus.gathering.archives import GZIP, WARC, Kind, Shard, unpacked_start

BLOCK = 1 << 20
HEADER = 1 << 16
"""Bytes that the headers of a record may have."""

LONGEST_SKIPPED = 2_000_000_000
"""Bytes of one line of JSON Lines that are passed over in search of its end."""

LEFT_OUT = "ended the process that read it, twice; it is left out"

PLAIN_START = re.compile(
    rb"(?:(?<=\n\n)|(?<=\n\r\n))WARC/\d\.\d\r?\n(?=(?:[\w-]+:[^\n]*\n)*?WARC-Type:)", re.IGNORECASE
)


class Page(NamedTuple):
    """One record.

    at       the byte at which it begins: of the archive, or of what it unpacks to where it is packed as one
    content  the answer's body, or the line
    url      the address that a web archive gives
    kind     its type as the answer states it, in lower case; "json" for a line
    """

    at: int
    content: bytes
    url: str | None
    kind: str


class Fault(NamedTuple):
    """A record that cannot be read, and why."""

    at: int
    error: InputError


class ShardPages:
    """The pages of a shard; after the last, `first` and `next` say which records they were.

    first  the byte at which the first record began; None if none begins in the shard
    next   the byte at which the first record behind the shard begins; None where that is not known
    """

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self._is_whole = shard.archive.is_whole
        self.first: int | None = None
        self.next: int | None = None

    def __iter__(self) -> Iterator[Page | Fault]:
        with Path(self.shard.archive.path).open("rb") as file:
            yield from self._of_warc(file) if self.shard.archive.kind is Kind.WARC else self._of_lines(file)

    def _unpacked(self, file: IO[bytes]) -> IO[bytes]:
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if self._is_whole else file

    # Web archives

    def _of_warc(self, file: IO[bytes]) -> Iterator[Page | Fault]:
        begins = self.shard.begins
        at = next_record(file, self.shard, self.shard.start) if begins is None else begins
        self.first = at if at is not None and at < self.shard.end else None
        while at is not None:
            at = yield from self._from(file, at)

    def _from(self, file: IO[bytes], at: int) -> Generator[Page | Fault, None, int | None]:
        """The pages from the record at a byte on, up to one that breaks the stream; where to go on after it."""
        from fastwarc.warc import ArchiveIterator  # slow to import

        stream = self._unpacked(file)
        stream.seek(at)
        records = iter(ArchiveIterator(stream, auto_decode="all", strict_mode=False))
        is_told = False
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                if record.stream_pos >= self.shard.end and not self._is_whole:
                    self.next = record.stream_pos
                    return None
                at = record.stream_pos
                page = self._page_of(record)
                is_told = page is not None or self._is_whole
            except InputError as error:
                yield Fault(at, error)
                return self._after(file, at)
            except Exception as error:  # the library passes on whatever a damaged archive provokes
                yield Fault(
                    at, InputError(f"the archive is damaged here ({error}); the records that can be found are read")
                )
                return self._after(file, at)
            if page:
                yield page
        if not is_told and self._end(file, at) is None:
            yield Fault(at, InputError("the archive is cut off within this record; fetch it again"))
        return self._after(file, at)

    def _page_of(self, record: Any) -> Page | Fault | None:
        at = record.stream_pos
        if at in self.shard.left_out:
            return Fault(at, InputError(LEFT_OUT))
        page = _page_of(record)
        if page is not None and _is_encoded(record) and self._breaks_off(at):
            raise InputError("the record is cut off or damaged within the page; fetch the archive again")
        return page

    def _breaks_off(self, at: int) -> bool:
        """Whether the record at a byte is not whole: an encoded page shows it by no length of its own."""
        if self._is_whole:  # the stream itself breaks off
            return False
        archive = self.shard.archive
        with Path(archive.path).open("rb") as beside:
            if archive.is_packed:
                return _end_of_member(beside, at) is None
            beside.seek(at)
            return record_end(beside.read(HEADER), at) > archive.size

    def _after(self, file: IO[bytes], at: int) -> int | None:
        """Where the record after the one at a byte begins; a damaged one is searched for in the rest of the shard."""
        end = self._end(file, at)
        if end is None:
            return None if self._is_whole else next_record(file, self.shard, at + 1)
        if end < self.shard.end:
            return end
        self.next = end if end < self.shard.archive.size else None
        return None

    def _end(self, file: IO[bytes], at: int) -> int | None:
        """Where the record that begins at a byte ends; None if it is damaged or cut off."""
        archive = self.shard.archive
        if self._is_whole:
            return None
        return _end_of_member(file, at) if archive.is_packed else _end_of_plain_record(file, at, archive.size)

    # JSON Lines

    def _of_lines(self, file: IO[bytes]) -> Iterator[Page | Fault]:
        shard, at = self.shard, self.shard.start
        stream = self._unpacked(file)
        try:
            if shard.begins is None:  # a line that runs into the shard belongs to the one before
                stream.seek(at - 1)
                at += _rest_of_line(stream) - 1
            self.first = at if at < shard.end else None
            while self._is_whole or at < shard.end:
                line = stream.readline(LONGEST_LINE + 1)
                if not line:
                    return
                length = len(line)
                if length > LONGEST_LINE and not line.endswith(b"\n"):
                    length += _rest_of_line(stream)
                yield from _line(at, line, length) if at not in shard.left_out else [Fault(at, InputError(LEFT_OUT))]
                at += length
        except (OSError, EOFError, zlib.error, InputError) as error:
            yield Fault(at, InputError(f"{error}; what stands before it is read"))
            return
        self.next = at if at < shard.archive.size else None


def _line(at: int, line: bytes, length: int) -> Iterator[Page | Fault]:
    if length > LONGEST_LINE:
        yield Fault(
            at, InputError(f"the record has {length // 1_000_000} MB; at most {LONGEST_LINE // 1_000_000} are read")
        )
    elif line := line.removeprefix(b"\xef\xbb\xbf").strip():
        yield Page(at, line, None, "json")


def _rest_of_line(stream: IO[bytes]) -> int:
    """Reads up to the end of the line; how many bytes that were."""
    passed = 0
    while piece := stream.readline(BLOCK):
        passed += len(piece)
        if piece.endswith(b"\n"):
            break
        if passed > LONGEST_SKIPPED:
            raise InputError(f"a line has over {LONGEST_SKIPPED // 1_000_000} MB")
    return passed


def _page_of(record: Any) -> Page | None:
    """The page of a record that is an answer with success; None for anything else.

    raises   InputError if it is cut off, or too large
    """
    from fastwarc.warc import WarcRecordType

    if record.headers.get("WARC-Type") is None:
        raise InputError("the record's headers are damaged or cut off; the records that can be found are read")
    headers = record.http_headers
    if record.record_type != WarcRecordType.response or headers is None or headers.status_code != 200:
        return None
    kind = (record.http_content_type or "").lower()
    if kind and not any(part in kind for part in PAGE_TYPES):
        return None
    length = record.content_length  # what is left of it: it falls while the record is read
    if length > MOST_TEXT:
        raise _too_large(length)
    content = record.reader.read(MOST_TEXT + 1)
    if len(content) > MOST_TEXT:
        raise _too_large(None)
    if len(content) < length and not _is_encoded(record):
        raise InputError(f"the record is cut off after {len(content)} of {length} bytes")
    return Page(record.stream_pos, content, record.headers.get("WARC-Target-URI"), kind or "html")


def _is_encoded(record: Any) -> bool:
    return bool(record.http_headers.get("Content-Encoding") or record.http_headers.get("Transfer-Encoding"))


def _too_large(size: int | None) -> InputError:
    has = f"has {size // 1_000_000} MB" if size is not None else "unpacks to more"
    return InputError(f"the page {has}; at most {MOST_TEXT // 1_000_000} MB are read")


# Where records begin and end


def next_record(file: IO[bytes], shard: Shard, start: int) -> int | None:
    """The first byte from `start` on, within the shard, at which a record begins; None if there is none."""
    find = _packed_starts if shard.archive.is_packed else _plain_starts
    at = start
    while at < shard.end:
        file.seek(max(0, at - len(b"\n\r\n")))
        before = file.read(min(at, len(b"\n\r\n")))
        block = file.read(BLOCK + HEADER)
        for found in find(before + block):
            place = at - len(before) + found
            if at <= place < min(shard.end, at + BLOCK):
                return place
        if len(block) < BLOCK:
            return None
        at += BLOCK
    return None


def _packed_starts(block: bytes) -> Iterator[int]:
    at = block.find(GZIP)
    while at >= 0:
        if unpacked_start(block[at : at + 1024], len(WARC)) == WARC:
            yield at
        at = block.find(GZIP, at + 1)


def _plain_starts(block: bytes) -> Iterator[int]:
    yield from (found.start() for found in PLAIN_START.finditer(block))


def _end_of_member(file: IO[bytes], at: int) -> int | None:
    """Where the gzip member at a byte ends; None if it is damaged."""
    file.seek(at)
    member = zlib.decompressobj(wbits=31)
    data = b""
    try:
        while not member.eof:
            data = member.unconsumed_tail or file.read(HEADER)
            if not data:
                return None
            member.decompress(data, BLOCK)
    except zlib.error:
        return None
    return file.tell() - len(member.unused_data)


def _end_of_plain_record(file: IO[bytes], at: int, size: int) -> int | None:
    """Where the record behind the one at a byte begins, as its length says; None if no record begins there."""
    file.seek(at)
    end = record_end(file.read(HEADER), at) + 4
    if end == at + 4:
        return None
    if end >= size:
        return end if end <= size + 4 else None
    file.seek(end)
    return end if file.read(len(WARC)) == WARC else None
