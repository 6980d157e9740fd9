"""Votes in all the shapes reports print them (Popolo vote counts), from "397-0" to "All 397 deputies present voted in favor".

`Tallies.find` reads numbers; whose vote it is and on what is settled where the act is (`reading.py`). In a vote to reject,
`for_` still counts those for the treaty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.statements.vote_counts import Counts, CountWords
from foedus.statements.word_rows import alternation, longest_runs, runs_of
from foedus.terms.acts import Vote, VoteOn

_DIGIT = re.compile(r"\d")
_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
_OPENS_WITH_NUMBER = re.compile(r"(?:\(\?<![^()]*\))*\\b\{n:")
_SCORE = re.compile(r"\d\s?[-–]\s?\d")


COUNTED = "each number by its side"


class VoteWords(msgspec.Struct, frozen=True):
    """`votes.toml`: `named` counts those that are named ("with Malta and Cyprus against"), joined by `name_links`.

    `patterns` name their numbers for, against, abstain, absent, present; {n} is a number, {who} voters. `score` tells of a
    vote in digits; `ahead` of one that is still to come, or only supposed; behind a tally `other` leads to something else
    that was voted on, and before a bill `known` is what makes it the one spoken of.
    """

    numbers: dict[str, int]
    voters: tuple[str, ...]
    favour: tuple[str, ...]
    opposed: tuple[str, ...]
    abstained: tuple[str, ...]
    absent: tuple[str, ...]
    unanimous: tuple[str, ...]
    not_unanimous: tuple[str, ...]
    amendment: tuple[str, ...]
    procedure: tuple[str, ...]
    referral: tuple[str, ...]
    reject: tuple[str, ...]
    agenda: str
    ordinals: dict[str, int]
    gate: tuple[str, ...]
    pattern: tuple[VotePattern, ...]
    score: str = ""
    named: str = ""
    name_links: str = ""
    counts: CountWords | None = None
    ahead: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


class VotePattern(msgspec.Struct, frozen=True):
    """One way to print a tally."""

    name: str
    words: str
    unanimous: bool = False


class Tally(msgspec.Struct, frozen=True):
    """A vote as printed between `start` and `end`, and the rule that read it."""

    vote: Vote
    start: int
    end: int
    rule: str


class _Shape:
    """A pattern, compiled for the first text that tells of a vote."""

    def __init__(self, written: VotePattern, source: str) -> None:
        self.name, self.unanimous = written.name, written.unanimous
        self._source, self._opens_with_number = source, bool(_OPENS_WITH_NUMBER.match(written.words))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, re.IGNORECASE)

    def first(self, text: str, start: int, end: int, numbers: Sequence[int]) -> re.Match[str] | None:
        """The first match of text[start:end]; `numbers` is where all its numbers begin."""
        if not self._opens_with_number:
            return self._pattern.search(text, start, end)
        return next((found for at in numbers if (found := self._pattern.match(text, at, end))), None)


class Tallies:
    """The patterns of one language, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.section("votes", VoteWords)
        self._numbers = {**words.numbers, **_joined_numbers(words.numbers)}
        self._counts = Counts(words.counts, self._numbers, words.voters) if words.counts else None
        self._ordinals = words.ordinals
        shapes = {
            "n": rf"(?:\d{{1,3}}(?:,\d{{3}})?|{_hundreds(words)}{alternation(self._numbers)})",
            "who": rf"(?:{alternation(words.voters)})",
            "favour": rf"(?:{alternation(words.favour)})",
            "opposed": rf"(?:{alternation(words.opposed)})",
            "abstained": rf"(?:{alternation(words.abstained)})",
            "absent": rf"(?:{alternation(words.absent)})",
        }
        self._shapes = [_Shape(one, _filled(one.words, shapes)) for one in words.pattern]
        self._number_here = re.compile(rf"\b(?={shapes['n']})", re.IGNORECASE)
        self._extra = {
            "abstain": re.compile(
                rf"\b(?:with\s+|and\s+)?(?P<x>{shapes['n']})(?:\s+(?!{shapes['n']}\b)\w+){{0,2}}?\s+{shapes['abstained']}\b",
                re.IGNORECASE,
            ),
            "absent": re.compile(rf"\b(?P<x>{shapes['n']})(?:\s+\w+){{0,2}}?\s+{shapes['absent']}\b", re.IGNORECASE),
        }
        opposed = alternation(word for word in words.opposed if word not in words.numbers)
        self._extra["against"] = re.compile(
            rf"\b(?P<x>{shapes['n']})\s+(?:(?:{shapes['who']}|were|was)\s+){{0,2}}(?:{opposed})\b", re.IGNORECASE
        )
        names = rf"(?P<names>{_NAME}(?:, {_NAME})*(?:{words.name_links}{_NAME})?)"
        self._between = re.compile(rf"{words.name_links or '(?!)'}|, ")
        said = {"against": opposed, "abstain": alternation(words.abstained)}
        self._named = {key: re.compile(words.named.format(names=names, said=said[key])) for key in said if words.named}
        self._unanimous = re.compile(rf"\b(?:{alternation(words.unanimous)})\b", re.IGNORECASE)
        self._not_unanimous = re.compile(rf"\b(?:{alternation(words.not_unanimous)})\b", re.IGNORECASE)
        self._on = [
            (VoteOn.AMENDMENT, re.compile(rf"\b(?:{alternation(words.amendment)})\b", re.IGNORECASE)),
            (VoteOn.REFERRAL, re.compile(rf"\b(?:{alternation(words.referral)})\b", re.IGNORECASE)),
            (VoteOn.PROCEDURE, re.compile(rf"\b(?:{alternation(words.procedure)})\b", re.IGNORECASE)),
        ]
        self._reject = re.compile(rf"\b(?:{alternation(words.reject)})\b", re.IGNORECASE)
        self._agenda = re.compile(
            words.agenda.format(ordinal=f"(?P<ordinal>{alternation(words.ordinals)})"), re.IGNORECASE
        )
        self._gate = re.compile(rf"\b(?:{alternation(words.gate)})\b", re.IGNORECASE)
        self._gate_runs = longest_runs(words.gate)
        self._score = re.compile(rf"{_SCORE.pattern}|{words.score}" if words.score else _SCORE.pattern)
        self._number_runs = longest_runs(words.numbers)
        self._ordinal_runs = longest_runs(words.ordinals)

    def find(self, text: str, start: int, end: int) -> Tally | None:
        """The tally between `start` and `end`, or None; the pattern that tells most wins."""
        if not self._may_tell(text, start, end):
            return None
        has_number = bool(_DIGIT.search(text, start, end)) or not self._number_runs.isdisjoint(
            runs_of(text, start, end)
        )
        numbers = [found.start() for found in self._number_here.finditer(text, start, end)] if has_number else []
        first = ((shape, shape.first(text, start, end, numbers)) for shape in (self._shapes if has_number else ()))
        found = [read for shape, one in first if one and (read := self._read(shape, one, text, start, end))]
        best = (
            max(found, key=lambda read: (_filled_numbers(read[0].vote), read[1], read[0].start - read[0].end))[0]
            if found
            else None
        )
        if has_number and (best is None or best.vote.for_ is None or best.vote.against is None):
            best = self._counted(text, start, end, best)
        if best is not None:
            return best
        word = self._unanimous.search(text, start, end)
        if word and not self._not_unanimous.search(text, start, end):
            vote = Vote(unanimous=True, on=self._subject(text, start, end))
            return Tally(vote=vote, start=word.start(), end=word.end(), rule="unanimity without numbers")
        return None

    def _may_tell(self, text: str, start: int, end: int) -> bool:
        """Whether there is a word of voting, or a score ("397-0")."""
        if _DIGIT.search(text, start, end) and self._score.search(text, start, end):
            return True
        return not self._gate_runs.isdisjoint(runs_of(text, start, end)) and bool(self._gate.search(text, start, end))

    def agenda(self, text: str, start: int, end: int) -> int | None:
        """Which item of the agenda it was: "as the first agenda item" -> 1."""
        if self._ordinal_runs.isdisjoint(runs_of(text, start, end)):
            return None
        found = self._agenda.search(text, start, end)
        return self._ordinals[found["ordinal"].lower()] if found else None

    def _read(self, shape: _Shape, found: re.Match[str], text: str, start: int, end: int) -> tuple[Tally, int] | None:
        """A pattern's tally, and how many of its numbers are the pattern's own."""
        numbers = {key: self._number(value) for key, value in found.groupdict().items() if value}
        for key, extra in self._extra.items():
            more = extra.search(text, start, end)
            if more and key not in numbers and not (found.start() <= more.start("x") < found.end(_first(found))):
                numbers[key] = self._number(more["x"])
        for key, listed in self._named.items():
            who = listed.search(text, found.end(), end) if numbers.get("for") and key not in numbers else None
            if who:
                numbers[key] = len(self._between.split(who["names"]))
        votes_for, against = numbers.get("for"), numbers.get("against")
        if (votes_for is None and not against) or (against is None and not votes_for):
            return None
        if (
            votes_for is not None
            and against is not None
            and self._reject.search(text, text.rfind(";", start, found.start()) + 1 or start, end)
            and votes_for > against
            and "plain" in shape.name
        ):
            votes_for, against = against, votes_for
        vote = Vote(
            for_=votes_for,
            against=against if against is not None else (0 if shape.unanimous else None),
            abstain=numbers.get("abstain"),
            absent=numbers.get("absent"),
            present=numbers.get("present"),
            unanimous=True if shape.unanimous or self._said_unanimous(text, start, end) else None,
            on=self._subject(text, start, end),
        )
        own = sum(bool(value) for value in found.groupdict().values())
        return Tally(vote=vote, start=found.start(), end=found.end(), rule=shape.name), own

    def _counted(self, text: str, start: int, end: int, shaped: Tally | None) -> Tally | None:
        """The tally of the numbers counted one by one, where it tells more than a shape does; else what both tell."""
        counted = self._counts.told(text, start, end) if self._counts else None
        if counted is None:
            return shaped
        numbers = counted.numbers
        if shaped is not None and len(numbers) <= _filled_numbers(shaped.vote):
            is_apart = "for" not in numbers and shaped.vote.for_ is not None and counted.start >= shaped.end
            vote = msgspec.structs.replace(shaped.vote, against=numbers["against"]) if is_apart else shaped.vote
            return msgspec.structs.replace(shaped, vote=vote)
        if not counted.is_sure:
            return shaped
        vote = Vote(
            for_=numbers.get("for"),
            against=numbers.get("against"),
            abstain=numbers.get("abstain"),
            absent=numbers.get("absent"),
            unanimous=True if counted.is_all or self._said_unanimous(text, start, end) else None,
            on=self._subject(text, start, end),
        )
        return Tally(vote=vote, start=counted.start, end=counted.end, rule=COUNTED)

    def _said_unanimous(self, text: str, start: int, end: int) -> bool:
        return bool(self._unanimous.search(text, start, end)) and not self._not_unanimous.search(text, start, end)

    def _subject(self, text: str, start: int, end: int) -> VoteOn:
        """What was voted on; with a capital letter an Amendment is a treaty's name."""
        for on, words in self._on:
            if any(on is not VoteOn.AMENDMENT or found[0][0].islower() for found in words.finditer(text, start, end)):
                return on
        return VoteOn.MEASURE

    def _number(self, printed: str) -> int:
        plain = " ".join(printed.lower().replace(",", "").split())
        if plain.isdigit() or plain in self._numbers:
            return int(plain) if plain.isdigit() else self._numbers[plain]
        counted = self._counts.number(plain) if self._counts else None
        assert counted is not None, plain
        return counted


