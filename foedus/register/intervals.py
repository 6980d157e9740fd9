"""Acts that are dated by other acts: "three days after the vote", and a treaty's entry into force by its clause's arithmetic.

Both give an act days that no report names, and bind the days of two acts to each other (VCLT 24; `reference/clauses.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from foedus.reference.clauses import ForceClause, Period, Trigger, entry_day, later_by
from foedus.register.coreference import Cluster
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import Kind
from foedus.terms.dates import Anchor, Timex

BY_WORDS = 8.0
BY_CLAUSE = 9.0
NEAR = 1
"""Days that words may be off: midnight and time zones."""
IN_DAYS = {"day": 1, "week": 7}
IN_MONTHS = {"month": 1, "year": 12}
TRIGGERS = {Trigger.EXCHANGE: Kind.EXCHANGE, Trigger.SIGNATURE: Kind.SIGN}
"""Triggers that are one act of all parties."""
CONSENTS = (Kind.DEPOSIT, Kind.ACCEDE)


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """`then` lies `period` after `first`, give or take `slack` days; `at_least`: or later, where `first` is one of several."""

    first: int
    then: int
    period: Period
    slack: int = 0
    at_least: bool = False
    weight: float
    says: str
    by: str

    @property
    def least(self) -> int:
        """Days that lie between them at least."""
        whole = self.period.days or 28 * (self.period.months or 0)
        return whole + 28 * ((self.period.month_start or 1) - 1) + (1 if self.period.month_start else 0) - self.slack

    @property
    def most(self) -> int:
        """Days that lie between them at most."""
        whole = self.period.days or 31 * (self.period.months or 0)
        return whole + 31 * (self.period.month_start or 0) + self.slack

    def after(self, day: int) -> int:
        """The day of `then`, if `first` is on `day`; ordinals."""
        return entry_day(self.period, date.fromordinal(day)).toordinal()

    def before(self, day: int) -> int | None:
        """The day of `first`, if `then` is on `day`; None where several days would do."""
        if self.at_least or self.period.month_start:
            return None
        months = -self.period.months if self.period.months else None
        return later_by(date.fromordinal(day), -(self.period.days or 0), months).toordinal()


def intervals_of(
    clusters: Mapping[int, Cluster], titles: Mapping[int, str], clauses: Mapping[int, ForceClause]
) -> tuple[Interval, ...]:
    """Every pair of happened acts of which one dates the other.

    clusters, titles   act number -> its mentions, and the act in words
    clauses            treaty number -> its entry-into-force clause, where it is known
    """
    return (*_by_words(clusters, titles), *_by_clause(clusters, titles, clauses))


def _act(statement: Statement) -> ActMention:
    assert isinstance(statement.content, ActMention)
    return statement.content


def _by_words(clusters: Mapping[int, Cluster], titles: Mapping[int, str]) -> Iterator[Interval]:
    """Two acts of one sentence, the one dated by the other: "a day after he had announced it, the house voted"."""
    told: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    dated: dict[tuple[str, int, int], dict[int, Timex]] = defaultdict(dict)
    for i, c in clusters.items():
        for s in c.statements:
            place, timex = (s.document, s.quote.start, s.quote.end), _act(s).timex
            told[place].add(i)
            if timex is not None and timex.anchor is Anchor.EVENT and timex.offset:
                dated[place][i] = timex
    for place, by_act in sorted(dated.items()):
        if len(told[place]) != 2 or len(by_act) != 1:
            continue
        [(act, timex)] = by_act.items()
        [event] = told[place] - {act}
        period = _period(timex)
        if period is not None and timex.offset:
            first, then = (event, act) if timex.offset > 0 else (act, event)
            says = f'{titles[act]} and {titles[event]}: "{timex.words}"'
            by = f"time: {timex.rule}"
            yield Interval(first=first, then=then, period=period, slack=NEAR, weight=BY_WORDS, says=says, by=by)


def _period(timex: Timex) -> Period | None:
    unit, count = timex.unit or "day", abs(timex.offset or 0)
    if unit in IN_DAYS:
        return Period(days=count * IN_DAYS[unit])
    return Period(months=count * IN_MONTHS[unit]) if unit in IN_MONTHS else None


def _by_clause(
    clusters: Mapping[int, Cluster], titles: Mapping[int, str], clauses: Mapping[int, ForceClause]
) -> Iterator[Interval]:
    of_kind: dict[tuple[int, Kind], list[int]] = defaultdict(list)
    for i, c in clusters.items():
        of_kind[c.key.treaty, c.key.kind].append(i)
    for treaty, clause in sorted(clauses.items()):
        entries = of_kind[treaty, Kind.ENTER_INTO_FORCE]
        if len(entries) != 1 or not _is_plain(clause):
            continue
        period = Period(days=clause.days, months=clause.months, month_start=clause.month_start)
        for first, at_least in _triggers(treaty, clause, of_kind, clusters):
            says = f"{titles[entries[0]]} follows {titles[first]} by the clause: {clause.words or clause.trigger}"
            yield Interval(
                first=first,
                then=entries[0],
                period=period,
                at_least=at_least,
                weight=BY_CLAUSE,
                says=says,
                by="entry-into-force clause (VCLT 24)",
            )


def _is_plain(clause: ForceClause) -> bool:
    """Whether nothing but the trigger is asked for."""
    more = (clause.counting, clause.named, clause.others, clause.part, clause.shares, clause.after, clause.not_before)
    return not any(more) and not clause.noticed and not clause.opening_months and not clause.earliest


def _triggers(
    treaty: int, clause: ForceClause, of_kind: Mapping[tuple[int, Kind], list[int]], clusters: Mapping[int, Cluster]
) -> list[tuple[int, bool]]:
    """The acts from which the period counts; of a number of instruments, known to the last, each: the last decides."""
    if clause.trigger in TRIGGERS:
        acts = of_kind.get((treaty, TRIGGERS[clause.trigger]), [])
        return [(acts[0], False)] if len(acts) == 1 else []
    if clause.trigger is not Trigger.DEPOSITS or not clause.count:
        return []
    acts = [i for kind in CONSENTS for i in of_kind.get((treaty, kind), []) if len(clusters[i].states) == 1]
    states = {state for i in acts for state in clusters[i].states}
    return [(i, clause.count > 1) for i in acts] if len(states) == len(acts) == clause.count else []
