"""The stacks of a journal, which keeps what is computed from its documents as long as nothing bears on it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING

import msgspec

from foedus.columns import Packed
from foedus.documents.document import Document
from foedus.errors import JournalError
from foedus.gathering.shipped_data import reader_version, register_version
from foedus.journal.encoding import digest_of, microseconds
from foedus.placed import LAYOUT, Catalogue, Marks, Placed, hash_of
from foedus.reference.packs import Reference
from foedus.register.entries import Ruling
from foedus.register.told import Telling, Told, telling_in
from foedus.stacks import CHUNK, Made, Stacks, Watch, by_document, naming_of, read_any
from foedus.statements.statement import Statement

if TYPE_CHECKING:
    from foedus.journal.record import Journal


DOCUMENTS = "documents"
"""The part of a catalogue that is kept by itself, as the largest."""


class JournalStacks(Stacks):
    """A journal's documents and statements as they stood at the end of a day (None: now)."""

    def __init__(
        self, journal: Journal, reference: Reference, recorded: date | None = None, watch: Watch | None = None
    ) -> None:
        self._reader = reader_version()
        super().__init__(reference, f"{self._reader}/{register_version()}", watch)
        self._journal, self._recorded = journal, recorded
        self._is_made_now = False

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
    def placed(self) -> Catalogue:
        held = _catalogue_in(self._journal.noted([self._state(), self._state(DOCUMENTS)]))
        if held is not None:
            return held
        self._read()
        self._is_made_now = True
        return super().placed

    def keep_placed(self) -> None:
        if self._is_made_now and self._is_current():
            with suppress(JournalError):  # one that cannot be written is as good to read
                self._journal.keep_catalogue(self._parts(), _listed)

    def _parts(self) -> Iterator[tuple[str, bytes]]:
        """The catalogue in two parts, of which only one is in memory besides it at a time."""
        apart = self._state(DOCUMENTS)
        yield apart, msgspec.msgpack.encode(self.placed.documents)
        yield self._state(), msgspec.msgpack.encode(msgspec.structs.replace(self.placed, documents=NONE, apart=apart))

    def told(self) -> Told:
        ruled_on = {id_ for ruling in self.rulings for id_ in ruling.args}
        entered = (Telling(id_, "", ()) for id_ in sorted(self._entered))
        together = groupby(merge(self._tellings(ruled_on), entered, key=_document), key=_document)
        tellings = (next(alike) for _, alike in together)
        return Told.of(map(self._with_entered, tellings), self._journal.changed())

    def noted_parts(self, names: Iterable[str]) -> Mapping[str, bytes]:
        states = {self._state(name): name for name in names}
        return {states[state]: value for state, value in self._journal.noted(states).items()}

    def note(self, what: str, value: bytes) -> None:
        if self._is_current():
            with suppress(JournalError):
                self._journal.keep_earlier(self._state(what), value)

    def note_lasting(self, parts: Iterable[tuple[str, bytes]]) -> bool:
        if not self._is_current():
            return False
        try:
            self._journal.keep_lasting((self._state(what), value) for what, value in parts)
        except JournalError:
            return False
        return True

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
        return hash_of((self._numbers, self._version, LAYOUT, sys.byteorder, what))

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

    def _tellings(self, ruled_on: Collection[str]) -> Iterator[Telling]:
        """What every document tells, by id, as it was read."""
        rows = self._journal.named(self._version, recorded_by=self._recorded)
        while page := list(islice(rows, CHUNK)):
            newly = self._newly_told({id_: digest for id_, digest, _, naming in page if naming is None})
            for id_, digest, at, kept in page:
                naming = newly.get(id_) if kept is None else kept
                recorded = microseconds(at)
                if naming is not None:
                    yield telling_in(id_, digest, naming, ruled_on, recorded)
                elif id_ in self._entered:
                    yield Telling(id_, digest, (), (), recorded)

    def _newly_told(self, untold: Mapping[str, str]) -> Mapping[str, bytes]:
        """How documents, given with their hashes, name their treaties; one that came in, or was corrected, after the rest were
        read waits for the next catalogue.
        """
        read = self._journal.read_as(self._reader, untold) if untold else []
        told = {id_: msgspec.msgpack.encode(naming_of(said, self.reference)) for id_, said in read}
        if told:
            with suppress(JournalError):
                self._journal.keep_namings(self._version, [(id_, untold[id_], naming) for id_, naming in told.items()])
        return told

    def _with_entered(self, telling: Telling) -> Telling:
        """What a document tells together with what was entered by hand."""
        by_hand = sorted(self._entered.get(telling.document, ()), key=lambda s: s.id)
        if not by_hand:
            return telling
        naming = naming_of(by_hand, self.reference)
        return Telling(
            telling.document,
            hash_of((telling.digest, by_hand)),
            (*telling.keys, *map(msgspec.msgpack.encode, naming.keys)),
            (*telling.ruled, *naming.statements),
            telling.recorded,
        )

    def _before(self, marks: Collection[str]) -> Mapping[str, Placed]:
        newest = _catalogue_in(self._journal.newest_catalogue())
        if newest is None:
            return {}
        asked = set(marks)
        digests = newest.digests
        standing = [number for number, mark in enumerate(newest.marks) if mark in asked]
        held = self._journal.registers_held([digests[number] for number in standing])
        return ShelvesBefore(newest, {newest.marks[number]: number for number in standing if digests[number] in held})


class ShelvesBefore(Mapping[str, Placed]):
    """Shelves of an earlier catalogue, by mark, each read when it is asked for."""

    def __init__(self, catalogue: Catalogue, numbers: Mapping[str, int]) -> None:
        self._catalogue, self._numbers = catalogue, numbers

    def __getitem__(self, mark: str) -> Placed:
        return self._catalogue[self._numbers[mark]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


_CATALOGUE = msgspec.msgpack.Decoder(Catalogue)
_DOCUMENTS = msgspec.msgpack.Decoder(Packed)
NONE = Packed.of(())
_DIGESTS = msgspec.msgpack.Decoder(Marks)


def _catalogue_in(parts: Mapping[str, bytes]) -> Catalogue | None:
    """The catalogue; one that another version of Foedus has written, or a machine of another kind, is as good as none."""
    for part in parts.values():
        with suppress(msgspec.DecodeError, KeyError):
            placed = _CATALOGUE.decode(part)
            if placed.layout == (LAYOUT, sys.byteorder):
                return msgspec.structs.replace(placed, documents=_DOCUMENTS.decode(parts[placed.apart]), apart="")
    return None


def _listed(value: bytes) -> Iterable[str]:
    with suppress(msgspec.DecodeError):
        return _DIGESTS.decode(value).digests
    return ()


def _document(telling: Telling) -> str:
    return telling.document
