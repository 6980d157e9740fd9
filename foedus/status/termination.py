"""How treaties end without an act of that name: a later treaty, a notice or a term that runs out, the other side's withdrawal (VCLT 54-70).

A later treaty ends an earlier one by its own clause first, and by VCLT 59 second; both act on the day the later one enters into
force. A notice takes effect on the day announced, else on the day the treaty's clause gives, else, where neither is known, it
may take effect after the twelve months of VCLT 56(2).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from foedus.reference.clauses import WithdrawalClause, parse_withdrawal_clause, withdrawal_day
from foedus.reference.directory import State
from foedus.reference.packs import Reference
from foedus.register.entries import Act, Finding, Register
from foedus.status.cases import Case, case_of, record_of
from foedus.status.consent import Timed
from foedus.status.events import Event, acts_under
from foedus.status.expiry import end_by_notice, expiries
from foedus.status.fulfilment import entry_of
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote
from foedus.terms.proof import Truth

DEFAULT_NOTICE = WithdrawalClause(months=12, words="not less than twelve months' notice")  # VCLT 56(2)


def ends_of(case: Case, register: Register, reference: Reference) -> tuple[Event, ...]:
    """The events by which a treaty ends, or ends for somebody, that follow from other events."""
    noticed = tuple(_clocks(case, register, reference))
    effective = [e for e in (*case.events, *noticed) if e.kind is Kind.WITHDRAW_EFFECTIVE]
    left = [_left_alone(case, event) for event in effective] if case.bilateral else []
    ended = (*_supersessions(case, register, reference), *expiries(case, register, reference))
    gone = () if case.bilateral else extinctions(case, reference)
    return (*ended, *noticed, *(event for event in left if event.states), *gone)


def extinctions(case: Case, reference: Reference) -> Iterator[Event]:
    """The end of a treaty of many for a state that ceases to exist; what it did still counts, and may pass to successors."""
    acted = {state for event in case.events for state in event.states}
    for code in sorted({*acted, *case.parties}):
        state = reference.directory.find(code)
        if isinstance(state, State) and state.until is not None:
            yield Event(
                kind=Kind.TERMINATE,
                on=DateRange.of(state.until + timedelta(days=1)),
                states=(code,),
                by=f"succession of states: {state.source}",
                says=f"{state.name} ceased to exist after {state.until}",
            )


def entry_range(case: Case) -> tuple[DateRange, Truth] | None:
    """When a treaty enters into force by its clause, and whether that is certain; None where it does not."""
    for truths in ((Truth.TRUE,), (Truth.TRUE, Truth.UNKNOWN)):
        events = [event for event in case.events if event.truth in truths]
        early = entry_of(case, [Timed(event.on.earliest, event) for event in events])
        late = entry_of(case, [Timed(event.on.latest, event) for event in events])
        reported = [event.on for event in events if event.kind is Kind.ENTER_INTO_FORCE]
        if early and late:
            return DateRange(early, late), truths[-1]
        if reported:
            return reported[0], truths[-1]
    return None


def supersedes(finding: Finding, case: Case, register: Register, reference: Reference) -> bool:
    """Whether a `supersedes` finding of another treaty means this one: by id, by name, or by its parties and its day or year."""
    value = finding.value.casefold()
    if finding.kind != "supersedes" or finding.treaty == case.treaty or finding.truth is not Truth.TRUE or not value:
        return False
    record, entry = record_of(case.treaty, reference), register.treaty(case.treaty)
    names = (
        [*(record.names if record else ()), *(n.text for n in entry.names)]
        if entry
        else list(record.names if record else ())
    )
    if value == case.treaty or any(name.casefold() == value for name in names):
        return True
    later = register.treaty(finding.treaty)
    same_parties = later is not None and bool(case.parties) and set(later.parties) == set(case.parties)
    signed = record.signed if record else None
    return same_parties and signed is not None and (signed.isoformat() in value or str(signed.year) in value)


def _supersessions(case: Case, register: Register, reference: Reference) -> Iterator[Event]:
    """The end of a treaty by later ones, on the day these enter into force."""
    for finding in register.findings:
        if not supersedes(finding, case, register, reference):
            continue
        later = case_of(finding.treaty, register, reference)
        entered = entry_range(later)
        if entered is None:
            continue
        article = f"its Article {finding.article}" if finding.article else "its own clause"
        says = f"it ended with the entry into force of {later.name} {entered[0].edtf}, by {article}"
        yield Event(
            kind=Kind.TERMINATE,
            on=entered[0],
            states=case.parties,
            truth=entered[1],
            by=f"reported: {finding.id}; VCLT 54(b), then 59(1)",
            says=says if entered[1] is Truth.TRUE else f"whether {says}",
            quotes=tuple(finding.proof.all_quotes()) or finding.variants,
        )


def _clocks(case: Case, register: Register, reference: Reference) -> Iterator[Event]:
    """What running notices lead to, unless they were revoked before (VCLT 68)."""
    for notice in (event for event in case.events if event.kind is Kind.WITHDRAW_NOTICE):
        told = {s for e in case.events if e.kind is Kind.WITHDRAW_EFFECTIVE for s in e.states}
        for state in set(notice.states) - told:
            found = _effect(case, notice, state, register, reference)
            if found is None:
                continue
            on, truth, by, quotes = found
            revoked = _revocation(case, state, notice, on.latest)
            if revoked is Truth.TRUE or _is_tolled(case, state, notice, on.latest):
                continue
            certain = truth if revoked is None else Truth.UNKNOWN
            says = f"the notice of withdrawal takes effect on {on.edtf}"
            yield Event(
                kind=Kind.WITHDRAW_EFFECTIVE,
                on=on,
                states=(state,),
                truth=certain & notice.truth,
                by=by,
                says=says if certain & notice.truth is Truth.TRUE else f"whether {says}",
                foreseen=says,
                quotes=quotes,
            )


def _effect(
    case: Case, notice: Event, state: str, register: Register, reference: Reference
) -> tuple[DateRange, Truth, str, tuple[Quote, ...]] | None:
    """When a notice takes effect, how sure that is, by which rule; None where its day is not known at all."""
    if notice.on.earliest == date.min or notice.on.latest == date.max:
        return None
    for act in acts_under(case.treaty, register):
        if _announces(act, state) and act.on and act.on.earliest > notice.on.earliest:
            return act.on, Truth.TRUE, f"announced: {act.id}", act.quotes
    clause, truth, by = DEFAULT_NOTICE, Truth.UNKNOWN, "VCLT 56(2)"
    quotes: tuple[Quote, ...] = ()
    if case.record and case.record.withdrawal_clause:
        clause, truth, by = case.record.withdrawal_clause, Truth.TRUE, case.record.cited
    for finding in register.findings:
        if finding.treaty == case.treaty and finding.kind == "withdrawal-clause" and finding.truth is Truth.TRUE:
            parsed = parse_withdrawal_clause(finding.value)
            if parsed:
                clause, truth, by = parsed, Truth.TRUE, f"reported: {finding.id}"
    ended = end_by_notice(case, notice.on.latest, register, reference) if clause is DEFAULT_NOTICE else None
    if ended:
        return DateRange.of(ended[0]), Truth.TRUE, ended[1].by, ended[1].quotes
    days = withdrawal_day(clause, notice.on.earliest), withdrawal_day(clause, notice.on.latest)
    return (DateRange(days[0], days[1]), truth, by, quotes) if days[0] and days[1] else None


def _announces(act: Act, state: str) -> bool:
    announced = (Factuality.PLANNED, Factuality.EXPECTED)
    return act.kind is Kind.WITHDRAW_EFFECTIVE and act.factuality in announced and state in act.states


def _is_tolled(case: Case, state: str, notice: Event, effect: date) -> bool:
    """The effect of the notice was suspended before it came: it comes on no day that is known."""
    return any(
        e.of_notice and state in e.states and e.truth is Truth.TRUE and notice.on.latest <= e.on.latest < effect
        for e in case.events
    )


def _revocation(case: Case, state: str, notice: Event, effect: date) -> Truth | None:
    """Whether a notice was revoked before it took effect; None where nothing says so."""
    revoked = [
        event
        for event in case.events
        if event.kind is Kind.REVOKE_NOTICE
        and state in event.states
        and event.on.latest >= notice.on.earliest
        and event.on.earliest <= effect
    ]
    if not revoked:
        return None
    certain = any(e.truth is Truth.TRUE and notice.on.latest <= e.on.earliest and e.on.latest < effect for e in revoked)
    return Truth.TRUE if certain else Truth.UNKNOWN


def _left_alone(case: Case, withdrawal: Event) -> Event:
    """What one party's withdrawal from a bilateral treaty is for the other: its end (VCLT 70(1))."""
    return Event(
        kind=Kind.TERMINATE,
        on=withdrawal.on,
        states=tuple(party for party in case.parties if party not in withdrawal.states),
        truth=withdrawal.truth,
        act=withdrawal.act,
        by=withdrawal.by,
        says=withdrawal.says,
        quotes=withdrawal.quotes,
    )
