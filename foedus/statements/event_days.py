"""Days that hang on another act: "a day after the committee had approved it", "two days before the vote", "a day before Chad".

Either act dates the other. Only whole counts do ("less than a day after" tells an order, not a day), and only for what
happened: what a treaty provides ("sixty days after the deposit") is no date.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import MOMENT, alone, names_a_day
from foedus.statements.memory import Act
from foedus.statements.names import Analysis
from foedus.statements.times_told import Occasion, TimesTold, is_fixed
from foedus.statements.triggers import Form
from foedus.statements.word_rows import WordRow
from foedus.terms.acts import Kind
from foedus.terms.dates import Anchor, Direction, Timex
from foedus.terms.evidence import Factuality

BY_EVENT = "counted from another act"
_COUNTED = frozenset({"day", "week", "month", "year"})
_CONSENT = (Kind.RATIFY, Kind.DEPOSIT, Kind.ACCEDE, Kind.EXCHANGE)
_LIKE = dict.fromkeys(_CONSENT, _CONSENT)
"""What another state does "a day before Chad" may go by another name with Chad."""
_REACH = 12  # words after "two days before" in which the act is named
_TODAY = Timex(value="XXXX-XX-XX", anchor=Anchor.DOCUMENT, direction=Direction.WITHIN, offset=0, unit="day")


class EventDays:
    """The words of one language.

    nouns   what an act is called -> the kinds of it
    breaks  words that open another clause
    """

    def __init__(self, nouns: Mapping[str, Collection[Kind]], breaks: Collection[str]) -> None:
        self._nouns = nouns
        self._breaks = frozenset(breaks)

    def opens(self, row: WordRow, time: Timex, acts: Sequence[Act]) -> Act | None:
        """The act in the clause that an event-anchored time opens: "a year after it was signed"."""
        if time.anchor is not Anchor.EVENT:
            return None
        first, last = self._clause(row, time)
        return next((act for act in acts if first <= act.trigger.first < last), None)

    def outside(self, row: WordRow, times: Sequence[Timex], acts: Sequence[Act], act: Act) -> list[Timex]:
        """ "on 6 November, the day after it was signed": `times` without those before the one that opens the clause of `act`."""
        opener = next((time for time in times if self.opens(row, time, acts) is act), None)
        return [time for time in times if opener is None or time.start >= opener.start]

    def of(
        self, document: Document, analysis: Analysis, row: WordRow, acts: Sequence[tuple[Act, Occasion]],
        index: int, chosen: Timex | None, told: TimesTold,
    ) -> Occasion | None:  # fmt: skip
        """The occasion of the act at `index`, or None where no other act dates it.

        acts    the sentence's acts with the times that their own words give
        chosen  the event-anchored expression in the act's own clause, if any
        """
        act = acts[index][0]
        if act.factuality is not Factuality.HAPPENED:
            return None
        if chosen is not None:
            is_counted = _is_whole(chosen) or chosen.unit == MOMENT or _is_same_day(chosen)
            base = self._event(analysis, row, acts, chosen, act, told) if is_counted else None
            return _counted(document, chosen, base, act) if base else None
        opening = [time for time in analysis.times if self.opens(row, time, [one for one, _ in acts]) is act]
        whole = [time for time in opening if _is_whole(time)]
        if not whole or not (act.group.tense == "past" or _is_named(act, acts)):
            return None
        base = _beside(acts, index, whole[0])
        return _counted(document, _turned(whole[0]), base, act) if base else None

    def _event(
        self, analysis: Analysis, row: WordRow, acts: Sequence[tuple[Act, Occasion]], time: Timex, act: Act, told: TimesTold
    ) -> Timex | None:  # fmt: skip
        """The time of the act that the words after `time` name."""
        first, last = self._clause(row, time)
        inside = [one for one in acts if first <= one[0].trigger.first < last and one[0] is not act]
        if inside:
            there, occasion = inside[0]
            before = None if is_fixed(occasion) else told.dated((there.kind,), there.states)
            return occasion.timex if is_fixed(occasion) else before.timex if before else None
        if dated := next((one for one in analysis.times if first <= row.at(one.start) < last and _is_day(one)), None):
            return dated
        kinds = self._named(row.lower[first:last])
        named = [one for one in analysis.mentions if one.states and first <= row.at(one.start) < last]
        states = {state for one in named for state in one.states}
        if not kinds and not (named and row.at(named[0].start) <= first + 1 and row.at(named[0].end) >= last - 1):
            return None
        found = told.dated(kinds or _LIKE.get(act.kind, (act.kind,)), states)
        return found.timex if found else None

    def _named(self, words: Sequence[str]) -> Collection[Kind]:
        """The kinds of the first noun that names an act; of "the ratification instruments" the last."""
        at = next((at for at, word in enumerate(words) if word in self._nouns), None)
        while at is not None and words[at + 1 : at + 2] and words[at + 1] in self._nouns:
            at += 1
        return self._nouns[words[at]] if at is not None else ()

    def _clause(self, row: WordRow, time: Timex) -> tuple[int, int]:
        first = row.at(time.end)
        stops = (word for word in range(first + 1, min(len(row), first + _REACH)) if row.lower[word] in self._breaks)
        return first, next(stops, min(len(row), first + _REACH))


def _is_named(act: Act, acts: Sequence[tuple[Act, Occasion]]) -> bool:
    """ "a week after the government's approval": a noun, beside what has happened."""
    others = [one for one, _ in acts if one is not act]
    return (
        act.trigger.form is Form.NOUN and bool(others) and all(one.factuality is Factuality.HAPPENED for one in others)
    )


def _is_day(time: Timex) -> bool:
    return time.anchor in (Anchor.NONE, Anchor.DOCUMENT) and names_a_day(time)


def _is_whole(time: Timex) -> bool:
    return time.mod is None and bool(time.offset) and time.unit in _COUNTED


def _is_same_day(time: Timex) -> bool:
    """ "on the day of the exchange", "on the day it was signed"."""
    return time.unit == "day" and time.offset == 0 and time.anchor is Anchor.EVENT and time.mod is None


def _turned(time: Timex) -> Timex:
    """The same distance the other way."""
    assert time.offset
    direction = Direction.PAST if time.offset > 0 else Direction.FUTURE
    return msgspec.structs.replace(time, offset=-time.offset, direction=direction)


def _beside(acts: Sequence[tuple[Act, Occasion]], index: int, time: Timex) -> Timex | None:
    """The time of the main clause, whose act the other one dates; the day of writing where that clause tells no act."""
    others = [occasion for n, (_, occasion) in enumerate(acts) if n != index]
    if not others:
        return _TODAY
    fixed = [one.timex for one in others if one.timex is not None and is_fixed(one)]
    return min(fixed, key=lambda one: abs(one.start - time.start), default=None)


def _counted(document: Document, time: Timex, base: Timex, act: Act) -> Occasion | None:
    around = alone(base, document, None, "past")
    date = alone(time, document, around, act.group.tense) if around else None
    return Occasion(timex=time, context=base, date=date, rule=BY_EVENT)
