"""Days that the calendar counts: the n-th weekday of a month, a numbered week, the same day of another month, Easter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from foedus.terms.dates import DateRange, month_shifted, plus_days


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> DateRange | None:
    """The weekday's first, second, ... day in a month (-1: its last); None where there are not so many."""
    days = [d for d in DateRange.month(year, month).days() if d.isoweekday() == weekday]
    place = nth - 1 if nth > 0 else nth
    return DateRange.of(days[place]) if place < len(days) else None


def numbered_week(year: int, month: int | None, number: int) -> DateRange | None:
    """The week of that number in a year (ISO 8601) or a month; a month's weeks are those whose Thursday it has, W05 the last."""
    if month is None:
        if number > date(year, 12, 28).isocalendar().week:
            return None
        monday = date.fromisocalendar(year, number, 1)
    else:
        thursdays = [day for day in DateRange.month(year, month).days() if day.isoweekday() == 4]
        monday = plus_days(thursdays[min(number, len(thursdays)) - 1], -3)
    return DateRange(monday, plus_days(monday, 6))


def months_of(days: DateRange) -> Iterable[int]:
    first, last = days.earliest, days.latest
    return range(first.month, last.month + 1) if first.year == last.year else range(1, 13)


def same_day(day: date, months: int) -> DateRange:
    """ "exactly two months later": the same day of the month, or the last where it has no such day."""
    month = month_shifted(day, months)
    return DateRange.of(month.earliest.replace(day=min(day.day, month.latest.day)))


def monday_of(day: date) -> date:
    return plus_days(day, 1 - day.isoweekday())


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).

    >>> easter(2018).isoformat()
    '2018-04-01'
    """
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = century // 4, (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - skipped + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
