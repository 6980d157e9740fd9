"""What a journal holds, asked treaty by treaty: registers are made of the documents that bear on one another, and kept.

An answer is the same whether its register was kept or is made now. "Today" is asked once, and is an argument from then on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

import msgspec

from foedus.documents.document import Document
from foedus.earlier import EarlierShelves, Heard, register_then, treaty_then
from foedus.errors import ScenarioError
from foedus.journal_stacks import JournalStacks
from foedus.placed import Catalogue
from foedus.reference.directory import Organisation
from foedus.reference.packs import Reference
from foedus.register.entries import Act, ClaimEntry, Finding, Publication, Register, Ruling
from foedus.register.reconciliation import reconcile
from foedus.stacks import MemoryStacks, Stacks, Watch
from foedus.statements.statement import Statement
from foedus.status.deadlines import Deadline, deadlines_of
from foedus.status.domestic import ladder_of
from foedus.status.entry_into_force import force_of
from foedus.status.reservations import Relation, relations_of
from foedus.status.standings import Change, ForceOfTreaty, Ladder, Standing, concerned, history, standing_of
from foedus.terms.proof import Proof
from foedus.terms.treaties import Treaty
from foedus.treaties_called import find_treaty, record_called, recorded_treaty

if TYPE_CHECKING:
    from foedus.journal.record import Journal
    from foedus.obligations.scenario import Answer, Scenario

HELD = 32
"""Registers that are held at hand."""
DAYS = 2
"""Earlier days whose shelves are held at hand."""


def today() -> date:
    """The day on the clock (UTC): the default of every "on" and "known"."""
    return datetime.now(UTC).date()


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be said of one treaty on one day, as known on one day.

    register  what concerns the treaty
    around    the register that it is taken from: all that its documents tell, of other treaties too
    """

    treaty: Treaty
    on: date
    known: date
    register: Register
    around: Register
    standings: tuple[Standing, ...]
    ladders: tuple[Ladder, ...]
    force: ForceOfTreaty
    statements: tuple[Statement, ...]
    documents: tuple[Document, ...]


