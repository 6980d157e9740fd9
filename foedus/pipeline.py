"""The whole flow on one page: inputs become documents, documents statements, statements the register, the register answers.

Here, and not in the rooms below, stand the clock ("today"), the loading of data and the cache of readings.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from foedus.datafiles import DATA
from foedus.documents.document import Document
from foedus.errors import FoedusError, InputError, NoSuchTreaty, ScenarioError
from foedus.gathering.shipped_data import load_reference
from foedus.obligations.evaluation import evaluate
from foedus.obligations.positions import positions_of
from foedus.obligations.scenario import Answer, Scenario, attack_scenario, scenario_from
from foedus.reference.packs import Reference
from foedus.reference.procedures import Procedure, procedure_for
from foedus.register.copies import copies_of
from foedus.register.entries import Register, Ruling
from foedus.register.reconciliation import reconcile
from foedus.statements.reading import read
from foedus.statements.statement import Statement
from foedus.status.deadlines import Deadline, deadlines_of
from foedus.status.domestic import ladder_of
from foedus.status.entry_into_force import force_of
from foedus.status.reservations import Relation, relations_of
from foedus.status.standings import Change, ForceOfTreaty, Ladder, Standing, concerned, history, standing_of
from foedus.terms.acts import Measure
from foedus.terms.proof import Proof
from foedus.terms.treaties import Treaty

if TYPE_CHECKING:
    from foedus.journal.record import Journal

BATCH = 200
"""Documents that are stored in one transaction."""


def today() -> date:
    """The day on the clock (UTC): the default of every "on" and "known"."""
    return datetime.now(UTC).date()


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
    refused  inputs that could not be read, and why
    """

    new: tuple[tuple[Document, tuple[Statement, ...]], ...] = ()
    known: tuple[Document, ...] = ()
    refused: tuple[InputError, ...] = ()


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be said of one treaty on one day, as known on one day."""

    treaty: Treaty
    on: date
    known: date
    register: Register
    standings: tuple[Standing, ...]
    ladders: tuple[Ladder, ...]
    force: ForceOfTreaty
    statements: tuple[Statement, ...]
    documents: tuple[Document, ...]


class Knowledge:
    """A journal's documents and statements, loaded once, and the registers computed from them."""

    def __init__(
        self,
        documents: Sequence[Document],
        statements: Sequence[Statement],
        reference: Reference,
        rulings: Sequence[Ruling] = (),
        day: date | None = None,
    ) -> None:
        self.documents, self.statements, self.reference, self.rulings = documents, statements, reference, rulings
        self.today = day or today()

    @classmethod
    def of(cls, journal: Journal, reference: Reference, recorded: date | None = None) -> Knowledge:
        """What a journal holds, as it stood at the end of day `recorded`; documents no reader has read yet are read now."""
        documents = list(journal.documents(recorded_by=recorded))
        unread = set(journal.missing(reader_version(), recorded_by=recorded))
        journal.store_statements(reader_version(), ((d, read_any(d, reference)) for d in documents if d.id in unread))
        statements = list(journal.statements(reader_version(), recorded_by=recorded))
        return cls(documents, statements, reference, journal.rulings(recorded_by=recorded))

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """Documents that repeat another: they are no witnesses of their own."""
        return copies_of(self.documents)

    def register(self, known: date | None = None) -> Register:
        """What is known on a day; the day itself is always said, today where none is asked."""
        cut = known if known is not None and known < self.today else None
        return msgspec.structs.replace(self._register(cut), known=known or self.today)

    @lru_cache(maxsize=8)  # noqa: B019 - as long-lived as the knowledge itself
    def _register(self, cut: date | None) -> Register:
        return reconcile(self.statements, self.documents, self.reference, self.rulings, cut, self.copies)

    def treaty(self, words: str) -> Treaty:
        """The one treaty that an id or some words single out.

        raises   NoSuchTreaty if none fits, or more than one
        """
        return find_treaty(words, self.register().treaties)

    def picture(self, words: str, on: date | None = None, known: date | None = None) -> Picture | None:
        """Everything about one treaty; None where no report known by then tells of it."""
        treaty = self.treaty(words)
        register = self.register(known)
        here = self._then(treaty, register)
        if here is None:
            return None
        on, narrowed = on or self.today, register.of(here.id)
        return Picture(
            treaty=here,
            on=on,
            known=register.known or self.today,
            register=narrowed,
            standings=tuple(standing_of(s, here.id, on, register, self.reference) for s in here.parties),
            ladders=tuple(ladder_of(s, here.id, on, register, self.reference) for s in here.parties),
            force=force_of(here.id, on, register, self.reference),
            statements=tuple(s for s in self.statements if _is_of(s, narrowed)),
            documents=tuple(d for d in self.documents if d.id in {p.id for p in narrowed.documents}),
        )

    def _then(self, treaty: Treaty, register: Register) -> Treaty | None:
        """The same treaty in an earlier register, where it may have had another id."""
        same = register.treaty(treaty.id)
        names = {n.text for n in treaty.names}
        alike = (t for t in register.treaties if t.parties == treaty.parties and names & {n.text for n in t.names})
        return same or next(alike, None)

    def standings(self, picture: Picture, states: Sequence[str]) -> tuple[Standing, ...]:
        """The standings of chosen states in a picture; a state that is no party has one too ("none")."""
        for state in states:
            self.reference.directory.state(state)
        register = self.register(picture.known)
        return tuple(standing_of(s, picture.treaty.id, picture.on, register, self.reference) for s in states)

    def concerned(self, picture: Picture) -> tuple[str, ...]:
        """The parties of a treaty; where nobody lists them, whoever has done something under it."""
        return picture.treaty.parties or concerned(picture.treaty.id, self.register(picture.known), self.reference)

    def deadlines(self, picture: Picture) -> tuple[Deadline, ...]:
        """What falls due after the picture's day."""
        return deadlines_of(picture.treaty.id, picture.on, self.register(picture.known), self.reference)

    def relations(self, picture: Picture, state: str) -> tuple[Relation, ...]:
        """What the reservations of a state do, pair by pair, on the picture's day."""
        return relations_of(picture.treaty.id, state, picture.on, self.register(picture.known), self.reference)

    def first_report(self, treaty: Treaty) -> str:
        """The day of the earliest report on a treaty, as far as days are known."""
        days = [d.published.likeliest.edtf for d in self.register().of(treaty.id).documents if d.published]
        return min(days, default="a day that cannot be told")

    def history(self, picture: Picture, state: str) -> tuple[Change, ...]:
        """Every change of a state's standing, with its cause."""
        return history(state, picture.treaty.id, self.register(picture.known), self.reference)

    def scenario(self, file: Path | None, attack: str | None, on: date | None) -> Scenario:
        """The scenario of a file, or a supposed attack; `on` outweighs the file's day.

        raises   ScenarioError if neither or both are given, or the file is no scenario
        """
        if (file is None) == (attack is None):
            raise ScenarioError("give either a scenario file or --attack ATTACKER:VICTIM (such as KOR:PRK)")
        if attack is not None:
            return attack_scenario(attack, on or self.today, self.reference.directory)
        assert file is not None
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ScenarioError(f"{file}: is no TOML scenario ({error}); begin it with: on = 2025-01-10") from error
        return scenario_from(table | ({"on": on} if on else {}), self.reference.directory)

    def answers(self, scenario: Scenario, treaty: str | None = None, known: date | None = None) -> tuple[Answer, ...]:
        """Who owes what to whom in a scenario, under one treaty or all, with the positions that reports give."""
        register = self.register(known)
        if treaty is not None:
            then = self._then(self.treaty(treaty), register)
            register = register.of(then.id) if then else msgspec.structs.replace(register, findings=())
        answers = evaluate(scenario, register, self.reference)
        return tuple(msgspec.structs.replace(a, positions=positions_of(a, register)) for a in answers)

    def explain(
        self, id_: str, on: date | None = None, known: date | None = None, scenario: Scenario | None = None
    ) -> Proof | None:
        """The proof of an entry of the register, a document's date, a standing, a step or, in its scenario, an answer."""
        register = self.register(known)
        entries = {a.id: a.proof for a in register.acts} | {f.id: f.proof for f in register.findings}
        entries |= {c.id: c.proof for c in register.claims}
        entries |= {d.id: d.published.proof for d in register.documents if d.published}
        if id_ in entries:
            return entries[id_]
        if scenario is not None:
            return next((a.proof for a in self.answers(scenario, None, known) if a.id == id_), None)
        for treaty in register.treaties:
            picture = self.picture(treaty.id, on, known)
            if picture is not None:
                proofs = {s.id: s.proof for ladder in picture.ladders for s in ladder.steps}
                proofs |= {s.id: s.proof for s in picture.standings}
                if id_ in proofs:
                    return proofs[id_]
        return None


