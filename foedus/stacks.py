"""Where documents and statements stand: in memory here, or in a journal (`journal_stacks`), which also keeps what is computed.

The catalogue lists the shelves (documents that are reconciled together) and the treaties that each answers for. It is
made whenever the journal has changed; a shelf on which nothing has changed keeps its register.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from foedus.documents.citation import is_citation
from foedus.documents.document import Document
from foedus.placed import Called, Catalogue, Cataloguing, Placed, hash_of, register_digest
from foedus.reference.packs import Reference
from foedus.register.copies import copies_of
from foedus.register.entries import Publication, Register, Ruling
from foedus.register.identity import free_id, grouped, keys_of
from foedus.register.reconciliation import reconcile, reconcile_shelf
from foedus.register.rulings import ruled
from foedus.register.shelves import Grouping, Shelf, shelf_of, shelves_of
from foedus.register.told import Naming, Telling, Told, telling_in
from foedus.statements.statement import Statement
from foedus.terms.treaties import TreatyName

CHUNK = 250
"""Documents that are read, or told apart, before what was found is kept."""

Watch = Callable[[str, int, int], None]
"""Is told what is being done, how many are done, and how many there are."""


class Made(NamedTuple):
    """A register, and the ids of the treaties that its shelf answers for."""

    register: Register
    own: tuple[str, ...]


class Stacks(ABC):
    """Documents and statements, and the registers of their shelves.

    version   of what reads and reconciles them
    """

    def __init__(self, reference: Reference, version: str = "", watch: Watch | None = None) -> None:
        self.reference, self._version = reference, version
        self._watch = watch or _unwatched
        self._unkept: dict[str, Shelf] = {}
        self._told: Told | None = None

    @property
    @abstractmethod
    def rulings(self) -> Sequence[Ruling]:
        """Those in effect."""

    @abstractmethod
    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]: ...
    @abstractmethod
    def statements(self, ids: Collection[str] | None = None) -> Iterator[Statement]: ...
    @abstractmethod
    def addressed(self, id_: str) -> Collection[str]:
        """Digests of the registers that were made and have an entry with this id."""

    @abstractmethod
    def place_of(self, statement: str) -> str | None:
        """Id of a statement's document."""

    @abstractmethod
    def told(self) -> Told: ...
    @abstractmethod
    def kept(self, digest: str, known: date | None = None) -> Made | None:
        """A register that was made before; `known` tells one of an earlier day."""

    @abstractmethod
    def keep(
        self, digest: str, known: date | None, made: Made, documents: Sequence[Document], digests: Mapping[str, str]
    ) -> bool:
        """Keeps a register that was made of some documents, if it can, and if they are still as they were told."""

    @cached_property
    def placed(self) -> Catalogue:
        """The catalogue; a register is made for every shelf that has none."""
        self._told = told = self.told()
        grouping = Grouping.of(told)
        shelves = shelves_of(told, grouping)
        marks = self.marks(shelf_of(held, told, grouping) for held in shelves)
        before, filling = self._before(marks), Cataloguing(told.documents)
        for number, (held, mark) in enumerate(zip(shelves, marks, strict=True)):
            self._watch("reconciling", number, len(shelves))
            one = before.get(mark) or self._placed(shelf_of(held, told, grouping), mark, ())
            called = _called(one.ids, filling.taken)
            if called != one.called:
                one = self._placed(shelf_of(held, told, grouping), mark, called)
            filling.add(held.documents, one)
        loose = filling.loose
        for start in range(0, len(loose), CHUNK):
            numbers = {told.document(number): number for number in loose[start : start + CHUNK]}
            for document in reconcile((), self.documents(numbers), self.reference).documents:
                filling.date(numbers[document.id], _day_of(document))
        return filling.catalogue()

    def register(self, placed: Placed) -> Register:
        """The register of a shelf; made anew where it is not kept."""
        kept = self.kept(placed.digest)
        if kept is not None:
            return kept.register
        shelf = self._unkept.get(placed.digest) or self._alone(placed.documents)
        return self._reconciled(shelf, placed.called)[0].register

    def kept_earlier(self, mark: str, called: Called, known: date) -> Made | None:
        """The register of a shelf that stood on an earlier day, when its latest document was of day `known`."""
        digest = register_digest(mark, called)
        return self.kept(digest) or self.kept(digest, known)

    def made_earlier(self, shelf: Shelf, mark: str, called: Called, known: date) -> Made:
        """The same, made now and kept."""
        return self._made(shelf, register_digest(mark, called), called, known)[0]

    def told_lately(self) -> Told:
        """What every document says, as it was told for the catalogue; once, since it is large."""
        told, self._told = self._told or self.told(), None
        return told

    @abstractmethod
    def keep_placed(self) -> None:
        """Keeps the catalogue, where it was made just now and can be kept."""

    @property
    def is_newly_placed(self) -> bool:
        """Whether the catalogue was made just now."""
        return self._told is not None

    @abstractmethod
    def noted_parts(self, names: Iterable[str]) -> Mapping[str, bytes]:
        """What was noted of earlier days under some names, all at one moment, while nothing has changed since."""

    @abstractmethod
    def note(self, what: str, value: bytes) -> None:
        """Notes something of one day."""

    @abstractmethod
    def note_lasting(self, parts: Iterable[tuple[str, bytes]]) -> bool:
        """Notes, if it can, what all days need, by name; that stays as long as the catalogue does."""

    def marks(self, shelves: Iterable[Shelf]) -> list[str]:
        """For each shelf the hash of all that its register is made of."""
        return [self._mark(shelf) for shelf in shelves]

    @cached_property
    def _rulings_about(self) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Collection[str]]]:
        """Of each statement the rulings about it, and the statements that they join with it."""
        about: dict[str, list[str]] = defaultdict(list)
        for ruling in self.rulings:
            for id_ in ruling.args:
                about[id_].append(ruling.id)
        return about, {id_: together for together in ruled((), self.rulings)[1].same for id_ in together}

    def _mark(self, shelf: Shelf) -> str:
        about, joined = self._rulings_about
        said = {id_ for id_ in shelf.ruled if id_ in about}
        said |= {other for id_ in tuple(said) for other in joined.get(id_, ())}
        rulings = sorted({ruling for id_ in said for ruling in about[id_]})
        content = list(zip(shelf.documents, shelf.digests, strict=True))
        own = [key for key, numbers in sorted(shelf.groups.items()) if shelf.own & set(numbers)]
        return hash_of((self._version, content, shelf.partition, own, rulings))

    def _before(self, marks: Collection[str]) -> Mapping[str, Placed]:
        """Shelves that stand as they stood before, by mark, and whose registers are kept."""
        return {}

    def _placed(self, shelf: Shelf, mark: str, called: Called) -> Placed:
        digest = register_digest(mark, called)
        made = self.kept(digest)
        if made is None:
            made, is_kept = self._made(shelf, digest, called, None)
            if not is_kept:
                self._unkept[digest] = shelf
        return _in_catalogue(shelf.documents, mark, called, made)

    def _made(self, shelf: Shelf, digest: str, called: Called, known: date | None) -> tuple[Made, bool]:
        """A register, made now, and whether it is kept."""
        made, documents = self._reconciled(shelf, called)
        digests = dict(zip(shelf.documents, shelf.digests, strict=True))
        return made, self.keep(digest, known, made, documents, digests)

    def _reconciled(self, shelf: Shelf, called: Called) -> tuple[Made, Sequence[Document]]:
        said = list(self.statements(shelf.documents))
        documents = list(self.documents(shelf.documents))
        copies = copies_of(documents)
        return Made(
            *reconcile_shelf(shelf, said, documents, self.reference, self.rulings, copies, dict(called))
        ), documents

    def _alone(self, documents: tuple[str, ...]) -> Shelf:
        groups = grouped(keys_of(self.statements(documents), self.reference))
        return Shelf(documents=documents, groups=groups, own=frozenset(n for one in groups.values() for n in one))


