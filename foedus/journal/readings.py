"""Statements: those read from documents, as a cache, and those that editors entered by hand, as a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, func, select

from foedus.documents.document import Document
from foedus.journal import word_index
from foedus.journal.encoding import digest_of, encoded, end_of, statement_in, statements_in
from foedus.journal.holdings import PAGE, counts, insert_new, pages
from foedus.journal.tables import entries, readings, redactions, versions
from foedus.statements.statement import Statement
from foedus.terms.dates import DateRange


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that an editor entered by hand.

    statement  None where the document that it quotes was redacted
    author     who entered it
    published  when what it cites was published, where the editor said so
    recorded   when it entered the journal, ISO 8601
    """

    id: str
    document: str
    statement: Statement | None
    author: str
    published: DateRange | None
    recorded: str


def keep(connection: Connection, reader: str, read: Iterable[tuple[Document, Iterable[Statement]]]) -> None:
    """Keeps what a reader found in documents; a reading kept before stays, and of a redacted text nothing does."""
    gone = set(connection.execute(select(redactions.c.document)).scalars())
    rows = [
        {
            "document": document.id,
            "reader": reader,
            "digest": digest_of(document),
            "value": encoded(tuple(statements)).value,
        }
        for document, statements in read
        if document.id not in gone
    ]
    insert_new(connection, readings, rows, readings.c.document)


def kept(
    connection: Connection, reader: str, ids: Collection[str] | None, recorded_by: date | None
) -> Iterator[Statement]:
    """What the reader found in the documents as they stood at the end of a day, by document."""
    for wanted in pages(ids):
        query = _readings(reader, recorded_by).where(readings.c.value.is_not(None))
        if wanted is not None:
            query = query.where(versions.c.document.in_(wanted))
        for row in connection.execute(query, execution_options={"yield_per": PAGE}):
            yield from statements_in(row.value)


def kept_as(
    connection: Connection, reader: str, wanted: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """The documents, given with the hashes of their versions, that the reader has read as these, and what it found there."""
    for page in pages(wanted):
        query = select(readings).where(readings.c.reader == reader, readings.c.document.in_(page or ()))
        for row in connection.execute(query):
            if row.digest == wanted[row.document]:
                yield row.document, statements_in(row.value)


def unread(connection: Connection, reader: str, recorded_by: date | None) -> tuple[str, ...]:
    """Ids of the documents that the reader has not read as they stood at the end of a day."""
    query = _readings(reader, recorded_by).where(readings.c.value.is_(None))
    return tuple(row.document for row in connection.execute(query))


@lru_cache(maxsize=64)
def _readings(reader: str, recorded_by: date | None) -> Select[Any]:
    """Per document the reading of the version that counts; its value is NULL where there is none."""
    of_it = and_(
        readings.c.document == versions.c.document, readings.c.reader == reader, readings.c.digest == versions.c.digest
    )
    return (
        select(versions.c.document, readings.c.value)
        .join(readings, of_it, isouter=True)
        .where(counts(recorded_by))
        .order_by(versions.c.document)
    )


def forget(connection: Connection, reader: str | None = None) -> None:
    """Empties the cache, of one version of the reader or of all."""
    deletion = readings.delete()
    connection.execute(deletion if reader is None else deletion.where(readings.c.reader == reader))


def enter(connection: Connection, statement: Statement, author: str, published: DateRange | None, now: str) -> None:
    """Adds a statement entered by hand; the same one a second time is not added again."""
    value = encoded(statement)
    row = {
        "statement": statement.id,
        "document": statement.document,
        "digest": digest_of((statement, author, published)),
        "value": value.value,
        "author": author,
        "published": published.edtf if published else None,
        "recorded_at": now,
    }
    before = next(entries_kept(connection, None, statement.id), None)
    if insert_new(connection, entries, [row], entries.c.digest):
        if before is not None and before.statement is not None:
            word_index.remove(connection, statement.id, searchable(before.statement))
        word_index.add(connection, [(statement.id, searchable(statement))])


def entries_kept(connection: Connection, recorded_by: date | None, id_: str | None = None) -> Iterator[Entry]:
    """Statements entered by hand by the end of a day, by id; of a corrected one the last correction."""
    latest = select(func.max(entries.c.number).label("number")).group_by(entries.c.statement)
    if recorded_by is not None:
        latest = latest.where(entries.c.recorded_at < end_of(recorded_by))
    if id_ is not None:
        latest = latest.where(entries.c.statement == id_)
    counting = latest.subquery("latest")
    query = select(entries).join(counting, entries.c.number == counting.c.number).order_by(entries.c.statement)
    for row in connection.execute(query):
        yield _entry(row)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.statement,
        document=row.document,
        statement=None if row.value is None else statement_in(row.value),
        author=row.author,
        published=None if row.published is None else DateRange.parse(row.published),
        recorded=row.recorded_at,
    )


def searchable(statement: Statement) -> str:
    """The words by which a statement entered by hand is found: those it quotes, and the treaty's name."""
    quoted = " ".join(quote.exact for quote in (statement.quote, *statement.evidence))
    return f"{statement.treaty.mention}\n{quoted}" if statement.treaty else quoted
