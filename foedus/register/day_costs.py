"""What days cost: every constraint of the joint chronology as a number, for the days that are worth trying.

Days are counted as ordinals here, dates as pairs of them. Tables are made only for dates and days that some report's words
support; whether that left something out is told by the search (`MARGIN`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import add

import msgspec

from foedus.documents.document import Basis, Document
from foedus.documents.time_resolution import possible
from foedus.register.day_search import DayProblem, Link, Precedence
from foedus.terms.dates import Anchor, DateRange, Timex, plus_days
from foedus.terms.evidence import Quote

CANDIDATE = {Basis.GIVEN: 1000.0, Basis.METADATA: 6.0, Basis.DATELINE: 5.0, Basis.PAGE: 1.5, Basis.INFERRED: 1.0}
"""What it costs to overrule a document's own date, by what says it."""
LATE = 4.5
"""What it costs that metadata name a later day: pages are fetched, updated and posted again after they were written."""
WORDS = 8.0
"""What it costs that an act's day is none that the words can mean: two reports outweigh a procedure's order, one does not."""
NEAR = 5.0
"""The same, one day off: midnight and time zones."""
READING = 2.0
"""What each less natural reading costs ("June 19" of the year before last)."""
EARLIER = 1.0
"""An act lies before the day on which it was told."""
TELLING = 0.75
"""How much the day of a telling weighs against the day of an act."""
MONTH_OF_WRITING = 2.0
"""A bare day of the month ("the 24th") belongs to the month of writing."""
UNBORN = 8.0
"""A report tells as happened what happens after it."""
SILENT = 5.0
"""The same where it gives no day: its tense alone says that it happened."""
AFTER_PAGE = 6.0
"""A page cannot be younger than the day it was fetched."""
AGE, NEWS, OLD = 0.002, 62, 365
"""News is written soon after what it tells: each day of distance beyond two months, the weakest constraint of all.

Beyond a year more distance costs no more, so that background does not date a report.
"""
MARGIN = 24.0
"""Dates and days that cost this much more than the best by their own words are not tried."""
STATED_BACK, STATED_ON = 62, 3
"""A stated date is tried this many days back (a page may be fetched weeks later) and on (midnight and time zones)."""
AROUND_BACK, AROUND_ON = 45, 62
"""Without one, days about every date that the story names are tried."""

Span = tuple[int, int]
Rows = tuple[tuple[float, ...], ...]


