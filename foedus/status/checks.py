"""The linter for treaty data: what cannot all be true, each finding with what would have to be true instead (VCLT 11-16, 24, 28).

A check is a function over one treaty's case; plug-ins of the group `foedus.checks` are of the same shape. Findings are faults of
the world or of the data, never of the caller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from foedus.reference.directory import State
from foedus.reference.packs import Reference
from foedus.reference.treaty_series import cited
from foedus.register.entries import Register
from foedus.status.cases import Case
from foedus.status.consent import CONSENTING, Status, Timed, course_of, in_order, move_of
from foedus.status.entry_into_force import force_of
from foedus.status.events import Event, acts_under, name_of
from foedus.status.fulfilment import entries_of, fulfilment_of
from foedus.status.possibilities import whole_case
from foedus.terms.acts import Kind
from foedus.terms.proof import Issue, Truth

Check = Callable[[Case, Register, Reference], Iterable[Issue]]
LAST_DAY = date(9000, 1, 1)


def check(treaty: str, register: Register, reference: Reference, more: Iterable[Check] = ()) -> tuple[Issue, ...]:
    """Everything that the checks find in the data on one treaty, in the order of the checks.

    more     checks of plug-ins
    raises   NoSuchTreaty if neither register nor series knows it
    """
    case = whole_case(treaty, register, reference)
    found = [issue for each in (*CHECKS, *more) for issue in each(case, register, reference)]
    return tuple({issue.says: issue for issue in found}.values())


def instruments_before_signatures(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """A ratification, acceptance or approval follows a signature (VCLT 14)."""
    for state, events in _by_state(case).items():
        signed = [e for e in events if e.kind is Kind.SIGN and e.on.is_day]
        deposited = [e for e in events if e.kind is Kind.DEPOSIT and e.on.is_day]
        for event in deposited[:1]:
            if signed and event.on.latest < signed[0].on.earliest:
                says = (
                    f"{name_of(state, reference)} is said to have deposited on {event.on.edtf} and to have signed on "
                    f"{signed[0].on.edtf}; either the instrument is an accession, or one of the two days is wrong"
                )
                yield _issue("instrument-before-signature", says, event, signed[0])


def force_before_consent(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """A treaty is in force for a state only once it has consented (VCLT 24)."""
    for state, events in _by_state(case).items():
        entered = [e for e in events if e.kind is Kind.ENTER_INTO_FORCE and state in e.states and e.act]
        consents = [e for e in events if e.kind in CONSENTING or e.definitive]
        for event in entered:
            if consents and event.on.latest < min(e.on.earliest for e in consents):
                says = (
                    f"it is said to have entered into force for {name_of(state, reference)} {event.on.edtf}, before its consent "
                    f"on {consents[0].on.edtf}; the consent would have to be earlier, or the entry later"
                )
                yield _issue("force-before-consent", says, event, consents[0])


def duplicates(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """A state consents once, unless it left in between; the same act is listed once."""
    for state, events in _by_state(case).items():
        bound: Event | None = None
        for event in events:
            if event.kind in (Kind.WITHDRAW_EFFECTIVE, Kind.WITHDRAW_CONSENT, Kind.TERMINATE, Kind.EXPIRE):
                bound = None
            elif event.kind in CONSENTING:
                if bound is not None and not (case.bilateral and event.kind is not bound.kind):
                    says = (
                        f"{name_of(state, reference)} is said to have consented on {bound.on.edtf} and again on {event.on.edtf}; "
                        "it would have to have left in between, or one of the two is the other"
                    )
                    yield _issue("consent-twice", says, bound, event)
                bound = event


def impossible_days(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """No act under a treaty before its text, none of a state that did not exist, none after the day known."""
    adopted = case.record.adopted if case.record else None
    for event in case.events:
        if not event.on.is_day or event.kind in (Kind.NEGOTIATE, Kind.EXPIRE):
            continue
        day = event.on.latest
        if adopted and day < adopted and event.kind is not Kind.ADOPT:
            says = (
                f"{event.says}, before the text was adopted on {adopted}; one of the two days would have to be another"
            )
            yield _issue("before-adoption", says, event)
        for state in event.states:
            yield from _of_no_state(event, state, day, reference)
        if register.known and day > register.known and event.act:
            says = f"{event.says}, after the last day known, {register.known}; it would have to be foreseen, not done"
            yield _issue("in-the-future", says, event)


def _of_no_state(event: Event, state: str, day: date, reference: Reference) -> Iterator[Issue]:
    known = reference.directory.find(state)
    is_its_end = event.kind is Kind.TERMINATE and event.act is None
    if not isinstance(known, State) or event.kind is Kind.SUCCEED or is_its_end:
        return
    begun = min([known.acts_since or known.since, *(p.since for p in reference.directory.predecessors_of(state))])
    if day < begun or (known.until and day > known.until):
        until = f" to {known.until}" if known.until else ""
        says = (
            f"{event.says}, but {known.name} existed from {known.since}{until}; it would have to be a predecessor's or a "
            "successor's act, or the directory is wrong"
        )
        yield _issue("of-no-state", says, event)


def entries_that_differ(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """Entry into force, of the treaty or for one state, on another day than the clause gives."""
    yield from force_of(case.treaty, register.known or LAST_DAY, register, reference).issues
    events = [Timed(e.on.latest, e) for e in case.events if e.truth is Truth.TRUE]
    if fulfilment_of(case, events) is None or case.bilateral:
        return
    computed: dict[str, set[date]] = defaultdict(set)
    blind = [t for t in events if t.event.kind is not Kind.ENTER_INTO_FORCE]
    for timed in entries_of(case, blind):
        for state in timed.event.states:
            computed[state].add(timed.day)
    for event in case.events:
        for state in event.states if event.kind is Kind.ENTER_INTO_FORCE and event.act and event.on.is_day else ():
            if computed[state] and event.on.latest not in computed[state] and not case.clause.noticed:
                days = ", ".join(str(day) for day in sorted(computed[state]))
                says = (
                    f"it is said to have entered into force for {name_of(state, reference)} on {event.on.edtf}; its clause "
                    f"({case.clause_says}) gives {days}; the instrument would have to be of another day"
                )
                yield _issue("entry-into-force-differs", says, event)


def notices_that_differ(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """The depositary's word that the conditions were met, beside what the listed instruments give."""
    counted = fulfilment_of(_without_notices(case), [Timed(e.on.latest, e) for e in case.events])
    for notice in case.notices if counted else ():
        if counted and counted.day != notice.on and not case.clause.not_before:
            says = (
                f"{notice.by} has the conditions met on {notice.on}, the listed instruments meet them on {counted.day}; "
                "an instrument would have to be missing or not to count"
            )
            yield Issue(kind="notice-differs", says=says)


