"""When the conditions of a treaty's clause are fulfilled, given what happened: arithmetic over acts of consent (VCLT 24).

One sweep over the days: who has consented by then, who has taken it back, and whether every condition of the clause holds of
those who remain. A condition that cannot be computed (a share of what nobody measured, instruments that nobody lists) holds
from the day that the depositary names (VCLT 77(1)(f)). Fulfilled once, they stay so: a treaty does not end because its parties
become fewer than it took (VCLT 55). A reported entry into force is evidence beside the clause: the clause
and the acts that trigger it decide, and the report stands in where those acts are not reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from foedus.reference.clauses import ForceClause, Pool, Trigger, entry_day, later_by, later_day
from foedus.reference.treaty_series import cited
from foedus.status.cases import Case, awaited
from foedus.status.consent import Timed
from foedus.status.events import Event
from foedus.terms.acts import Kind
from foedus.terms.dates import DateRange

OPEN_ENDS = (date.min, date.max)  # of a range that no report closes: nothing can be counted from them
TAKING_BACK = frozenset({Kind.WITHDRAW_CONSENT, Kind.WITHDRAW_EFFECTIVE})


class Fulfilment(NamedTuple):
    """The day on which the last condition was met, by whose acts of that day, and how many counted then.

    by   why: the clause's own condition, or the depositary's notice
    """

    day: date
    states: tuple[str, ...] = ()
    counted: int = 0
    by: str = ""


def entry_of(case: Case, events: Iterable[Timed]) -> date | None:
    """The day on which the treaty entered into force by its clause and these events, or None."""
    events = tuple(events)
    met = fulfilment_of(case, events)
    return _entry_after(case, met.day) if met else None


def fulfilment_of(case: Case, events: Iterable[Timed]) -> Fulfilment | None:
    """When and by whom the clause's own conditions were met; None where they were not."""
    events = tuple(events)
    swept = _silent(case, events) if case.clause.trigger is Trigger.SILENCE else _swept(case, events)
    if swept is not None or not case.notices:
        return swept
    notice = min(case.notices, key=lambda n: n.on)
    return Fulfilment(
        notice.on, notice.states, 0, f"{notice.by}: {notice.says} [{cited(notice.source, notice.verified)}]"
    )


def consent_days(case: Case, events: Iterable[Timed]) -> dict[str, date]:
    """The day on which each state consented in the way that the clause waits for."""
    days: dict[str, date] = {}
    for day, state in _consents(case, events):
        days[state] = min(day, days.get(state, day))
    return days


def entries_of(case: Case, events: Iterable[Timed]) -> tuple[Timed, ...]:
    """Entry into force for each state: with the treaty, or on its own later consent, as the clause says (VCLT 24(1)-(3)).

    A state that took its consent back before then is left out. Where the clause is not met by these events, a reported
    entry into force stands in for it.
    """
    events = tuple(events)
    met = fulfilment_of(case, events)
    entered = _entry_after(case, met.day) if met else None
    if met is None or entered is None:
        return _reported(case, events)
    taken_back: dict[str, list[date]] = defaultdict(list)
    for day, event in events:
        for state in event.states if event.kind in TAKING_BACK else ():
            taken_back[state].append(day)
    found: dict[tuple[date, str], Timed] = {}
    told = _told(events) if case.clause.noticed else {}
    for day, state in sorted(_consents(case, events)):
        begins = entered if day <= met.day else max(entered, later_day(case.clause, day))
        begins = min((on for on in told.get(state, ()) if on >= day), default=begins)
        if not any(day < back <= begins for back in taken_back.get(state, ())):
            found.setdefault((begins, state), Timed(begins, _entry(case, state, begins)))
    for day, state in _successions(case, events):
        begins = max(entered, day)
        found.setdefault((begins, state), Timed(begins, _entry(case, state, begins)))
    return tuple(found[key] for key in sorted(found))


def _reported(case: Case, events: tuple[Timed, ...]) -> tuple[Timed, ...]:
    """Entries into force as reported; once a multilateral treaty is in force, who joins it later does so by its clause."""
    told = tuple(t for t in events if t.event.kind is Kind.ENTER_INTO_FORCE)
    if case.bilateral or not told:
        return told
    first = min(t.day for t in told)
    joined = [(later_day(case.clause, day), state) for day, state in _consents(case, events) if day > first]
    joined += [(max(first, day), state) for day, state in _successions(case, events)]
    named = {(state, t.day) for t in told for state in t.event.states}
    return (*told, *(Timed(day, _entry(case, s, day)) for day, s in sorted(joined) if (s, day) not in named))


def _told(events: Iterable[Timed]) -> dict[str, list[date]]:
    """The days on which it is said to have entered into force for each state."""
    told: dict[str, list[date]] = defaultdict(list)
    for day, event in events:
        if event.kind is Kind.ENTER_INTO_FORCE:
            for state in event.states:
                told[state].append(day)
    return told


def _entry_after(case: Case, met: date) -> date | None:
    """The day of entry when the conditions are met on a day: after the period, and once the treaty it depends on is in force."""
    if met in OPEN_ENDS:
        return met
    day = entry_day(case.clause, met)
    opened = case.record.opened if case.record else None
    if case.clause.opening_months and opened:
        day = max(day, later_by(opened, None, case.clause.opening_months))
    if case.awaits is None:
        return day
    other = entry_of(case.awaits, [Timed(e.on.latest, e) for e in case.awaits.events])
    return max(day, other) if other else None


