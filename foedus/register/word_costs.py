"""What words for a day cost, if the act that they date lies on another; days are ordinals here, dates pairs of them.

Each weight says how much stronger one kind of evidence is than another; none depends on a language.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import msgspec

from foedus.documents.time_resolution import is_simple, possible, repeats_weekly, run_of
from foedus.terms.dates import Anchor, DateRange, Timex

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
WIDER = 1.0
"""What it costs that an act's date is wider than the words: "in early June" leaves no more of June than they say."""
MONTH_OF_WRITING = 2.0
"""A bare day of the month ("the 24th") belongs to the month of writing."""
AGE, NEWS, OLD = 0.002, 62, 365
"""News is written soon after what it tells: each day of distance beyond two months, the weakest constraint of all.

Beyond a year more distance costs no more, so that background does not date a report.
"""
BACKGROUND = 0.25
"""How much that weighs for what is told with its year: news leaves the year out, what lies further back needs it."""
THIS_YEAR = 0.75
"""A report that names the year of a bare month, or nothing but a year, is seldom written in it: it would say "in April"."""
MONDAY = date(2001, 1, 1).toordinal()
"""A Monday, from which weeks are counted."""

HANGING = (Anchor.CONTEXT, Anchor.EVENT)
"""What counts from another expression, where there is one."""

Span = tuple[int, int]
Month = tuple[int, int]


class Meaning(msgspec.Struct, frozen=True):
    """What the words of a mention mean in reports of some days: readings, most natural first, and, for a bare day, the month of writing."""

    readings: tuple[Span, ...]
    month: Month | None = None


class WordCosts:
    """The costs of one expression, read in one way.

    is_telling  the time is that of the telling: the act is no later, and may be earlier
    """

    def __init__(self, timex: Timex, meaning: Meaning, *, is_telling: bool) -> None:
        self.timex, self.meaning, self.is_telling = timex, meaning, is_telling
        self.is_bound = is_bound(timex)

    def of(self, value: Span) -> float:
        """What it costs that the act lies at `value`."""
        is_of_month = self.meaning.month in (None, month_of(value[0]))
        return self._said(value) + (0.0 if is_of_month else MONTH_OF_WRITING)

    def over(self, days: Sequence[Span]) -> list[float]:
        """The same for many single days, ascending: far from all readings they cost the same."""
        readings = self.meaning.readings
        if self.is_bound or not readings or self.meaning.month:
            return [self.of(value) for value in days]
        first, last = min(a for a, _ in readings) - 1, max(b for _, b in readings) + 1
        start, end = bisect_left(days, (first, first)), bisect_right(days, (last, last))
        before, after = (EARLIER, TELLING * WORDS) if self.is_telling else (WORDS, WORDS)
        return [before] * start + [self.of(value) for value in days[start:end]] + [after] * (len(days) - end)

    def _said(self, value: Span) -> float:
        readings = self.meaning.readings
        if self.is_bound:
            return _within(self.timex, readings[:1], value)
        return _told_by(readings, value) if self.is_telling else _fit(readings, value)


def is_bound(timex: Timex | None) -> bool:
    """Whether words only bound the day of an act from one side.

    "in force since 2021" and "from December 7" name the day itself; "as of today" says only that it has been.
    """
    if timex is None:
        return False
    is_now = timex.anchor is Anchor.DOCUMENT and timex.unit == "day" and timex.offset == 0
    return timex.bound in ("BEFORE", "ON_OR_BEFORE", "AFTER") or (timex.bound == "ON_OR_AFTER" and is_now)


def names_its_year(timex: Timex | None) -> bool:
    """ "April 8, 2010", "in 2021": the year is told."""
    return timex is not None and timex.anchor is Anchor.NONE


def year_named(timex: Timex | None) -> int | None:
    """The year of "in April 2023", "in 2021"; None for whole days, for spans, and where no year is told.

    >>> year_named(Timex(value="2023-04", anchor=Anchor.NONE)), year_named(Timex(value="2023-04-03", anchor=Anchor.NONE))
    (2023, None)
    """
    is_plain = timex is not None and timex.anchor is Anchor.NONE and _YEAR_OR_MONTH.fullmatch(timex.value)
    return int(timex.value[:4]) if timex is not None and is_plain else None


_YEAR_OR_MONTH = re.compile(r"\d{4}(?:-\d\d)?")


def is_bare_day(timex: Timex) -> bool:
    """ "the 24th": a day of some month."""
    return timex.value.startswith("XXXX-XX-") and timex.value[8:10].isdigit()