class MemoryStacks(Stacks):
    """Documents and statements that are held in memory, such as a test's."""

    def __init__(
        self,
        documents: Sequence[Document],
        statements: Sequence[Statement],
        reference: Reference,
        rulings: Sequence[Ruling],
    ) -> None:
        super().__init__(reference)
        self._documents = {d.id: d for d in documents}
        self._statements = by_document(statements)
        self._rulings = rulings
        self._registers: dict[str, Made] = {}
        self._notes: dict[str, bytes] = {}

    @property
    def rulings(self) -> Sequence[Ruling]:
        return self._rulings

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        return (self._documents[id_] for id_ in (self._documents if ids is None else ids) if id_ in self._documents)

    def statements(self, ids: Collection[str] | None = None) -> Iterator[Statement]:
        return (s for id_ in (self._statements if ids is None else ids) for s in self._statements.get(id_, ()))

    def told(self) -> Told:
        ids = sorted({*self._documents, *self._statements})
        return Told.of(self._said(id_) for id_ in ids)

    def _said(self, id_: str) -> Telling:
        naming = naming_of(self._statements.get(id_, ()), self.reference)
        content = hash_of((self._documents.get(id_), self._statements.get(id_)))
        return telling_in(id_, content, msgspec.msgpack.encode(naming), self._ruled_on)

    @cached_property
    def _ruled_on(self) -> Collection[str]:
        return {id_ for ruling in self._rulings for id_ in ruling.args}

    def kept(self, digest: str, known: date | None = None) -> Made | None:
        return self._registers.get(digest)

    def keep(
        self, digest: str, known: date | None, made: Made, documents: Sequence[Document], digests: Mapping[str, str]
    ) -> bool:
        self._registers[digest] = made
        return True

    def noted_parts(self, names: Iterable[str]) -> Mapping[str, bytes]:
        return {name: self._notes[name] for name in names if name in self._notes}

    def note(self, what: str, value: bytes) -> None:
        self._notes[what] = value

    def note_lasting(self, parts: Iterable[tuple[str, bytes]]) -> bool:
        self._notes.update(parts)
        return True

    def keep_placed(self) -> None:
        """It is in memory, as all is."""

    def addressed(self, id_: str) -> Collection[str]:
        return [d for d, made in self._registers.items() if any(e.id == id_ for e in made.register.entries)]

    def place_of(self, statement: str) -> str | None:
        return next((id_ for id_, said in self._statements.items() if any(s.id == statement for s in said)), None)