def _consents(case: Case, events: Iterable[Timed]) -> Iterator[tuple[date, str]]:
    """Acts of consent of the kinds that the clause waits for; a succession has no period of its own."""
    kinds = set(awaited(case.clause)) - (set() if case.bilateral else {Kind.SUCCEED})
    for day, event in events:
        if event.kind in kinds or event.definitive:
            for state in event.states:
                yield day, state


def _successions(case: Case, events: Iterable[Timed]) -> Iterator[tuple[date, str]]:
    """Who succeeded to a treaty is bound from that day: it waits for no period (VCSST 23)."""
    if case.bilateral:
        return
    for day, event in events:
        if event.kind is Kind.SUCCEED:
            for state in event.states:
                yield day, state


def _entry(case: Case, state: str, day: date) -> Event:
    return Event(
        kind=Kind.ENTER_INTO_FORCE,
        on=DateRange.of(day),
        states=(state,),
        by=case.clause_proof.by,
        says=f"it entered into force on {day}: {case.clause_says}",
        quotes=case.clause_proof.quotes,
    )


def _swept(case: Case, events: tuple[Timed, ...]) -> Fulfilment | None:
    """The first day at whose end every condition holds of those who have consented."""
    conditions = [condition for asked, condition in CONDITIONS if asked(case.clause)]
    if not conditions:
        conditions = [_all_of_them]
    changes: dict[date, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for day, state in _consents(case, events):
        changes[day][0].append(state)
    for day, event in events:
        if event.kind in TAKING_BACK:
            changes[day][1].extend(event.states)
    signed = _signatories(case, events)
    bound: set[str] = set()
    for day in sorted(changes):
        came, went = changes[day]
        bound |= {state for state in came if _counts(case, state, signed, day)}
        bound -= set(went) - set(came)
        if bound and all(condition(case, bound, signed, day) for condition in conditions):
            mine = tuple(sorted(state for state in set(came) if state in bound))
            return Fulfilment(day, mine, len(bound), case.clause_says)
    return None


def _silent(case: Case, events: tuple[Timed, ...]) -> Fulfilment | None:
    """The notification of an amendment, unless the part that the clause names objects within its period."""
    notified = sorted(day for day, event in events if event.kind is Kind.AMEND)
    for day in notified:
        end = entry_day(case.clause, day)
        against = {s for on, e in events if e.kind is Kind.OBJECT and day <= on <= end for s in e.states}
        needed = Fraction(case.clause.objections or "0") * len(case.negotiating)
        if not against or (needed and len(against) < needed):
            return Fulfilment(day, (), 0, case.clause_says)
    return None


def _signatories(case: Case, events: Iterable[Timed]) -> frozenset[str]:
    signed = {state for _, event in events if event.kind is Kind.SIGN for state in event.states}
    return frozenset(signed) or frozenset(case.negotiating)


def _counts(case: Case, state: str, signed: Collection[str], day: date) -> bool:
    """Whether the clause counts an instrument of this state or organisation."""
    clause = case.clause
    if clause.states_only and state in case.bodies:
        return False
    return clause.counting not in (Pool.SIGNATORIES, Pool.NEGOTIATING) or state in signed


Condition = Callable[[Case, Collection[str], Collection[str], date], bool]


def _all_of_them(case: Case, bound: Collection[str], signed: Collection[str], day: date) -> bool:
    """Every negotiating state, or party of the bilateral treaty, is among those who have consented.

    Where nobody lists them, instruments are exchanged by all who signed, and by two at least.
    """
    if not case.negotiating and case.clause.trigger is Trigger.EXCHANGE:
        return len(bound) > 1 and set(signed) <= set(bound)
    return bool(case.negotiating) and set(case.negotiating) <= set(bound)


def _enough(case: Case, bound: Collection[str], signed: Collection[str], day: date) -> bool:
    count, part = case.clause.count or 0, case.clause.part
    if part and part.or_more:  # "two thirds or 60, whichever is greater"
        return len(bound) >= count and _part(case, bound, signed, day)
    return len(bound) >= count


def _named(case: Case, bound: Collection[str], signed: Collection[str], day: date) -> bool:
    return set(case.clause.named) <= set(bound)


def _others(case: Case, bound: Collection[str], signed: Collection[str], day: date) -> bool:
    return len(set(bound) - set(case.clause.named)) >= (case.clause.others or 0)


def _part(case: Case, bound: Collection[str], signed: Collection[str], day: date) -> bool:
    part = case.clause.part
    assert part is not None
    pool = set(signed) if part.of in (Pool.SIGNATORIES, Pool.OTHER_SIGNATORIES) else set(case.negotiating)
    if part.of is Pool.OTHER_SIGNATORIES:
        pool -= set(case.clause.named)
    return bool(pool) and part.filled_by(len(pool & set(bound)), len(pool))


def _shares(case: Case, bound: Collection[str], signed: Collection[str], day: date) -> bool:
    measures = {m.id: m for m in case.record.measures} if case.record else {}
    for share in case.clause.shares:
        measured = measures.get(share.measure)
        if measured is None:
            return False  # nobody measured it here: the depositary's notice stands in
        held = sum(measured.values.get(state, 0) for state in bound)
        if held * 100 < float(share.percent) * measured.total:
            return False
    return True


# What a clause may ask, and whether it holds of those who are bound.
CONDITIONS: tuple[tuple[Callable[[ForceClause], object], Condition], ...] = (
    (lambda c: c.count, _enough),
    (lambda c: c.named, _named),
    (lambda c: c.others, _others),
    (lambda c: c.part and not c.part.or_more, _part),
    (lambda c: c.shares, _shares),
)
