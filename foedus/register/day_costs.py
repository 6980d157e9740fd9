"""What days cost: every constraint of the joint chronology as a number, for the days that are worth trying.

Days are counted as ordinals here, dates as pairs of them. Tables are made only for dates and days that some report's words
support; whether that left something out is told by the search (`MARGIN`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import add
from typing import NamedTuple

import msgspec

from foedus.documents.document import Basis, Document
from foedus.documents.time_resolution import possible
from foedus.register.day_search import DayProblem, Link, Precedence
from foedus.register.day_windows import is_bounded, windows
from foedus.register.intervals import Interval
from foedus.register.own_records import OUTWEIGHS
from foedus.register.word_costs import (
    AGE,
    BACKGROUND,
    NEAR,
    READING,
    THIS_YEAR,
    Meaning,
    Span,
    WordCosts,
    ages,
    expression,
    is_bare_day,
    is_bound,
    month_of,
    names_its_year,
    year_named,
)
from foedus.terms.dates import DateRange, Timex
from foedus.terms.evidence import Quote

CANDIDATE = {
    Basis.GIVEN: 1000.0,
    Basis.METADATA: 6.0,
    Basis.DATELINE: 5.0,
    Basis.PAGE: 1.5,
    Basis.CAPTION: 6.0,
    Basis.INFERRED: 1.0,
}
"""What it costs to overrule a document's own date, by what says it."""
LATE = 4.5
"""What it costs that metadata name a later day: pages are fetched, updated and posted again after they were written."""
UNBORN = 8.0
"""A report tells as happened what happens after it."""
SILENT = 5.0
"""The same where it gives no day: its tense alone says that it happened."""
PICTURED, OLD_PICTURE = 31, 1.5
"""A picture is printed within so many days of its own; what it costs that it is older."""
AFTER_PAGE = 6.0
"""A page cannot be younger than the day it was fetched."""
MARGIN = 24.0
"""Dates and days that cost this much more than the best by their own words are not tried."""
MANY = 200
"""Dates that are tried for an act at most."""

Rows = list[list[float]]


