"""Taking a text away because the law or an agreement demands it, and leaving a tombstone that says so.

The one exception to "nothing is deleted". What goes: the bytes, the text, everything read from it, the words of
entries by hand that quote it, and their traces in the word index and the log. What stays: that there was a document
of this id, when it came and went, why, and by whom.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, func, select

from foedus.journal import holdings, shelving, word_index
from foedus.journal.encoding import statement_in
from foedus.journal.readings import searchable
from foedus.journal.tables import documents, entries, readings, redactions, versions


class Redaction(msgspec.Struct, frozen=True, kw_only=True):
    """A tombstone: what was taken away, why, by whom, and when (ISO 8601)."""

    document: str
    why: str
    author: str
    recorded: str


def redact(connection: Connection, id_: str, why: str, author: str, now: str) -> Redaction:
    """Takes a document away.

    raises   JournalError if the journal does not hold it, or no longer does
    """
    held = next(holdings.holdings(connection, [id_]), None)
    if held is None:
        raise holdings.missing_document(connection, id_)
    word_index.remove(connection, id_, holdings.searchable(held))
    _blank_entries(connection, id_)
    connection.execute(readings.delete().where(readings.c.document == id_))
    shelving.forget(connection, id_)
    connection.execute(versions.delete().where(versions.c.document == id_))
    connection.execute(documents.update().where(documents.c.id == id_).values(original=None))
    connection.execute(redactions.insert(), {"document": id_, "why": why, "author": author, "recorded_at": now})
    word_index.wipe_removed(connection)
    return Redaction(document=id_, why=why, author=author, recorded=now)


def _blank_entries(connection: Connection, document: str) -> None:
    quoting = (
        select(entries).where(entries.c.document == document, entries.c.value.is_not(None)).order_by(entries.c.number)
    )
    last = {row.statement: statement_in(row.value) for row in connection.execute(quoting)}
    for id_, statement in last.items():
        word_index.remove(connection, id_, searchable(statement))
    connection.execute(entries.update().where(entries.c.document == document).values(value=None))


def count(connection: Connection) -> int:
    """How many texts were taken away."""
    return connection.execute(select(func.count()).select_from(redactions)).scalar_one()


def redacted(connection: Connection) -> Iterator[Redaction]:
    """All tombstones, in the order of recording."""
    for row in connection.execute(select(redactions).order_by(redactions.c.recorded_at, redactions.c.document)):
        yield Redaction(document=row.document, why=row.why, author=row.author, recorded=row.recorded_at)
