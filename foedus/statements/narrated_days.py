"""A day without its year or week, in a narrative: which other time of the report settles it.

"In 2019 Chad signed it on 4 March": the year that opens the sentence, or stands over the paragraphs as a heading. "The EU
had done so on 8 June", "passed on Friday after the cabinet approved it on Thursday": what went before is the latest such
day before the one that was told first. "Signed on 3 May and ratified on 9 June 2021", "was adopted on 19 May 2021. The
upper house passed it on 2 June": a story of long ago goes on in its own year, unless the day would be news without it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import alone, names_a_day
from foedus.statements.memory import Act
from foedus.statements.names import Analysis
from foedus.statements.times_told import TimesTold
from foedus.statements.word_rows import WordRow
from foedus.terms.dates import SINCE, Anchor, Direction, Timex
from foedus.terms.evidence import Factuality

_NO_YEAR = re.compile(r"XXXX-\d\d(?:-\d\d)?")
_NO_WEEK = re.compile(r"XXXX-WXX-\d")
_YEAR = re.compile(r"\d{4}")
_WITH_YEAR = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_HEADING = re.compile(r"\W*((?:1[89]|20)\d\d)\W*")
_OPENING = re.compile(r"\W*((?:1[89]|20)\d\d)(?: [–—-] |[:,] )")
_FIRST = 2  # words before the year that opens a sentence
_NEWS = 60  # days back for which a report would not take the year from a story of long ago
_FAR = 250  # days from the time with its year within which a story goes on without naming the next
_LATELY = 2  # times told before the sentence, among which what is now said to lie before can hang


class NarratedDays:
    """The words of one language.

    after         words that open a clause about what went before
    breaks        words that open another clause
    conjunctions  words that go on with a list
    """

    def __init__(self, after: Collection[str], breaks: Collection[str], conjunctions: Collection[str]) -> None:
        self._after = frozenset(after)
        self._breaks = frozenset(breaks) - {","}
        self._goes_on = frozenset(conjunctions) | {","}

    def settled(
        self, time: Timex, document: Document, analysis: Analysis, row: WordRow, act: Act, told: TimesTold
    ) -> tuple[Timex, Timex] | None:
        """`time` as counted from another, and that other; None where the day of writing settles it."""
        if time.anchor is not Anchor.DOCUMENT or time.direction is not Direction.NEAREST or time.unit or time.through:
            return None
        no_year = _NO_YEAR.fullmatch(time.value) is not None
        if not no_year and not _NO_WEEK.fullmatch(time.value):
            return None
        year = self._year(time, analysis, row, told, document.text) if no_year else None
        if year is not None:
            within = msgspec.structs.replace(
                time, anchor=Anchor.CONTEXT, unit="year", offset=0, direction=Direction.WITHIN
            )
            return within, year
        if act.factuality is not Factuality.HAPPENED:
            return None
        if self._lies_before(row, act, time, analysis.times):
            first = self._told_first(time, analysis.times, told, no_year)
            return (msgspec.structs.replace(time, anchor=Anchor.CONTEXT), first) if first else None
        return self._of_long_ago(time, document, analysis, row, told) if no_year else None

    def _of_long_ago(
        self, time: Timex, document: Document, analysis: Analysis, row: WordRow, told: TimesTold
    ) -> tuple[Timex, Timex] | None:
        """Counted on from the time with its year that was told last, or back from the one that the list ends with."""
        plain, written = alone(time, document, None, "past"), document.written
        if plain and written and (written.earliest - plain.latest).days < _NEWS:
            return None
        for base, direction in self._bases(time, analysis, row, told):
            counted = msgspec.structs.replace(time, anchor=Anchor.CONTEXT, direction=direction)
            around = alone(base, document)
            day = alone(counted, document, around, "past") if around else None
            if around is None or day is None or abs((day.earliest - around.earliest).days) > _FAR:
                continue
            if plain is None or day.earliest < plain.earliest:
                return counted, base
        return None

    def _bases(
        self, time: Timex, analysis: Analysis, row: WordRow, told: TimesTold
    ) -> Iterator[tuple[Timex, Direction]]:
        """Times with their year from which `time` can be counted, and on which side of them it lies."""
        end = row.at(time.end)
        for later in (one for one in analysis.times if one.start >= time.end):
            between = set(row.lower[end : row.at(later.start)])
            if not between & self._goes_on or between & (self._breaks - self._goes_on):
                break
            if _WITH_YEAR.fullmatch(later.value):
                yield later, Direction.PAST
                break
            end = row.at(later.end)
        earlier = [*told.times[-1:], *(one for one in analysis.times if one.end <= time.start)]
        last = told.settled.get(earlier[-1].start, earlier[-1]) if earlier else None
        lasts = last is not None and last.bound == SINCE  # "a signatory since May 1997" leads up to now
        if last is not None and not lasts and last.anchor is Anchor.NONE and _WITH_YEAR.fullmatch(last.value):
            yield last, Direction.FUTURE

    def _year(self, time: Timex, analysis: Analysis, row: WordRow, told: TimesTold, text: str) -> Timex | None:
        """The year that opens the sentence, else that of the heading."""
        opening = _OPENING.match(text, analysis.sentence.start, analysis.sentence.end)
        if opening:
            return _as_time(opening)
        years = [one for one in analysis.times if _YEAR.fullmatch(one.value) and not one.modifier]
        opening_ = [one for one in years if row.at(one.start) < _FIRST or row.lower[row.at(one.start) - 1] == ";"]
        before = [one for one in opening_ if one.end <= time.start]
        return before[-1] if before else told.heading

    def _lies_before(self, row: WordRow, act: Act, time: Timex, times: Sequence[Timex]) -> bool:
        """ "had done so", "after it approved it": what went before something told already."""
        if "perfect" in act.group.says and act.group.tense == "past":
            return True
        opener = next((at for at in range(act.group.first - 1, 0, -1) if row.lower[at] in self._breaks), 0)
        return (
            row.lower[opener] in self._after
            and row.at(time.start) > opener
            and not _is_over(row, opener, act, time, times)
        )

    def _told_first(self, time: Timex, within: Sequence[Timex], told: TimesTold, no_year: bool) -> Timex | None:
        """The last day told before `time`; for one without its year, one that has it."""
        earlier = [*told.times[-_LATELY:], *(one for one in within if one.end <= time.start)]
        fitting = (
            one
            for one in (told.settled.get(one.start, one) for one in reversed(earlier))
            if names_a_day(one) and (one.anchor is Anchor.NONE or (one.anchor is Anchor.DOCUMENT and not no_year))
        )
        return next(fitting, None)


def _is_over(row: WordRow, opener: int, act: Act, time: Timex, times: Sequence[Timex]) -> bool:
    """ "After the house passed it on Tuesday, the president signed it": whether the clause ends before the act.

    It does at a comma that is not one of the two around an apposition ("after the Duma, the lower house, approved it").
    """
    first = act.group.first
    commas = row.lower[opener:first].count(",")
    has_its_own = any(opener < row.at(one.start) < first for one in times if one is not time)
    return commas % 2 == 1 or (commas > 0 and has_its_own)


def heading(text: str, start: int, end: int) -> Timex | None:
    """The year that is all a sentence says, as a time.

    >>> heading("1999", 0, 4).value
    '1999'
    """
    found = _HEADING.fullmatch(text, start, end)
    return _as_time(found) if found else None


def _as_time(found: re.Match[str]) -> Timex:
    return Timex(value=found[1], anchor=Anchor.NONE, start=found.start(1), end=found.end(1), words=found[1])
