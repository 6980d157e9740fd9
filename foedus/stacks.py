"""Where documents and statements stand: in memory here, or in a journal (`journal_stacks`), which also keeps what is computed.

The catalogue lists the shelves (documents that are reconciled together) and the treaties that each answers for. It is
made whenever the journal has changed; a shelf on which nothing has changed keeps its register.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from foedus.documents.citation import is_citation
from foedus.documents.document import Document
from foedus.reference.packs import Reference
from foedus.register.copies import copies_of
from foedus.register.entries import Register, Ruling
from foedus.register.identity import free_id, grouped, keys_of
from foedus.register.reconciliation import reconcile_shelf
from foedus.register.rulings import ruled
from foedus.register.shelves import Naming, Shelf, shelves_of
from foedus.statements.statement import Statement
from foedus.terms.treaties import Treaty, TreatyName

CHUNK = 1_000
"""Documents that are read, or told apart, before what was found is kept."""

Watch = Callable[[str, int, int], None]
"""Is told what is being done, how many are done, and how many there are."""

Called = tuple[tuple[str, str], ...]
"""Ids that treaties would have by themselves, and those that they have because another shelf has one with that id."""


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
        return _digest(self.mark, self.called)

    @property
    def ids(self) -> list[str]:
        """What its treaties would be called if there were no other shelf."""
        first = {called: id_ for id_, called in self.called}
        return [first.get(t.id, t.id) for t in self.treaties]


CATALOGUE = msgspec.msgpack.Decoder(tuple[Placed, ...])
"""Reads a catalogue as it was kept."""


class Told(NamedTuple):
    """What every document says: how it names its treaties, and a hash of all of it, entries by hand included.

    Of the statements only those need be there that rulings are about.

    recorded  when each was recorded as it is, where it was, in microseconds since 1970
    changed   ids of those of which something else was recorded before
    """

    named: Mapping[str, Naming]
    digests: Mapping[str, str]
    recorded: Mapping[str, int] = {}
    changed: Collection[str] = ()


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
    def placed(self) -> tuple[Placed, ...]:
        """The catalogue; a register is made for every shelf that has none."""
        self._told = told = self.told()
        shelves = shelves_of(told.named)
        marks = self.marks(shelves, told)
        before = self._before(marks)
        taken: set[str] = set()
        placed: list[Placed] = []
        for number, (shelf, mark) in enumerate(zip(shelves, marks, strict=True)):
            self._watch("reconciling", number, len(shelves))
            one = before.get(mark) or self._placed(shelf, mark, (), told)
            called = _called(one.ids, taken)
            one = one if called == one.called else self._placed(shelf, mark, called, told)
            taken |= {t.id for t in one.treaties}
            placed.append(one)
        return tuple(placed)

    def register(self, placed: Placed) -> Register:
        """The register of a shelf; made anew where it is not kept."""
        kept = self.kept(placed.digest)
        if kept is not None:
            return kept.register
        shelf = self._unkept.get(placed.digest) or self._alone(placed.documents)
        return self._reconciled(shelf, placed.called)[0].register

    def kept_earlier(self, mark: str, called: Called, known: date) -> Made | None:
        """The register of a shelf that stood on an earlier day, when its latest document was of day `known`."""
        digest = _digest(mark, called)
        return self.kept(digest) or self.kept(digest, known)

    def made_earlier(self, shelf: Shelf, mark: str, called: Called, known: date, digests: Mapping[str, str]) -> Made:
        """The same, made now and kept."""
        made, documents = self._reconciled(shelf, called)
        self.keep(_digest(mark, called), known, made, documents, digests)
        return made

    def told_lately(self) -> Told:
        """What every document says, as it was told for the catalogue; once, since it is large."""
        told, self._told = self._told or self.told(), None
        return told

    @property
    def is_newly_placed(self) -> bool:
        """Whether the catalogue was made just now."""
        return self._told is not None

    @abstractmethod
    def noted(self, what: str) -> bytes | None:
        """What was noted of earlier days under a name, while nothing has changed since."""

    @abstractmethod
    def note(self, what: str, value: bytes, *, lasting: bool = False) -> None:
        """Notes something; what is `lasting` stays as long as the catalogue does."""

    def marks(self, shelves: Sequence[Shelf], told: Told) -> list[str]:
        """For each shelf the hash of all that its register is made of."""
        about: dict[str, list[str]] = defaultdict(list)
        for ruling in self.rulings:
            for id_ in ruling.args:
                about[id_].append(ruling.id)
        joined = {id_: together for together in ruled((), self.rulings)[1].same for id_ in together}
        return [self._mark(shelf, told, about, joined) for shelf in shelves]

    def _mark(
        self, shelf: Shelf, told: Told, about: Mapping[str, Sequence[str]], joined: Mapping[str, Collection[str]]
    ) -> str:
        said = {id_ for d in shelf.documents for id_ in told.named[d].statements if id_ in about} if about else set()
        said |= {other for id_ in tuple(said) for other in joined.get(id_, ())}
        rulings = sorted({ruling for id_ in said for ruling in about[id_]})
        content = [(id_, told.digests[id_]) for id_ in shelf.documents]
        own = [key for key, numbers in sorted(shelf.groups.items()) if shelf.own & set(numbers)]
        return hash_of((self._version, content, shelf.partition, own, rulings))

    def _before(self, marks: Collection[str]) -> Mapping[str, Placed]:
        """Shelves that stand as they stood before, by mark, and whose registers are kept."""
        return {}

    def _placed(self, shelf: Shelf, mark: str, called: Called, told: Told) -> Placed:
        made = self.kept(_digest(mark, called))
        if made is None:
            made, documents = self._reconciled(shelf, called)
            if not self.keep(_digest(mark, called), None, made, documents, told.digests):
                self._unkept[_digest(mark, called)] = shelf
        return _in_catalogue(shelf.documents, mark, called, made)

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
        named = {id_: Naming() for id_ in self._documents}
        named |= {id_: naming_of(said, self.reference) for id_, said in self._statements.items()}
        return Told(named, {i: hash_of((self._documents.get(i), self._statements.get(i))) for i in named})

    def kept(self, digest: str, known: date | None = None) -> Made | None:
        return self._registers.get(digest)

    def keep(
        self, digest: str, known: date | None, made: Made, documents: Sequence[Document], digests: Mapping[str, str]
    ) -> bool:
        self._registers[digest] = made
        return True

    def noted(self, what: str) -> bytes | None:
        return self._notes.get(what)

    def note(self, what: str, value: bytes, *, lasting: bool = False) -> None:
        self._notes[what] = value

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
    days = {d.id: d.published.likeliest.latest for d in register.documents if d.published}
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


def _digest(mark: str, called: Called) -> str:
    return hash_of((mark, called)) if called else mark


def hash_of(value: object) -> str:
    """32 hexadecimal digits that stand for a value."""
    return hashlib.sha256(msgspec.msgpack.encode(value)).hexdigest()[:32]


def _unwatched(_doing: str, _done: int, _of: int) -> None:
    """Nobody looks on."""
