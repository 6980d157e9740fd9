"""What the words of a time rule make: the symbolic value of a time expression (TIMEX3, ISO 24617-1).

A rule's pattern yields roles ("month": 6, "shift": -1); a production turns roles into the fields of a `Timex`. None of
them consults a calendar for what is open: "the 24th" stays XXXX-XX-24. An impossible day (31 June) makes nothing.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from foedus.terms.dates import Anchor, Direction

Roles = Mapping[str, Any]
Fields = dict[str, Any]

NINETEENS = 30  # two digits from here on are years of the last century
LEAP = 2024  # a year that has every day
FEBRUARY = 2  # the month whose last day the year decides
DAY, WEEK, MONTH, YEAR = "XXXX-XX-XX", "XXXX-WXX", "XXXX-XX", "XXXX"
LANDS = {
    "day": DAY,
    "week": DAY,
    "hour": DAY,
    "minute": DAY,
    "second": DAY,
    "business day": DAY,
    "month": MONTH,
    "year": YEAR,
}
SPANS = {
    "day": DAY,
    "week": WEEK,
    "weekend": f"{WEEK}-WE",
    "month": MONTH,
    "quarter": "XXXX-QX",
    "year": YEAR,
    "decade": "XXX",
    "century": "XX",
}
LETTERS = {
    "day": "P{}D",
    "week": "P{}W",
    "weekend": "P{}WE",
    "month": "P{}M",
    "quarter": "P{}Q",
    "year": "P{}Y",
    "hour": "PT{}H",
    "minute": "PT{}M",
    "second": "PT{}S",
    "business day": "P{}BD",
}
_SMALLER = {"year": ("month", 12), "month": ("day", 30), "week": ("day", 7), "hour": ("minute", 60)}
LARGER = {"fortnight": (2, "week"), "decade": (10, "year"), "century": (100, "year")}


class Production(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule fixes by itself, whatever its words are."""

    anchor: Anchor | None = None
    shift: int | None = None
    side: int | None = None
    count: int | None = None
    unit: str | None = None
    letter: str | None = None
    half: bool = False
    exact: bool = False
    modifier: bool = False
    day_first: bool = False


def calendar(fixed: Production, roles: Roles) -> Fields | None:
    """A date, month, weekday, season, quarter or year, and which one: "June 19", "last June", "mid-next month"."""
    year, unit = roles.get("year"), roles.get("unit", fixed.unit)
    value = _calendar_value(fixed, roles)
    if value is None:
        return None
    anchor = fixed.anchor or (Anchor.NONE if year else Anchor.DOCUMENT)
    shift = roles.get("shift", fixed.shift)
    if unit and shift is None:
        shift = 0
    side = roles.get("side", shift)
    has_other_parts = bool({"month", "day", "season", "rank"} & roles.keys())
    return {
        "value": value,
        "anchor": anchor,
        "direction": None if anchor is Anchor.NONE else direction(side),
        "offset": shift if unit else None,
        "unit": unit,
        "mod": roles.get("mod"),
        "weekday": roles.get("weekday") if has_other_parts else None,
        "type": "TIME" if "daypart" in roles else "DATE",
    }


def direction(side: int | None) -> Direction:
    if side is None:
        return Direction.NEAREST
    return Direction.PAST if side < 0 else Direction.FUTURE if side else Direction.WITHIN


def _calendar_value(fixed: Production, roles: Roles) -> str | None:
    year = _year(roles)
    if "day" in roles:
        value = _day_value(year, roles.get("month"), roles["day"])
    elif "month" in roles:
        value = f"{year}-{roles['month']:02}"
    elif "weekday" in roles:
        value = f"XXXX-WXX-{roles['weekday']}"
    elif "season" in roles:
        value = f"{year}-{roles['season']}"
    elif fixed.letter:
        value = f"{year}-{fixed.letter}{roles['rank']}"
    elif "year" in roles:
        value = year
    else:
        value = SPANS.get(roles.get("unit", fixed.unit))
    return f"{value}T{roles['daypart']}" if value and "daypart" in roles else value


