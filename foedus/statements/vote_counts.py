"""Votes counted one number at a time: "63 of them for it and 34 against it", "nays 61, yeas 33", "122 said aye".

Where no whole shape of a tally is printed, each number is asked which side it counts: by the words after it as far as the
next number or mark, else by those before it. What is needed, or is to come, counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

_TOKEN = re.compile(r"\d+(?:,\d{3})*|[^\W\d_]+(?:[-'’.][^\W\d_]+)*|[^\w\s]")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})?")
_FAR, _FREE, _BACK = 8, 2, 4  # words looked at after a number; strange ones before its noun; words looked at before it

_COLON, _COMMA = ":", ","
_UNSURE, _VOTERS, _BALLOTS = range(3)  # what a number is known to count


class CountWords(msgspec.Struct, frozen=True):
    """`[counts]` of `votes.toml`; every list holds words or phrases.

    sides      the words of each side: for, against, abstain, absent
    last       words of a side that count only where the phrase ends with them ("for" in "12 for, 3 against")
    next       words of a side that count only beside the number or a word of voting ("no" in "12 no", "12 voted no")
    before     words of a side that stand before their number too ("ayes 12", "the support of 98 deputies")
    parts      what makes the number after them the whole that another is a part of ("few of the 90")
    links      what may stand between a number and its side without being its noun
    ends       what ends a phrase with a word of `last`, besides marks
    openers    what may stand between a side and the number after it
    all        words that make the number after them everybody's ("all fifteen")
    unmet      what makes a number one that is asked for
    ballots    words of a side that only voters of a chamber are counted by
    states     voters that are no members of a chamber
    hundred    the word for a hundred, and what joins it to the rest
    """

    sides: dict[str, tuple[str, ...]]
    last: dict[str, tuple[str, ...]]
    next: dict[str, tuple[str, ...]]
    before: dict[str, tuple[str, ...]]
    parts: tuple[str, ...]
    links: tuple[str, ...]
    ends: tuple[str, ...]
    openers: tuple[str, ...]
    all: tuple[str, ...]
    unmet: tuple[str, ...]
    ballots: tuple[str, ...]
    states: tuple[str, ...]
    hundred: tuple[str, ...] = ()
    hundred_and: tuple[str, ...] = ()


class Counted(msgspec.Struct, frozen=True):
    """The numbers of each side ("for", "against", ...), and where they stand in the text.

    is_all   the only number is everybody's
    is_sure  both sides are counted, or the ballots of one: it takes no other telling to be a vote
    """

    numbers: Mapping[str, int]
    start: int
    end: int
    is_all: bool = False
    is_sure: bool = True


class _Number(msgspec.Struct, frozen=True):
    """A number, from word `first` to before `last`."""

    value: int
    first: int
    last: int


class Counts:
    """The words of one language, ready to be looked up."""

    def __init__(self, words: CountWords, numbers: Mapping[str, int], voters: Iterable[str]) -> None:
        self._words = words
        self._numbers = {word: value for word, value in numbers.items() if " " not in word}
        self._voters = Phrases({"": tuple(voters)})
        self._ballots = Phrases({"": words.ballots})
        self._states = Phrases({"": words.states})
        self._sides, self._last, self._next = Phrases(words.sides), Phrases(words.last), Phrases(words.next)
        self._before = Phrases(words.before, backward=True)
        self._parts = Phrases({"": words.parts}, backward=True)
        self._links, self._ends = frozenset(words.links), frozenset(words.ends)
        self._openers, self._unmet = frozenset(words.openers), frozenset(words.unmet)

    def told(self, text: str, start: int, end: int) -> Counted | None:
        """The sides counted between `start` and `end`; None where neither those for nor those against are."""
        found = list(_TOKEN.finditer(text, start, end))
        tokens = [one[0].lower().replace("’", "'") for one in found]
        numbers = self._numbers_of(tokens)
        sides: dict[str, _Number] = {}
        sure = _UNSURE
        for number, after in zip(numbers, [*numbers[1:], None] if numbers else [], strict=True):
            stop = after.first if after else len(tokens)
            side, how = self._side_of(tokens, number, stop)
            if not side and after and self._parts.at(tokens, after.first)[1] == after.first - number.last:
                side, how = self._side_after(tokens, after.last, len(tokens))  # "12 of the 20 deputies backed it"
            sure = max(sure, how)
            if side and side not in sides:
                sides[side] = number
        told = sides.get("for") or sides.get("against")
        needed = _UNSURE if {"for", "against"} <= set(sides) else _VOTERS if "for" in sides else _BALLOTS
        if told is None:
            return None
        is_all = any(word in self._words.all for word in tokens[max(0, told.first - 2) : told.first])
        return Counted(
            numbers={side: number.value for side, number in sides.items()},
            start=found[min(one.first for one in sides.values())].start(),
            end=found[max(one.last for one in sides.values()) - 1].end(),
            is_all=is_all and "for" in sides and "against" not in sides,
            is_sure=sure >= needed,
        )

    def number(self, printed: str) -> int | None:
        """The number that words print, or None.

        printed   lower case, words parted by one blank: "one hundred and four"
        """
        tokens = printed.split()
        number = self._number_at(tokens, 0) if tokens else None
        return number.value if number and number.last == len(tokens) else None

    def _numbers_of(self, tokens: Sequence[str]) -> list[_Number]:
        numbers: list[_Number] = []
        at = 0
        while at < len(tokens):
            number = self._number_at(tokens, at)
            if number:
                numbers.append(number)
            at = number.last if number else at + 1
        return numbers

    def _number_at(self, tokens: Sequence[str], at: int) -> _Number | None:
        """ "104", "1,204", "forty", "one hundred and four", "a hundred"."""
        if _DIGITS.fullmatch(tokens[at]):
            return _Number(int(tokens[at].replace(",", "")), at, at + 1)
        units = self._numbers.get(tokens[at], 1 if tokens[at] in self._words.hundred_and[:1] else None)
        if at + 1 < len(tokens) and tokens[at + 1] in self._words.hundred and units:
            rest = at + 2 + (tokens[at + 2 : at + 3] == list(self._words.hundred_and[1:2]))
            more = self._numbers.get(tokens[rest], 0) if rest < len(tokens) else 0
            return _Number(units * 100 + more, at, rest + 1 if more else at + 2)
        value = self._numbers.get(tokens[at])
        is_side = bool(self._next.at(tokens, at)[1]) and not self._voters.at(tokens, at + 1)[1]
        return None if value is None or is_side else _Number(value, at, at + 1)

    def _side_of(self, tokens: Sequence[str], number: _Number, stop: int) -> tuple[str, int]:
        """ "the support of 98", "98 for it"; of those that a number is a part of ("few of the 90 deputies"), none."""
        before = self._side_before(tokens, number.first)
        side, how = self._side_after(tokens, number.last, stop)
        if not before[0] and self._parts.at(tokens, number.first)[1]:
            return "", how
        return (side, how) if side else (before[0], max(how, before[1]))

    def _side_after(self, tokens: Sequence[str], first: int, stop: int) -> tuple[str, int]:
        """The side told after a number, and whether it counts ballots, voters of a chamber, or who knows what."""
        at, far, strange, voters, of_states, is_linked = first, first + _FAR, 0, False, False, True
        while at < min(stop, far):
            if voters and tokens[at] == _COMMA and (resumed := self._after_aside(tokens, at, stop)):
                at, far = resumed, resumed + _FAR
            if not tokens[at][0].isalnum() or tokens[at] in self._unmet:
                break
            side, length = self._side_at(tokens, at, is_linked)
            noun = self._voters.at(tokens, at)[1]
            if length > 0 and length >= noun:
                is_ballot = self._ballots.at(tokens, at)[1] and not of_states
                return side, _BALLOTS if is_ballot else _VOTERS if voters else _UNSURE
            if noun:
                of_states = self._states.at(tokens, at)[1] > 0
                voters = voters or not of_states
            elif tokens[at] not in self._links:
                strange, is_linked = strange + 1, False
            if strange > _FREE and not voters:
                return "", _UNSURE
            at += noun or 1
        return "", _VOTERS if voters else _UNSURE

    def _after_aside(self, tokens: Sequence[str], at: int, stop: int) -> int:
        """ "100 members, half of the house, voted for it": where the words go on after the second comma, or 0."""
        end = next((one for one in range(at + 1, min(stop - 1, at + _FAR)) if tokens[one] == _COMMA), 0)
        return end + 1 if end and self._sides.at(tokens, end + 1)[1] else 0

    def _side_at(self, tokens: Sequence[str], at: int, is_linked: bool) -> tuple[str, int]:
        side, length = self._sides.at(tokens, at)
        beside, reach = self._next.at(tokens, at) if is_linked else ("", 0)
        last, size = self._last.at(tokens, at)
        after = tokens[at + size] if at + size < len(tokens) else "."
        is_end = not after[0].isalnum() or after in self._ends or self._number_at(tokens, at + size) is not None
        options = [(length, side), (reach, beside), (size if is_end else 0, last)]
        length, side = max(options)
        return side, length

    def _side_before(self, tokens: Sequence[str], first: int) -> tuple[str, int]:
        at = first
        while not (side := self._before.at(tokens, at))[1] and at > max(1, first - _BACK):
            if tokens[at - 1] not in self._openers:
                return "", _UNSURE
            at -= 1
        is_sure = side[1] and (_COLON in tokens[at - 1 : first] or self._ballots.at(tokens, at - side[1])[1])
        return side[0], _BALLOTS if is_sure else _UNSURE


class Phrases:
    """Phrases by what they stand for, found at a word; the longest wins.

    >>> Phrases({"for": ("in favour",)}).at(["12", "in", "favour"], 1)
    ('for', 2)
    """

    def __init__(self, told: Mapping[str, Sequence[str]], backward: bool = False) -> None:
        self._backward = backward
        self._told: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for meaning, phrases in told.items():
            for phrase in phrases:
                parts = tuple(phrase.split())
                self._told.setdefault(parts[-1 if backward else 0], []).append((parts, meaning))
        for rows in self._told.values():
            rows.sort(key=lambda row: -len(row[0]))

    def at(self, tokens: Sequence[str], at: int) -> tuple[str, int]:
        """The meaning of the longest phrase that begins at word `at` (ends before it, if backward), and its length; else ("", 0)."""
        edge = at - 1 if self._backward else at
        if not 0 <= edge < len(tokens):
            return "", 0
        for parts, meaning in self._told.get(tokens[edge], ()):
            first = at - len(parts) if self._backward else at
            if first >= 0 and tuple(tokens[first : first + len(parts)]) == parts:
                return meaning, len(parts)
        return "", 0
