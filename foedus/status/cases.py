"""One treaty with everything that standings are computed from: its parties, its clause, and what moved whom (VCLT 24).

The clause comes from what reports say the treaty provides, else from the treaty series; where neither tells, VCLT 24(2) asks for
the consent of all negotiating states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

import msgspec

from foedus.datafiles import nearest
from foedus.errors import NoSuchTreaty
from foedus.reference.clauses import ForceClause, Trigger, parse_force_clause
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import ThresholdNotice, TreatyRecord, cited
from foedus.register.entries import Register
from foedus.status.consent import CONSENTING
from foedus.status.events import Event, events_of
from foedus.status.keeping import Same
from foedus.terms.acts import Kind
from foedus.terms.proof import Proof, Truth

DEFAULT = "VCLT 24(2)"
REGISTERS = 16
"""Registers whose cases are kept: each may take a megabyte, and thousands are asked one after the other."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one treaty that standings are computed from.

    name      the treaty, for people
    parties   those that are or can be party, as far as known
    clause    its entry-into-force clause, with `clause_proof` why; `clause_says` for people
    events    what moved somebody's standing, certain or not
    known     only what was published by this day counts; None: all
    record    what the treaty series has of it
    notices   the depositary's word that the clause's conditions were met, as far as it is known
    awaits    the case of the treaty that must be in force first
    bodies    organisations: their instruments may not count
    """

    treaty: str
    name: str
    parties: tuple[str, ...]
    bilateral: bool
    clause: ForceClause
    clause_proof: Proof
    clause_says: str
    events: tuple[Event, ...] = ()
    known: date | None = None
    record: TreatyRecord | None = None
    notices: tuple[ThresholdNotice, ...] = ()
    awaits: Case | None = None
    bodies: frozenset[str] = frozenset()

    @property
    def is_clause_unknown(self) -> bool:
        """Nobody says when it enters into force, and not even who would all have to consent."""
        return self.clause_proof.by == DEFAULT and not self.negotiating

    @property
    def negotiating(self) -> tuple[str, ...]:
        """Those whose consent the treaty needs where its clause says no more (VCLT 24(2))."""
        return self.record.negotiating if self.record and self.record.negotiating else self.parties


# What each trigger is called, and which act of consent it waits for.
TRIGGERS: dict[Trigger, tuple[str, tuple[Kind, ...]]] = {
    Trigger.SIGNATURE: ("on signature", (Kind.SIGN,)),
    Trigger.EXCHANGE: ("on the exchange of instruments", (Kind.EXCHANGE,)),
    Trigger.NOTIFICATIONS: ("on the last notice that internal procedures are complete", (Kind.NOTIFY_COMPLETION,)),
    Trigger.DEPOSITS: ("on the deposit of instruments", (Kind.DEPOSIT, Kind.ACCEDE)),
    Trigger.RATIFICATION_BY_ALL: ("when all negotiating states have consented", tuple(sorted(CONSENTING))),
    Trigger.SILENCE: ("once nobody has objected in time", (Kind.AMEND,)),
}


def case_of(treaty: str, register: Register, reference: Reference) -> Case:
    """The case of a treaty that the register or the series knows.

    raises   NoSuchTreaty if neither does, listing what would have worked
    """
    held = _cases_in(Same(register), reference)
    if treaty not in held:
        held[treaty] = _case_of(treaty, register, reference)
    return held[treaty]


@lru_cache(maxsize=REGISTERS)
def _cases_in(_kept: Same[Register], _reference: Reference) -> dict[str, Case]:
    """Where the cases of a register are kept."""
    return {}


def _case_of(treaty: str, register: Register, reference: Reference) -> Case:
    entry = register.treaty(treaty)
    record = record_of(treaty, reference)
    if entry is None and record is None:
        known = sorted({t.id for t in register.treaties} | {r.id for r in reference.series})
        raise NoSuchTreaty(f'no treaty has the id "{treaty}"{nearest(treaty, known)}')
    parties = entry.parties if entry and entry.parties else record.parties if record and record.bilateral else ()
    bilateral = (entry.bilateral if entry else False) or (record.bilateral if record else False) or len(parties) == 2
    names = [n.text for n in entry.names] if entry else []
    names += record.names if record else ()
    clause, proof = clause_of(treaty, register, reference)
    awaits = case_of(clause.after, register, reference) if clause.after and clause.after != treaty else None
    notices = record.notices if record else ()
    return Case(
        treaty=treaty,
        name=names[0] if names else treaty,
        parties=parties,
        bilateral=bilateral,
        clause=clause,
        clause_proof=proof,
        clause_says=clause_words(clause, reference.directory.name_of),
        events=events_of(treaty, parties, bilateral, register, reference),
        known=register.known,
        record=record,
        notices=tuple(n for n in notices if register.known is None or n.known_from <= register.known),
        awaits=awaits,
        bodies=organisations_in(reference),
    )


@lru_cache(maxsize=8)
def organisations_in(reference: Reference) -> frozenset[str]:
    return frozenset(one.id for one in reference.directory.organisations)


def record_of(treaty: str, reference: Reference) -> TreatyRecord | None:
    return next((record for record in reference.series if record.id == treaty), None)


def clause_of(treaty: str, register: Register, reference: Reference) -> tuple[ForceClause, Proof]:
    """The entry-into-force clause, and why it is taken for that."""
    for finding in register.findings:
        if finding.treaty != treaty or finding.kind != "entry-into-force-clause" or finding.truth is not Truth.TRUE:
            continue
        clause = parse_force_clause(finding.value)
        if clause and clause.trigger is not Trigger.UNSTATED:
            article = f", Article {finding.article}" if finding.article else ""
            says = f"the treaty enters into force {clause_words(clause, reference.directory.name_of)}{article}"
            quotes = tuple(finding.proof.all_quotes()) or finding.variants
            return clause, Proof(says=says, truth=Truth.TRUE, by=f"reported: {finding.id}", quotes=quotes)
    record = record_of(treaty, reference)
    if record and record.force_clause:
        says = f"the treaty enters into force {clause_words(record.force_clause, reference.directory.name_of)}"
        shares = [f"{m.id}: {cited(m.source, m.verified)}" for m in record.measures]
        return record.force_clause, Proof(says=says, truth=Truth.TRUE, by="; ".join([record.cited, *shares]))
    default = ForceClause(trigger=Trigger.RATIFICATION_BY_ALL)
    says = f"no clause is reported, so it enters into force {clause_words(default)}"
    return default, Proof(says=says, truth=Truth.TRUE, by=DEFAULT)


def clause_words(clause: ForceClause, name: Callable[[str], str] = str) -> str:
    """A clause for people.

    name   says what people call a state; its code where there is none

    >>> clause_words(ForceClause(trigger=Trigger.DEPOSITS, count=50, days=90))
    'on the deposit of instruments (50 of them), 90 days later'
    >>> clause_words(ForceClause(trigger=Trigger.DEPOSITS, named=("CHN", "FRA")), {"CHN": "China", "FRA": "France"}.__getitem__)
    'on the deposit of instruments, China, France among them'
    """
    words = TRIGGERS[clause.trigger][0] if clause.trigger in TRIGGERS else "as it provides"
    count = f" ({clause.count} of them)" if clause.count else ""
    return "".join([words, count, *conditions_in_words(clause, name), _period_words(clause)])


def conditions_in_words(clause: ForceClause, name: Callable[[str], str] = str) -> Iterator[str]:
    """What a clause asks beside the trigger, for people."""
    if clause.counting:
        yield f", counting {clause.counting} only"
    if clause.named:
        yield f", {', '.join(sorted(map(name, clause.named)))} among them"
    if clause.others:
        yield f", and {clause.others} others"
    if clause.part:
        over = "more than " if clause.part.over else ""
        yield f", {over}{clause.part.part} of the {clause.part.of.replace('-', ' ')} among them"
    yield from (f", with {share.percent} % of {share.measure}" for share in clause.shares)
    if clause.states_only:
        yield ", instruments of organisations not counted"
    if clause.after:
        yield f", once {clause.after} is in force"
    if clause.not_before:
        yield f", on {clause.not_before} if that is so by then"
    if clause.earliest:
        yield f", not before {clause.earliest}"
    if clause.opening_months:
        yield f", at least {clause.opening_months} months after it was opened for signature"


def _period_words(clause: ForceClause) -> str:
    length = (
        f", {clause.days} days later" if clause.days else f", {clause.months} months later" if clause.months else ""
    )
    return length + (f", on the first day of month {clause.month_start} after" if clause.month_start else "")


def awaited(clause: ForceClause) -> tuple[Kind, ...]:
    """The acts by which a state consents under the clause, most usual first."""
    return TRIGGERS[clause.trigger][1] if clause.trigger in TRIGGERS else tuple(sorted(CONSENTING))