def _year(roles: Roles) -> str:
    """ "2024", for "'87" and "16" the one they are short for, "XXXX" where no year is named."""
    year = roles.get("year")
    if year is None:
        return "XXXX"
    return f"{year + (0 if year >= 100 else 2000 if year < NINETEENS else 1900):04}"


def _day_value(year: str, month: int | None, day: int) -> str | None:
    if month is None:
        return f"XXXX-XX-{day:02}"
    return f"{year}-{month:02}-{day:02}" if _exists(year, month, day) else None


def _exists(year: str, month: int, day: int) -> bool:
    try:
        date(LEAP if year == "XXXX" else int(year), month, day)
    except ValueError:
        return False
    return True


def numeric(fixed: Production, roles: Roles) -> Fields | None:
    """A date in digits; where both orders are possible, both are kept, the likelier first.

    That is the month, but the day after full stops and in languages that put it first (`day_first`).
    """
    first, second, year = roles["number"], roles["number2"], _year(roles)
    day_first = fixed.day_first or roles.get("mark") == "."
    orders = [(second, first), (first, second)] if day_first else [(first, second), (second, first)]
    values = [f"{year}-{month:02}-{day:02}" for month, day in orders if month <= 12 and _exists(year, month, day)]
    if not values:
        return None
    other = values[1] if len(values) > 1 and values[1] != values[0] else None
    return {"value": values[0], "other": other}


def nth_weekday(fixed: Production, roles: Roles) -> Fields | None:
    """The so-manieth weekday of a month: "the first Friday of June" = XXXX-06-WXX-5-#1, the last of it #-1."""
    year = f"{roles['year']:04}" if "year" in roles else "XXXX"
    month = f"{roles['month']:02}" if "month" in roles else "XX"
    shift = roles.get("shift", None if "month" in roles else fixed.shift)
    is_open = year == "XXXX"
    return {
        "value": f"{year}-{month}-WXX-{roles['weekday']}-#{roles['nth']}",
        "anchor": Anchor.DOCUMENT if is_open else Anchor.NONE,
        "direction": direction(shift) if is_open else None,
        "offset": shift,
        "unit": roles.get("unit", fixed.unit if "month" not in roles else None),
    }


def nth_day(fixed: Production, roles: Roles) -> Fields | None:
    """A day of a month by its rank: "the first day of May" = XXXX-05-01, "the last day of June" = XXXX-06-30.

    Nothing for the last of February without its year.
    """
    year, month, nth = _year(roles), roles["month"], roles["nth"]
    if nth < 0 and month == FEBRUARY and year == YEAR:
        return None
    last = monthrange(LEAP if year == YEAR else int(year), month)[1]
    return calendar(fixed, {**roles, "day": nth if nth > 0 else last + 1 + nth})


def nth_week(fixed: Production, roles: Roles) -> Fields | None:
    """A week by its number: "week 10" = XXXX-W10, "the third week of October" = XXXX-10-W03, the last one W05."""
    year, month, shift, rank = _year(roles), roles.get("month"), roles.get("shift"), roles["rank"]
    unit = roles.get("unit")
    if month or unit == "month":
        value = f"{year}-{month or 'XX':02}-W{5 if rank < 0 else rank:02}"
    else:
        last = date(int(year), 12, 28).isocalendar().week if year != "XXXX" else 52
        value = f"{year}-W{last if rank < 0 else rank:02}"
    is_open = year == "XXXX"
    return {
        "value": value,
        "anchor": Anchor.DOCUMENT if is_open else Anchor.NONE,
        "direction": direction(shift) if is_open else None,
        "offset": shift,
        "unit": unit,
    }


def feast(fixed: Production, roles: Roles) -> Fields | None:
    """A day with a name: "Christmas" = XXXX-12-25, "Easter Monday 2018" = 2018-E+1 (days from Easter Sunday)."""
    year, shift, unit = _year(roles), roles.get("shift"), roles.get("unit")
    is_open = year == "XXXX"
    return {
        "value": f"{year}-{roles['feast']}",
        "anchor": Anchor.DOCUMENT if is_open else Anchor.NONE,
        "direction": direction(shift) if is_open else None,
        "offset": shift if unit else None,
        "unit": unit,
    }