class Knowledge:
    """The treaties of some documents, and what is known of each. Not for several threads at once.

    placed   the shelves of the documents, with the treaties that each answers for
    """

    def __init__(self, stacks: Stacks, placed: Catalogue, reference: Reference, day: date | None = None) -> None:
        self.placed = placed
        self.reference = reference
        self.today = day or today()
        self._stacks = stacks
        self._registers: dict[int, Register] = {}
        self._days: dict[date, EarlierShelves] = {}

    @classmethod
    def over(
        cls,
        documents: Sequence[Document],
        statements: Sequence[Statement],
        reference: Reference,
        rulings: Sequence[Ruling] = (),
        day: date | None = None,
    ) -> Knowledge:
        """What some documents and statements tell, without a journal."""
        stacks = MemoryStacks(documents, statements, reference, rulings)
        return cls(stacks, stacks.placed, reference, day)

    @classmethod
    def of(
        cls, journal: Journal, reference: Reference, recorded: date | None = None, watch: Watch | None = None
    ) -> Knowledge:
        """What a journal holds, as it stood at the end of day `recorded`.

        Documents that no reader has read yet are read now, and registers that something new bears on are made now.

        watch   is told, as that goes on, what is being done, how many are done and how many there are
        """
        stacks = JournalStacks(journal, reference, recorded, watch)
        knowledge = cls(stacks, stacks.placed, reference)
        if stacks.is_newly_placed and recorded is None:  # so that whoever asks about an earlier day need not wait
            Heard.made(stacks, knowledge.placed)
        stacks.keep_placed()
        return knowledge

    @cached_property
    def treaties(self) -> tuple[Treaty, ...]:
        """Every treaty that any document names, by id."""
        return tuple(self.placed.treaties)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All documents; `document` asks for one."""
        return tuple(self._stacks.documents())

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All statements."""
        return tuple(self._stacks.statements())

    def document(self, id_: str) -> Document | None:
        """One document, or None where there is none with that id."""
        return next(iter(self._stacks.documents([id_])), None)

    def statements_of(self, document: str) -> tuple[Statement, ...]:
        """The statements of a document, in the order of its text."""
        return tuple(sorted(self._stacks.statements([document]), key=lambda s: (s.quote.start, s.quote.end, s.id)))

    def statement(self, id_: str) -> Statement | None:
        """One statement, or None where there is none with that id."""
        document = self._stacks.place_of(id_)
        return next((s for s in self.statements_of(document) if s.id == id_), None) if document else None

    def publication(self, document: str, known: date | None = None) -> Publication | None:
        """A document as the register sees it; None where there is none with that id, or it was not out by then."""
        cut = known if self._is_past(known) else None
        if cut is not None and document in self._earlier(cut):
            register = self._earlier(cut).register(self._earlier(cut).holding([document])[0]).register
        elif cut is None and (number := self.placed.first_shelf(document)) is not None:
            register = self._register(number)
        else:
            register = reconcile((), self._stacks.documents([document]), self.reference, known=cut)
        return next((d for d in register.documents if d.id == document), None)

    # Registers

    def around(self, treaty: str, known: date | None = None) -> Register:
        """What the documents of a treaty tell, of it and of others; what is known on a day, today where none is asked.

        Of a treaty that no document names, only that it is.
        """
        number = self.placed.numbers.get(treaty)
        if number is None:
            return Register(treaties=(self.treaty(treaty),), known=known or self.today)
        register = self._register(number)
        if not self._is_past(known):
            return msgspec.structs.replace(register, known=known or self.today)
        earlier = self._earlier(known)
        shelves = (earlier.register(one) for one in earlier.holding(self.placed[number].documents))
        around = register_then(treaty, register, shelves) or Register()
        return msgspec.structs.replace(around, known=known, silent=earlier.silent(self.placed[number].documents))

    def _register(self, number: int) -> Register:
        held = self._registers.pop(number, None)
        if held is None:
            held = self._stacks.register(self.placed[number])
            while len(self._registers) >= HELD:
                self._registers.pop(next(iter(self._registers)))
        self._registers[number] = held
        return held

    def _is_past(self, known: date | None) -> TypeGuard[date]:
        """Whether a day of knowledge is before today: on today's, all that is known counts."""
        return known is not None and known < self.today

    @cached_property
    def _heard(self) -> Heard:
        return Heard.by(self._stacks, self.placed)

    def _earlier(self, known: date) -> EarlierShelves:
        if known not in self._days:
            while len(self._days) >= DAYS:
                self._days.pop(next(iter(self._days)))
            self._days[known] = EarlierShelves.known_by(self._stacks, self._heard, known)
        return self._days[known]

    def registers(self, known: date | None = None) -> Iterator[tuple[Treaty, Register]]:
        """Every treaty that is known of on a day, by id, each with the register around it."""
        if not self._is_past(known):
            yield from ((treaty, self.around(treaty.id, known)) for treaty in self.treaties)
            return
        earlier = self._earlier(known)
        shelves = list(earlier)
        listed = sorted((id_, n) for n, one in enumerate(shelves) for id_ in earlier.register(one).own)
        for id_, number in listed:
            register = earlier.register(shelves[number]).register
            here = register.treaty(id_)
            if here is not None:
                yield here, msgspec.structs.replace(register, known=known)

    def register(self, known: date | None = None) -> Register:
        """What is known of all treaties on a day, as one register; among thousands of treaties it takes its time."""
        parts = [register.of(treaty.id) for treaty, register in self.registers(known)]
        loose = [d for d in self._stacks.documents() if not self._is_shelved(d.id, known)]
        parts.append(reconcile((), loose, self.reference, known=known if self._is_past(known) else None))
        return Register(
            treaties=tuple(t for part in parts for t in part.treaties),
            acts=tuple(a for part in parts for a in part.acts),
            findings=tuple(f for part in parts for f in part.findings),
            claims=tuple(c for part in parts for c in part.claims),
            documents=tuple(sorted({d.id: d for part in parts for d in part.documents}.values(), key=lambda d: d.id)),
            issues=tuple(dict.fromkeys(i for part in parts for i in part.issues)),
            known=known or self.today,
            silent=tuple(sorted({id_ for part in parts for id_ in part.silent})),
        )

    def _is_shelved(self, document: str, known: date | None) -> bool:
        if self._is_past(known):
            return document in self._earlier(known)
        return self.placed.first_shelf(document) is not None

    def entry(self, id_: str, known: date | None = None) -> Act | Finding | ClaimEntry | None:
        """One act, finding or claim, or None where there is none with that id."""
        digests = self._stacks.addressed(id_)
        now = [number for number, digest in enumerate(self.placed.digests) if digest in digests] if digests else []
        registers = (self._register(number) for number in now)
        if self._is_past(known):
            earlier = self._earlier(known)
            documents = {d for number in now for d in self.placed[number].documents}
            shelves = {one.mark: one for one in (*earlier.holding(documents), *earlier.with_digest(digests))}
            registers = (earlier.register(one).register for one in shelves.values())
        return next((entry for register in registers for entry in register.entries if entry.id == id_), None)

    # Treaties

    def treaty(self, words: str) -> Treaty:
        """The one treaty that an id or some words single out; one of the treaty series by its id or name, though no document names it.

        raises   NoSuchTreaty if none fits, or more than one
        """
        number = self.placed.numbers.get(words)
        exact = (t for t in self.placed.treaties_on(number) if t.id == words) if number is not None else ()
        found = next(iter(exact), None)
        if found is None and (record := record_called(words, self.reference)) is not None:
            found = next((t for t in self.treaties if t.id == record.id), None) or recorded_treaty(record)
        return found or find_treaty(words, self.treaties, self.reference.directory)

    def picture(self, words: str, on: date | None = None, known: date | None = None) -> Picture | None:
        """Everything about one treaty; None where no report known by then tells of it."""
        treaty = self.treaty(words)
        around = self.around(treaty.id, known)
        here = self.then(treaty, around)
        if here is None:
            return None
        on, narrowed = on or self.today, around.of(here.id)
        told = [d.id for d in narrowed.documents]
        return Picture(
            treaty=here,
            on=on,
            known=around.known or self.today,
            register=narrowed,
            around=around,
            standings=tuple(standing_of(s, here.id, on, around, self.reference) for s in here.parties),
            ladders=tuple(ladder_of(s, here.id, on, around, self.reference) for s in here.parties),
            force=force_of(here.id, on, around, self.reference),
            statements=_used(self._stacks.statements(told), narrowed),
            documents=tuple(self._stacks.documents(told)),
        )

    def then(self, treaty: Treaty, register: Register) -> Treaty | None:
        """The same treaty in an earlier register, where it may have another id; None where that has none."""
        number = self.placed.numbers.get(treaty.id)
        if not self._is_past(register.known) or number is None:
            return register.treaty(treaty.id)
        return treaty_then(treaty.id, self._register(number), register)

    def standings(self, picture: Picture, states: Sequence[str]) -> tuple[Standing, ...]:
        """The standings of chosen states and organisations in a picture; one that is no party has one too ("none").

        raises   NoSuchEntity if there is no such state
        """
        for state in states:
            if not isinstance(self.reference.directory.find(state), Organisation):
                self.reference.directory.state(state)
        return tuple(standing_of(s, picture.treaty.id, picture.on, picture.around, self.reference) for s in states)

    def with_all_standings(self, picture: Picture) -> Picture:
        """The picture; where nobody lists the parties, with the standing of whoever has done something under the treaty."""
        if picture.standings:
            return picture
        return msgspec.structs.replace(picture, standings=self.standings(picture, self.concerned(picture)))

    def concerned(self, picture: Picture) -> tuple[str, ...]:
        """The parties of a treaty; where nobody lists them, whoever has done something under it."""
        return picture.treaty.parties or concerned(picture.treaty.id, picture.around, self.reference)

    def deadlines(self, picture: Picture) -> tuple[Deadline, ...]:
        """What falls due after the picture's day."""
        return deadlines_of(picture.treaty.id, picture.on, picture.around, self.reference)

    def relations(self, picture: Picture, state: str) -> tuple[Relation, ...]:
        """What the reservations of a state do, pair by pair, on the picture's day."""
        return relations_of(picture.treaty.id, state, picture.on, picture.around, self.reference)

    def first_report(self, treaty: Treaty) -> str:
        """The day of the earliest report on a treaty, as far as days are known."""
        told = self.around(treaty.id).of(treaty.id).documents
        return min((d.published.likeliest.edtf for d in told if d.published), default="a day that cannot be told")

    def not_yet(self, treaty: Treaty, known: date | None) -> str:
        """That no report known by a day tells of a treaty."""
        return f"no report known by {known} tells of {treaty.id}; the first is of {self.first_report(treaty)}"

    def history(self, picture: Picture, state: str) -> tuple[Change, ...]:
        """Every change of a state's standing, with its cause."""
        return history(state, picture.treaty.id, picture.around, self.reference)

    # Obligations

    def scenario(self, file: Path | None, attack: str | None, on: date | None) -> Scenario:
        """The scenario of a file, or a supposed attack; `on` outweighs the file's day.

        raises   ScenarioError if neither or both are given, or the file is no scenario
        """
        from foedus.obligations.scenario import attack_scenario, scenario_from

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
        from foedus.obligations.evaluation import evaluate
        from foedus.obligations.positions import positions_of

        chosen = [self.treaty(treaty)] if treaty is not None else [t for t in self.treaties if self._may_oblige(t)]
        answers: list[Answer] = []
        for one in chosen:
            around = self.around(one.id, known)
            here = self.then(one, around)
            own = tuple(f for f in around.findings if here is not None and f.treaty == here.id)
            under = msgspec.structs.replace(around, findings=own)
            answers += (
                msgspec.structs.replace(a, positions=positions_of(a, around))
                for a in evaluate(scenario, under, self.reference)
            )
        return tuple(answers)

    def _may_oblige(self, treaty: Treaty) -> bool:
        """Whether any document reports a norm of the treaty."""
        return treaty.id in self.placed.obliging

    # Proofs

    def explain(
        self, id_: str, on: date | None = None, known: date | None = None, scenario: Scenario | None = None
    ) -> Proof | None:
        """The proof of an entry of the register, a document's date, a standing, a step or, in its scenario, an answer."""
        found = self._recorded_proof(id_, known)
        if found is not None or id_[:2] in _RECORDED:
            return found
        if scenario is not None:
            return next((a.proof for a in self.answers(scenario, None, known) if a.id == id_), None)
        for treaty in self.treaties:
            picture = self.picture(treaty.id, on, known)
            if picture is not None:
                proofs = {s.id: s.proof for ladder in picture.ladders for s in ladder.steps}
                is_of_this = id_.startswith(f"{picture.treaty.id}.")
                standings = self.with_all_standings(picture).standings if is_of_this else picture.standings
                proofs |= {s.id: s.proof for s in standings}
                if id_ in proofs:
                    return proofs[id_]
        return None

    def _recorded_proof(self, id_: str, known: date | None) -> Proof | None:
        if id_.startswith("d_"):
            document = self.publication(id_, known)
            return document.published.proof if document and document.published else None
        entry = self.entry(id_, known)
        return entry.proof if entry else None


_RECORDED = ("d_",)
"""Ids of what is never computed for a day alone."""


def _used(statements: Iterator[Statement], register: Register) -> tuple[Statement, ...]:
    used = {id_ for entry in register.entries for id_ in entry.supported_by}
    return tuple(s for s in statements if s.id in used)
