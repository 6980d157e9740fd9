"""The stacks of a journal, which keeps what is computed from its documents as long as nothing bears on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from foedus.documents.document import Document
from foedus.errors import JournalError
from foedus.gathering.shipped_data import reader_version, register_version
from foedus.journal.encoding import digest_of, microseconds
from foedus.reference.packs import Reference
from foedus.register.entries import Ruling
from foedus.register.shelves import Naming, Shared
from foedus.stacks import (
    CATALOGUE,
    CHUNK,
    Made,
    Placed,
    Stacks,
    Told,
    Watch,
    by_document,
    hash_of,
    naming_of,
    read_any,
)
from foedus.statements.statement import Statement

if TYPE_CHECKING:
    from foedus.journal.record import Journal


class JournalStacks(Stacks):
    """A journal's documents and statements as they stood at the end of a day (None: now)."""

    def __init__(
        self, journal: Journal, reference: Reference, recorded: date | None = None, watch: Watch | None = None
    ) -> None:
        self._reader = reader_version()
        super().__init__(reference, f"{self._reader}/{register_version()}", watch)
        self._journal, self._recorded = journal, recorded

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        return self._journal.documents(ids, recorded_by=self._recorded)

    def statements(self, ids: Collection[str] | None = None) -> Iterator[Statement]:
        if ids is None:
            yield from self._journal.statements(self._reader, recorded_by=self._recorded)
            return
        yield from self._journal.read_by(self._reader, ids, recorded_by=self._recorded)
        for id_ in ids:
            yield from self._entered.get(id_, ())

    @cached_property
    def rulings(self) -> Sequence[Ruling]:
        return self._journal.rulings(recorded_by=self._recorded)

    @cached_property
    def _entered(self) -> Mapping[str, Sequence[Statement]]:
        """Statements entered by hand, by document."""
        entries = self._journal.entries(recorded_by=self._recorded)
        return by_document(e.statement for e in entries if e.statement is not None)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        held = self._journal.catalogue(self._state())
        if held is not None:
            return CATALOGUE.decode(held)
        self._read()
        placed = super().placed
        if self._is_current():
            with suppress(JournalError):  # one that cannot be written is as good to read
                self._journal.keep_catalogue(self._state(), msgspec.msgpack.encode(placed), _listed)
        return placed

    def told(self) -> Told:
        named: dict[str, Naming] = {}
        digests: dict[str, str] = {}
        recorded: dict[str, int] = {}
        untold: list[str] = []
        ruled_on = {id_ for ruling in self.rulings for id_ in ruling.args}
        for id_, digest, at, naming in self._journal.named(self._version, of=ruled_on, recorded_by=self._recorded):
            digests[id_], recorded[id_] = digest, microseconds(at)
            if naming is None:
                untold.append(id_)
            else:
                named[id_] = naming
        shared = Shared()
        unread = set(self._journal.missing(self._reader, recorded_by=self._recorded)) if untold else set[str]()
        read = [id_ for id_ in untold if id_ not in unread]
        for start in range(0, len(read), CHUNK):
            newly = self._newly_told(read[start : start + CHUNK], digests)
            named |= {id_: shared.slimmed(naming, ruled_on) for id_, naming in newly.items()}
        for id_, said in sorted(self._entered.items()):
            before, naming = named.get(id_, Naming()), naming_of(said, self.reference)
            named[id_] = Naming((*before.keys, *naming.keys), (*before.statements, *naming.statements))
            digests[id_] = hash_of((digests.get(id_, ""), sorted(said, key=lambda s: s.id)))
        return Told(named, digests, recorded, self._journal.changed())

    def noted(self, what: str) -> bytes | None:
        return self._journal.catalogue(self._state(what))

    def note(self, what: str, value: bytes, *, lasting: bool = False) -> None:
        if self._is_current():
            with suppress(JournalError):
                self._journal.keep_earlier(self._state(what), value, lasting=lasting)

    def kept(self, digest: str, known: date | None = None) -> Made | None:
        found = self._journal.register(digest, known)
        return Made(found.register, found.own) if found else None

    def keep(
        self, digest: str, known: date | None, made: Made, documents: Sequence[Document], digests: Mapping[str, str]
    ) -> bool:
        if any(digests.get(d.id) != self._digest_of(d) for d in documents):
            return False
        try:
            return self._journal.keep_registers({(digest, known): made}, redacted=self._numbers[-1])
        except JournalError:
            return False

    def addressed(self, id_: str) -> Collection[str]:
        return self._journal.addressed(id_)

    def place_of(self, statement: str) -> str | None:
        return self._journal.place_of(self._version, statement)

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        """What the journal counted when it was first asked."""
        return self._journal.generation(recorded_by=self._recorded)

    def _is_current(self) -> bool:
        return self._journal.generation(recorded_by=self._recorded) == self._numbers

    def _state(self, what: str | None = None) -> str:
        return hash_of((self._numbers, self._version, what))

    def _digest_of(self, document: Document) -> str:
        said = self._entered.get(document.id)
        digest = digest_of(document)
        return hash_of((digest, sorted(said, key=lambda s: s.id))) if said else digest

    def _read(self) -> None:
        """Has every document read by the present reader."""
        unread = self._journal.missing(self._reader, recorded_by=self._recorded)
        for start in range(0, len(unread), CHUNK):
            self._watch("reading", start, len(unread))
            documents = self._journal.documents(unread[start : start + CHUNK], recorded_by=self._recorded)
            self._journal.store_statements(self._reader, [(d, read_any(d, self.reference)) for d in documents])

    def _newly_told(self, read: Sequence[str], digests: Mapping[str, str]) -> Mapping[str, Naming]:
        """How documents name their treaties; one that came in after the rest were read waits for the next catalogue."""
        said = by_document(self._journal.read_by(self._reader, read, recorded_by=self._recorded))
        told = {id_: naming_of(said.get(id_, ()), self.reference) for id_ in read}
        with suppress(JournalError):
            self._journal.keep_namings(self._version, [(id_, digests[id_], naming) for id_, naming in told.items()])
        return told

    def _before(self, marks: Collection[str]) -> Mapping[str, Placed]:
        newest = self._journal.newest_catalogue()
        asked = set(marks)
        standing = {one.mark: one for one in (_catalogue_in(newest) if newest else ()) if one.mark in asked}
        held = self._journal.registers_held([one.digest for one in standing.values()])
        return {mark: one for mark, one in standing.items() if one.digest in held}


def _catalogue_in(value: bytes) -> tuple[Placed, ...]:
    """The catalogue; one that another version of Foedus has written is as good as empty."""
    try:
        return CATALOGUE.decode(value)
    except msgspec.DecodeError:
        return ()


def _listed(value: bytes) -> Iterator[str]:
    return (one.digest for one in _catalogue_in(value))
