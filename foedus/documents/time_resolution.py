"""Which days a time expression can mean, once something fills its open digits.

News English counts from the day of writing: a weekday in the past tense is one of the last seven days, "June 19" the
latest one, "last June" the latest June that is over. Each answer is a list, the most natural meaning first, so that a
register that weighs all reports together can take another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import msgspec

from foedus.documents.calendar_days import easter, monday_of, months_of, nth_weekday, numbered_week, same_day
from foedus.documents.document import Document
from foedus.terms.dates import Anchor, DateRange, Direction, Timex, month_shifted, plus_days

CALENDAR = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?")
WEEKLY = re.compile(r"XXXX-WXX(?:-(\d|WE))?")
PART_OF_YEAR = re.compile(r"(\d{4}|XXXX)-(SP|SU|FA|WI|Q[1-4X]|H[12])")
NTH_WEEKDAY = re.compile(r"(\d{4}|XXXX)-(\d\d|XX)-WXX-(\d)-#(-?\d)")
WEEK = re.compile(r"(\d{4}|XXXX)-(?:(\d\d|XX)-)?W(\d\d)")
EASTER = re.compile(r"(\d{4}|XXXX)-E([+-]\d+)")  # so many days from Easter Sunday; TIMEX3 has no word for it
CENTURY = re.compile(r"\d\d")
DECADE = re.compile(r"(\d{3})X")
FIRST_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
THIRDS = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}  # days of a month, as annotators of news split it
UNITS_OF_DAYS = {"day": 1, "week": 7, "weekend": 7}
SHORT = ("minute", "hour", "day", "week", "weekend")  # units of which a week is made, or that make one
LONG = ("month", "quarter", "year", "decade", "century")  # that months make up
UNITS_OF_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
EXACT = "XXXX-XX-XX"  # what a counted month or year lands in where the words mean a day
VAGUE = (2, 6)  # "several days later"
MOMENT = "moment"  # "soon afterwards": in news of a day still that day, if need be one of the next
SOON = 6
NEAR, FAR = (3, 2), (12, 4)  # years back and on in which an open year is sought; far where a weekday decides it
NEWS = 7  # days about its own that a report mostly tells of
MOST = 3  # meanings that are worth weighing


def possible(
    timex: Timex, published: date, context: DateRange | None = None, tense: str | None = None
) -> tuple[DateRange, ...]:
    """The days that `timex` can mean in a report of the day `published`, the most natural first; () if it names no day.

    context  the days last spoken of, or of the event that an event-anchored expression counts from
    tense    "past", "present", "future" of the verb, or None

    >>> october = date(2024, 10, 24)
    >>> possible(Timex(value="XXXX-06", anchor=Anchor.DOCUMENT, direction=Direction.PAST), october)[0]
    DateRange(2024-06)
    """
    if timex.through is not None:
        return _spanned(timex, timex.through, published, tense)
    if timex.type in ("DURATION", "SET"):
        return ()
    if timex.base is not None:
        context = next(iter(possible(timex.base, published, context, tense)), None)
    if timex.anchor is Anchor.NONE:
        return _stated(timex)
    if context is None and (timex.anchor is Anchor.EVENT or timex.unit == MOMENT):
        return ()
    around = DateRange.of(published)
    if (timex.anchor is not Anchor.DOCUMENT or timex.base is not None) and context is not None:
        around = context
    if timex.unit:
        return tuple(_unique(_counted(timex, around)))
    found = _ordered(timex, around, tense)
    return tuple(_unique(part for days in found if (part := _part(days, _part_meant(timex)))))[:MOST]


def repeats_weekly(timex: Timex) -> bool:
    """Whether the words mean a week later what they mean now, just seven days on: weekdays, counted days and weeks do.

    >>> repeats_weekly(Timex(value="XXXX-WXX-2", anchor=Anchor.DOCUMENT)), repeats_weekly(Timex(value="XXXX-XX-24", anchor=Anchor.DOCUMENT))
    (True, False)
    """
    value = _bare(timex.value)
    is_open = WEEKLY.fullmatch(value) is not None or (timex.unit in SHORT and not re.search(r"\d", value))
    return is_simple(timex) and timex.anchor is not Anchor.NONE and timex.unit in (None, *SHORT) and is_open


def is_simple(timex: Timex) -> bool:
    """Whether the words hold no second expression that they count from or run to."""
    return timex.base is None and timex.through is None


def means_the_day(timex: Timex, day: date) -> bool:
    """Whether open words can mean a day in a report of some day: what they leave open apart, they are its own.

    >>> monday = Timex(value="XXXX-WXX-1", anchor=Anchor.DOCUMENT)
    >>> means_the_day(monday, date(2025, 10, 6)), means_the_day(monday, date(2025, 10, 7))
    (True, False)
    """
    value = _bare(timex.value)
    if weekly := WEEKLY.fullmatch(value):
        return weekly[1] in (None, str(day.isoweekday())) or (weekly[1] == "WE" and day.isoweekday() > 5)
    found = CALENDAR.fullmatch(value)
    parts = zip(found.groups(), (f"{day:%Y}", f"{day:%m}", f"{day:%d}"), strict=True) if found else ()
    return all(said is None or "X" in said or said == its for said, its in parts)


def run_of(timex: Timex, tense: str | None, published: date) -> tuple[int, int]:
    """What days of writing share on which the words mean the same: a month for "last year", the days up to the next 14 October.

    >>> last_year = Timex(value="XXXX", anchor=Anchor.DOCUMENT, unit="year", offset=-1)
    >>> run_of(last_year, "past", date(2024, 10, 14)) == run_of(last_year, "past", date(2024, 10, 31))
    True
    """
    is_settled = timex.direction in (Direction.PAST, Direction.FUTURE) or (
        timex.direction is not Direction.WITHIN and tense in ("past", "future")
    )
    value = _bare(timex.value)
    if not is_simple(timex) or value == "XXXX-XX-XX":
        return published.toordinal(), 0
    if timex.unit in LONG and timex.offset != 0:
        return published.year, published.month
    if timex.unit is None and is_settled and CALENDAR.fullmatch(value):
        return published.year, bisect_right(_turns(value, published.year), published.toordinal())
    return published.toordinal(), 0


@lru_cache(maxsize=1 << 12)
def _turns(value: str, year: int) -> tuple[int, ...]:
    """The days of a year on which an open value comes to stand for another day: the eve, the day itself, and that after its end."""
    found = CALENDAR.fullmatch(value)
    days = _in_year(year, found[2], found[3]) if found else ()
    first, last = ([d.toordinal() for d in ends] for ends in ([d.earliest for d in days], [d.latest for d in days]))
    return tuple(sorted({*first, *(day - 1 for day in first), *(day + 1 for day in last)}))


def _spanned(first: Timex, last: Timex, published: date, tense: str | None) -> tuple[DateRange, ...]:
    """From one time to another: what one leaves open, the other closes."""
    opens = msgspec.structs.replace(first, through=None)
    is_open, ends_open = _is_open(opens), _is_open(last)
    if is_open and not ends_open:
        end = next(iter(possible(last, published, None, tense)), None)
        start = next(iter(possible(opens, end.earliest, end, "past")), None) if end else None
    else:
        start = next(iter(possible(opens, published, None, tense)), None)
        around = start.earliest if start and ends_open else published
        end = next(iter(possible(last, around, start, "future" if ends_open else tense)), None)
    return (DateRange(start.earliest, end.latest),) if start and end and start.earliest <= end.latest else ()


def _is_open(timex: Timex) -> bool:
    return timex.anchor is Anchor.DOCUMENT and timex.unit is None and timex.direction is Direction.NEAREST


def alone(
    timex: Timex, document: Document, context: DateRange | None = None, tense: str | None = None
) -> DateRange | None:
    """The days that the document by itself gives; None where its own day would be needed and nothing states it."""
    needs_context = timex.anchor in (Anchor.CONTEXT, Anchor.EVENT)
    if timex.anchor is Anchor.NONE or (needs_context and context is not None):
        found = possible(timex, date.min, context, tense)
        if timex.other and not timex.weekday and document.written:
            found = _nearer(found, document.written.latest, tense)
        return next(iter(found), None)
    written = document.written
    if written is None or timex.anchor is Anchor.EVENT:
        return None
    first = next(iter(possible(timex, written.earliest, context, tense)), None)
    if first is None or written.is_day:
        return first
    last = next(iter(possible(timex, written.latest, context, tense)), None)
    return first | last if last else None


def _nearer(found: tuple[DateRange, ...], published: date, tense: str | None) -> tuple[DateRange, ...]:
    """ "03/04/2023": where both orders make a day, what was done is not yet to come, and news tells of what is near.

    >>> [str(days.earliest) for days in _nearer((DateRange.day(2023, 3, 4), DateRange.day(2023, 4, 3)), date(2023, 4, 5), "past")]
    ['2023-04-03', '2023-03-04']
    """
    return tuple(
        sorted(
            found,
            key=lambda days: (
                tense == "past" and days.earliest > published,
                abs((days.earliest - published).days) > NEWS,
            ),
        )
    )


def symbolic(timex: Timex) -> str | None:
    """As EDTF with open digits: "XXXX-XX-24", "XXXX-10-14", "XXXX-06"; None where the words leave every digit open."""
    value = _bare(timex.value)
    if timex.type in ("DURATION", "SET"):
        return None
    if timex.anchor is Anchor.NONE:
        return next((days.edtf for days in _stated(timex)), None)
    if not re.search(r"\d", value) or not all(CALENDAR.fullmatch(end) for end in value.split("/")):
        return None
    if timex.mod in THIRDS and value.startswith("XXXX-") and len(value) == 7:
        first, last = THIRDS[timex.mod]
        last = min(last, month_shifted(date(2024, int(value[5:7]), 1), 0).latest.day)
        return f"{value}-{first:02}/{value}-{last:02}"
    return value


def names_a_day(timex: Timex) -> bool:
    """Whether the words speak of one day, as "that day" can hang on, not of a month, a year or a span.

    >>> names_a_day(Timex(value="XXXX-XX-24")), names_a_day(Timex(value="XXXX-WXX-4")), names_a_day(Timex(value="XXXX-06"))
    (True, True, False)
    """
    return timex.type in ("DATE", "TIME") and (timex.unit == "day" or _DAY.match(timex.value) is not None)


_DAY = re.compile(r"[\dX]{4}-(?:[\dX]{2}-(?:\d{2}|WXX-\d-#)|W[\dX]{2}-\d)")


def _bare(value: str) -> str:
    """A value without its part of the day."""
    return value.partition("T")[0]


def _stated(timex: Timex) -> tuple[DateRange, ...]:
    """A value with nothing open; both readings of a numeric date, the one that fits a named weekday first."""
    values = [timex.value] + ([timex.other] if timex.other else [])
    found = [days for value in values if (days := _whole(_bare(value)))]
    found.sort(key=lambda days: bool(timex.weekday and days.is_day and days.earliest.isoweekday() != timex.weekday))
    return tuple(part for days in found if (part := _part(days, _part_meant(timex))))


def _whole(value: str) -> DateRange | None:
    if "/" in value:
        first, last = (_whole(end) for end in value.split("/"))
        return first | last if first and last else None
    if found := NTH_WEEKDAY.fullmatch(value):
        return nth_weekday(int(found[1]), int(found[2]), int(found[3]), int(found[4]))
    if found := PART_OF_YEAR.fullmatch(value):
        return _months(int(found[1]), found[2])
    if found := DECADE.fullmatch(value):
        return DateRange.year(int(found[1]) * 10) | DateRange.year(int(found[1]) * 10 + 9)
    if CENTURY.fullmatch(value):
        return DateRange.year(int(value) * 100) | DateRange.year(int(value) * 100 + 99)
    if found := WEEK.fullmatch(value):
        return numbered_week(int(found[1]), int(found[2]) if found[2] else None, int(found[3]))
    if found := EASTER.fullmatch(value):
        return DateRange.of(plus_days(easter(int(found[1])), int(found[2])))
    try:
        return DateRange.parse(value)
    except ValueError:
        return None


def _months(year: int, part: str) -> DateRange | None:
    """A season, quarter or half of a year; winter begins in the year that names it."""
    if part not in FIRST_MONTH:
        return None
    first = date(year, FIRST_MONTH[part], 1)
    return DateRange(first, month_shifted(first, 5 if part[0] == "H" else 2).latest)


def _part_meant(timex: Timex) -> str | None:
    """ "before the end of May" is any day of it, not one of its last."""
    return None if timex.mod == "END" and timex.bound == "BEFORE" else timex.mod


def _part(days: DateRange, mod: str | None) -> DateRange | None:
    """The early, middle or late part: days 1-10, 11-20, 21-end of a month; thirds of anything longer or shorter."""
    if mod not in THIRDS or days.is_day:
        return days
    if days == month_shifted(days.earliest, 0):
        first, last = THIRDS[mod]
        return DateRange(days.earliest.replace(day=first), days.earliest.replace(day=min(last, days.latest.day)))
    third = len(days) / 3
    lower, upper = {"START": (0.0, third), "MID": (third, 2 * third), "END": (2 * third, 3 * third)}[mod]
    first, last = round(lower), max(round(lower), round(upper) - 1)
    return DateRange(plus_days(days.earliest, first), plus_days(days.earliest, last))


def _counted(timex: Timex, around: DateRange) -> Iterator[DateRange]:
    """So many units from the anchor, or the part of that unit which the value names."""
    assert timex.unit
    if timex.unit == MOMENT:
        yield from (around, DateRange(around.earliest, plus_days(around.latest, SOON)))
        return
    if timex.offset is None:
        sign = -1 if timex.direction is Direction.PAST else 1
        ends = [_shifted(around, sign * count, timex) for count in VAGUE]
        yield ends[0] | ends[1]
        return
    unit = _shifted(around, timex.offset, timex)
    value = _bare(timex.value)
    names_part = re.search(r"\d", value) or (PART_OF_YEAR.fullmatch(value) and not value.endswith("X"))
    inside = list(_inside(value, unit)) if names_part else [unit]
    for days in inside:
        clipped = _on_its_side(days, timex, around)
        if clipped and (part := _part(clipped, _part_meant(timex))):
            yield part


def _shifted(around: DateRange, count: int, timex: Timex) -> DateRange:
    """The unit `count` after the anchor: a calendar week, month or year, or just as many days."""
    unit = timex.unit
    if unit in UNITS_OF_MONTHS and _bare(timex.value) == EXACT:
        return same_day(around.earliest, UNITS_OF_MONTHS[unit] * count) | same_day(
            around.latest, UNITS_OF_MONTHS[unit] * count
        )
    if unit in ("hour", "minute"):
        return DateRange(around.earliest, plus_days(around.latest, abs(count) // 24 * (1 if count > 0 else -1)))
    if unit == "month":
        return month_shifted(around.earliest, count) | month_shifted(around.latest, count)
    if unit == "quarter":
        months = [month_shifted(day.replace(month=(day.month - 1) // 3 * 3 + 1), 3 * count) for day in _ends(around)]
        return months[0] | month_shifted(months[1].earliest, 2)
    if unit in ("year", "decade", "century"):
        return _years(around, count, {"year": 1, "decade": 10, "century": 100}[unit])
    step = UNITS_OF_DAYS.get(unit or "day", 1) * count
    first, last = (plus_days(day, step) for day in _ends(around))
    if "W" in timex.value:
        weekend = (5, 6) if timex.value.endswith("WE") else (0, 6)
        return DateRange(plus_days(monday_of(first), weekend[0]), plus_days(monday_of(last), weekend[1]))
    return DateRange(first, last)


def _years(around: DateRange, count: int, step: int) -> DateRange:
    first, last = (day.year // step * step + count * step for day in _ends(around))
    return DateRange.year(max(1, min(first, 9999))) | DateRange.year(max(1, min(last + step - 1, 9999)))


def _ends(days: DateRange) -> tuple[date, date]:
    return days.earliest, days.latest


def _on_its_side(days: DateRange, timex: Timex, around: DateRange) -> DateRange | None:
    """ "earlier this month" ends with the anchor, "later this month" begins with it."""
    if timex.offset != 0 or len(days) == 1:
        return days
    if timex.direction is Direction.PAST:
        return days & DateRange(date.min, around.latest)
    return days & DateRange(around.earliest, date.max) if timex.direction is Direction.FUTURE else days


def _inside(value: str, unit: DateRange) -> Iterator[DateRange]:
    """Where the open value falls inside `unit`: the 24th of a month, the Wednesday of a week, the July of a year."""
    years = range(unit.earliest.year, unit.latest.year + 1)
    for days in _instances(value, years, unit):
        if days & unit:
            yield days


def _instances(value: str, years: Iterable[int], near: DateRange) -> Iterator[DateRange]:
    """All the days, months or seasons that an open value can stand for in `years`, ascending; weekdays near `near`."""
    if "/" in value:
        first, last = value.split("/")
        pairs = zip(_instances(first, years, near), _instances(last, years, near), strict=False)
        yield from (start | end for start, end in pairs)
    elif found := WEEKLY.fullmatch(value):
        weekday, more = (6, 1) if found[1] == "WE" else (int(found[1] or 1), 0)
        for day in range(near.earliest.toordinal() - 14, near.latest.toordinal() + 15):
            if date.fromordinal(day).isoweekday() == weekday:
                yield DateRange(date.fromordinal(day), date.fromordinal(day + more))
    elif found := NTH_WEEKDAY.fullmatch(value):
        numbers = range(1, 13) if found[2] == "XX" else (int(found[2]),)
        places = ((year, month) for year in years for month in numbers)
        yield from (d for year, month in places if (d := nth_weekday(year, month, int(found[3]), int(found[4]))))
    elif found := WEEK.fullmatch(value):
        months: Iterable[int | None] = (int(found[2]),) if (found[2] or "XX") != "XX" else (None,)
        months = months_of(near) if found[2] == "XX" else months
        weeks = ((year, month) for year in years for month in months)
        yield from (d for year, month in weeks if (d := numbered_week(year, month, int(found[3]))))
    elif found := EASTER.fullmatch(value):
        yield from (DateRange.of(plus_days(easter(year), int(found[2]))) for year in years)
    elif found := PART_OF_YEAR.fullmatch(value):
        yield from (days for year in years if (days := _months(year, found[2])))
    elif found := CALENDAR.fullmatch(value):
        for year in years:
            yield from _in_year(year, found[2], found[3])


@lru_cache(maxsize=1 << 14)
def _in_year(year: int, month: str | None, day: str | None) -> tuple[DateRange, ...]:
    if month is None:
        return (DateRange.year(year),)
    numbers = range(1, 13) if month == "XX" else (int(month),)
    if day is None:
        return tuple(DateRange.month(year, number) for number in numbers)
    return tuple(DateRange.day(year, n, int(day)) for n in numbers if int(day) <= monthrange(year, n)[1])


def _ordered(timex: Timex, around: DateRange, tense: str | None) -> list[DateRange]:
    """The instances of an open value, the most natural first."""
    value = _bare(timex.value)
    anchor = around.latest
    back, on = (1, 1) if value.startswith("XXXX-XX-") else FAR if timex.weekday else NEAR
    years = range(max(1, anchor.year - back), min(9999, anchor.year + on) + 1)
    found = list(_instances(value, years, around))
    if timex.weekday:
        found = [days for days in found if days.earliest.isoweekday() == timex.weekday]
    if timex.direction is Direction.PAST:
        return _backwards(found, anchor, is_strict=True)
    if timex.direction is Direction.FUTURE:
        return [days for days in found if days.earliest > around.earliest]
    if timex.direction is Direction.WITHIN:
        return sorted(found, key=lambda days: _distance_within(days, anchor, weekly="W" in value))
    return _by_tense(timex, found, anchor, tense)


def _backwards(found: list[DateRange], anchor: date, *, is_strict: bool) -> list[DateRange]:
    """The latest first: wholly before the anchor ("last June"), or begun by then."""
    return [days for days in reversed(found) if (days.latest < anchor if is_strict else days.earliest <= anchor)]


def _distance_within(days: DateRange, anchor: date, *, weekly: bool) -> tuple[bool, int]:
    """The one in the anchor's own week or year before all others."""
    same = monday_of(days.earliest) == monday_of(anchor) if weekly else days.earliest.year == anchor.year
    return not same, abs((days.earliest - anchor).days)


def _by_tense(timex: Timex, found: list[DateRange], anchor: date, tense: str | None) -> list[DateRange]:
    """Past: the latest, then a day that a time zone puts one day ahead, then the next; future: mirrored; else the nearer."""
    back = _backwards(found, anchor, is_strict=False)
    on = [days for days in found if days.latest >= anchor]
    ahead = [days for days in on if days.is_day and days.earliest == plus_days(anchor, 1)]
    has_month = "X-XX" not in timex.value and "W" not in timex.value
    if tense == "future":
        return on[:2] + back[:1]
    if tense == "past" or "W" in timex.value:
        return (ahead if has_month else []) + back[:1] + ahead + on[:1] + back[1:2]
    return sorted(back[:1] + on[:1], key=lambda days: _gap(days, anchor)) + back[1:2]


def _gap(days: DateRange, anchor: date) -> int:
    """How far off; what is to come counts double, since reports tell more of what has been."""
    if anchor in days:
        return 0
    return (anchor - days.latest).days if days.latest < anchor else 2 * (days.earliest - anchor).days


def _unique(found: Iterable[DateRange]) -> Iterator[DateRange]:
    seen: set[DateRange] = set()
    for days in found:
        if days not in seen:
            seen.add(days)
            yield days
