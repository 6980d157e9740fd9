"""What a report has said of time so far: the expressions it used, and the acts it dated by them.

Words such as "the same day", "a year earlier" and "a day after the vote" count from one of these. Which one, their own
unit says: a year hangs on any time, a month on one that names a month, a day on one that names a day. What was done is
never counted from what is still to come.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import alone, names_a_day, possible
from foedus.statements.memory import Act
from foedus.terms.acts import Kind
from foedus.terms.dates import Anchor, DateRange, Direction, Timex

REPORT_TIME = "time of the report"
"""The rule's name where the only time in a clause is that of its telling."""


class Occasion(msgspec.Struct, frozen=True):
    """A time and how it came to be the act's.

    context  the expression that an anaphoric or event-anchored `timex` counts from
    """

    timex: Timex | None = None
    context: Timex | None = None
    date: DateRange | None = None
    rule: str = ""


class TimesTold:
    """A report's memory of times, sentence after sentence."""

    def __init__(self, named: Iterable[Timex] = ()) -> None:
        """`named` are all the times of the report, those to come too."""
        values = {one.value for one in named}
        self._full = sorted({DateRange.parse(value) for value in values if _FULL.fullmatch(value)})
        self._recent = [one for one in self._full if f"XXXX-{one.earliest:%m}" in values]
        self.times: list[Timex] = []
        self.heading: Timex | None = None
        self.settled: dict[int, Timex] = {}  # where a time stands -> what it is by the year or week that another gave
        self.acts: list[tuple[Act, Occasion]] = []
        self._days: dict[int, DateRange] = {}  # where a time stands -> when the act was that it dates
        self._background: set[int] = set()  # where days stand of what had been done before: no story goes on from there

    def hear(self, times: Sequence[Timex], acts: Sequence[tuple[Act, Occasion]]) -> None:
        """Takes in a sentence once it has been read."""
        self.times.extend(times)
        self.acts.extend(acts)
        for act, occasion in acts:
            if occasion.timex is not None and occasion.date is not None:
                self._days[occasion.timex.start] = occasion.date
            if occasion.timex is not None and act.group.tense == "past" and "perfect" in act.group.says:
                self._background.add(occasion.timex.start)

    def settle(self, time: Timex, days: DateRange) -> None:
        """Keeps what the report itself says of a time that its own words leave open."""
        self.settled[time.start] = _known(time, days)

    def antecedent(self, time: Timex, within: Sequence[Timex], document: Document, tense: str | None) -> Timex | None:
        """What the anaphoric `time` counts from: the last fitting expression of its sentence before it, or of the report.

        within  the times of its own sentence
        tense   of the act that it dates: what is past is not counted from a day to come
        """
        earlier = [*self.times[-_REACH:], *(one for one in within if one.end <= time.start)]
        if time.direction is Direction.FUTURE:
            earlier = [one for one in earlier if one.start not in self._background]
        for index in range(len(earlier) - 1, -1, -1):
            one = self.settled.get(earlier[index].start, earlier[index])
            is_hanging = one.anchor is Anchor.CONTEXT
            found = _chained(one, self._before(earlier[:index], one), document) if is_hanging else one
            if (
                found
                and _can_carry(found, time)
                and (tense != "past" or not self._is_ahead(found, document, found in within))
            ):
                return found
        return None

    def _is_ahead(self, one: Timex, document: Document, is_beside: bool) -> bool:
        """Whether a time lies ahead of the report; one beside what is past is past where it can be."""
        stated = document.stated
        days = self._days.get(one.start) or (
            alone(one, document, None, "past" if is_beside else None) if stated else None
        )
        return bool(stated and days and days.earliest > stated.on.latest)

    def _before(self, earlier: Sequence[Timex], time: Timex) -> Timex | None:
        """What an anaphoric expression told before counts from, where its own words say it."""
        return next((one for one in reversed(earlier) if _can_carry(one, time)), None)

    def in_a_year_named(self, time: Timex) -> DateRange | None:
        """A month and day without its year, in a report that nothing dates: as its full dates tell, or None.

        It is the day that a full date repeats, or one shortly before the latest of them. What comes after that one can be
        of any later year: a full date is often the only one because it lies long ago. Not so where the report tells that
        month without its year too ("in June", and later "on June 19, 2024"): then it is of the year after it.
        """
        if not self._full or not _OPEN.fullmatch(time.value):
            return None
        same = [one for one in self._full if f"XXXX-{one.earliest:%m-%d}" == time.value]
        if same:
            return same[0] if len(same) == 1 else None
        latest = self._full[-1].earliest
        if self._recent and self._recent[-1] == self._full[-1]:
            around = possible(time, latest + timedelta(days=_YEAR), None, "past")
            after = next((one for one in around if 0 <= (one.earliest - latest).days < _YEAR), None)
            if after is not None:
                return after
        found = possible(time, latest, None, None)
        return next((one for one in found if 0 <= (latest - one.earliest).days <= _SEASON), None)

    def dated(self, kinds: Collection[Kind], states: Collection[str] = ()) -> Occasion | None:
        """The occasion of the last act told of one of these kinds, by one of these states where any is given."""
        for act, occasion in reversed(self.acts):
            if act.kind in kinds and (not states or set(states) & set(act.states)) and is_fixed(occasion):
                return occasion
        return None


def is_fixed(occasion: Occasion) -> bool:
    """Whether another time can be counted from it."""
    return occasion.timex is not None and occasion.context is None and occasion.rule != REPORT_TIME


def _can_carry(one: Timex, time: Timex) -> bool:
    if one.anchor in (Anchor.CONTEXT, Anchor.EVENT) or one.type not in ("DATE", "TIME"):
        return False
    if time.unit in ("year", "decade") or (time.unit is None and _MONTH.fullmatch(time.value)):
        return True
    if time.unit == "month":
        return names_a_day(one) or one.unit in ("week", "month") or _MONTH.match(one.value) is not None
    return names_a_day(one)


def _chained(time: Timex, base: Timex | None, document: Document) -> Timex | None:
    """ "the next day", said of a day that is known, is itself a day that another can be counted from."""
    around = alone(base, document) if base else None
    days = alone(time, document, around, "past") if around else None
    if days is None or not (days.is_day or len(days.edtf) == len("2024-10")):
        return None
    return _known(time, days)


def _known(time: Timex, days: DateRange) -> Timex:
    return Timex(value=days.edtf, anchor=Anchor.NONE, start=time.start, end=time.end, words=time.words, rule=time.rule)


_FULL = re.compile(r"\d{4}-\d\d-\d\d")
_OPEN = re.compile(r"XXXX-\d\d-\d\d")
_REACH = 60  # expressions told before among which an antecedent is sought: a page full of times takes no square of work
_SEASON = 100  # days before the latest full date of a report within which an open one is taken for its neighbour
_YEAR = 365
_MONTH = re.compile(r"[\dX]{4}-\d\d")
