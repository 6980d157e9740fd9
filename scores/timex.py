"""The score of time expressions: the English cases of Microsoft's Recognizers-Text specifications (MIT), file by file.

A case is right when the expression found at its place has the expected TIMEX value, or means one of the two resolutions
(past, future) that the case gives for its reference day; a case without results is right when nothing is found.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from foedus.documents.time_expressions import TimeTagger, time_tagger
from foedus.documents.time_resolution import possible
from foedus.pipeline import load_reference
from foedus.terms.dates import DateRange, Direction, Timex

SPECS = Path(__file__).parent.parent.parent / "shared" / "data" / "timex_specs"
FILES = ("DateParser", "DatePeriodParser", "DurationParser", "DateTimeModel")
READINGS = (None, "dialogue")
"""As reports are read, and with what requests to a machine need besides."""
KINDS = {"date", "daterange", "duration"}
NOW = date(2016, 11, 7)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--specs", type=Path, default=SPECS)
    parser.add_argument("--errors", action="store_true", help="print every case that is wrong")
    options = parser.parse_args()
    if not options.specs.is_dir():
        print(f"skipped: no specifications at {options.specs} (they are not part of Foedus)")
        return 0
    print(f"{'file':20} {'cases':>6} {'share':>6}   {'of those its own Python package supports':>12} {'share':>6}")
    for reading in READINGS:
        total: Counter[str] = Counter()
        tagger = time_tagger(load_reference().lexicons["en"], reading)
        print(f"read as {reading or 'news'}")
        for name in FILES:
            cases = json.loads((options.specs / f"{name}.json").read_text("utf-8-sig"))
            counts = _scored(cases, tagger, options.errors and reading == READINGS[-1])
            _print(name, counts)
            total += counts
        _print("TOTAL", total)
    return 0


def _print(name: str, counts: Counter[str]) -> None:
    shares = [counts[f"right {of}"] / max(1, counts[of]) for of in ("all", "supported")]
    print(f"{name:20} {counts['all']:6} {shares[0]:6.3f}   {counts['supported']:12} {shares[1]:6.3f}")


def _scored(cases: list[dict[str, Any]], tagger: TimeTagger, errors: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    for case in cases:
        day = date.fromisoformat(case.get("Context", {}).get("ReferenceDateTime", NOW.isoformat())[:10])
        found = tagger.tag(case["Input"])
        for expected in _expected(case):
            right = _is_right(expected, found, day)
            supported = "python" not in case.get("NotSupported", "")
            counts.update(
                {"all": 1, "right all": right, "supported": supported, "right supported": right and supported}
            )
            if errors and not right:
                said = [(t.words, t.type, t.value, t.mod, [r.edtf for r in possible(t, day)]) for t in found]
                print(f"WRONG {case['Input']!r} on {day}: {expected and _wanted(expected)}; found {said}")
    return counts


def _expected(case: dict[str, Any]) -> Iterator[dict[str, Any] | None]:
    """The results of a case that are dates, periods or durations; None where nothing is to be found."""
    results = case["Results"]
    if not results:
        yield None
    for result in results:
        if (result.get("Type") or result.get("TypeName") or "").removeprefix("datetimeV2.") in KINDS:
            yield result


def _wanted(result: dict[str, Any]) -> tuple[str, list[str], list[DateRange]]:
    """Words, TIMEX values and resolutions that a result expects."""
    if "Value" in result:
        value = result["Value"]
        resolved = [value.get("FutureResolution", {}), value.get("PastResolution", {})]
        return result["Text"], [value["Timex"]], [r for one in resolved for r in _range(one)]
    values = result["Resolution"]["values"]
    days = [
        r
        for v in values
        for r in _range({"date": v.get("value"), "startDate": v.get("start"), "endDate": v.get("end")})
    ]
    return result["Text"], [v["timex"] for v in values if "timex" in v], days


def _range(resolution: dict[str, Any]) -> Iterator[DateRange]:
    """The days of a resolution; the last day of theirs is the first one after the period."""
    try:
        if resolution.get("date"):
            yield DateRange.of(date.fromisoformat(resolution["date"][:10]))
        elif resolution.get("startDate") and resolution.get("endDate"):
            last = date.fromisoformat(resolution["endDate"][:10]) - timedelta(days=1)
            yield DateRange(date.fromisoformat(resolution["startDate"][:10]), last)
        elif resolution.get("startDate"):
            yield DateRange(date.fromisoformat(resolution["startDate"][:10]), date.max)
        elif resolution.get("endDate"):
            yield DateRange(date.min, date.fromisoformat(resolution["endDate"][:10]) - timedelta(days=1))
    except ValueError:
        return


def _is_right(expected: dict[str, Any] | None, found: tuple[Timex, ...], day: date) -> bool:
    if expected is None:
        return not any(t.type in ("DATE", "DURATION") for t in found)
    start = expected["Start"]
    end = start + expected["Length"] if "Length" in expected else expected["End"] + 1
    _, values, ranges = _wanted(expected)
    here = [t for t in found if t.start < end and start < t.end]
    return any(
        t.value in values or any(r in ranges for r in _meanings(t, day)) or _says_the_same(t, values, ranges, day)
        for t in here
    )


def _says_the_same(timex: Timex, values: list[str], ranges: list[DateRange], day: date) -> bool:
    """Whether only the conventions differ, where ours keeps no more than the words say.

    "the last 3 weeks" is P3W up to the day of writing; "in two years" is a year, not a day in it; the end of a span belongs
    to it; "late last week" is that week with a modifier.
    """
    if timex.type == "DURATION":
        return timex.direction is not None and any(v.endswith(f",{_in_months(timex.value)})") for v in values)
    whole = msgspec.structs.replace(
        timex, mod=None, direction=Direction.WITHIN if timex.offset == 0 else timex.direction
    )
    if any(set(_ending_before(r, timex)) & set(ranges) for r in _meanings(timex, day)):
        return True
    for tense in ("past", "future"):
        for r in possible(timex, day, None, tense)[:1]:
            counted = timex.unit in ("month", "year", "decade") and timex.offset != 0
            if counted and any(w.is_day and w.earliest in r for w in ranges):
                return True
            last = possible(timex if "/" not in timex.value else _last(timex), day, None, tense)[:1]
            if "/" in timex.value and any(
                w.earliest == r.earliest and last and w.latest + timedelta(days=1) == last[0].earliest for w in ranges
            ):
                return True
        units = {name for r in possible(whole, day, None, tense)[:1] for name in _names(r, timex)}
        if units & set(values):
            return True
    return False


def _in_months(value: str) -> str:
    """Quarters are counted in months: P2Q = P6M."""
    return f"P{3 * int(value[1:-1])}M" if value.endswith("Q") and value[1:-1].isdigit() else value


def _ending_before(r: DateRange, timex: Timex) -> Iterator[DateRange]:
    """A span as it ends in the cases: on the eve of the last day, month, week or year that its words name."""
    last = timex.through.value if timex.through else timex.value.rpartition("/")[2] if "/" in timex.value else ""
    is_rest = timex.offset == 0 and timex.direction in (Direction.PAST, Direction.FUTURE)
    if not last and not is_rest:
        return
    day = r.latest
    if re.fullmatch(r"[\dX]{4}-\d\d", last):
        day = day.replace(day=1)
    elif re.fullmatch(r"\d{4}", last):
        day = day.replace(month=1, day=1)
    elif re.fullmatch(r"[\dX]{4}-W\d\d", last):
        day -= timedelta(days=6)
    elif re.fullmatch(r"[\dX]{4}-Q\d", last):
        day = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if day > r.earliest:
        yield DateRange(r.earliest, day - timedelta(days=1))


def _last(timex: Timex) -> Timex:
    return msgspec.structs.replace(timex, value=timex.value.partition("/")[2])


def _names(r: DateRange, timex: Timex) -> Iterator[str]:
    """The names that TIMEX has for a week, month, season or year."""
    yield r.edtf
    if len(r) == 7:
        yield f"{r.earliest:%G-W%V}"
    if len(r) == 2:
        yield f"{r.earliest:%G-W%V}-WE"
    yield timex.value.replace("XXXX", f"{r.earliest.year}")
    yield timex.value.removeprefix("XXXX-")


def _meanings(timex: Timex, day: date) -> Iterator[DateRange]:
    """The likeliest meaning looking back, and looking on, with what a preposition says of the bounds."""
    for tense in ("past", "future"):
        for r in possible(timex, day, None, tense)[:1]:
            if timex.bound == "ON_OR_AFTER":
                yield DateRange(r.earliest, date.max)
            elif timex.bound == "AFTER":
                yield DateRange(r.latest if r.is_day else r.latest + timedelta(days=1), date.max)
                yield DateRange(r.latest + timedelta(days=1), date.max)
            elif timex.bound in ("BEFORE", "ON_OR_BEFORE"):
                yield DateRange(date.min, r.earliest - timedelta(days=1))
                yield DateRange(date.min, r.latest)
            yield r


if __name__ == "__main__":
    sys.exit(main())
