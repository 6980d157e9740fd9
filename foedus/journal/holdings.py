"""The documents that a journal holds, and what is known of each beside its bytes.

The same bytes are one document, whatever they are called. What else an input says of it (a name, an address, the day
that a user gives) is a version; a later input that says more adds one, so nothing that was said is lost, and the
order in which inputs come changes nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from foedus.documents.document import Basis, Document, document_id
from foedus.errors import JournalError
from foedus.journal import word_index
from foedus.journal.arrivals import Arrival
from foedus.journal.encoding import Encoded, document_in, encoded, end_of
from foedus.journal.tables import documents, redactions, versions

PAGE = 500
"""Rows fetched or ids asked for at once."""


class Appended(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch brought; ids in the order in which they came, each in one place.

    new       not held before
    changed   held before; the batch says something new of them (the day that a user gives)
    known     held before; nothing new
    redacted  taken away by a redaction before, and not taken in again
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    redacted: tuple[str, ...] = ()


def merged(held: Document, said: Document) -> Document:
    """What two inputs with the same bytes say together, the same whichever came first.

    The alphabetically first name counts, and the text as it was read under it. A day that the user gives replaces the
    one given before: it is a correction.
    """
    first, second = (said, held) if said.name <= held.name else (held, said)
    given = [c for c in said.published if c.basis is Basis.GIVEN] or [
        c for c in held.published if c.basis is Basis.GIVEN
    ]
    urls = sorted(url for url in (held.url, said.url) if url)
    return msgspec.structs.replace(
        first,
        title=first.title or second.title,
        publisher=first.publisher or second.publisher,
        url=urls[0] if urls else None,
        published=(*given, *(c for c in first.published if c.basis is not Basis.GIVEN)),
    )


def append(connection: Connection, arrivals: Iterable[Arrival], now: str) -> Appended:
    """Takes documents in, inside the caller's transaction."""
    batch: dict[str, Document] = {}
    originals: dict[str, bytes] = {}
    for document, original in arrivals:
        if document.id != document_id(original):
            raise JournalError(
                f"{document.name}: its id {document.id} is not that of its bytes; read it again from them"
            )
        originals[document.id] = original
        batch[document.id] = merged(batch[document.id], document) if document.id in batch else document
    gone = _among(connection, select(redactions.c.document), redactions.c.document, batch)
    taken = [id_ for id_ in sorted(batch) if id_ not in gone]
    rows = [{"id": id_, "original": zlib.compress(originals[id_]), "recorded_at": now} for id_ in taken]
    new = insert_new(connection, documents, rows, documents.c.id)
    fresh = [batch[id_] for id_ in taken if id_ in new]
    _add_versions(connection, fresh, now)
    word_index.add(connection, ((document.id, searchable(document)) for document in fresh))
    changed = _change(connection, {id_: batch[id_] for id_ in taken if id_ not in new}, now)
    return Appended(
        new=tuple(id_ for id_ in batch if id_ in new),
        changed=tuple(id_ for id_ in batch if id_ in changed),
        known=tuple(id_ for id_ in batch if id_ not in new | changed | gone),
        redacted=tuple(id_ for id_ in batch if id_ in gone),
    )


def _change(connection: Connection, said: dict[str, Document], now: str) -> set[str]:
    """Adds a version to each document of which something new is said; their ids."""
    changes = []
    if connection.dialect.name == "postgresql":  # two writers must not merge into the same version
        _among(connection, select(documents.c.id).with_for_update(), documents.c.id, said)
    for held in holdings(connection, said):
        together = merged(held, said[held.id])
        if together != held:
            changes.append(together)
            if searchable(together) != searchable(held):
                word_index.remove(connection, held.id, searchable(held))
                word_index.add(connection, [(held.id, searchable(together))])
    _add_versions(connection, changes, now)
    return {document.id for document in changes}


def _add_versions(connection: Connection, taken: Sequence[Document], now: str) -> None:
    if taken:
        connection.execute(versions.insert(), [_version(document, encoded(document), now) for document in taken])


def _version(document: Document, value: Encoded, now: str) -> dict[str, Any]:
    return {
        "document": document.id,
        "digest": value.digest,
        "value": value.value,
        "name": _without_nul(document.name),
        "title": _without_nul(document.title),
        "publisher": _without_nul(document.publisher),
        "class": document.class_.value,
        "published": document.published[0].on.edtf if document.published else None,
        "url": _without_nul(document.url),
        "language": document.language,
        "recorded_at": now,
    }


