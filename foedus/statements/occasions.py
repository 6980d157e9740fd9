"""When an act was: which time expression of its sentence is the act's, and which day that is.

The nearest expression in the act's own clause is its time. The day of the report ("TASS said on Friday") is not, save where
a sentence has no other: then it is kept as weak evidence under the rule "time of the report".
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import alone, names_a_day
from foedus.reference.lexicons import Lexicon
from foedus.statements.memory import Act
from foedus.statements.names import Analysis, MentionKind
from foedus.statements.triggers import Form
from foedus.statements.word_rows import WordRow
from foedus.terms.dates import Anchor, DateRange, Timex
from foedus.terms.evidence import Factuality


class OccasionWords(msgspec.Struct, frozen=True):
    """`occasions.toml`."""

    reporting: tuple[str, ...]
    published: tuple[str, ...]
    until: tuple[str, ...]
    breaks: tuple[str, ...]
    then: tuple[str, ...]
    made: tuple[str, ...]
    dated: tuple[str, ...]
    partners: tuple[str, ...]
    conjunctions: tuple[str, ...]
    telling: tuple[str, ...] = ()
    that: str = ""


REPORT_TIME = "time of the report"
"""The rule's name where the only time in a clause is that of its telling."""


class Occasion(msgspec.Struct, frozen=True):
    """A time and how it came to be the act's."""

    timex: Timex | None = None
    context: Timex | None = None
    date: DateRange | None = None
    rule: str = ""


