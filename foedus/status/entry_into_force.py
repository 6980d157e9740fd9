"""Whether a treaty is in force on a day, since when, and by which clause and acts (VCLT 24, 54, 59)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from foedus.reference.packs import Reference
from foedus.register.entries import Act, Register
from foedus.status.cases import Case, awaited
from foedus.status.consent import AXES, Course, Timed
from foedus.status.convention import cite
from foedus.status.events import Event, acts_under, day_words, names_of
from foedus.status.fulfilment import consent_days
from foedus.status.possibilities import Possible, courses, deciding, settled, whole_case
from foedus.status.termination import entry_range
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.proof import Issue, Proof, Truth


class ForceOfTreaty(msgspec.Struct, frozen=True, kw_only=True):
    """Whether and since when a treaty is in force, with the clause and the acts that trigger it.

    since    the days on which it entered into force, as far as is known; None where nothing says that it did by `on`
    until    the days on which it ceased, or None
    clause   the entry-into-force clause that was applied, in words; the VCLT's default where none is reported
    issues   where a reported entry into force is not on the day that the clause gives
    """

    treaty: str
    truth: Truth
    since: DateRange | None = None
    until: DateRange | None = None
    clause: str = ""
    issues: tuple[Issue, ...] = ()
    proof: Proof


# What was not done, said of the end of a day.
ABSENT = {
    Kind.SIGN: "no signature by {who} is reported by {on}",
    Kind.EXCHANGE: "no instruments are exchanged by {on}",
    Kind.DEPOSIT: "no instrument of {who} is deposited by {on}",
    Kind.NOTIFY_COMPLETION: "no notice of {who} that the internal procedures are complete is given by {on}",
    Kind.ACCEDE: "{who} has not acceded by {on}",
    Kind.ENTER_INTO_FORCE: "it has not entered into force by {on}",
    Kind.SUSPEND: "no suspension, notice of withdrawal, termination or expiry is in effect by {on}",
    Kind.WITHDRAW_EFFECTIVE: "no withdrawal, termination or expiry is in effect by {on}",
}


def force_of(treaty: str, on: date, register: Register, reference: Reference) -> ForceOfTreaty:
    """Whether a treaty is in force on a day, as known on the day that the register is known.

    A multilateral treaty is in force as soon as it is for one of the states that are known to have acted.

    raises   NoSuchTreaty if neither the register nor the treaty series knows the treaty
    """
    case = whole_case(treaty, register, reference)
    entered = entry_range(case)
    since = entered[0] if entered and entered[0].earliest <= on else None
    state, possible = _foremost(case, on, reference)
    truth = settled(possible, _is_party)
    return ForceOfTreaty(
        treaty=treaty,
        truth=truth,
        since=since,
        until=_ended(case, on),
        clause=case.clause_says,
        issues=tuple(_disagreements(case)),
        proof=_proof(case, state, on, truth, possible, register, reference),
    )


def absence(
    case: Case, kinds: tuple[Kind, ...], state: str, on: date, register: Register, reference: Reference
) -> Proof:
    """A leaf for what was not done by the end of a day: nobody reports it, or it is reported for a later day.

    It is TRUE only as far as the register is known; the caller asks for nothing later.
    """
    later = [e for e in case.events if e.kind in kinds and e.on.earliest > on and (not e.states or state in e.states)]
    if later:
        first = min(later, key=lambda event: event.on)
        return Proof(
            says=f"{first.says.removeprefix('whether ')}, after {on}",
            truth=Truth.TRUE,
            by=first.by,
            quotes=first.quotes,
        )
    who = names_of(case.parties if case.bilateral and kinds[0] is Kind.EXCHANGE else (state,), reference)
    says = ABSENT.get(kinds[0], "{who} has not done so by {on}").format(who=who, on=on)
    expecting = tuple(foreseen(case, kinds, register))
    by = f"NOT REPORTED by {case.known or on}" + (
        f"; expected: {', '.join(a.id for a in expecting)}" if expecting else ""
    )
    return Proof(says=says, truth=Truth.TRUE, by=by, quotes=tuple(q for act in expecting for q in act.quotes))


def foreseen(case: Case, kinds: tuple[Kind, ...], register: Register) -> Iterator[Act]:
    """Acts of these kinds that reports expect or plan, and that nothing has overtaken."""
    for act in acts_under(case.treaty, register):
        if act.kind in kinds and act.factuality.is_unrealised and not act.overtaken_by:
            yield act


def _is_party(course: Course) -> Truth:
    return AXES[course.status].party


def _foremost(case: Case, on: date, reference: Reference) -> tuple[str, tuple[Possible, ...]]:
    """The courses of the state for which the treaty is most surely in force; of a bilateral treaty any party serves."""
    acting = sorted({state for event in case.events for state in event.states} | set(case.parties))
    found = [(state, courses(case, state, on, reference)) for state in acting[:1] if case.bilateral]
    if not case.bilateral:
        found = [(state, courses(case, state, on, reference)) for state in acting]
    return max(found, key=lambda pair: settled(pair[1], _is_party).rank, default=("", courses(case, "", on, reference)))


def _ended(case: Case, on: date) -> DateRange | None:
    ends = [
        e.on
        for e in case.events
        if e.kind in (Kind.TERMINATE, Kind.EXPIRE) and e.truth is Truth.TRUE and (case.bilateral or _is_whole(case, e))
    ]
    return min((end for end in ends if end.earliest <= on), default=None)


def _is_whole(case: Case, end: Event) -> bool:
    """Whether a treaty of many ends for everybody, not for one state alone."""
    return not end.states or (bool(case.parties) and set(case.parties) <= set(end.states))


def _proof(
    case: Case,
    state: str,
    on: date,
    truth: Truth,
    possible: tuple[Possible, ...],
    register: Register,
    reference: Reference,
) -> Proof:
    course = possible[0].course
    by = cite("VCLT 24", case.parties if case.bilateral else (state,), reference)
    causes = tuple({change.event.says: change.event.proof for change in course.changes}.values())
    if truth is Truth.UNKNOWN:
        says, because = f"whether {case.name} is in force on {on}", deciding(possible, _is_party)
    elif truth is Truth.TRUE:
        says, because = f"{case.name} is in force on {on}", (case.clause_proof, *causes)
    else:
        says = f"{case.name} is not in force on {on}"
        ended = any(
            change.event.kind in (Kind.TERMINATE, Kind.EXPIRE, Kind.WITHDRAW_EFFECTIVE) for change in course.changes
        )
        missing = () if ended else (absence(case, awaited(case.clause)[:1], state, on, register, reference),)
        because = (*causes, case.clause_proof, *missing)
    return Proof(says=says, truth=truth, by=by, because=because)


def _disagreements(case: Case) -> Iterator[Issue]:
    """Where a reported entry into force is not on the day that the clause gives for the acts reported."""
    by_clause = entry_range(case)
    if by_clause is None or not _met(case):
        return
    of_treaty = [e for e in case.events if e.kind is Kind.ENTER_INTO_FORCE and (case.bilateral or not e.states)]
    for event in (e for e in of_treaty if e.act):
        if (event.on & by_clause[0]) is None:
            says = (
                f"{case.name} is reported to have entered into force {day_words(event.on)}, "
                f"but its clause ({case.clause_says}) gives {by_clause[0].edtf}"
            )
            about = tuple(filter(None, (event.act,)))
            yield Issue(
                kind="entry-into-force-differs", says=says, quotes=event.quotes, about=about, proof=case.clause_proof
            )


def _met(case: Case) -> bool:
    """Some state has consented in the way that the clause waits for."""
    return bool(consent_days(case, (Timed(event.on.latest, event) for event in case.events)))