class DayMention(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement that tells an act as happened says about its day.

    act    number of the act
    treaty number of the treaty: its reports share a story, and the years that it names
    is_report_time  the time is that of the telling: the act is no later, and may be earlier
    words  the sentence that says so
    record the record that it stands in, in words, where its publisher keeps the record of such acts
    """

    statement: str
    document: str
    act: int
    treaty: int
    timex: Timex | None
    context: Timex | None
    tense: str | None
    is_report_time: bool
    words: Quote
    record: str | None = None

    @property
    def weight(self) -> float:
        """How many reports it counts as: many, where a record names the whole day."""
        return OUTWEIGHS if self.record and names_its_year(self.timex) else 1.0


class DayCosts(NamedTuple):
    """The days that a document can be of, ascending, and what each costs."""

    days: Sequence[int]
    costs: Sequence[float]


class DayTable:
    """One group of documents and mentions in numbers.

    days    days[i]: the days tried for document i, as ordinals
    settled    what days cost those documents whose own story has dated them
    last_days  where nothing bounds a document's day from above, the last that is tried; else 0
    values  values[act]: the dates tried for an act
    """

    def __init__(
        self,
        documents: Sequence[Document],
        mentions: Sequence[DayMention],
        settled: Mapping[str, DayCosts] | None = None,
        intervals: Sequence[Interval] = (),
    ) -> None:
        settled = settled or {}
        named = (m.timex for m in mentions if m.timex is not None)
        tried = windows([d for d in documents if d.id not in settled], named)
        tried |= {d.id: list(settled[d.id].days) for d in documents if d.id in settled}
        self.documents = [d for d in documents if tried[d.id]]
        self.number = {d.id: i for i, d in enumerate(self.documents)}
        self.days = [tried[d.id] for d in self.documents]
        self.last_days = [
            days[-1] if not is_bounded(d) else 0 for d, days in zip(self.documents, self.days, strict=True)
        ]
        heard = (m for m in mentions if m.document in self.number)
        self.mentions = sorted(heard, key=lambda m: (m.act, m.document, m.statement))
        self._words = {id(m): expression(m.timex, m.context, m.tense) for m in self.mentions if m.timex}
        self._own = [
            list(settled[d.id].costs) if d.id in settled else own_costs(d, days)
            for d, days in zip(self.documents, self.days, strict=True)
        ]
        self._avoid_years_named()
        told = {m.act for m in self.mentions}
        self.values = _with_derived(self._supported(), [i for i in intervals if {i.first, i.then} <= told])
        self.mentions = [m for m in self.mentions if m.act in self.values]
        self.acts = sorted(self.values)
        self._tables = self._all_rows()
        self._narrow_days()

    def read(self, m: DayMention, day: date) -> tuple[DateRange, ...]:
        """What the words of a mention can mean on a day, most natural first."""
        return tuple(DateRange(date.fromordinal(a), date.fromordinal(b)) for a, b in self._read(m, day.toordinal()))

    def cost(self, m: DayMention, value: DateRange, day: date) -> float:
        """What it costs that the act has this date and the report this day."""
        span, written = (value.earliest.toordinal(), value.latest.toordinal()), day.toordinal()
        said = 0.0 if m.timex is None else self._said(m, m.timex, span, written)
        return _with_age([said], span, [written], SILENT if m.timex is None else UNBORN)[0]

    def _said(self, m: DayMention, timex: Timex, span: Span, day: int) -> float:
        meaning = Meaning(self._read(m, day), month_of(day) if is_bare_day(timex) else None)
        return m.weight * WordCosts(timex, meaning, is_telling=m.is_report_time).of(span)

    def problem(self, orders: Sequence[Precedence]) -> DayProblem:
        """The tables of all costs."""
        place = {act: i for i, act in enumerate(self.acts)}
        return DayProblem(
            own=self._own,
            values=[
                [DateRange(date.fromordinal(a), date.fromordinal(b)) for a, b in self.values[act]] for act in self.acts
            ],
            links=[Link(i, place[act], rows) for (i, act), rows in self._tables.items()],
            orders=orders,
        )

    def _avoid_years_named(self) -> None:
        """What it costs that a report is of a year that it names with a month, or alone."""
        named: dict[int, set[int]] = defaultdict(set)
        for m in self.mentions:
            if (year := year_named(m.timex)) is not None:
                named[self.number[m.document]].add(year)
        for i, years in named.items():
            own = zip(self._own[i], self.days[i], strict=True)
            self._own[i] = [cost + THIS_YEAR * (month_of(day)[0] in years) for cost, day in own]

    def _all_rows(self) -> dict[tuple[int, int], Rows]:
        told: dict[tuple[int, int], list[DayMention]] = defaultdict(list)
        for m in self.mentions:
            told[self.number[m.document], m.act].append(m)
        return {(i, act): self._rows(self.days[i], self.values[act], mine) for (i, act), mine in told.items()}

    def _rows(self, days: Sequence[int], values: Sequence[Span], mentions: Sequence[DayMention]) -> Rows:
        """What one report says of one act: words that it repeats count once, and so does that it tells it as happened."""
        unborn = UNBORN if any(m.timex is not None for m in mentions) else SILENT
        weight = BACKGROUND if all(names_its_year(m.timex) for m in mentions) else 1.0
        said: list[list[float]] = [[] for _ in values]
        for m in _different(mentions):
            if m.timex is not None:
                more = self._said_rows(m, m.timex, days, values)
                said = [_sum(row, its) for row, its in zip(said, more, strict=True)]
        return [_with_age(row, v, days, unborn, weight) for row, v in zip(said, values, strict=True)]

    def _said_rows(
        self, m: DayMention, timex: Timex, days: Sequence[int], values: Sequence[Span]
    ) -> Iterator[list[float]]:
        """The costs by the words alone, date by date, weighed once for days on which they mean the same; [] where they cost nothing."""
        numbers: dict[Meaning, int] = {}
        readings = self._through(m)
        if is_bare_day(timex):
            meanings = [Meaning(spans, month_of(day)) for spans, day in zip(readings, days, strict=True)]
            meant = [numbers.setdefault(meaning, len(numbers)) for meaning in meanings]
        else:
            number = {spans: n for n, spans in enumerate(dict.fromkeys(readings))}
            numbers, meant = {Meaning(spans): n for spans, n in number.items()}, [number[spans] for spans in readings]
        weighed = [WordCosts(timex, meaning, is_telling=m.is_report_time) for meaning in numbers]
        are_days = all(first == last for first, last in values)
        columns = [each.over(values) if are_days else [each.of(value) for value in values] for each in weighed]
        for costs in zip(*columns, strict=True):
            yield [m.weight * costs[number] for number in meant] if any(costs) else []

    def _read(self, m: DayMention, day: int) -> tuple[Span, ...]:
        return self._words[id(m)].on(day) if m.timex else ()

    def _through(self, m: DayMention) -> list[tuple[Span, ...]]:
        """What the words mean on each day that its document is tried for."""
        return self._words[id(m)].through(self.days[self.number[m.document]])

    def _supported(self) -> dict[int, list[Span]]:
        """For each dated act the dates that its reports' words support; whole days where any words give one."""
        by_act: dict[int, list[DayMention]] = defaultdict(list)
        for m in self.mentions:
            if m.timex is not None and not is_bound(m.timex):
                by_act[m.act].append(m)
        supported = {act: self._best_supported(mine) for act, mine in by_act.items()}
        return {act: values for act, values in supported.items() if values}

    def _best_supported(self, mentions: Sequence[DayMention]) -> list[Span]:
        """Dates by the least that they cost each report alone: no less than `NEAR` where its words give another."""
        cheapest: list[dict[Span, float]] = []
        days: set[Span] = set()
        for m in _different(mentions):
            i, mine = self.number[m.document], dict[Span, float]()
            least = min(self._own[i])
            own: dict[tuple[Span, ...], float] = {}
            for meant, cost in zip(self._through(m), self._own[i], strict=True):
                own[meant] = min(own.get(meant, NEAR), cost - least)
            for meant, extra in own.items():
                for rank, span in enumerate(meant):
                    mine[span] = min(mine.get(span, NEAR), extra + READING * rank)
            cheapest.append({span: NEAR - m.weight * (NEAR - cost) for span, cost in mine.items()})
            days.update(mine if _are_days(mine) and not m.is_report_time else ())
        spans = days or {span for mine in cheapest for span in mine}
        saved: dict[Span, float] = defaultdict(float)
        for mine in cheapest:
            for span, cost in mine.items():
                saved[span] += NEAR - cost
        return _likeliest(spans, saved)

    def _narrow_days(self) -> None:
        """Strikes out days on which a report's words fit its acts much worse than on others."""
        tables: dict[int, list[int]] = defaultdict(list)
        for i, act in self._tables:
            tables[i].append(act)
        for i, acts in tables.items():
            total = self._own[i]
            for act in acts:
                rows = self._tables[i, act]
                total = list(map(add, total, map(min, *rows) if len(rows) > 1 else rows[0]))
            limit = min(total) + MARGIN
            kept = [k for k, cost in enumerate(total) if cost <= limit]
            if len(kept) < len(total):
                self.days[i] = [self.days[i][k] for k in kept]
                self._own[i] = [self._own[i][k] for k in kept]
                for act in acts:
                    self._tables[i, act] = [[row[k] for k in kept] for row in self._tables[i, act]]


def _are_days(spans: Iterable[Span]) -> bool:
    """Whether words mean a day whatever the report's own is: "earlier this month" does only on the first of one."""
    return all(first == last for first, last in spans)


def _with_derived(supported: Mapping[int, list[Span]], intervals: Sequence[Interval]) -> dict[int, list[Span]]:
    """The dates tried, with those that follow from another act's for acts of which no words name a day."""
    values = {act: list(spans) for act, spans in supported.items()}
    derived: dict[int, set[int]] = defaultdict(set)
    for each in intervals:
        for source, target, shifted in ((each.first, each.then, each.after), (each.then, each.first, each.before)):
            known = [a for a, b in supported.get(source, ()) if a == b]
            derived[target].update(day for day in map(shifted, known) if day is not None)
    for act, days in derived.items():
        spans = supported.get(act, [])
        if days and not any(a == b for a, b in spans):
            inside = {(day, day) for day in days if any(a <= day <= b for a, b in spans)}
            values[act] = sorted(inside or {*spans, *((day, day) for day in days)})
    return values


def _likeliest(spans: set[Span], saved: Mapping[Span, float]) -> list[Span]:
    """The dates worth trying, ascending: where they are very many, those that more words support; none where all are alike."""
    limit = max((saved[s] for s in spans), default=0.0) - MARGIN
    kept = sorted((s for s in spans if saved[s] >= limit), key=lambda s: (-saved[s], s))
    if len(kept) > MANY:
        kept = [s for s in kept if saved[s] > saved[kept[MANY]]]
    return sorted(kept)


def _different(mentions: Sequence[DayMention]) -> list[DayMention]:
    """Mentions whose words for the day differ, those of each document apart."""
    return list({(m.document, m.timex, m.context, m.tense, m.is_report_time): m for m in mentions}.values())


def _sum(one: list[float], other: list[float]) -> list[float]:
    """Both together, where an empty list is nothing on any day."""
    return list(map(add, one, other)) if one and other else one or other


def _with_age(said: list[float], value: Span, days: Sequence[int], unborn: float, weight: float = 1.0) -> list[float]:
    """What one report's words and its age cost together; of an act that lies after it, only the dearer: one report is one witness."""
    age, born = ages(value, days, unborn, weight), bisect_left(days, value[0])
    return [*map(max, said[:born], age), *map(add, said[born:], age[born:])] if said else age


def own_costs(document: Document, days: Sequence[int]) -> list[float]:
    """What each day costs by the document's own dates alone."""
    costs = [_own_cost(document, day) for day in days] if document.published else [0.0] * len(days)
    if document.dateline is None or document.stated is not None:
        return costs
    written = (date.fromordinal(day) for day in days)
    fits = (any(day in r for r in possible(document.dateline, day)) for day in written)
    return [cost + CANDIDATE[Basis.DATELINE] * (not is_fit) for cost, is_fit in zip(costs, fits, strict=True)]


def _own_cost(document: Document, day: int) -> float:
    cost = 0.0
    for c in document.published:
        first, last = c.on.earliest.toordinal(), c.on.latest.toordinal()
        if c.basis is Basis.CAPTION and day > first + PICTURED:
            cost += OLD_PICTURE
        if first <= day <= last:
            continue
        cost += LATE if c.basis is Basis.METADATA and day < first else CANDIDATE[c.basis]
        if c.basis is Basis.PAGE:
            cost += AFTER_PAGE if day > last else AGE * (last - day)
        elif min(abs(day - first), abs(day - last)) == 1:
            cost -= CANDIDATE[c.basis] / 2
    return cost