class DayMention(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement that tells an act as happened says about its day.

    act    number of the act
    treaty number of the treaty: its reports share a story, and the years that it names
    is_report_time  the time is that of the telling: the act is no later, and may be earlier
    words  the sentence that says so
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


def together(
    documents: Sequence[Document], mentions: Sequence[DayMention]
) -> Iterator[tuple[list[Document], list[DayMention]]]:
    """Documents and mentions in groups that share no treaty and no document: each is a problem of its own."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    for m in mentions:
        parent[root(f"treaty {m.treaty}")] = root(m.document)
    grouped: dict[str, tuple[list[Document], list[DayMention]]] = defaultdict(lambda: ([], []))
    for document in sorted(documents, key=lambda d: d.id):
        grouped[root(document.id)][0].append(document)
    for m in mentions:
        grouped[root(m.document)][1].append(m)
    yield from (grouped[name] for name in sorted(grouped))


class DayTable:
    """One group of documents and mentions in numbers.

    days    days[i]: the days tried for document i, as ordinals
    last_days  where nothing bounds a document's day from above, the last that is tried; else 0
    values  values[act]: the dates tried for an act
    """

    def __init__(self, documents: Sequence[Document], mentions: Sequence[DayMention]) -> None:
        windows = _windows(documents, mentions)
        self.documents = [d for d in documents if windows[d.id]]
        number = {d.id: i for i, d in enumerate(self.documents)}
        self.days = [windows[d.id] for d in self.documents]
        self.last_days = [
            days[-1] if not _is_bounded(d) else 0 for d, days in zip(self.documents, self.days, strict=True)
        ]
        heard = (m for m in mentions if m.document in number)
        self.mentions = sorted(heard, key=lambda m: (m.act, m.document, m.statement))
        self._readings: dict[object, dict[int, tuple[Span, ...]]] = defaultdict(dict)
        self._keys = {id(m): (_bare(m.timex), _bare(m.context), m.tense) for m in self.mentions}
        self._own = [{day: own_cost(d, day) for day in self.days[i]} for i, d in enumerate(self.documents)]
        self._number = number
        self.values: dict[int, list[Span]] = self._supported()
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
        said = 0.0 if m.timex is None else next(self._said_rows(m, m.timex, [written], [span]))[0]
        return said + _age(span, written, SILENT if m.timex is None else UNBORN)

    def problem(self, orders: Sequence[Precedence]) -> DayProblem:
        """The tables of all costs."""
        place = {act: i for i, act in enumerate(self.acts)}
        return DayProblem(
            own=[tuple([self._own[i][day] for day in days]) for i, days in enumerate(self.days)],
            values=[
                [DateRange(date.fromordinal(a), date.fromordinal(b)) for a, b in self.values[act]] for act in self.acts
            ],
            links=[Link(i, place[act], rows) for (i, act), rows in self._tables.items()],
            orders=orders,
        )

    def _all_rows(self) -> dict[tuple[int, int], Rows]:
        told: dict[tuple[int, int], list[DayMention]] = defaultdict(list)
        for m in self.mentions:
            told[self._number[m.document], m.act].append(m)
        return {(i, act): self._rows(i, act, mine) for (i, act), mine in told.items()}

    def _rows(self, document: int, act: int, mentions: Sequence[DayMention]) -> Rows:
        """What one report says of one act: words that it repeats count once, and so does that it tells it as happened."""
        days, values = self.days[document], self.values[act]
        unborn = UNBORN if any(m.timex is not None for m in mentions) else SILENT
        rows = [[_age(v, day, unborn) for day in days] for v in values]
        for m in _different(mentions):
            if m.timex is not None:
                said = self._said_rows(m, m.timex, days, values)
                rows = [list(map(add, row, more)) for row, more in zip(rows, said, strict=True)]
        return tuple(map(tuple, rows))

    def _said_rows(
        self, m: DayMention, timex: Timex, days: Sequence[int], values: Sequence[Span]
    ) -> Iterator[list[float]]:
        """The costs by the words alone, computed once for days on which they mean the same."""
        is_bare = _is_bare_day(timex)
        meant = [(self._read(m, day), _month(day) if is_bare else None) for day in days]
        for value in values:
            cost = {
                key: _weighed(m, timex, key[0], value) + MONTH_OF_WRITING * (is_bare and _month(value[0]) != key[1])
                for key in set(meant)
            }
            yield [cost[key] for key in meant]

    def _read(self, m: DayMention, day: int) -> tuple[Span, ...]:
        timex, context, tense = self._keys[id(m)]
        if timex is None:
            return ()
        known = self._readings[timex, context, tense]
        if timex.anchor is Anchor.NONE:
            day = 1  # the same on all days
        if day not in known:
            known[day] = _readings(timex, context, tense, day)
        return known[day]

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
        for m in mentions:
            i, mine = self._number[m.document], dict[Span, float]()
            least = min(self._own[i].values())
            own: dict[tuple[Span, ...], float] = {}
            for day in self.days[i]:
                meant = self._read(m, day)
                own[meant] = min(own.get(meant, NEAR), self._own[i][day] - least)
            for meant, extra in own.items():
                for rank, span in enumerate(meant):
                    mine[span] = min(mine.get(span, NEAR), extra + READING * rank)
            cheapest.append(mine)
        spans = {span for mine in cheapest for span in mine}
        spans = {s for s in spans if s[0] == s[1]} or spans
        total = {s: sum(mine.get(s, NEAR) for mine in cheapest) for s in spans}
        limit = min(total.values(), default=0.0) + MARGIN
        return sorted(s for s in spans if total[s] <= limit)

    def _narrow_days(self) -> None:
        """Strikes out days on which a report's words fit its acts much worse than on others."""
        tables: dict[int, list[int]] = defaultdict(list)
        for i, act in self._tables:
            tables[i].append(act)
        for i, acts in tables.items():
            total = [self._own[i][day] for day in self.days[i]]
            for act in acts:
                rows = self._tables[i, act]
                total = list(map(add, total, map(min, *rows) if len(rows) > 1 else rows[0]))
            limit = min(total) + MARGIN
            kept = [k for k, cost in enumerate(total) if cost <= limit]
            self.days[i] = [self.days[i][k] for k in kept]
            for act in acts:
                self._tables[i, act] = tuple(tuple([row[k] for k in kept]) for row in self._tables[i, act])


def _different(mentions: Sequence[DayMention]) -> list[DayMention]:
    """Mentions whose words for the day differ."""
    return list({(m.timex, m.context, m.tense, m.is_report_time): m for m in mentions}.values())


def own_cost(document: Document, day: int) -> float:
    """What a day costs by the document's own dates alone."""
    cost = 0.0
    for c in document.published:
        first, last = c.on.earliest.toordinal(), c.on.latest.toordinal()
        if first <= day <= last:
            continue
        cost += LATE if c.basis is Basis.METADATA and day < first else CANDIDATE[c.basis]
        if c.basis is Basis.PAGE:
            cost += AFTER_PAGE if day > last else AGE * (last - day)
        elif min(abs(day - first), abs(day - last)) == 1:
            cost -= CANDIDATE[c.basis] / 2
    if document.dateline is not None and document.stated is None:
        written = date.fromordinal(day)
        cost += CANDIDATE[Basis.DATELINE] * (not any(written in r for r in possible(document.dateline, written)))
    return cost


def _fit(readings: Sequence[Span], value: Span) -> float:
    """What it costs that an act lies at `value`, if the words have these readings, most natural first."""
    if not readings:
        return 0.0
    first, last = value
    for rank, (a, b) in enumerate(readings):
        if a <= last and first <= b:
            return READING * rank
    return NEAR if any(a - 1 <= last and first <= b + 1 for a, b in readings) else WORDS


def _told_by(readings: Sequence[Span], value: Span) -> float:
    """The same, if the words say only when it was told: weaker than a day of its own."""
    fits = TELLING * _fit(readings[:1], value)
    return min(fits, EARLIER) if readings and value[1] < readings[0][0] else fits


def _bare(timex: Timex | None) -> Timex | None:
    """The expression wherever it stands: equal words mean the same."""
    return timex and msgspec.structs.replace(timex, start=0, end=0, words="")


@lru_cache(maxsize=1 << 17)
def _readings(timex: Timex, context: Timex | None, tense: str | None, day: int) -> tuple[Span, ...]:
    """What words can mean in a report of a day."""
    written = date.fromordinal(day)
    around = next(iter(possible(context, written, None, tense)), None) if context is not None else None
    return tuple((r.earliest.toordinal(), r.latest.toordinal()) for r in possible(timex, written, around, tense))


def _age(value: Span, day: int, unborn: float) -> float:
    """What it costs by the distance of an act from its report."""
    if value[0] > day:
        return unborn
    gap = day - value[1] - NEWS
    return AGE * min(gap, OLD) if gap > 0 else 0.0


def _month(day: int) -> tuple[int, int]:
    then = date.fromordinal(day)
    return then.year, then.month


def _weighed(m: DayMention, timex: Timex, readings: Sequence[Span], value: Span) -> float:
    if is_bound(timex):
        return _within(timex, readings[:1], value)
    return _told_by(readings, value) if m.is_report_time else _fit(readings, value)


def _within(timex: Timex, readings: Sequence[Span], value: Span) -> float:
    """What it costs that an act lies beyond a bound ("by November 6", "as of today", "after June 19")."""
    if not readings:
        return 0.0
    first, last = readings[0]
    return WORDS * (value[1] < first if timex.bound == "AFTER" else value[0] > last)


def is_bound(timex: Timex | None) -> bool:
    """Whether words only bound the day of an act from one side.

    "in force since 2021" and "from December 7" name the day itself; "as of today" says only that it has been.
    """
    if timex is None:
        return False
    is_now = timex.anchor is Anchor.DOCUMENT and timex.unit == "day" and timex.offset == 0
    return timex.bound in ("BEFORE", "ON_OR_BEFORE", "AFTER") or (timex.bound == "ON_OR_AFTER" and is_now)


def _is_bare_day(timex: Timex) -> bool:
    """ "the 24th": a day of some month."""
    return timex.value.startswith("XXXX-XX-") and timex.value[8:10].isdigit()


def _windows(documents: Sequence[Document], mentions: Sequence[DayMention]) -> dict[str, list[int]]:
    """The days that are tried for each document: about its own dates, else about every date that the story names."""
    story = _anchors(documents, mentions)
    return {d.id: _window(d, story) for d in documents}


def _is_bounded(document: Document) -> bool:
    """Some date of its own is no earlier than the document can be."""
    return any(len(c.on) < 400 for c in document.published)


def _window(document: Document, story: Sequence[DateRange]) -> list[int]:
    given = next((c.on for c in document.published if c.basis is Basis.GIVEN), None)
    if given is not None:
        return [d.toordinal() for d in given.days()][:400]
    own = [c.on for c in document.published if len(c.on) < 400]
    is_stated = document.stated is not None and len(document.stated.on) <= NEWS
    back, on = (STATED_BACK, STATED_ON) if is_stated else (AROUND_BACK, AROUND_ON)
    days: set[int] = set()
    for anchor in own if is_stated else [*own, *story]:
        days.update(range(plus_days(anchor.earliest, -back).toordinal(), plus_days(anchor.latest, on).toordinal() + 1))
    return sorted(days)


def _anchors(documents: Sequence[Document], mentions: Sequence[DayMention]) -> list[DateRange]:
    """Every absolute day, month or year of the story; month-days without a year, in the years that it names."""
    own = {c.on for d in documents for c in d.published}
    named = {m.timex for m in mentions if m.timex is not None}
    fixed = {r for t in named if t.anchor is Anchor.NONE for r in [_absolute(t.value)] if r is not None}
    years = {r.earliest.year for r in own | fixed if len(r) < 400}
    open_ = {
        r for t in named if t.value.startswith("XXXX-") for y in years for r in [_absolute(f"{y}{t.value[4:]}")] if r
    }
    return sorted(r for r in own | fixed | open_ if len(r) < 400)


def _absolute(value: str) -> DateRange | None:
    try:
        return DateRange.parse(value)
    except ValueError:
        return None