class Occasions:
    """The words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.section("occasions", OccasionWords)
        self._reporting = frozenset(words.reporting)
        self._published = frozenset(words.published)
        self._until = frozenset(words.until)
        self._made = frozenset(words.made)
        self._dated = frozenset(words.dated)
        self._then = frozenset(words.then)
        self.partners = frozenset(words.partners)
        self._conjunctions = frozenset(words.conjunctions)
        self._breaks = frozenset(words.breaks)
        self._telling = frozenset((*words.telling, *words.reporting, *words.published))
        self._that = words.that

    def of(
        self, document: Document, analysis: Analysis, row: WordRow, acts: Sequence[Act], index: int, last: Timex | None, loose: Sequence[int] = ()
    ) -> Occasion:  # fmt: skip
        """The time of `acts[index]`; `last` is the time last spoken of, for "the same day".

        loose   where verbs end that made no act: what stands right after one is its time and no act's
        """
        act = acts[index]
        times = [
            time
            for time in self._usable(analysis)
            if not self._ends_it(row, time)
            and not self._is_dateline(row, time)
            and not _is_taken(row.at(time.start), loose, acts)
            and not self._is_of_the_telling(row, time, act)
        ]
        own = [time for time in times if not self._is_report_time(row, time)]
        chosen, rule = self._nearest(row, own, acts, index), "the time in the act's clause"
        if chosen is None and index == 0:
            reported = [time for time in times if time not in own]
            chosen, rule = (reported[0] if reported else None), REPORT_TIME
        if chosen is None:
            return Occasion()
        context = (_day_before(analysis, chosen) or last) if chosen.anchor is Anchor.CONTEXT else None
        days = alone(context, document) if context else None
        date = alone(chosen, document, days, _tense_of(act)) if rule != REPORT_TIME else None
        return Occasion(timex=chosen, context=context, date=date, rule=rule)

    def of_a_document(self, document: Document, analysis: Analysis, row: WordRow) -> Occasion:
        """ "The decree is dated Monday, 11 November": the day that a law or decree just told of bears."""
        measures = [one for one in analysis.mentions if one.kind is MentionKind.MEASURE]
        if not measures or not any(word in self._dated for word in row.lower):
            return Occasion()
        times = self._usable(analysis)
        if len(times) != 1:
            return Occasion()
        return Occasion(timex=times[0], date=alone(times[0], document), rule="the date a document bears")

    def _usable(self, analysis: Analysis) -> list[Timex]:
        treaties = [mention for mention in analysis.mentions if mention.kind is MentionKind.TREATY]
        return [
            time
            for time in analysis.times
            if time.type in ("DATE", "TIME") and not any(one.start <= time.start < one.end for one in treaties)
        ]

    def _is_dateline(self, row: WordRow, time: Timex) -> bool:
        """ "MOSCOW, Nov 10 (Wire) -", "(Wire - 17th March, 2023)": the day of writing; not "on 30 IV 2004 (30.04.2004)"."""
        at, end = row.at(time.start), row.at(time.end)
        is_again = end + 1 < len(row) and row.lower[end + 1][0].isdigit()
        is_before_bracket = end < len(row) and row.lower[end] == "(" and end <= 12 and not is_again
        is_bare = at > _PLACE and row.lower[at - 1] == "("
        is_in_bracket = "(" in row.lower[max(0, at - 5) : at] and end < len(row) and ")" in row.lower[end : end + 2]
        is_in_bracket = is_in_bracket and not is_bare
        return is_before_bracket or (is_in_bracket and at <= 12)

    def _ends_it(self, row: WordRow, time: Timex) -> bool:
        """ "until February 2026": the end of a term, not the day of an act."""
        at = row.at(time.start)
        is_of_treaty = any(word in self._made for word in row.lower[max(0, at - 2) : at])
        return is_of_treaty or any(word in self._until for word in row.lower[max(0, at - 1) : at + 1])

    def _is_report_time(self, row: WordRow, time: Timex) -> bool:
        """Whether the words right before or after are of reporting or publishing: "said on Friday", "published on Saturday"."""
        at, end = row.at(time.start), row.at(time.end)
        before = row.lower[max(0, at - 4) : at]
        after = row.lower[end : end + 3]
        if any(word in self._reporting or word in self._published for word in before if word not in self._breaks):
            return not any(word in self._breaks for word in before[_last(before, self._reporting | self._published) :])
        return bool(after) and after[0] in self._reporting

    def _is_of_the_telling(self, row: WordRow, time: Timex, act: Act) -> bool:
        """ "Officials revealed on Sunday that Niger had withdrawn", "The gazette of Wednesday shows that": no time of the act.

        Not "it was on 6 November that the treaty was signed", nor "on Monday the bill that ratifies it was passed".
        """
        at, end = row.at(time.start), row.at(time.end)
        opener = next((word for word in range(end, act.group.first) if row.lower[word] == self._that), None)
        if opener is None:
            return False
        clause = row.lower[max(0, at - _CLAUSE) : opener]
        if opener == end:
            return any(word in self._telling for word in clause)
        return row.lower[opener - 1] in self._telling and not any(
            word in self._breaks - {","} for word in row.lower[end:opener]
        )

    def _nearest(self, row: WordRow, times: list[Timex], acts: Sequence[Act], index: int) -> Timex | None:
        """The time that stands nearest to the act, among those that stand nearer to no other act of the sentence."""
        act = acts[index]
        best: tuple[int, Timex] | None = None
        for time in times:
            cost = self._cost(row, time, act)
            owner = min(acts, key=lambda one: self._cost(row, time, one))
            is_own = owner is act or _joined(owner, act) or self._in_its_clause(row, time, act, acts)
            if is_own and cost <= _FAR and (best is None or cost < best[0]):
                best = (cost, time)
        return best[1] if best else None

    def _is_fronted(self, row: WordRow, at: int) -> bool:
        """ "On Friday, the chamber ...", "and on 6 November the upper house ...": the time opens its clause."""
        before = row.lower[at - 1] if at else ","
        return at <= 3 or before == "," or before in self._conjunctions

    def _in_its_clause(self, row: WordRow, time: Timex, act: Act, acts: Sequence[Act]) -> bool:
        """ "on December 4, when the instruments were exchanged": the clause after a time tells what happened then."""
        end = row.at(time.end)
        following = [word for word in row.lower[end : end + 2] if word != ","]
        later = [one for one in acts if one.trigger.first >= end]
        return bool(following) and following[0] in self._then and bool(later) and later[0] is act

    def _cost(self, row: WordRow, time: Timex, act: Act) -> int:
        """How far a time is from an act, in words; clauses between count more, and a time before its act more than one after."""
        at, end = row.at(time.start), row.at(time.end)
        first, last = act.group.first, max(act.trigger.last, *act.reaches) if act.reaches else act.trigger.last
        if at >= last:
            between, side = row.lower[last:at], 0
        elif end <= first:
            between, side = row.lower[end:first], 4 if self._is_fronted(row, at) else 12
        else:
            between, side = [], 0
        if not side and at and row.lower[at - 1] in self._conjunctions and any(True for _ in between):
            side = 15
        clauses = sum(word in self._breaks for word in between[1 if side == 4 else 0 :])
        stops = 30 * sum(word == ";" for word in between)
        return (
            len(between)
            + side
            + (7 if side in (4, 12) else 4) * clauses
            + stops
            + (15 if time.anchor is Anchor.CONTEXT else 0)
        )


_FAR = 60
_CLAUSE = 8
_PLACE = 4
_AHEAD = frozenset({Factuality.PLANNED, Factuality.EXPECTED})


def _tense_of(act: Act) -> str | None:
    """What is planned or expected lies ahead: "is likely to be signed on Wednesday"."""
    return "future" if act.factuality in _AHEAD and act.group.tense in ("present", None) else act.group.tense


def _day_before(analysis: Analysis, time: Timex) -> Timex | None:
    """The day last named before `time` in its own sentence: "passed on 14 November and approved four days later"."""
    days = [one for one in analysis.times if one.end <= time.start and one.anchor is not Anchor.CONTEXT]
    return next((one for one in reversed(days) if names_a_day(one)), None)


def _is_taken(at: int, loose: Sequence[int], acts: Sequence[Act]) -> bool:
    """Whether a verb without an act stands nearer before the time than any act's: "approved the bill, which was signed on Monday"."""
    nearest = max((end for end in loose if 0 <= at - end <= _NEAR), default=None)
    if nearest is None:
        return False
    ends = [end for act in acts for end in (act.trigger.core, act.trigger.last, *act.reaches)]
    return not any(nearest <= end <= at for end in ends)


_NEAR = 4


def _joined(one: Act, other: Act) -> bool:
    """ "signed and ratified on Friday", "became a member on Tuesday, handing over": two verbs with one time."""
    left, right = (one, other) if one.trigger.first <= other.trigger.first else (other, one)
    if right.trigger.form is Form.GERUND and right.group.tense is None:
        return True
    return right.group.first - left.trigger.core <= 2


def _last(words: Sequence[str], wanted: frozenset[str]) -> int:
    return max((index for index, word in enumerate(words) if word in wanted), default=0)
