"""What binds whom, when: the standing of one state towards one treaty on one day (VCLT Parts II, III and V).

The headline is one word; the axes say the rest: a suspended or withdrawing state is still a party (VCLT 68, 72). The types of
the rooms below are named here too, so that a reader of standings needs one import.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from foedus.reference.packs import Reference
from foedus.register.entries import Act, Register
from foedus.status.cases import Case, awaited
from foedus.status.consent import (
    AXES,
    Application,
    Consent,
    Course,
    Notice,
    Status,
)
from foedus.status.convention import cite
from foedus.status.domestic import Ladder, LadderStep, StepState, ladder_of
from foedus.status.entry_into_force import ForceOfTreaty, absence, force_of, foreseen
from foedus.status.events import name_of, names_of
from foedus.status.manners import Doing
from foedus.status.objections import objectors
from foedus.status.possibilities import Possible, courses, deciding, settled, whole_case
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Proof, Truth

__all__ = [
    "Application",
    "BareStanding",
    "Change",
    "Consent",
    "ForceOfTreaty",
    "Ladder",
    "LadderStep",
    "NextStep",
    "Notice",
    "Standing",
    "Status",
    "StepState",
    "bound_by",
    "concerned",
    "force_of",
    "history",
    "is_told_ratified",
    "ladder_of",
    "standing_of",
    "status_of",
]


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """What must come next for the treaty to bind, and who must do it.

    kind      kind of act
    actor     who must act, for people ("the Federation Council")
    state     whose organ; None where both states act together
    by        a deadline that the law sets, or None
    expected  what reports foresee: quoted ids of acts with factuality planned or expected
    """

    kind: str
    actor: str
    state: str | None = None
    by: date | None = None
    expected: tuple[str, ...] = ()
    says: str = ""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a state stands towards a treaty on a day, as known on a day, and why.

    party         whether the treaty binds it as a party
    since         first day of the present headline status, as far as days are known; open at its start where no report dates it
    truth         how sure the headline is
    alternatives  headlines that the unknown facts would still allow, where truth is UNKNOWN
    """

    id: str
    state: str
    treaty: str
    on: date
    known: date | None = None
    status: Status
    party: Truth
    consent: Consent
    application: Application
    notice: Notice | None = None
    contested_by: tuple[str, ...] = ()
    truth: Truth
    since: DateRange | None = None
    alternatives: tuple[Status, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    proof: Proof


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a standing, with its cause.

    on     the days on which it may have been
    cause  the event, in one sentence
    by     the article
    act    id of the register's act, or None where it follows from others
    """

    state: str
    treaty: str
    on: DateRange
    before: Status
    after: Status
    cause: str
    by: str
    act: str | None = None
    proof: Proof


# What a headline says, and which acts, not done, keep the state from the next one.
SAYS = {
    Status.NONE: ("has done nothing towards being bound", "VCLT 11"),
    Status.NEGOTIATING: ("negotiates it, and is not bound", "VCLT 2(1)(e)"),
    Status.ADOPTED: ("has adopted its text, and is not bound", "VCLT 9"),
    Status.SIGNATORY: ("is a signatory, not yet bound", "VCLT 14(1)"),
    Status.CONTRACTING: ("has consented to be bound; it is not in force for it", "VCLT 16, 24"),
    Status.PROVISIONALLY_APPLYING: ("applies it provisionally, and is not a party", "VCLT 25"),
    Status.PARTY: ("is a party", "VCLT 2(1)(g), 24, 26"),
    Status.SUSPENDED: ("is a party; its operation is suspended", "VCLT 57, 72"),
    Status.WITHDRAWING: ("is a party; its notice of withdrawal is running", "VCLT 56, 65-68"),
    Status.WITHDRAWN: ("has withdrawn", "VCLT 54, 70"),
    Status.TERMINATED: ("is no longer bound: the treaty has ended for it", "VCLT 54, 59, 70"),
    Status.VOID: ("is not bound: the treaty is void", "VCLT 69"),
    Status.SIGNATURE_WITHDRAWN: ("has made clear that it will not become a party", "VCLT 18(a)"),
}
ENDINGS = (Kind.SUSPEND, Kind.WITHDRAW_NOTICE, Kind.WITHDRAW_EFFECTIVE, Kind.TERMINATE, Kind.EXPIRE)
UNBOUND = (Status.NONE, Status.NEGOTIATING, Status.ADOPTED, Status.SIGNATORY, Status.CONTRACTING)

LAST_DAY = date(9000, 1, 1)  # late enough for every clause, early enough for the calendar that Python has

# Whether the treaty must be performed: a provisional application covers what was agreed, which nobody reports here.
PERFORMED = {
    Application.NONE: Truth.FALSE,
    Application.INTERIM_DUTY: Truth.FALSE,  # VCLT 18 forbids defeating the purpose; it asks no performance
    Application.PROVISIONAL: Truth.UNKNOWN,  # VCLT 25
    Application.FULL: Truth.TRUE,  # VCLT 26
    Application.PARTLY_SUSPENDED: Truth.TRUE,  # towards those with whom it is not suspended, VCLT 58
    Application.SUSPENDED: Truth.FALSE,  # VCLT 72(1)(a)
}


def standing_of(state: str, treaty: str, on: date, register: Register, reference: Reference) -> Standing:
    """The standing of a state on a day, as known on the day that the register is known.

    The headline is where what is certain leads; `truth` is UNKNOWN where an uncertain or unreported act would change it.
    A register without a day of knowledge knows everything: what it does not report counts as not done on any day.

    raises   NoSuchTreaty if neither the register nor the treaty series knows the treaty
    """
    case = whole_case(treaty, register, reference)
    possible = courses(case, state, on, reference)
    course = possible[0].course
    others = tuple(dict.fromkeys(p.course.status for p in possible if p.course.status is not course.status))
    truth = Truth.UNKNOWN if others else Truth.TRUE
    return Standing(
        id=f"{treaty}.{state}",
        state=state,
        treaty=treaty,
        on=on,
        known=register.known,
        status=course.status,
        party=settled(possible, lambda c: AXES[c.status].party),
        consent=course.consent,
        application=course.application,
        notice=_notice(case, state, course),
        contested_by=_contested_by(case, state, on, register),
        truth=truth,
        since=_since(possible),
        alternatives=others,
        next_steps=tuple(_next_steps(case, state, on, course, register, reference)),
        proof=_proof(case, state, on, possible, register, reference),
    )


class BareStanding(NamedTuple):
    """A headline without its proof: for tables of many states."""

    state: str
    status: Status
    party: bool
    since: date | None


def status_of(state: str, treaty: str, on: date, register: Register, reference: Reference) -> BareStanding:
    """Where what is certain leads a state by the end of a day: the headline of `standing_of`, at a tenth of its cost.

    raises   NoSuchTreaty if neither the register nor the treaty series knows the treaty
    """
    course = courses(whole_case(treaty, register, reference), state, on, reference)[0].course
    return BareStanding(state, course.status, AXES[course.status].party is Truth.TRUE, course.since)


def concerned(treaty: str, register: Register, reference: Reference) -> tuple[str, ...]:
    """Every state and organisation that is a party or has done something under a treaty, sorted.

    A ratification that nobody tells the step of moves no status, but whoever is said to have ratified is concerned.
    """
    case = whole_case(treaty, register, reference)
    ratified = (act.states for act in register.acts if act.treaty == treaty and is_told_ratified(act))
    done = (*(event.states for event in case.events), *ratified)
    return tuple(sorted({*case.parties, *(state for states in done for state in states)}))


def is_told_ratified(act: Act) -> bool:
    """Whether reports say that the states of an act ratified, and not by which step."""
    return act.kind is Kind.RATIFY and act.factuality is Factuality.HAPPENED and act.truth is not Truth.FALSE


def bound_by(
    state: str, treaty: str, on: date, register: Register, reference: Reference, toward: str | None = None
) -> Proof:
    """Whether a state must perform a treaty on a day: it is a party, and nothing is suspended (VCLT 26, 72).

    toward   the state to which it must; None: to whichever of the others
    """

    def must_perform(course: Course) -> Truth:
        return PERFORMED[course.application] & _in_its_part(course) & _among_others(course, toward)

    case = whole_case(treaty, register, reference)
    possible = courses(case, state, on, reference)
    truth = settled(possible, must_perform)
    name, course = name_of(state, reference), possible[0].course
    if truth is Truth.UNKNOWN:
        leaves = deciding(possible, must_perform) or (_open_extent(name, on, course),)
        return Proof(
            says=f"whether {name} is bound on {on}",
            truth=truth,
            by=_article(case, course, state, reference),
            because=leaves,
        )
    says = (
        f"{name} is bound to perform {case.name} on {on}"
        if truth is Truth.TRUE
        else f"{name} {SAYS[course.status][0]} on {on}"
    )
    leaves = (*_causes(course), *_absences(case, state, on, course, register, reference))
    return Proof(says=says, truth=truth, by=_article(case, course, state, reference), because=leaves)


def history(state: str, treaty: str, register: Register, reference: Reference) -> tuple[Change, ...]:
    """Every change of a state's standing that is certain, in order, each with its cause."""
    case = whole_case(treaty, register, reference)
    course = courses(case, state, register.known or LAST_DAY, reference)[0].course
    return tuple(
        Change(
            state=state,
            treaty=treaty,
            on=event.on,
            before=before,
            after=after,
            cause=event.says,
            by=cite(article, _concerned(case, state), reference),
            act=event.act,
            proof=event.proof,
        )
        for _, before, after, event, article in course.changes
        if before is not after
    )


def _in_its_part(course: Course) -> Truth:
    """Whether a duty is one that the state took on: where it consented to a part, nobody reports here to which (VCLT 17)."""
    consent = next((c for c in reversed(course.changes) if c.after is Status.CONTRACTING), None)
    manner = consent.event.manner if consent else None
    return Truth.UNKNOWN if manner and manner.doing is Doing.IN_PART else Truth.TRUE


def _among_others(course: Course, toward: str | None) -> Truth:
    """Whether the treaty is performed towards a state, where some have suspended it between themselves (VCLT 58)."""
    if course.application is not Application.PARTLY_SUSPENDED:
        return Truth.TRUE
    some = {s for c in course.changes if c.event.kind is Kind.SUSPEND for s in c.event.states}
    return Truth.UNKNOWN if toward is None else Truth.of(toward not in some)


def _open_extent(name: str, on: date, course: Course) -> Proof:
    """What is not told of how far the treaty is to be performed."""
    if course.application is Application.PARTLY_SUSPENDED:
        says = f"whether this duty of {name} is owed to one with whom the treaty is suspended on {on}"
        return Proof(says=says, truth=Truth.UNKNOWN, by="VCLT 58")
    if course.application is Application.PROVISIONAL:
        says = f"whether the provisional application by {name} covers this duty on {on}"
        return Proof(says=says, truth=Truth.UNKNOWN, by="VCLT 25")
    says = f"whether the part of the treaty that {name} consented to holds this duty"
    return Proof(says=says, truth=Truth.UNKNOWN, by="VCLT 17(1)")


def _since(possible: tuple[Possible, ...]) -> DateRange | None:
    """The days on which the present headline may have begun, on what is certain."""
    status = possible[0].course.status
    same = [p.course.since for p in possible if p.course.status is status and not p.way.supposing]
    days = [day for day in same if day is not None]
    return DateRange(min(days), max(days)) if days else None


def _concerned(case: Case, state: str) -> tuple[str, ...]:
    """Whose being party to the Convention matters: both sides of a bilateral treaty, else the state itself."""
    return tuple(sorted({state, *case.parties})) if case.bilateral else (state,)


def _article(case: Case, course: Course, state: str, reference: Reference) -> str:
    return cite(SAYS[course.status][1], _concerned(case, state), reference)


def _proof(
    case: Case, state: str, on: date, possible: tuple[Possible, ...], register: Register, reference: Reference
) -> Proof:
    course, name = possible[0].course, name_of(state, reference)
    by = _article(case, course, state, reference)
    absences = _absences(case, state, on, course, register, reference)
    because = (*_causes(course), *_domestic(case, state, on, course, register, reference), *absences)
    says = f"{name} {SAYS[course.status][0]} on {on}"
    open_ = deciding(possible, lambda c: Truth.of(c.status is course.status))
    if not open_:
        return Proof(says=says, truth=Truth.TRUE, by=by, because=because)
    known = f", as far as is known on {case.known}" if case.known and on > case.known else ", as far as is certain"
    return Proof(says=says + known, truth=Truth.UNKNOWN, by=by, because=(*_causes(course), *open_))


def _causes(course: Course) -> tuple[Proof, ...]:
    """The events that brought the state to where it stands; they are on the way of what is certain."""
    return tuple({change.event.says: change.event.proof for change in course.changes}.values())


def _domestic(
    case: Case, state: str, on: date, course: Course, register: Register, reference: Reference
) -> Iterator[Proof]:
    """What the state's own organs have done on the way to consent: it moves nothing between states (VCLT 2(1)(b))."""
    if course.status not in (*UNBOUND, Status.PROVISIONALLY_APPLYING) or course.consent is Consent.EXPRESSED:
        return
    for step in ladder_of(state, case.treaty, on, register, reference).steps:
        if step.state_of_step is StepState.DONE and not step.international:
            yield step.proof.because[0]


def _absences(
    case: Case, state: str, on: date, course: Course, register: Register, reference: Reference
) -> Iterator[Proof]:
    """What was not done by the day, where that is why the headline is what it is."""
    if course.status is Status.CONTRACTING:
        yield case.clause_proof
        yield absence(case, (Kind.ENTER_INTO_FORCE,), state, on, register, reference)
    elif course.status in UNBOUND:
        yield absence(case, awaited(case.clause)[:1], state, on, register, reference)
    elif AXES[course.status].party is Truth.TRUE:
        later = ENDINGS if course.status is Status.PARTY else ENDINGS[2:]
        yield absence(case, later, state, on, register, reference)


def _notice(case: Case, state: str, course: Course) -> Notice | None:
    """The last notice of withdrawal among what moved the state, with what became of it."""
    moved = {change.event.kind: change.day for change in course.changes}
    given = moved.get(Kind.WITHDRAW_NOTICE)
    if given is None:
        return None
    effects = [e.on.latest for e in case.events if e.kind is Kind.WITHDRAW_EFFECTIVE and state in e.states]
    return Notice(
        given=given,
        effective=moved.get(Kind.WITHDRAW_EFFECTIVE) or min((day for day in effects if day > given), default=None),
        revoked=moved.get(Kind.REVOKE_NOTICE),
        suspended=next((c.day for c in reversed(course.changes) if c.event.of_notice), None),
    )


CONTESTABLE = (Kind.SUSPEND, Kind.WITHDRAW_NOTICE, Kind.WITHDRAW_EFFECTIVE, Kind.TERMINATE)


def _contested_by(case: Case, state: str, on: date, register: Register) -> tuple[str, ...]:
    """Who has objected to a suspension, a withdrawal or an end since it was declared (VCLT 65(3))."""
    declared = [e.on.earliest for e in case.events if e.kind in CONTESTABLE and state in e.states and e.act]
    declared = [day for day in declared if day <= on]
    if not declared:
        return ()
    return objectors(case.treaty, state, min(declared), on, register)


def _next_steps(
    case: Case, state: str, on: date, course: Course, register: Register, reference: Reference
) -> Iterator[NextStep]:
    """Who must act next for the treaty to bind: the state's own organs, those of the other side, then both together."""
    if course.status not in UNBOUND or course.status is Status.CONTRACTING:
        return
    states = (state, *(party for party in case.parties if party != state and case.bilateral))
    between: LadderStep | None = None
    for each in states:
        ladder = ladder_of(each, case.treaty, on, register, reference)
        pending = [s for s in ladder.steps if s.state_of_step is StepState.PENDING and not s.international]
        yield from (_next(step, each) for step in pending)
        between = between or next((s for s in ladder.steps if s.international), None)
    if between and between.state_of_step is not StepState.DONE:
        yield _next(between, None)
    elif between is None:
        kind = awaited(case.clause)[0]
        expected = tuple(act.id for act in foreseen(case, (kind,), register))
        yield NextStep(kind=kind, actor=names_of(states, reference), expected=expected)


def _next(step: LadderStep, state: str | None) -> NextStep:
    return NextStep(kind=step.kind, actor=step.actor, state=state, by=step.by, expected=step.expected, says=step.says)