def _joined_numbers(numbers: dict[str, int]) -> dict[str, int]:
    """ "fifty-six": tens and units joined by a hyphen."""
    tens = {word: value for word, value in numbers.items() if 20 <= value < 100 and value % 10 == 0}
    units = {word: value for word, value in numbers.items() if 1 <= value <= 9 and " " not in word}
    return {f"{ten}-{unit}": high + low for ten, high in tens.items() for unit, low in units.items()}


def _hundreds(words: VoteWords) -> str:
    """ "a hundred and four", "two hundred": what may stand before a number below a hundred, or with nothing after it."""
    if words.counts is None or not words.counts.hundred:
        return ""
    units = alternation([word for word, value in words.numbers.items() if 1 <= value <= 9 and " " not in word])
    opened, joined = words.counts.hundred_and
    small = alternation({**words.numbers, **_joined_numbers(words.numbers)})
    return rf"(?:{units}|{opened})\s+{alternation(words.counts.hundred)}(?:\s+(?:{joined}\s+)?{small})?|"


def _first(found: re.Match[str]) -> str:
    """The count that stands first in a pattern's match."""
    return min((key for key, value in found.groupdict().items() if value), key=found.start)


def _filled(words: str, shapes: dict[str, str]) -> str:
    """A pattern with its shapes: {n:for} becomes a number group named "for"."""
    out = re.sub(r"\{n:(\w+)\}", lambda match: f"(?P<{match[1]}>{shapes['n']})", words)
    for name, shape in shapes.items():
        out = out.replace("{" + name + "}", shape)
    return out


def _filled_numbers(vote: Vote) -> int:
    return sum(number is not None for number in (vote.for_, vote.against, vote.abstain, vote.absent, vote.present))


def merged(one: Vote | None, other: Vote | None) -> Vote | None:
    """One vote from two places it is told in; numbers win over silence."""
    if one is None or other is None:
        return one or other
    fields = {
        name: getattr(one, name) if getattr(one, name) is not None else getattr(other, name)
        for name in ("for_", "against", "abstain", "absent", "present", "unanimous", "agenda")
    }
    on = one.on if one.on is not VoteOn.MEASURE else other.on
    return msgspec.structs.replace(one, on=on, **fields)
