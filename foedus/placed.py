"""The catalogue: the shelves of all documents, and the treaties that each answers for.

It is kept in columns, so that one treaty among thousands is found without reading what is said of the others.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from foedus.columns import SMALL, Column, Listing, Lists, Packed, Packing
from foedus.terms.treaties import Treaty

LAYOUT = 1
"""Change it when what is kept of a catalogue, or of what documents tell, changes."""
NEVER = date.max.toordinal()
"""In the place of a day that cannot be told: after all that anybody asks about."""
NOWHERE = -1

Called = tuple[tuple[str, str], ...]
"""Ids that treaties would have by themselves, and those that they have because another shelf has one with that id."""

_ENCODER = msgspec.msgpack.Encoder()
_TREATIES = msgspec.msgpack.Decoder(tuple[Treaty, ...])


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A shelf in the catalogue.

    documents  ids of its documents
    published  for each of them the last of the days that are likeliest for its publication, or None
    mark       hash of all that its register is made of
    called     which of its treaties are called otherwise, because another shelf has one with their id
    treaties   those that it answers for; their names without the documents that use them
    obliging   ids of those of which a norm is reported
    """

    documents: tuple[str, ...]
    published: tuple[date | None, ...]
    mark: str
    called: Called = ()
    treaties: tuple[Treaty, ...]
    obliging: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Hash of its register."""
        return register_digest(self.mark, self.called)

    @property
    def ids(self) -> list[str]:
        """What its treaties would be called if there were no other shelf."""
        first = {called: id_ for id_, called in self.called}
        return [first.get(t.id, t.id) for t in self.treaties]


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What tells the registers of all shelves from others, by number.

    marks   hash of all that the register of a shelf is made of
    called  of those that have any: which of their treaties are called otherwise
    """

    marks: tuple[str, ...]
    called: Mapping[int, Called]

    @property
    def digests(self) -> list[str]:
        """For each shelf the hash of its register."""
        return [register_digest(mark, self.called.get(number, ())) for number, mark in enumerate(self.marks)]


class Catalogue(Marks, frozen=True, kw_only=True):
    """All shelves, by number.

    shelved    for each shelf the numbers of its documents
    answered   for each shelf the treaties that it answers for, encoded
    numbers    treaty id -> number of its shelf
    obliging   ids of the treaties of which a norm is reported
    documents  ids of all documents that name a treaty, sorted
    first      for each of them the number of the first shelf on which it stands, or `NOWHERE`
    days       the same: the last of the days that are likeliest for its publication, as an ordinal, or `NEVER`
    published  for each document of each shelf the same, as its register tells
    layout     of what is kept, and the order of bytes of the machine
    apart      the name of what is kept apart of a kept catalogue: its documents
    """

    shelved: Lists
    answered: Packed
    numbers: Mapping[str, int]
    obliging: frozenset[str]
    documents: Packed
    first: Column
    days: Column
    published: Column
    layout: tuple[int, str] = (LAYOUT, sys.byteorder)
    apart: str = ""

    def __len__(self) -> int:
        return len(self.marks)

    def __iter__(self) -> Iterator[Placed]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> Placed:
        treaties, held = self.treaties_on(number), self.shelved[number]
        first = self.shelved.ends[number] - len(held)
        days = self.published.between(first, first + len(held))
        return Placed(
            documents=tuple(self.documents[document].decode() for document in held),
            published=tuple(None if day == NEVER else date.fromordinal(day) for day in days),
            mark=self.marks[number],
            called=self.called.get(number, ()),
            treaties=treaties,
            obliging=tuple(t.id for t in treaties if t.id in self.obliging),
        )

    @property
    def treaties(self) -> list[Treaty]:
        """All treaties, by id."""
        found = (treaty for number in range(len(self)) for treaty in self.treaties_on(number))
        return sorted(found, key=lambda treaty: treaty.id)

    def treaties_on(self, number: int) -> tuple[Treaty, ...]:
        """Those that a shelf answers for."""
        return _TREATIES.decode(self.answered[number])

    def day_of(self, document: bytes) -> int:
        """The day by which a document was out, as an ordinal; `NEVER` where that cannot be told."""
        at = self.documents.number(document)
        return NEVER if at is None else self.days[at]

    def first_shelf(self, document: str) -> int | None:
        """The number of the first shelf on which a document stands."""
        at = self.documents.number(document.encode())
        return None if at is None or self.first[at] == NOWHERE else self.first[at]

    def stand_together(self, documents: Iterable[str]) -> bool:
        """Whether some shelf holds all of some documents."""
        numbers = {self.documents.number(id_.encode()) for id_ in documents}
        return any(numbers <= set(held) for held in self.shelved)


class Cataloguing:
    """A catalogue while it is being filled, shelf by shelf.

    documents  ids of all documents that name a treaty, sorted
    """

    def __init__(self, documents: Packed) -> None:
        self._documents = documents
        self._shelved, self._answered = Listing(), Packing()
        self._marks: list[str] = []
        self._called: dict[int, Called] = {}
        self._numbers: dict[str, int] = {}
        self._obliging: set[str] = set()
        self._first = array(SMALL, [NOWHERE]) * len(documents)
        self._days = array(SMALL, [NEVER]) * len(documents)
        self._published = array(SMALL)

    @property
    def taken(self) -> Collection[str]:
        """Ids that treaties have already."""
        return self._numbers.keys()

    @property
    def loose(self) -> list[int]:
        """Numbers of the documents that stand on no shelf: nobody can tell which treaty they mean."""
        return [document for document, shelf in enumerate(self._first) if shelf == NOWHERE]

    def add(self, documents: Iterable[int], placed: Placed) -> None:
        """Adds a shelf; `documents` has the numbers of its documents."""
        number, held = len(self._marks), list(documents)
        self._shelved.add(held)
        self._marks.append(placed.mark)
        if placed.called:
            self._called[number] = placed.called
        self._answered.add(_ENCODER.encode(placed.treaties))
        self._numbers |= {treaty.id: number for treaty in placed.treaties}
        self._obliging |= set(placed.obliging)
        for document, day in zip(held, placed.published, strict=True):
            self._published.append(_ordinal(day))
            self.date(document, day)
            if self._first[document] == NOWHERE:
                self._first[document] = number

    def date(self, document: int, day: date | None) -> None:
        """Tells when a document was out, unless that was told before."""
        if self._days[document] == NEVER:
            self._days[document] = _ordinal(day)

    def catalogue(self) -> Catalogue:
        return Catalogue(
            shelved=self._shelved.lists(),
            marks=tuple(self._marks),
            called=self._called,
            answered=self._answered.packed(),
            numbers=self._numbers,
            obliging=frozenset(self._obliging),
            documents=self._documents,
            first=Column.of(self._first),
            days=Column.of(self._days),
            published=Column.of(self._published),
        )


def _ordinal(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def register_digest(mark: str, called: Called) -> str:
    """Hash of a register: of all that it is made of, and of what its treaties are called."""
    return hash_of((mark, called)) if called else mark


def hash_of(value: object) -> str:
    """32 hexadecimal digits that stand for a value."""
    return hashlib.sha256(msgspec.msgpack.encode(value)).hexdigest()[:32]