def sources_that_disagree(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """Acts that some report denies or dates otherwise, or that the treaty series has on another day."""
    yield from _recorded_otherwise(case, reference)
    for act in acts_under(case.treaty, register):
        if act.contradicted_by:
            count = len(act.contradicted_by)
            says = f"{act.proof.says}: {count} of its sources say otherwise; one side would have to be mistaken"
            yield Issue(kind="sources-disagree", says=says, quotes=act.quotes, about=(act.id,))


def _recorded_otherwise(case: Case, reference: Reference) -> Iterator[Issue]:
    """Acts that the series records for a state on a day on which no report or table has one of that kind."""
    for recorded in case.record.acts if case.record else ():
        for state in recorded.states:
            told = [e for e in case.events if e.kind is recorded.kind and state in e.states and e.act and e.on.is_day]
            if told and all(event.on.latest != recorded.on for event in told):
                days = ", ".join(event.on.edtf for event in told)
                says = (
                    f"{name_of(state, reference)}: {recorded.kind} on {recorded.on} by {cited(recorded.source, recorded.verified)}, on "
                    f"{days} as reported; one of them would have to be mistaken, or {name_of(state, reference)} to have done it twice"
                )
                yield _issue("sources-disagree", says, *told)


def acts_without_effect(case: Case, register: Register, reference: Reference) -> Iterator[Issue]:
    """Acts that can move nothing from where the state stands: a withdrawal by who is no party."""
    if any(not e.on.is_day or e.truth is not Truth.TRUE for e in case.events if e.act):
        return  # where they stood then depends on what is not certain
    events = tuple(Timed(e.on.latest, e) for e in case.events if e.truth is Truth.TRUE and e.on.is_day)
    whole = [*(t for t in events if t.event.kind is not Kind.ENTER_INTO_FORCE), *entries_of(case, events)]
    for state, mine in _by_state(case).items():
        ours = sorted((t for t in whole if state in t.event.states), key=in_order)
        for event in mine:
            if event.kind not in NEEDS_FORCE or not event.on.is_day or event.truth is not Truth.TRUE:
                continue
            before = [
                t for t in ours if in_order(t) < (event.on.latest, in_order(Timed(event.on.latest, event))[1], "")
            ]
            stood = course_of(before, state, event.on.latest).status
            open_ = stood is Status.CONTRACTING and fulfilment_of(case, events) is None
            if move_of(stood, event) is None and stood is not Status.TERMINATED and not open_:
                says = (
                    f"{event.says}, where {name_of(state, reference)} was {stood}; it would have to be a party before, or the "
                    "act another state's"
                )
                yield _issue("act-without-effect", says, event)


NEEDS_FORCE = (Kind.SUSPEND, Kind.WITHDRAW_NOTICE, Kind.REVOKE_NOTICE, Kind.WITHDRAW_EFFECTIVE)

CHECKS: tuple[Check, ...] = (
    instruments_before_signatures,
    force_before_consent,
    duplicates,
    impossible_days,
    entries_that_differ,
    notices_that_differ,
    sources_that_disagree,
    acts_without_effect,
)


def _by_state(case: Case) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(case.events, key=lambda e: (e.on.latest, e.on.earliest)):
        for state in event.states:
            found[state].append(event)
    return dict(sorted(found.items()))


def _without_notices(case: Case) -> Case:
    return msgspec.structs.replace(case, notices=())


def _issue(kind: str, says: str, *events: Event) -> Issue:
    quotes = tuple(q for e in events for q in e.quotes)
    return Issue(kind=kind, says=says, quotes=quotes, about=tuple(e.act for e in events if e.act))
