"""What a search finds: the document, the words around the first place, and the statements that quote them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from foedus.documents.document import Document
from foedus.journal import holdings, readings, word_index
from foedus.journal.encoding import statements_in
from foedus.journal.tables import readings as readings_table
from foedus.statements.statement import Statement
from foedus.terms.evidence import Quote

AROUND = 80
"""Characters shown on each side of what was found."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A document, or a statement entered by hand, that holds the words.

    id          of the document or the statement
    name        the document's name; "entered by hand" for a statement
    title       the document's title, or None
    excerpt     the words around the first place
    statements  ids of the statements that quote all the words
    """

    id: str
    name: str
    title: str | None = None
    excerpt: Quote
    statements: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.id}  {self.title or self.name}: {' '.join(self.excerpt.exact.split())}"


def find(connection: Connection, asked: str, limit: int, offset: int) -> Iterator[Found]:
    """What holds all the words, best first."""
    ids = word_index.owners(connection, asked, limit, offset)
    documents = {document.id: document for document in holdings.holdings(connection, ids)}
    for id_ in ids:
        if id_ in documents:
            yield _in_document(connection, documents[id_], asked)
        else:
            for entry in readings.entries_kept(connection, None, id_):
                if entry.statement is not None:
                    yield Found(id=id_, name="entered by hand", excerpt=entry.statement.quote, statements=(id_,))


def _in_document(connection: Connection, document: Document, asked: str) -> Found:
    quoting = [s.id for s in _last_reading(connection, document.id) if _holds(readings.searchable(s), asked)]
    return Found(
        id=document.id,
        name=document.name,
        title=document.title,
        excerpt=excerpt(document, asked),
        statements=tuple(dict.fromkeys(quoting)),
    )


def _last_reading(connection: Connection, document: str) -> tuple[Statement, ...]:
    query = select(readings_table.c.value).where(readings_table.c.document == document)
    values = connection.execute(query.order_by(readings_table.c.reader.desc()).limit(1)).scalars().all()
    return statements_in(values[0]) if values else ()


def _holds(said: str, asked: str) -> bool:
    """Whether a text holds all that is asked for, as the index would say.

    >>> _holds("The State Duma ratified it", 'ratif* "State Duma"'), _holds("The Duma of the State", '"State Duma"')
    (True, False)
    """
    line = " ".join(["", *word_index.words_of(said), ""])
    return all(f" {' '.join(words)}{'' if goes_on else ' '}" in line for words, goes_on in word_index.phrases(asked))


def excerpt(document: Document, asked: str) -> Quote:
    """The words around the first place where one of the words stands; the beginning where accents hide it."""
    wanted = [re.escape(word) for words, _ in word_index.phrases(asked) for word in words]
    found = re.search("|".join(wanted), document.text, re.IGNORECASE)
    at, until = found.span() if found else (0, 0)
    start, end = max(0, at - AROUND), min(len(document.text), until + AROUND)
    start = document.text.rfind("\n", start, at) + 1 or start
    if start and not document.text[start - 1].isspace():
        start = next((place for place in range(start, at) if document.text[place].isspace()), start)
    while end < len(document.text) and end > until and not document.text[end].isspace():
        end -= 1
    return document.quote(start, end)