def read_any(document: Document, reference: Reference) -> tuple[Statement, ...]:
    """The statements of a document, whether it is prose or a depositary's table; a mere citation says nothing itself."""
    from foedus.exchange.participation import is_participation, statements_of
    from foedus.statements.reading import read

    if is_citation(document):
        return ()
    return statements_of(document, reference) if is_participation(document) else tuple(read(document, reference))


def by_document(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Document id -> its statements, in the order in which they came."""
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        said[statement.document].append(statement)
    return dict(said)


def naming_of(said: Iterable[Statement], reference: Reference) -> Naming:
    """How one document's statements name their treaties."""
    listed = list(said)
    return Naming(tuple(sorted(keys_of(listed, reference))), tuple(sorted(s.id for s in listed)))


def _in_catalogue(documents: tuple[str, ...], mark: str, called: Called, made: Made) -> Placed:
    register = made.register
    days = {d.id: _day_of(d) for d in register.documents}
    treaties = (
        msgspec.structs.replace(t, names=tuple(TreatyName(text=n.text) for n in t.names))
        for t in register.treaties
        if t.id in made.own
    )
    return Placed(
        documents=documents,
        published=tuple(days.get(id_) for id_ in documents),
        mark=mark,
        called=called,
        treaties=tuple(treaties),
        obliging=tuple(sorted({f.treaty for f in register.findings if f.norm is not None and f.treaty in made.own})),
    )


def _day_of(document: Publication) -> date | None:
    """The last of the days that are likeliest for its publication."""
    return document.published.likeliest.latest if document.published else None


def _called(ids: Iterable[str], taken: Collection[str]) -> Called:
    """New ids for those that are taken, which are none of the others either.

    >>> _called(["x", "y"], {"x", "x-2"})
    (('x', 'x-3'),)
    """
    mine, called = set(ids), []
    for id_ in sorted(id_ for id_ in mine if id_ in taken):
        called.append((id_, free_id(id_, taken, mine)))
        mine.add(called[-1][1])
    return tuple(called)


def _unwatched(_doing: str, _done: int, _of: int) -> None:
    """Nobody looks on."""
