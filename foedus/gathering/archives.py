"""Archives of pages, and the shards they are read in: stretches of a file that processes and machines read independently.

An archive is a web archive (WARC, ISO 28500) or JSON Lines, either in gzip. Where each record of a web archive is a gzip
member of its own, as crawlers write them, and where nothing is packed, a file has many shards; otherwise it has one. A
shard's name follows from the bytes of its archive, so that the same archive has the same shards wherever it stands.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from foedus.documents.containers import CONTENT_LENGTH
from foedus.errors import InputError, NoSuchInput
from foedus.gathering.inputs import files_named

ENDINGS = tuple(f"{ending}{packed}" for ending in (".warc", ".jsonl", ".ndjson") for packed in ("", ".gz"))
"""What is looked for in a folder; an archive that is named itself may end as it likes."""

MOST_SHARDS = 16
SMALLEST_SHARD, LARGEST_SHARD = 1_000_000, 64_000_000
ENDS_HASHED = 1 << 16
MOST_UNPACKED = 64_000_000
GZIP = b"\x1f\x8b\x08"
WARC = b"WARC/"
ZSTANDARD = b"\x28\xb5\x2f\xfd"
READS = "foedus scan reads WARC and JSON Lines, also in gzip"


class Kind(StrEnum):
    WARC = "warc"
    JSON_LINES = "jsonl"


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """An archive on a disk that all workers see.

    path      absolute
    id        hash of its size and of its first and last bytes
    is_whole  packed as one, so that no record can be found without unpacking all before it
    size      in bytes, as it lies on the disk
    """

    path: str
    id: str
    kind: Kind
    is_packed: bool
    is_whole: bool = False
    size: int

    @property
    def name(self) -> str:
        return Path(self.path).name


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """The records of an archive that begin at a byte from `start` on and before `end`.

    begins    the byte at which the first of them is known to begin; None where it is to be looked for
    left_out  bytes at which records begin that have ended the process that read them
    """

    archive: Archive
    start: int
    end: int
    begins: int | None = None
    left_out: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.archive.id}-{self.start:013}"

    @property
    def where(self) -> str:
        """For a person: the file and the stretch of it."""
        return f"{self.archive.path}, bytes {self.start} to {self.end}"


def archives_named(named: Iterable[str]) -> Iterator[Archive | InputError]:
    """The archives that files, folders and patterns mean, each once; what is none comes as an error."""
    seen: set[str] = set()
    for file in _files(named):
        archive = file if isinstance(file, InputError) else _archive(file)
        if isinstance(archive, InputError):
            yield archive
        elif archive.id not in seen:
            seen.add(archive.id)
            yield archive


def shards_of(archive: Archive) -> tuple[Shard, ...]:
    """The shards of an archive, in its order; they cover it without a gap."""
    if archive.is_whole:
        return (Shard(archive=archive, start=0, end=archive.size, begins=0),)
    size = min(max(archive.size // MOST_SHARDS + 1, SMALLEST_SHARD), LARGEST_SHARD)
    starts = range(0, archive.size, size)
    return tuple(
        Shard(archive=archive, start=start, end=min(start + size, archive.size), begins=None if start else 0)
        for start in starts
    )


def unpacked_start(data: bytes, most: int = 512) -> bytes:
    """The first bytes that a gzip member holds; empty where it is damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, most)
    except zlib.error:
        return b""


def _files(named: Iterable[str]) -> Iterator[Path | InputError]:
    for name in dict.fromkeys(named):
        if "://" in name:
            yield InputError(
                f"{name}: is an address; fetch the archive to a disk that all workers see, and name the file"
            )
        elif Path(name).is_dir():
            yield from _in_folder(Path(name))
        else:
            yield from files_named(name)


def _in_folder(folder: Path) -> Iterator[Path | InputError]:
    found = sorted(Path(inside, name) for inside, _, names in os.walk(folder) for name in names)
    archives = [file for file in found if file.name.lower().endswith(ENDINGS)]
    if not archives:
        yield InputError(
            f"{folder}: holds no archive ({', '.join(ENDINGS)}); name a file itself to have it read anyway"
        )
    yield from archives


def _archive(file: Path) -> Archive | InputError:
    try:
        with file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            first = stream.read(ENDS_HASHED)
            stream.seek(max(0, size - ENDS_HASHED))
            last = stream.read(ENDS_HASHED)
    except PermissionError:
        return InputError(f"{file}: may not be read by this user; change its permissions")
    except OSError as error:
        return NoSuchInput(f"{file}: cannot be read ({error.strerror}); check where it is")
    is_packed = first.startswith(GZIP)
    if not first.strip():
        return InputError(f"{file}: is empty; there is nothing to read in it")
    start = unpacked_start(first) if is_packed else first[:512]
    kind = _kind(start, file)
    if kind is None:
        return InputError(f"{file}: {_why_none(first)}")
    digest = hashlib.sha256(b"%d\n" % size + first + last).hexdigest()[:16]
    is_whole = is_packed and (kind is Kind.JSON_LINES or not _holds_one_record(first))
    return Archive(path=str(file.resolve()), id=digest, kind=kind, is_packed=is_packed, is_whole=is_whole, size=size)


def _holds_one_record(first: bytes) -> bool:
    """Whether the first gzip member holds one record of a web archive and no other, as far as its first bytes show."""
    member = zlib.decompressobj(wbits=31)
    try:
        data = member.decompress(first, MOST_UNPACKED)
    except zlib.error:
        return True
    head, _, _ = data.partition(b"\r\n\r\n")
    length = CONTENT_LENGTH.search(head)
    rest = len(data) - len(head) - 4 - (int(length[1]) if length else 0)
    return rest < len(WARC) + 4


def _kind(start: bytes, file: Path) -> Kind | None:
    """By its first bytes; where these are damaged, by its name."""
    name = file.name.lower().removesuffix(".gz")
    if start.startswith(WARC) or (not start and name.endswith(".warc")):
        return Kind.WARC
    is_object = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    is_named = name.endswith((".jsonl", ".ndjson"))
    return Kind.JSON_LINES if start.strip() and (is_object or is_named) else None


def _why_none(first: bytes) -> str:
    if first.startswith(ZSTANDARD):
        return "is packed with Zstandard; unpack it with: zstd -d"
    if first.startswith(b"\x1f\x8b") and not unpacked_start(first):
        return "the gzip file is damaged at its beginning; fetch it again"
    return f"is no archive; {READS}. Single documents are for: foedus add"
