"""What a shard leaves in the scan's folder: one Parquet file of its documents, then a done-marker.

Both come into being at once (written aside, flushed, renamed), the marker last: whatever ends the process, a shard is done
with all that it holds, or it is not done and is read again, which gives the same. The columns are for people and their
tools; `document`, `statements` and `original` are what goes into a journal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

import msgspec

from foedus.documents.document import Document
from foedus.errors import FoedusError, InputError
from foedus.gathering.archives import Shard
from foedus.statements.statement import Statement

ROWS = 200
"""Documents that are written together."""

MOST_FAILURES = 200
"""Lines that a shard keeps; all are counted."""

_DOCUMENT = msgspec.msgpack.Decoder(Document)
_STATEMENTS = msgspec.msgpack.Decoder(tuple[Statement, ...])


class ShardDone(msgspec.Struct, kw_only=True, tag="done"):
    """What reading a shard gave.

    first, next  as in `ShardPages`
    begins       where its first record was known to begin, if it was
    pages        records that are pages
    relevant     pages that passed the first filter
    read         those of them whose report passed it, too, and was read
    documents    rows of the Parquet file: those that were read, the same bytes once
    size         bytes of the pages
    seconds      of the processor
    failed       records that could not be read; `failures` has a line for each of the first
    reader       the version of the reader
    """

    shard: str
    archive: str
    begins: int | None
    first: int | None = None
    next: int | None = None
    pages: int = 0
    relevant: int = 0
    read: int = 0
    documents: int = 0
    statements: int = 0
    size: int = 0
    seconds: float = 0.0
    failed: int = 0
    failures: list[str] = msgspec.field(default_factory=list)
    reader: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its bytes and its statements, and where in the archive it begins."""

    document: Document
    original: bytes
    statements: tuple[Statement, ...]
    at: int


def arrow() -> Any:
    """pyarrow with its Parquet module.

    raises   FoedusError if it is not installed
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise FoedusError('foedus scan writes Parquet, which needs pyarrow: pip install "foedus[arrow]"') from error
    return pyarrow


def parquet_file(folder: Path, shard: Shard) -> Path:
    return folder / f"{shard.name}.parquet"


def marker_file(folder: Path, shard: Shard) -> Path:
    return folder / f"{shard.name}.done.json"


def done(folder: Path, shard: Shard, reader: str) -> ShardDone | None:
    """What the shard gave, if it is done: by this version of the reader, and from where it is now known to begin."""
    try:
        marked = msgspec.json.decode(marker_file(folder, shard).read_bytes(), type=ShardDone)
    except (OSError, msgspec.DecodeError):
        return None
    fits = marked.reader == reader and shard.begins in (None, marked.first)
    return marked if fits and parquet_file(folder, shard).exists() else None


def clear_leftovers(folder: Path, before: float) -> None:
    """Removes what killed processes began to write and was last touched before a time (seconds since 1970)."""
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            if part.stat().st_mtime < before:
                part.unlink()


class ShardWriter:
    """Takes a shard's documents one by one; in the end they are there, all of them, or none."""

    def __init__(self, folder: Path, shard: Shard) -> None:
        self._arrow = arrow()
        self._folder, self._shard = folder, shard
        self._aside = folder / f".{shard.name}.{uuid4().hex[:8]}.part"
        self._rows: list[dict[str, Any]] = []
        self._schema = self._arrow.schema([(name, getattr(self._arrow, kind)()) for name, kind in COLUMNS.items()])
        self._file = self._arrow.parquet.ParquetWriter(self._aside, self._schema, compression="zstd")

    def add(self, kept: Kept) -> None:
        self._rows.append(_row(kept, Path(self._shard.archive.path).name))
        if len(self._rows) == ROWS:
            self._flush()

    def finish(self, marked: ShardDone) -> None:
        """Makes the file and the marker the shard's result, in the place of an earlier one."""
        self._flush()
        self._file.close()
        _settle(self._aside, parquet_file(self._folder, self._shard))
        self._aside.write_bytes(msgspec.json.encode(marked))
        _settle(self._aside, marker_file(self._folder, self._shard))

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def __enter__(self) -> ShardWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if kind is not None:
            with suppress(Exception):
                self._file.close()
            self._aside.unlink(missing_ok=True)


def kept_in(folder: Path, shard: Shard) -> Iterator[list[Kept]]:
    """The shard's documents that state something, some hundred at a time."""
    columns = ["record_at", "document", "statements", "original"]
    try:
        file = arrow().parquet.ParquetFile(parquet_file(folder, shard))
        for batch in file.iter_batches(batch_size=ROWS, columns=[*columns, "statement_count"]):
            rows = [row for row in batch.to_pylist() if row["statement_count"]]
            yield [_kept(row) for row in rows]
    except (OSError, arrow().ArrowInvalid) as error:
        path = parquet_file(folder, shard)
        raise InputError(f"{path}: cannot be read ({error}); remove it, and the same command makes it anew") from error


COLUMNS = {
    # name              type of Arrow
    "id":              "string",
    "name":            "string",
    "url":             "string",
    "title":           "string",
    "publisher":       "string",
    "class":           "string",
    "language":        "string",
    "published":       "string",
    "published_basis": "string",
    "archive":         "string",
    "record_at":       "int64",
    "statement_count": "int32",
    "text":            "large_string",
    "document":        "large_binary",
    "statements":      "large_binary",
    "original":        "large_binary",
}  # fmt: skip
"""`published` is EDTF, from the document's own evidence alone; `document` and `statements` are MessagePack."""


def _row(kept: Kept, archive: str) -> dict[str, Any]:
    document, stated = kept.document, kept.document.stated
    return {
        "id": document.id,
        "name": document.name,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "class": str(document.class_),
        "language": document.language,
        "published": stated.on.edtf if stated else None,
        "published_basis": str(stated.basis) if stated else None,
        "archive": archive,
        "record_at": kept.at,
        "statement_count": len(kept.statements),
        "text": document.text,
        "document": msgspec.msgpack.encode(document),
        "statements": msgspec.msgpack.encode(kept.statements),
        "original": kept.original,
    }


def _kept(row: dict[str, Any]) -> Kept:
    return Kept(
        document=_DOCUMENT.decode(row["document"]),
        original=row["original"],
        statements=_STATEMENTS.decode(row["statements"]),
        at=row["record_at"],
    )


def _settle(aside: Path, file: Path) -> None:
    """Renames a finished file into its place, so that a power cut leaves the old one or the new one."""
    for path in (aside, file.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if path == aside:
            aside.replace(file)
