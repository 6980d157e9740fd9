"""The whole flow on one page: inputs become documents, documents statements; these stand in a journal and are asked.

What is known of a treaty is asked of `Knowledge`: there the register follows from the statements, and answers from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from foedus.documents.document import Document
from foedus.errors import FoedusError, InputError
from foedus.gathering.shipped_data import load_reference, reader_version
from foedus.knowledge import Knowledge, Picture, today
from foedus.reference.packs import Reference
from foedus.reference.procedures import Procedure, procedure_for
from foedus.stacks import Watch, read_any
from foedus.statements.statement import Statement
from foedus.terms.acts import Measure
from foedus.treaties_called import find_treaty

if TYPE_CHECKING:
    from foedus.journal.record import Journal

BATCH = 200
"""Documents that are stored in one transaction."""


def road_of(state: str, class_: str, on: date, reference: Reference) -> Procedure:
    """A state's procedure for a class of treaty, in force on a day.

    raises   FoedusError if none is recorded, naming the states that have one
    """
    reference.directory.state(state)
    found = procedure_for(reference.procedures, state, (class_, "any"), Measure.RATIFICATION, on)
    if found is None:
        recorded = ", ".join(sorted({p.state for p in reference.procedures}))
        raise FoedusError(f"no procedure of {state} is recorded for {on}; there are procedures of {recorded}")
    return found


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What adding some inputs did.

    new      documents that the journal did not have, each with its statements
    known    documents that it had already
    changed  ids of those of them of which something new is said: their day, their publisher
    refused  inputs that could not be read, or were redacted before, and why
    """

    new: tuple[tuple[Document, tuple[Statement, ...]], ...] = ()
    known: tuple[Document, ...] = ()
    changed: frozenset[str] = frozenset()
    refused: tuple[InputError, ...] = ()


def add(
    journal: Journal,
    arrivals: Iterable[tuple[Document, bytes] | InputError],
    reference: Reference,
    size: int = BATCH,
) -> Iterator[Added]:
    """Reads documents and appends them to the journal, batch by batch; what could not be read is passed on.

    size   documents of a batch
    """
    batch: list[tuple[Document, bytes]] = []
    for arrival in arrivals:
        if isinstance(arrival, InputError):
            yield Added(refused=(arrival,))
            continue
        batch.append(arrival)
        if len(batch) == size:
            yield _store(journal, batch, reference)
            batch = []
    if batch:
        yield _store(journal, batch, reference)


def keep_read(journal: Journal, found: Sequence[tuple[Document, bytes, tuple[Statement, ...]]]) -> tuple[str, ...]:
    """Appends documents that are read already (tables, scanned pages); the ids of those that the journal did not have."""
    new: list[str] = []
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        new += journal.append([(document, content) for document, content, _ in batch]).new
        journal.store_statements(reader_version(), [(document, said) for document, _, said in batch])
    return tuple(new)


def catalogue(journal: Journal, reference: Reference, watch: Watch | None = None) -> int:
    """Makes the registers that something new bears on, so that whoever asks need not wait; how many treaties there are."""
    return len(Knowledge.of(journal, reference, watch=watch).treaties)


def _store(journal: Journal, batch: Sequence[tuple[Document, bytes]], reference: Reference) -> Added:
    appended = journal.append(batch)
    of = {document.id: document for document, _ in batch}
    said = [(of[id_], read_any(of[id_], reference)) for id_ in appended.new]
    journal.store_statements(reader_version(), said)
    return Added(
        new=tuple(said),
        known=tuple(of[id_] for id_ in of if id_ in {*appended.known, *appended.changed}),
        changed=frozenset(appended.changed),
        refused=tuple(_taken_away(journal, of[id_]) for id_ in appended.redacted),
    )


def _taken_away(journal: Journal, document: Document) -> InputError:
    (gone,) = (one for one in journal.redactions() if one.document == document.id)
    return InputError(
        f"{document.name}: was redacted on {gone.recorded[:10]} by {gone.author} ({gone.why}) and is not taken in again; "
        f"its id is {gone.document}"
    )


__all__ = [
    "Added",
    "Knowledge",
    "Picture",
    "add",
    "find_treaty",
    "load_reference",
    "reader_version",
    "road_of",
    "today",
]