def compact(fixed: Production, roles: Roles) -> Fields | None:
    """ "20161016" = 2016-10-16."""
    digits = str(roles["compact"])
    value = _day_value(digits[:4], int(digits[4:6]), int(digits[6:]))
    return {"value": value} if value else None


def rest(fixed: Production, roles: Roles) -> Fields | None:
    """What is left of a unit ("the rest of the week"), or, on the side -1, what is over of it ("year to date")."""
    return {
        "value": SPANS[roles["unit"]],
        "anchor": Anchor.DOCUMENT,
        "direction": direction(fixed.side or 1),
        "offset": 0,
        "unit": roles["unit"],
    }


def fiscal(fixed: Production, roles: Roles) -> Fields | None:
    """ "fiscal year 2008" = FY2008, "this school year" = SYXXXX: which days it has, a state's law says."""
    shift = roles.get("shift")
    return {
        "value": f"{roles['letter']}{_year(roles)}",
        "anchor": Anchor.NONE if shift is None else Anchor.DOCUMENT,
        "direction": None if shift is None else direction(shift),
        "offset": shift,
        "unit": None if shift is None else "year",
    }


def century(fixed: Production, roles: Roles) -> Fields | None:
    """ "the 21st century" = 20."""
    return {"value": f"{roles['century'] - 1:02}"}


def days_of_a_month(fixed: Production, roles: Roles) -> Fields | None:
    """From one day of a month to another: "from 4 to 22 this month", "April 27th to the 3rd" (of May)."""
    year, shift = _year(roles), roles.get("shift")
    first, last = roles["day"], roles["day2"]
    month = f"{roles['month']:02}" if "month" in roles else "XX"
    if first >= last or (month != "XX" and not _exists(year, int(month), last)):
        return None
    is_open = year == "XXXX"
    return {
        "value": f"{year}-{month}-{first:02}/{year}-{month}-{last:02}",
        "anchor": Anchor.DOCUMENT if is_open else Anchor.NONE,
        "direction": direction(shift) if is_open else None,
        "offset": shift,
        "unit": roles.get("unit"),
    }


def week_of(fixed: Production, roles: Roles) -> Fields | None:
    """Seven days from the day that names the week: "the week of January 20, 2020" = 2020-01-20/2020-01-26."""
    year = roles.get("year")
    text = f"{year:04}" if year else "XXXX"
    if _day_value(text, roles["month"], roles["day"]) is None:
        return None
    first = date(year or LEAP, roles["month"], roles["day"])
    ends = [first, first + timedelta(days=6)]
    if not year and ends[1].year != LEAP:
        return None
    return _open_span([f"{text}-{end:%m-%d}" if not year else end.isoformat() for end in ends])


def span(fixed: Production, roles: Roles) -> Fields | None:
    """From one day, or year, to another: "November 10-12, 2024" = 2024-11-10/2024-11-12."""
    if "month" not in roles:
        values = [f"{roles['year']:04}", f"{roles['year2']:04}"]
    else:
        year = roles.get("year")
        text = f"{year:04}" if year else "XXXX"
        if "day" not in roles:
            last = f"{roles['year2']:04}" if "year2" in roles else text
            return _open_span([f"{text}-{roles['month']:02}", f"{last}-{roles['month2']:02}"])
        days = [_day_value(text, roles["month"], roles["day"])]
        days.append(_day_value(text, roles.get("month2", roles["month"]), roles["day2"]))
        values = [day for day in days if day]
    return _open_span(values)


def _open_span(values: list[str]) -> Fields | None:
    """The fields of a span whose ends are in order."""
    if len(values) < 2 or values[0] >= values[1]:
        return None
    is_open = "X" in values[0]
    return {
        "value": "/".join(values),
        "anchor": Anchor.DOCUMENT if is_open else Anchor.NONE,
        "direction": Direction.NEAREST if is_open else None,
    }