@lru_cache(maxsize=1 << 11)
def month_of(day: int) -> Month:
    """The year and month of a day."""
    then = date.fromordinal(day)
    return then.year, then.month


class Expression:
    """An expression, the one that it hangs on, and the tense, wherever they stand: equal words mean the same."""

    def __init__(self, timex: Timex, context: Timex | None, tense: str | None) -> None:
        self.timex, self.tense = timex, tense
        self.around = _shared(context, None, tense) if context and timex.anchor in HANGING else None
        self.is_weekly: bool = repeats_weekly(timex) and (self.around is None or self.around.is_weekly)
        self._known: dict[int, tuple[Span, ...]] = {}
        self._by_run: dict[object, tuple[Span, ...]] = {}

    def on(self, day: int) -> tuple[Span, ...]:
        """What it can mean in a report of a day, most natural first."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = self._in_week(day) if self.is_weekly else self._in_run(day)
        return known

    def through(self, days: Sequence[int]) -> list[tuple[Span, ...]]:
        """The same for many days."""
        known = self._known
        return [known[day] if day in known else self.on(day) for day in days]

    def _in_week(self, day: int) -> tuple[Span, ...]:
        weeks = (day - MONDAY) // 7 * 7
        return tuple([(a + weeks, b + weeks) for a, b in self._in_run(day - weeks)])

    def _in_run(self, day: int) -> tuple[Span, ...]:
        """What it means on a day, read once for all on which it hangs on the same day, or that are alike to it."""
        written, around = date.fromordinal(day), next(iter(self.around.on(day)), None) if self.around else None
        run: object = around
        if not (around and is_simple(self.timex)):
            is_fixed = self.timex.anchor is Anchor.NONE and self.timex.through is None
            run = None if is_fixed else run_of(self.timex, self.tense, written)
        if run not in self._by_run:
            days = DateRange(date.fromordinal(around[0]), date.fromordinal(around[1])) if around else None
            found = possible(self.timex, written, days, self.tense)
            self._by_run[run] = tuple([(r.earliest.toordinal(), r.latest.toordinal()) for r in found])
        return self._by_run[run]


@lru_cache(maxsize=1 << 10)
def _shared(timex: Timex, context: Timex | None, tense: str | None) -> Expression:
    return Expression(timex, context, tense)


def expression(timex: Timex, context: Timex | None, tense: str | None) -> Expression:
    """The expression that equal words share."""
    bare, around = (t and msgspec.structs.replace(t, start=0, end=0, words="") for t in (timex, context))
    assert bare is not None
    return _shared(bare, around, tense)


def ages(value: Span, days: Sequence[int], unborn: float, weight: float = 1.0) -> list[float]:
    """What it costs by the distance of an act from its report, for each day of the report, ascending.

    unborn   what it costs that a report tells as happened what happens after it
    weight   how much the distance weighs
    """
    recent = value[1] + NEWS
    born, fresh, aged = bisect_left(days, value[0]), bisect_right(days, recent), bisect_left(days, recent + OLD)
    fresh, aged = max(born, fresh), max(born, fresh, aged)
    each = weight * AGE
    ageing = [each * (day - recent) for day in days[fresh:aged]]
    return [unborn] * born + [0.0] * (fresh - born) + ageing + [each * OLD] * (len(days) - aged)


def _fit(readings: Sequence[Span], value: Span, wider: float = WIDER) -> float:
    """What it costs that an act lies at `value`, if the words have these readings, most natural first."""
    if not readings:
        return 0.0
    first, last = value
    for rank, (a, b) in enumerate(readings):
        if a <= last and first <= b:
            return READING * rank + wider * (first < a or last > b)
    return NEAR if any(a - 1 <= last and first <= b + 1 for a, b in readings) else WORDS


def _told_by(readings: Sequence[Span], value: Span) -> float:
    """The same, if the words say only when it was told: weaker than a day of its own."""
    fits = TELLING * _fit(readings[:1], value, wider=0.0)
    return min(fits, EARLIER) if readings and value[1] < readings[0][0] else fits


def _within(timex: Timex, readings: Sequence[Span], value: Span) -> float:
    """What it costs that an act lies beyond a bound ("by November 6", "as of today", "after June 19")."""
    if not readings:
        return 0.0
    first, last = readings[0]
    return WORDS * (value[1] < first if timex.bound == "AFTER" else value[0] > last)
