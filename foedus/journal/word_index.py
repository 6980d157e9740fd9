"""Full-text search by words, the same on SQLite (FTS5) and PostgreSQL (tsvector).

The index is given words that are already cut: folded to lower case without accents, and Chinese, Japanese and Korean
in bigrams, since those scripts do not mark where a word ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select, text

from foedus.errors import JournalError
from foedus.journal.tables import searched

_CJK = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_PIECE = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
LONGEST_WORD = 255
"""Letters of a word that are told apart."""
STRETCH, STRETCH_SIGNS, OVERLAP = 10_000, 200_000, 50
"""Words, and letters, that PostgreSQL indexes in one row (it knows no place after 16,383, and no row of over 1 MB); and the
words that the next row repeats, so that a phrase is found across the seam."""
_ASKED = re.compile(r'"([^"]*)"|(\S+)')


def words_of(said: str) -> list[str]:
    """The words of a text, as the index knows them, in order.

    >>> words_of("Überprüfung of Article 4")
    ['uberprufung', 'of', 'article', '4']
    >>> words_of("조약 비준서")
    ['조약', '비준', '준서']
    """
    return [word for piece in _PIECE.findall(folded(said)) for word in _bigrams(piece)]


def folded(said: str) -> str:
    """In lower case, without accents; Hangul stays composed."""
    lower = said.casefold()
    if lower.isascii():
        return lower
    apart = unicodedata.normalize("NFKD", lower)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))


def _bigrams(piece: str) -> list[str]:
    if len(piece) < 2 or not re.match(f"[{_CJK}]", piece):
        return [piece[:LONGEST_WORD]]
    return [piece[at : at + 2] for at in range(len(piece) - 1)]


def phrases(asked: str) -> list[tuple[list[str], bool]]:
    """What is asked for: phrases that must all be found, and whether the last word of each may go on.

    >>> phrases('ratif* "State Duma"')
    [(['ratif'], True), (['state', 'duma'], False)]
    >>> phrases("약")
    [(['약'], True)]

    raises   JournalError if there is no word in it
    """
    found = []
    for quoted, bare in _ASKED.findall(asked):
        words = words_of(quoted or bare)
        if words:
            lone = len(words[-1]) == 1 and re.match(f"[{_CJK}]", words[-1]) is not None
            found.append((words, lone or bare.endswith("*")))
    if not found:
        raise JournalError(f'"{asked}" holds no word to search for; try foedus search ratification "State Duma"')
    return found


def add(connection: Connection, owned: Iterable[tuple[str, str]]) -> None:
    """Makes owners (documents, entries) findable by their words."""
    words = {owner: words_of(said) for owner, said in owned}
    if not words:
        return
    insertion = searched.insert().returning(searched.c.number, searched.c.owner)
    numbers = {row.owner: row.number for row in connection.execute(insertion, [{"owner": owner} for owner in words])}
    if connection.dialect.name == "sqlite":
        put = "INSERT INTO word_index (rowid, words) VALUES (:number, :words)"
        rows = [{"number": numbers[owner], "words": " ".join(found)} for owner, found in words.items()]
    else:
        put = "INSERT INTO word_index (rowid, words) VALUES (:number, to_tsvector('simple', :words))"
        rows = [{"number": numbers[o], "words": part} for o, found in words.items() for part in stretches(found)]
    connection.execute(text(put), rows)


def stretches(words: list[str]) -> Iterator[str]:
    """Words in rows of which PostgreSQL can index each; an empty one where there are no words."""
    start = 0
    while True:
        end, signs = start, 0
        while end < len(words) and end - start < STRETCH and signs < STRETCH_SIGNS:
            signs += len(words[end]) + 1
            end += 1
        yield " ".join(words[start:end])
        if end == len(words):
            return
        start = max(end - OVERLAP, start + 1)


def remove(connection: Connection, owner: str, said: str) -> None:
    """Forgets an owner; `said` is the text it was added with, which FTS5 wants to hear again."""
    number = connection.execute(select(searched.c.number).where(searched.c.owner == owner)).scalar()
    if number is None:
        return
    if connection.dialect.name == "sqlite":
        forget = "INSERT INTO word_index (word_index, rowid, words) VALUES ('delete', :number, :words)"
        connection.execute(text(forget), {"number": number, "words": " ".join(words_of(said))})
    else:
        connection.execute(text("DELETE FROM word_index WHERE rowid = :number"), {"number": number})
    connection.execute(searched.delete().where(searched.c.number == number))


def wipe_removed(connection: Connection) -> None:
    """Rewrites the index, so that no trace of removed words stays in the file."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO word_index (word_index) VALUES ('optimize')"))


def owners(connection: Connection, asked: str, limit: int, offset: int = 0) -> list[str]:
    """Ids of the documents and entries that hold all the words, best first.

    asked    words; "in quotes" a phrase; a star at the end stands for any ending
    """
    some = {"limit": limit, "offset": offset}
    if connection.dialect.name == "sqlite":
        query = (
            "SELECT owner FROM word_index JOIN searched ON number = word_index.rowid"
            " WHERE word_index MATCH :question ORDER BY rank, owner LIMIT :limit OFFSET :offset"
        )
        return list(connection.execute(text(query), {"question": _question(asked), **some}).scalars())
    holds, parts = _holding_all(asked)
    query = (
        f"SELECT owner FROM searched JOIN word_index ON number = word_index.rowid WHERE {holds} GROUP BY owner"
        " ORDER BY max(ts_rank(words, to_tsquery('simple', :either))) DESC, owner LIMIT :limit OFFSET :offset"
    )
    return list(connection.execute(text(query), {**parts, "either": " | ".join(parts.values()), **some}).scalars())


def many(connection: Connection, asked: str) -> int:
    """How many owners hold all the words."""
    if connection.dialect.name == "sqlite":
        query = "SELECT count(*) FROM word_index WHERE word_index MATCH :question"
        return int(connection.execute(text(query), {"question": _question(asked)}).scalar_one())
    holds, parts = _holding_all(asked)
    return int(connection.execute(text(f"SELECT count(*) FROM searched WHERE {holds}"), parts).scalar_one())


def _question(asked: str) -> str:
    """What is asked, for FTS5."""
    return " AND ".join(f'"{" ".join(words)}"' + " *" * goes_on for words, goes_on in phrases(asked))


def _holding_all(asked: str) -> tuple[str, dict[str, str]]:
    """What is asked, for PostgreSQL: owners that hold every part in some stretch, those first whose best fits best."""
    said = [f"({' <-> '.join(words)}{':*' * goes_on})" for words, goes_on in phrases(asked)]
    parts = {f"part{n}": part for n, part in enumerate(said)}
    held = "number IN (SELECT rowid FROM word_index WHERE words @@ to_tsquery('simple', :{}))"
    return " AND ".join(held.format(name) for name in parts), parts