def days(fixed: Production, roles: Roles) -> Fields | None:
    """A day beside the day of writing: "yesterday", "last night"."""
    offset = roles.get("days", roles.get("shift"))
    daypart = roles.get("daypart")
    return {
        "type": "TIME" if daypart else "DATE",
        "value": f"XXXX-XX-XXT{daypart}" if daypart else "XXXX-XX-XX",
        "anchor": Anchor.DOCUMENT,
        "direction": direction(offset),
        "offset": offset,
        "unit": "day",
        "mod": roles.get("mod"),
    }


def offset(fixed: Production, roles: Roles) -> Fields | None:
    """So many units from an anchor: "two days later", "a year and two months ago"; `offset` is None where vague."""
    unit = fixed.unit or roles["unit"]
    side = roles.get("side", fixed.side)
    count = roles.get("count", fixed.count)
    times, unit = LARGER.get(unit, (1, unit))
    if fixed.half and count is not None:
        count, unit, times = _with_a_half(count, unit, times)
    if "unit2" in roles:
        smaller, many = _SMALLER.get(unit, (unit, 0))
        if smaller != roles["unit2"] or unit == "month":
            return None
        count, unit = count * many + roles["count2"], smaller
    return {
        "value": DAY if fixed.exact else LANDS.get(unit, DAY),
        "anchor": fixed.anchor or Anchor.CONTEXT,
        "direction": direction(0 if count == 0 else side),
        "offset": 0 if count == 0 else None if count is None else count * times * (side or 1),
        "unit": unit,
        "mod": "APPROX" if count is None else None,
    }


def _with_a_half(count: int, unit: str, times: int) -> tuple[int, str, int]:
    """One and a half years are 18 months, one and a half hours 90 minutes; half a month or week is counted in days."""
    smaller, many = _SMALLER.get(unit, (unit, 1))
    return (count * times * many + times * many // 2, smaller, 1) if many > 1 else (count, unit, times)


def duration(fixed: Production, roles: Roles) -> Fields | None:
    """A length of time: "90 days" = P90D, "several years" = PXY."""
    unit, count = roles["unit"], roles.get("count", fixed.count)
    if fixed.half and fixed.exact and count is not None:
        count += 0.5
    elif fixed.half and count is not None:
        count, unit, _ = _with_a_half(count, unit, 1)
    if count is None and unit in LARGER and "shift" not in roles:
        return {"type": "DURATION", "value": LETTERS[LARGER[unit][1]].format("XX")}
    times, unit = LARGER.get(unit, (1, unit))
    one = times if "shift" in roles else "X"
    fields: Fields = {"type": "DURATION", "value": LETTERS[unit].format(one if count is None else count * times)}
    if "shift" in roles:
        fields |= {"anchor": Anchor.DOCUMENT, "direction": direction(roles["shift"])}
    return fields


def decade(fixed: Production, roles: Roles) -> Fields | None:
    """ "the 1990s" = 199X, "the 70s" those of the last century."""
    first = roles["decade"] if "decade" in roles else 1900 + roles["tens"]
    return {"value": f"{first // 10}X"}


def recurring(fixed: Production, roles: Roles) -> Fields | None:
    """Again and again: "every year" = P1Y, "every Thursday" = XXXX-WXX-4."""
    if "unit" in roles:
        return {"type": "SET", "value": LETTERS[roles["unit"]].format(roles.get("count", 1))}
    return {"type": "SET", "value": _calendar_value(fixed, roles)}


PRODUCTIONS: dict[str, Callable[[Production, Roles], Fields | None]] = {
    "calendar": calendar,
    "numeric": numeric,
    "nth weekday": nth_weekday,
    "nth day": nth_day,
    "week of": week_of,
    "nth week": nth_week,
    "feast": feast,
    "compact": compact,
    "rest of a unit": rest,
    "fiscal": fiscal,
    "century": century,
    "days of a month": days_of_a_month,
    "span": span,
    "days": days,
    "offset": offset,
    "duration": duration,
    "decade": decade,
    "set": recurring,
}
