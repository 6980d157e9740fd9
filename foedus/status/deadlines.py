"""What falls due under a treaty: objection periods, notices, entry into force, expiry, renewal, silence (VCLT 20(5), 24, 54-56, 65).

Nothing is due for certain that later acts may still prevent; each deadline says what falls due, for whom, and by which rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from foedus.reference.clauses import Trigger, entry_day, later_by
from foedus.reference.durations import Renewal
from foedus.reference.packs import Reference
from foedus.register.entries import Register
from foedus.status.cases import Case
from foedus.status.consent import Timed
from foedus.status.domestic import StepState, ladder_of
from foedus.status.events import acts_under, day_words, name_of, names_of
from foedus.status.expiry import ends_in_time, term_of
from foedus.status.fulfilment import consent_days, entries_of
from foedus.status.possibilities import whole_case
from foedus.status.reservations import deadline_of
from foedus.terms.acts import Kind
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Truth


class DeadlineKind(StrEnum):
    OBJECTIONS_END = "objections-end"  # VCLT 20(5)
    NOTICE_TAKES_EFFECT = "notice-takes-effect"  # VCLT 54-56
    ENTERS_INTO_FORCE = "enters-into-force"  # VCLT 24
    EXPIRES = "expires"  # VCLT 54(a)
    RENEWAL_NOTICE = "renewal-notice"  # the last day on which a notice keeps a treaty from being renewed
    RENEWS = "renews"
    SILENCE_ENDS = "silence-ends"  # who has not objected by then has accepted, or may no longer object
    STEP_DUE = "step-due"  # a clock of the procedure of a state


AHEAD = {
    Kind.WITHDRAW_EFFECTIVE: (DeadlineKind.NOTICE_TAKES_EFFECT, "the withdrawal of {who} takes effect"),
    Kind.EXPIRE: (DeadlineKind.EXPIRES, "it expires"),
}
"""The events of which a day still to come is a deadline, and what is said of it."""


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """One day on which something falls due.

    states  whom it concerns
    source  ids or texts that it rests on
    """

    on: date
    kind: DeadlineKind
    treaty: str
    states: tuple[str, ...] = ()
    says: str
    by: str
    source: str = ""


def deadlines_of(treaty: str, on: date, register: Register, reference: Reference) -> tuple[Deadline, ...]:
    """Everything that falls due after a day, as known on the day that the register is known; in the order of days."""
    case = whole_case(treaty, register, reference)
    found = [
        *_reservations(case, on, register, reference),
        *_events(case, on, reference),
        *_entries(case, on, reference),
        *_expiry(case, on),
        *_renewals(case, on, register, reference),
        *_silences(case, on, register, reference),
        *_steps(case, on, register, reference),
    ]
    unique = {(d.on, d.kind, d.states, d.says): d for d in found if d.on > on}
    return tuple(sorted(unique.values(), key=lambda d: (d.on, d.kind, d.states)))


def _reservations(case: Case, on: date, register: Register, reference: Reference) -> Iterator[Deadline]:
    consented = consent_days(case, (Timed(e.on.latest, e) for e in case.events))
    for act in acts_under(case.treaty, register):
        done = act.kind is Kind.RESERVE and act.truth is Truth.TRUE and act.factuality is Factuality.HAPPENED
        if not done or act.on is None or act.on.latest > on:
            continue
        for state in act.states:
            made = max(act.on.latest, consented.get(state, act.on.latest))
            yield Deadline(
                on=deadline_of(made, None),
                kind=DeadlineKind.OBJECTIONS_END,
                treaty=case.treaty,
                states=(state,),
                says=f"the other states may object to the reservation of {name_of(state, reference)} until this day",
                by="VCLT 20(5)",
                source=act.id,
            )


def _events(case: Case, on: date, reference: Reference) -> Iterator[Deadline]:
    """What is announced, or runs by itself: the effect of notices, an end that is dated."""
    for event in case.events:
        kind, ahead = AHEAD.get(event.kind, (None, ""))
        if kind and event.on.earliest > on and event.on.is_day:
            says = event.foreseen or f"{ahead.format(who=names_of(event.states, reference))} {day_words(event.on)}"
            yield Deadline(
                on=event.on.earliest,
                kind=kind,
                treaty=case.treaty,
                states=event.states,
                says=says + ("" if event.truth is Truth.TRUE else ", as far as is known"),
                by=event.by,
                source=event.act or "",
            )


def _entries(case: Case, on: date, reference: Reference) -> Iterator[Deadline]:
    """Entry into force that has been triggered and whose period runs."""
    running: dict[date, list[str]] = {}
    done = [Timed(e.on.latest, e) for e in case.events if e.on.latest <= on and e.truth is Truth.TRUE]
    for timed in entries_of(case, done):
        if timed.day > on and timed.day < date.max:
            running.setdefault(timed.day, []).extend(timed.event.states)
    for day, states in running.items():
        few = states if len(states) <= 4 else [f"{len(states)} states"]
        yield Deadline(
            on=day,
            kind=DeadlineKind.ENTERS_INTO_FORCE,
            treaty=case.treaty,
            states=tuple(sorted(states)),
            says=f"it enters into force for {names_of(few, reference)}",
            by=case.clause_proof.by,
        )


def _expiry(case: Case, on: date) -> Iterator[Deadline]:
    record = case.record
    if record and record.expires and record.expires > on:
        renewal = f"; {record.renewal}" if record.renewal else ""
        yield Deadline(
            on=record.expires,
            kind=DeadlineKind.EXPIRES,
            treaty=case.treaty,
            states=case.parties,
            says=f"{case.name} expires{renewal}",
            by="VCLT 54(a)",
            source=record.source,
        )


def _renewals(case: Case, on: date, register: Register, reference: Reference) -> Iterator[Deadline]:
    """The next end of a term that renews itself, and the last day of the window in which a notice prevents that."""
    found = term_of(case, register, reference)
    if found is None or found.term.renewal is not Renewal.TACIT:
        return
    noticed = [e.on.latest for e in case.events if e.kind is Kind.WITHDRAW_NOTICE]
    end = next((end.on for end in ends_in_time(case, found.term) if end.on > on), None)
    if end is None or any(day <= found.term.last_notice(end) for day in noticed):
        return
    last = found.term.last_notice(end)
    says = (
        (
            last,
            DeadlineKind.RENEWAL_NOTICE,
            f"the last day for a notice that {case.name} shall not be renewed on {end}",
        ),
        (end, DeadlineKind.RENEWS, f"{case.name} is renewed unless a notice was given by {last}"),
    )
    for day, kind, words in says:
        yield Deadline(on=day, kind=kind, treaty=case.treaty, states=case.parties, says=words, by=found.by)


MEASURE_CLOCK = 3  # months in which the others may object to a notified suspension, VCLT 65(2)


def _silences(case: Case, on: date, register: Register, reference: Reference) -> Iterator[Deadline]:
    """Clocks on which silence counts: of an amendment that is accepted tacitly, of a measure that was notified."""
    tacit = case.clause.trigger is Trigger.SILENCE
    for event in case.events:
        if not event.act or event.on.latest > on or event.of_notice:
            continue
        if event.kind is Kind.AMEND and tacit:
            end, what, by = entry_day(case.clause, event.on.latest), "the amendment", case.clause_proof.by
        elif event.kind is Kind.SUSPEND:
            end, what, by = later_by(event.on.latest, None, MEASURE_CLOCK), "the suspension", "VCLT 65(2)"
        else:
            continue
        yield Deadline(
            on=end,
            kind=DeadlineKind.SILENCE_ENDS,
            treaty=case.treaty,
            states=event.states,
            says=f"the others may object to {what} until this day",
            by=by,
            source=event.act,
        )


def _steps(case: Case, on: date, register: Register, reference: Reference) -> Iterator[Deadline]:
    """Clocks of the states' own procedures: an organ must act, or its silence counts."""
    for state in case.parties:
        for step in ladder_of(state, case.treaty, on, register, reference).steps:
            if step.state_of_step is StepState.PENDING and step.by:
                yield Deadline(
                    on=step.by,
                    kind=DeadlineKind.STEP_DUE,
                    treaty=case.treaty,
                    states=(state,),
                    says=f"{step.actor}: {step.says or step.kind}",
                    by=step.source,
                    source=step.id,
                )