def add(
    journal: Journal, arrivals: Iterable[tuple[Document, bytes] | InputError], reference: Reference
) -> Iterator[Added]:
    """Reads documents and appends them to the journal, batch by batch; what could not be read is passed on."""
    batch: list[tuple[Document, bytes]] = []
    for arrival in arrivals:
        if isinstance(arrival, InputError):
            yield Added(refused=(arrival,))
            continue
        batch.append(arrival)
        if len(batch) == BATCH:
            yield _store(journal, batch, reference)
            batch = []
    if batch:
        yield _store(journal, batch, reference)


def read_any(document: Document, reference: Reference) -> tuple[Statement, ...]:
    """The statements of a document, whether it is prose or a depositary's table."""
    from foedus.exchange.participation import is_participation, statements_of

    return statements_of(document, reference) if is_participation(document) else tuple(read(document, reference))


def keep_tables(journal: Journal, tables: Sequence[tuple[Document, bytes, tuple[Statement, ...]]]) -> tuple[str, ...]:
    """Appends imported tables with their statements; the ids of those that the journal did not have."""
    new: list[str] = []
    for start in range(0, len(tables), BATCH):
        batch = tables[start : start + BATCH]
        new += journal.append([(document, content) for document, content, _ in batch]).new
        journal.store_statements(reader_version(), [(document, said) for document, _, said in batch])
    return tuple(new)


