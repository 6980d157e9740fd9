"""Editors' rulings as the journal keeps them: appended with author and time, never changed, undone by another ruling."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from foedus.errors import JournalError
from foedus.journal.encoding import end_of
from foedus.journal.tables import rulings
from foedus.register.entries import Ruling

UNDO = "undo"


class Verb(NamedTuple):
    """How many arguments a ruling takes, and how it is typed."""

    least: int
    most: int
    typed: str


MANY = 9_999
"""An entry may rest on this many statements, and a ruling on it names them all."""

VERBS = {
    "same": Verb(2, MANY, "same ID ID"),
    "different": Verb(2, MANY, "different ID ID"),
    "reject": Verb(1, MANY, "reject ID"),
    "set": Verb(3, MANY, "set ID FIELD VALUE"),
    UNDO: Verb(1, 1, "undo ID"),
}


def rule(
    connection: Connection,
    verb: str,
    args: Sequence[str],
    *,
    author: str,
    note: str | None,
    source: str | None,
    now: str,
) -> Ruling:
    """Appends a ruling.

    raises   JournalError if there is no such verb, it takes other arguments, or what is to be undone is not there
    """
    if verb not in VERBS:
        raise JournalError(f'"{verb}" is no ruling; there are: {"; ".join(known.typed for known in VERBS.values())}')
    shape = VERBS[verb]
    if not shape.least <= len(args) <= shape.most:
        raise JournalError(f"{verb} was given {len(args)} arguments; it is written: foedus rule {shape.typed}")
    if verb == UNDO and connection.execute(select(rulings.c.id).where(rulings.c.id == args[0])).first() is None:
        raise JournalError(f"{args[0]} is no ruling of this journal, so it cannot be undone")
    said = msgspec.json.encode((verb, args, author, note, source, now))
    ruling = Ruling(
        id="r_" + hashlib.sha256(said).hexdigest()[:16],
        verb=verb,
        args=tuple(args),
        author=author,
        note=note,
        source=source,
        recorded=now,
    )
    row = {name: getattr(ruling, name) for name in ("id", "verb", "author", "note", "source")}
    connection.execute(rulings.insert(), {**row, "args": msgspec.json.encode(args).decode(), "recorded_at": now})
    return ruling


def ruled(connection: Connection, recorded_by: date | None) -> Iterator[Ruling]:
    """Every ruling recorded by the end of a day, undone ones and the undoing included, in the order of recording."""
    query = select(rulings).where(rulings.c.recorded_at < end_of(recorded_by)).order_by(rulings.c.number)
    for row in connection.execute(query):
        yield Ruling(
            id=row.id,
            verb=row.verb,
            args=msgspec.json.decode(row.args, type=tuple[str, ...]),
            author=row.author,
            note=row.note,
            source=row.source,
            recorded=row.recorded_at,
        )


def in_effect(all_rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Those that nobody has undone; an undoing that was itself undone does not count.

    >>> reject = Ruling(id="r_1", verb="reject", args=("a_1",))
    >>> undo = Ruling(id="r_2", verb="undo", args=("r_1",))
    >>> again = Ruling(id="r_3", verb="undo", args=("r_2",))
    >>> [len(in_effect(some)) for some in ([reject], [reject, undo], [reject, undo, again])]
    [1, 0, 1]
    """
    undone: set[str] = set()
    standing = []
    for ruling in reversed(tuple(all_rulings)):
        if ruling.id in undone:
            continue
        if ruling.verb == UNDO:
            undone.update(ruling.args)
        else:
            standing.append(ruling)
    return tuple(reversed(standing))
