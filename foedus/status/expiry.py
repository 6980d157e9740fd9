"""How treaties concluded for a term end by themselves, or go on (VCLT 54(a)).

A term without renewal ends the treaty on its day. One that renews itself goes on unless a notice came in time, and then ends on
that day. One that the parties must agree to renew ends unless an extension is reported. Where nobody says whether it can be
renewed, whether it has ended cannot be told: that it went on would be as much a guess as that it did not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from foedus.reference.durations import Renewal, Term, parse_term, term_words
from foedus.reference.packs import Reference
from foedus.register.entries import Act, Register
from foedus.status.cases import Case
from foedus.status.consent import Timed
from foedus.status.events import Event, acts_under, day_words
from foedus.status.fulfilment import entry_of
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange
from foedus.terms.evidence import Factuality, Quote
from foedus.terms.proof import Truth

FURTHEST = 400  # renewals that are counted: beyond every treaty and every calendar


class TermFound(NamedTuple):
    """The term of a treaty and why it is taken for that."""

    term: Term
    by: str
    quotes: tuple[Quote, ...] = ()


class End(NamedTuple):
    """A day on which a term ends; `renewals` came before it."""

    on: date
    renewals: int


def term_of(case: Case, register: Register, reference: Reference) -> TermFound | None:
    """How long a treaty is concluded for: by what reports say it provides, else by the series; None where nobody says."""
    recorded = TermFound(case.record.term, case.record.cited) if case.record and case.record.term else None
    for finding in register.findings:
        if finding.treaty != case.treaty or finding.kind != "duration" or finding.truth is not Truth.TRUE:
            continue
        term = parse_term(finding.value, _numbers(reference))
        if term and not (recorded and recorded.term.months == term.months):
            return TermFound(term, f"reported: {finding.id}", tuple(finding.proof.all_quotes()) or finding.variants)
    return recorded


def ends_in_time(case: Case, term: Term) -> Iterator[End]:
    """The days on which the treaty would end, or be renewed, one after the other; none while it is not in force."""
    entered = entered_on(case)
    for renewals in range(FURTHEST if term.by_months else 1):
        end = term.end_after(entered, renewals) if entered else None
        if end is None or end.year >= date.max.year - 1:
            return
        yield End(end, renewals)


def entered_on(case: Case) -> date | None:
    """The day on which the treaty entered into force: by its clause, else as reported; None where that is no one day."""
    certain = [Timed(e.on.latest, e) for e in case.events if e.truth is Truth.TRUE and e.on.is_day]
    reported = [timed.day for timed in certain if timed.event.kind is Kind.ENTER_INTO_FORCE]
    return entry_of(case, certain) or min(reported, default=None)


def expiries(case: Case, register: Register, reference: Reference) -> Iterator[Event]:
    """The end of a treaty by its own term; nothing for one that renews itself, or that is said to have expired already."""
    found = term_of(case, register, reference)
    if found is None or found.term.is_endless or found.term.renewal is Renewal.TACIT:
        return
    if any(e.kind is Kind.EXPIRE and e.truth is Truth.TRUE for e in case.events):
        return
    end = _end_as_extended(case, found.term, register)
    if end is None:
        return
    certain = found.term.renewal in (Renewal.FINAL, Renewal.AGREED) and not end.is_open
    when = f"{day_words(DateRange.of(end.on))}, concluded {term_words(found.term)}"
    yield Event(
        kind=Kind.EXPIRE,
        on=DateRange.of(end.on),
        states=case.parties,
        truth=Truth.TRUE if certain else Truth.UNKNOWN,
        by=f"VCLT 54(a); {found.by}",
        says=f"it expired {when}" if certain else f"whether it expired {when}, or was renewed",
        foreseen=f"it expires {when}" if certain else f"it expires {when}, or is renewed",
        quotes=found.quotes,
    )


class LastEnd(NamedTuple):
    """The end after the extensions that are reported; `is_open` where one of them is of a length that nobody tells."""

    on: date
    is_open: bool = False


def _end_as_extended(case: Case, term: Term, register: Register) -> LastEnd | None:
    ends = ends_in_time(case, term)
    end = next(ends, None)
    for day in sorted(act.on.latest for act in _extensions(case, register) if act.on):
        if end is None or day > end.on:
            break  # it came too late to renew what had ended
        if term.renewal is not Renewal.AGREED:
            return LastEnd(end.on, is_open=True)
        end = next(ends, None)
    return LastEnd(end.on) if end else None


def _extensions(case: Case, register: Register) -> Iterator[Act]:
    for act in acts_under(case.treaty, register):
        if act.kind is Kind.EXTEND and act.truth is Truth.TRUE and act.factuality is Factuality.HAPPENED:
            yield act


def end_by_notice(case: Case, notice: date, register: Register, reference: Reference) -> tuple[date, TermFound] | None:
    """The end of the term that a notice keeps from being renewed: the next one for which it came in time."""
    found = term_of(case, register, reference)
    if found is None or found.term.renewal is not Renewal.TACIT:
        return None
    term = found.term
    end = next((end.on for end in ends_in_time(case, term) if notice <= term.last_notice(end.on)), None)
    return (end, found) if end else None


@lru_cache(maxsize=4)
def _numbers(reference: Reference) -> Mapping[str, int]:
    """The words for numbers of every language at hand."""
    found: dict[str, int] = {}
    for lexicon in reference.lexicons.values():
        found |= lexicon.tables.get("provisions", {}).get("classes", {}).get("number", {})
    return found