def _store(journal: Journal, batch: Sequence[tuple[Document, bytes]], reference: Reference) -> Added:
    appended = journal.append(batch)
    new = [d for d, _ in batch if d.id in set(appended.new)]
    said = [(d, read_any(d, reference)) for d in new]
    journal.store_statements(reader_version(), said)
    return Added(new=tuple(said), known=tuple(d for d, _ in batch if d.id not in set(appended.new)))


def find_treaty(words: str, treaties: Sequence[Treaty]) -> Treaty:
    """The treaty with that id, or whose id, parties or names hold all the words.

    raises   NoSuchTreaty with the candidates
    """
    exact = [t for t in treaties if t.id == words.strip().lower()]
    if exact:
        return exact[0]
    wanted = words.lower().replace("-", " ").split()
    fits = [t for t in treaties if wanted and all(any(w in text for text in _texts(t)) for w in wanted)]
    if len(fits) == 1:
        return fits[0]
    if not treaties:
        raise NoSuchTreaty("the journal knows no treaty yet; add reports with: foedus add FILE...")
    listed = ", ".join(t.id for t in (fits or treaties)[:12])
    if fits:
        raise NoSuchTreaty(f'"{words}" fits {len(fits)} treaties; say which: {listed}')
    raise NoSuchTreaty(f'no treaty fits "{words}"; there is {listed}')


def _texts(treaty: Treaty) -> list[str]:
    return [treaty.id.replace("-", " "), *(n.text.lower().replace("-", " ") for n in treaty.names)]


def _is_of(statement: Statement, register: Register) -> bool:
    used = (*(a.supported_by for a in register.acts), *(f.supported_by for f in register.findings))
    return any(statement.id in ids for ids in (*used, *(c.supported_by for c in register.claims)))


@lru_cache(maxsize=1)
def reader_version() -> str:
    """A name for the reader as it is: changes with any rule or word, so that older readings are made anew."""
    whole = hashlib.sha256()
    package = DATA.parent
    folders = ("statements", "documents", "terms", "data/lexicons", "data/directory", "data/depositaries")
    for folder in (*folders, "exchange"):
        for file in sorted((package / folder).rglob("*")):
            if file.suffix in (".py", ".toml"):
                whole.update(file.name.encode())
                whole.update(file.read_bytes())
    return "rules-" + whole.hexdigest()[:12]


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