def _without_nul(said: str | None) -> str | None:
    """PostgreSQL keeps no NUL in a text; the document itself keeps it."""
    return said.replace("\0", "\ufffd") if said else said


def holdings(
    connection: Connection, ids: Collection[str] | None = None, recorded_by: date | None = None
) -> Iterator[Document]:
    """The documents, all or those asked for, by id; as the journal had them at the end of a day."""
    for wanted in pages(ids):
        query = select(versions.c.value).where(counts(recorded_by)).order_by(versions.c.document)
        if wanted is not None:
            query = query.where(versions.c.document.in_(wanted))
        for row in connection.execute(query, execution_options={"yield_per": PAGE}):
            yield document_in(row.value)


@lru_cache(maxsize=64)
def counts(recorded_by: date | None) -> ColumnElement[bool]:
    """Whether a row of `versions` is the one that counts for its document at the end of a day. Building it takes as long as asking."""
    others = versions.alias("others")
    last = select(func.max(others.c.number)).where(others.c.document == versions.c.document)
    if recorded_by is not None:
        last = last.where(others.c.recorded_at < end_of(recorded_by))
    return versions.c.number == last.scalar_subquery()


def changed(connection: Connection) -> tuple[str, ...]:
    """Ids of the documents that have more than one version, sorted."""
    query = select(versions.c.document).group_by(versions.c.document).having(func.count() > 1)
    return tuple(connection.execute(query.order_by(versions.c.document)).scalars())


def holds(connection: Connection, id_: str) -> bool:
    """Whether the journal holds a document, and it was not redacted."""
    held = select(documents.c.id).where(documents.c.id == id_, documents.c.original.is_not(None))
    return connection.execute(held).one_or_none() is not None


def original(connection: Connection, id_: str) -> bytes:
    """The bytes as they came.

    raises   JournalError if the journal does not hold them
    """
    row = connection.execute(select(documents.c.original).where(documents.c.id == id_)).one_or_none()
    if row is None or row.original is None:
        raise missing_document(connection, id_)
    return zlib.decompress(row.original)


def recorded_at(connection: Connection, id_: str) -> datetime:
    """When a document came in.

    raises   JournalError if the journal does not hold it
    """
    row = connection.execute(select(documents.c.recorded_at).where(documents.c.id == id_)).one_or_none()
    if row is None:
        raise missing_document(connection, id_)
    return datetime.fromisoformat(row.recorded_at)


def missing_document(connection: Connection, id_: str) -> JournalError:
    """Why the journal has no such document to show."""
    gone = connection.execute(select(redactions).where(redactions.c.document == id_)).one_or_none()
    if gone is not None:
        return JournalError(f"{id_} was redacted on {gone.recorded_at[:10]} by {gone.author}: {gone.why}")
    return JournalError(f"there is no document {id_} in this journal; `foedus search WORDS` finds those there are")


def searchable(document: Document) -> str:
    """All the words by which a document is found."""
    return "\n".join(part for part in (document.name, document.title, document.publisher, document.text) if part)


def insert_new(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], key: ColumnElement[str]
) -> set[str]:
    """Inserts the rows whose unique values are not there yet; the `key` of those it inserted."""
    if not rows:
        return set()
    insertion = _insertion(connection)(table).on_conflict_do_nothing().returning(key)
    return set(connection.execute(insertion, rows).scalars())


def _insertion(connection: Connection) -> Callable[[Table], Any]:
    """The database's own INSERT; only its dialect is imported, as the other would cost every command 20 ms."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as into_sqlite

        return into_sqlite
    from sqlalchemy.dialects.postgresql import insert as into_postgresql

    return into_postgresql


def _among(connection: Connection, query: Select[Any], key: ColumnElement[str], ids: Collection[str]) -> set[str]:
    """Those of `ids` that the query finds under `key`."""
    return {id_ for page in pages(ids) if page for id_ in connection.execute(query.where(key.in_(page))).scalars()}


def pages(ids: Collection[str] | None) -> Iterator[list[str] | None]:
    """Sorted ids, so many as fit one question; one None for all."""
    if ids is None:
        yield None
        return
    ordered = sorted(ids)
    for start in range(0, len(ordered), PAGE):
        yield ordered[start : start + PAGE]
