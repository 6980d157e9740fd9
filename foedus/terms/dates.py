"""What a text says about time (TIMEX3), and which days it can mean (EDTF, ISO 8601-2 level 1).

`Timex` keeps the words as strong as the text is and no stronger; `DateRange` is an answer, the closed interval of days
still possible. Dates only, no clock times: treaties bind by the day (VCLT Art. 24).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class DateRange(msgspec.Struct, frozen=True, order=True):
    """Days from `earliest` to `latest`, both included; an open end is `date.min` or `date.max`.

    >>> october = DateRange(date(2024, 10, 1), date(2024, 10, 31))
    >>> october & DateRange.day(2024, 10, 24)
    DateRange(2024-10-24)
    >>> october & DateRange.day(2024, 11, 6) is None
    True
    >>> DateRange.parse("2024-06").edtf, DateRange.parse("2024-11-10/2024-11-20").edtf, DateRange.parse("../2024-10-24").edtf
    ('2024-06', '2024-11-10/2024-11-20', '../2024-10-24')
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"a DateRange cannot end before it begins: {self.earliest} > {self.latest}")

    @classmethod
    def day(cls, year: int, month: int, day: int) -> DateRange:
        return cls(date(year, month, day), date(year, month, day))

    @classmethod
    def of(cls, day: date) -> DateRange:
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> DateRange:
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> DateRange:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def always(cls) -> DateRange:
        return cls(date.min, date.max)

    @classmethod
    def parse(cls, edtf: str) -> DateRange:
        """The days that an EDTF date, month, year or interval covers.

        raises   ValueError if it is no such date, or has open digits ("XXXX-11-09")
        """
        first, slash, last = edtf.partition("/")
        if not slash:
            return _calendar_unit(first)
        earliest = date.min if first in ("", "..") else _calendar_unit(first).earliest
        latest = date.max if last in ("", "..") else _calendar_unit(last).latest
        return cls(earliest, latest)

    @property
    def is_day(self) -> bool:
        return self.earliest == self.latest

    @property
    def edtf(self) -> str:
        """As EDTF: a day, a whole month or year by its short form, else an interval."""
        first, last = self.earliest, self.latest
        if first == last:
            return first.isoformat()
        if first != date.min and last != date.max:
            if self == DateRange.month(first.year, first.month):
                return f"{first:%Y-%m}"
            if self == DateRange.year(first.year):
                return f"{first.year:04}"
        start = ".." if first == date.min else first.isoformat()
        end = ".." if last == date.max else last.isoformat()
        return f"{start}/{end}"

    def __and__(self, other: DateRange) -> DateRange | None:
        """The days both allow; None where two sources contradict each other."""
        earliest, latest = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return DateRange(earliest, latest) if earliest <= latest else None

    def __or__(self, other: DateRange) -> DateRange:
        """The smallest range that holds both."""
        return DateRange(min(self.earliest, other.earliest), max(self.latest, other.latest))

    def __contains__(self, day: date) -> bool:
        return self.earliest <= day <= self.latest

    def __len__(self) -> int:
        """How many days."""
        return (self.latest - self.earliest).days + 1

    def days(self) -> Iterator[date]:
        for ordinal in range(self.earliest.toordinal(), self.latest.toordinal() + 1):
            yield date.fromordinal(ordinal)

    def __repr__(self) -> str:
        return f"DateRange({self.edtf})"


def _calendar_unit(text: str) -> DateRange:
    found = _DAY.fullmatch(text.strip().rstrip("?~%"))
    if not found:
        raise ValueError(f'"{text}" is no EDTF date, month or year (2024-10-24, 2024-10, 2024)')
    year, month, day = int(found[1]), found[2], found[3]
    if day:
        return DateRange.day(year, int(month), int(day))
    return DateRange.month(year, int(month)) if month else DateRange.year(year)


class Anchor(StrEnum):
    """What fills the open digits of a `Timex`."""

    NONE = "none"  # nothing open: "October 14, 2024"
    DOCUMENT = "document"  # the day the document was published: "last June", "on Thursday", "the 24th", "yesterday"
    CONTEXT = "context"  # the day last spoken of: "the same day", "the day before", "two hours later"
    EVENT = "event"  # an act that the text names: "three days after the vote"


class Direction(StrEnum):
    """On which side of its anchor the time lies, as far as the words say."""

    PAST = "past"  # strictly or loosely before the anchor: "last June"
    FUTURE = "future"  # after it: "next month"
    WITHIN = "within"  # the unit the anchor lies in: "this month", "today"
    NEAREST = "nearest"  # the words leave it open; tense decides: "on Thursday", "June 19"


SINCE = "ON_OR_AFTER"
"""The `bound` of "since": a time that lasts."""


class Timex(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression as TIMEX3 keeps it (ISO 24617-1): a value exactly as strong as the words.

    type       "DATE", "TIME", "DURATION" or "SET"
    value      "2024-10-24", "2024-06", "2024", open digits as X ("XXXX-10-14", "XXXX-XX-24", "XXXX-06", "XXXX-WXX-4" for a
               Thursday), "P60D" for a duration; for an offset the unit it lands in: "XXXX-XX-XX" (a day), "XXXX-XX" (a month)
    mod        TIMEX3 mod: "START", "MID", "END" of the unit; "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "APPROX"
    anchor     what fills the open digits
    direction  on which side of the anchor
    offset     with `unit`, how many units from the anchor ("yesterday" = -1 day, "next month" = +1 month); None where the words count nothing
    weekday    1 (Monday) to 7, where the words name it beside a date: it decides an open year ("Wednesday, April 8")
    other      the second reading of a numeric date whose order is open: "2024-06-05" beside "2024-05-06"
    bound      what a preposition says: "ON_OR_BEFORE" ("by"), "ON_OR_AFTER" ("since"), "BEFORE", "AFTER"; also in `mod` where that is free
    modifier   the words stand before a noun: "the 2000 treaty", "Thursday's vote"
    base       the expression that it counts from, where the words name one: "three days from Tuesday"
    through    the last expression of a span that this one begins: "from June 3 to next Friday"
    start, end code points of the words in the document's text
    words      text[start:end]
    rule       the name of the rule that read it
    """

    type: str = "DATE"
    value: str
    mod: str | None = None
    anchor: Anchor = Anchor.NONE
    direction: Direction | None = None
    offset: int | None = None
    unit: str | None = None
    weekday: int | None = None
    other: str | None = None
    bound: str | None = None
    modifier: bool = False
    base: Timex | None = None
    through: Timex | None = None
    start: int = 0
    end: int = 0
    words: str = ""
    rule: str = ""


def month_shifted(day: date, months: int) -> DateRange:
    """The whole month `months` after the one that `day` lies in (before it, if negative).

    >>> month_shifted(date(2024, 12, 4), 1)
    DateRange(2025-01)
    """
    index = day.year * 12 + day.month - 1 + months
    return DateRange.month(index // 12, index % 12 + 1)


def plus_days(day: date, days: int) -> date:
    """`day` plus `days`, kept inside the calendar that Python has."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


ONE_DAY = timedelta(days=1)
