"""The documents of a journal as a list, a page at a time: what they are called, who published them, on which day by their own word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from foedus.journal.holdings import counts
from foedus.journal.tables import versions


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A document without its text.

    published  EDTF of its own strongest candidate, or None; the register may know better
    """

    id: str
    name: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


class Publisher(msgspec.Struct, frozen=True, kw_only=True):
    """Who published documents of the journal.

    name  None for those whose publisher nobody tells
    """

    name: str | None
    documents: int


def publishers(connection: Connection, words: Sequence[str], limit: int, offset: int) -> Iterator[Publisher]:
    """Publishers whose name holds all the words, by name, with how many documents each has."""
    query = select(versions.c.publisher, func.count().label("documents"))
    ordered = query.where(*_published_by(words)).group_by(versions.c.publisher).order_by(*_BY_NAME)
    for row in connection.execute(ordered.limit(limit).offset(offset)):
        yield Publisher(name=row.publisher, documents=row.documents)


def many_publishers(connection: Connection, words: Sequence[str]) -> int:
    """How many there are; those whose publisher nobody tells count as one."""
    names = select(versions.c.publisher).where(*_published_by(words)).group_by(versions.c.publisher).subquery()
    return connection.execute(select(func.count()).select_from(names)).scalar_one()


def listed(
    connection: Connection, words: Sequence[str], since: date | None, limit: int, offset: int
) -> Iterator[Listed]:
    """Documents whose name, title or publisher holds all the words, the newest by their own day first."""
    columns = [versions.c[name] for name in ("document", "name", "title", "publisher", "published")]
    query = select(*columns).where(*_fitting(words, since))
    ordered = query.order_by(versions.c.published.desc().nulls_last(), versions.c.name, versions.c.document)
    for row in connection.execute(ordered.limit(limit).offset(offset)):
        yield Listed(id=row.document, name=row.name, title=row.title, publisher=row.publisher, published=row.published)


def many(connection: Connection, words: Sequence[str], since: date | None) -> int:
    """How many there are."""
    return connection.execute(select(func.count()).select_from(versions).where(*_fitting(words, since))).scalar_one()


_BY_NAME = (versions.c.publisher.is_(None), func.lower(versions.c.publisher), versions.c.publisher)


def _published_by(words: Sequence[str]) -> list[ColumnElement[bool]]:
    return [counts(None), *(versions.c.publisher.icontains(word, autoescape=True) for word in words)]


def _fitting(words: Sequence[str], since: date | None) -> list[ColumnElement[bool]]:
    text = versions.c.name + " " + func.coalesce(versions.c.title, "") + " " + func.coalesce(versions.c.publisher, "")
    fitting = [counts(None), *(text.icontains(word, autoescape=True) for word in words)]
    return [*fitting, versions.c.published > since.isoformat()] if since else fitting
