"""Times that are one: "from June 3 to next Friday", "three days from Tuesday", "a week and two days"; and numbers in words.

News keeps spans apart ("from Monday" begins, "to Friday" ends) and joins lengths only; a reading says with which words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from foedus.terms.dates import Anchor, Timex

DAY = "XXXX-XX-XX"
LENGTH = re.compile(r"P(\d+)([YMWD])")
LENGTHS = re.compile(r"P(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?")
UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
ORDER = "YMWDT"
REACH = 24  # characters before a time in which the words that open a span are looked for


class JoinWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"and_": "and"}):
    """`[joined]` of a reading.

    plain    words between the first and the last time of a span
    opened   words that stand between them only after one of `openers`
    before   words before the first that belong to the span
    and_     words between parts of one length: "two years and 21 days"
    lasting  words between a length and the time at which it begins: "two weeks starting Monday"
    """

    plain: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    and_: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()


class Joins:
    """The words of one reading; joins nothing where it has none."""

    def __init__(self, words: JoinWords) -> None:
        self._plain = _between(words.plain)
        self._opened = _between((*words.plain, *words.opened))
        self._opener = _before(words.openers)
        self._before = _before(words.before)
        self._and = frozenset(("", *words.and_))
        self._lasting = _before(words.lasting)
        self._joins_spans, self._joins_lengths = bool(words.plain), bool(words.and_)

    def joined(self, text: str, times: Sequence[Timex]) -> tuple[Timex, ...]:
        """`times` with those that belong together made one."""
        if self._joins_lengths:
            times = self._counted(text, times)
        return tuple(self._pairs(text, times)) if self._joins_spans else tuple(times)

    def _counted(self, text: str, times: Sequence[Timex]) -> list[Timex]:
        """Times that are counted from the next one, or lengths that it goes on with, made one with it."""
        made: list[Timex] = []
        for time in reversed(times):
            joined = self._counted_from(text, time, made[-1]) if made else None
            if joined:
                made[-1] = joined
            else:
                made.append(time)
        return made[::-1]

    def _counted_from(self, text: str, time: Timex, following: Timex) -> Timex | None:
        gap = text[time.end : following.start].strip().lower()
        if time.anchor is Anchor.EVENT and self._joins_spans:
            return _up_to(text, time, following.end, base=following) if not gap else None
        if time.type != "DURATION" or time.direction is not None:
            return None
        if gap in self._and and _is_length(time) and _is_length(following) and following.mod is None:
            return _up_to(
                text, time, following.end, value=_summed(time.value, following.value), direction=following.direction
            )
        length = LENGTH.fullmatch(time.value)
        if length is None:
            return None
        counted = Timex(
            value=DAY,
            anchor=Anchor.EVENT,
            offset=int(length[1]),
            unit=UNITS[length[2]],
            start=time.start,
            rule=time.rule,
        )
        if gap in self._and and following.unit and following.offset and following.anchor is not Anchor.EVENT:
            side = 1 if following.offset > 0 else -1
            counted = msgspec.structs.replace(counted, anchor=following.anchor, offset=side * int(length[1]))
            return _up_to(text, counted, following.end, base=following)
        is_begun = (not gap.strip(",") and following.bound == "ON_OR_AFTER") or self._lasting.match(gap + " ")
        if is_begun and self._joins_spans:
            first = msgspec.structs.replace(following, start=time.start, bound=None, mod=None)
            return _up_to(text, first, following.end, through=msgspec.structs.replace(counted, base=following))
        return None

    def _pairs(self, text: str, times: Sequence[Timex]) -> Iterator[Timex]:
        at = 0
        while at < len(times):
            first = times[at]
            following = times[at + 1] if at + 1 < len(times) else None
            if following and self._are_a_span(text, first, following):
                opened = self._before.search(text, max(0, first.start - REACH), first.start)
                start = opened.start() if opened else first.start
                yield _up_to(text, msgspec.structs.replace(first, start=start), following.end, through=following)
                at += 2
            else:
                yield first
                at += 1

    def _are_a_span(self, text: str, first: Timex, last: Timex) -> bool:
        is_opened = self._opener.search(text, max(0, first.start - REACH), first.start) or self._opener.match(
            first.words + " "
        )
        found = (self._opened if is_opened else self._plain).match(text, first.end)
        is_date = first.type != "DURATION" and last.type != "DURATION"
        return is_date and found is not None and last.start <= found.end() <= last.end


def _is_length(time: Timex) -> bool:
    """A number of units, none of them left open."""
    return time.type == "DURATION" and LENGTHS.fullmatch(time.value) is not None


def _up_to(text: str, time: Timex, end: int, **changed: Timex | str | None) -> Timex:
    return msgspec.structs.replace(time, end=end, words=text[time.start : end], **changed)


def _between(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\s*(?:{'|'.join(map(re.escape, longest_first))})\s*(?:the\s+)?", re.IGNORECASE)


def _before(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words)) or '(?!)'})\s+(?:the\s+)?$", re.IGNORECASE)


def _summed(one: str, other: str) -> str:
    """ "P21D" and "P1M" together: P1M21D."""
    days = "".join(length.partition("T")[0] for length in (one, other))
    hours = "".join(length.partition("T")[2] for length in (one, other))
    parts = re.findall(r"\d+[YMWD]", days)
    return f"P{''.join(sorted(parts, key=lambda part: ORDER.index(part[-1])))}{f'T{hours}' if hours else ''}"


def number_said(words: Sequence[str], values: Mapping[str, int]) -> int:
    """A number in words, as it is said: hundreds multiply, and so does one two-digit number before another.

    >>> number_said(["nineteen", "ninety", "six"], {"nineteen": 19, "ninety": 90, "six": 6})
    1996
    >>> number_said(["two", "thousand", "and", "ten"], {"two": 2, "thousand": 1000, "ten": 10})
    2010
    """
    total = current = 0
    for value in (values[word] for word in words if word in values):
        if value in (100, 1000):
            current = max(1, current) * value
        elif 10 <= current < 100 and (value >= 10 or value == 0):
            current = current * 100 + value
        else:
            current += value
        if value == 1000:
            total, current = total + current, 0
    return total + current
