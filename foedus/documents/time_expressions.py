"""Time expressions of a text (TIMEX3): found by rules that are data, kept as strong as the words and no stronger.

A rule is a name in words, a pattern over groups of words, and what it makes; all of them stand in the lexicon's
`times.toml`. Every rule is filed under the words it can begin with, so that a text is scanned once; one that begins with
a small word ("the {season} of {year}") also under the words that can follow it. Patterns are compiled when first tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from foedus.documents.time_joins import Joins, JoinWords, number_said
from foedus.documents.time_productions import PRODUCTIONS, Production
from foedus.documents.time_resolution import alone, possible, symbolic
from foedus.errors import DataFileError
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import Timex

__all__ = ["TimeTagger", "alone", "possible", "symbolic", "time_tagger"]

WORD = re.compile(r"\d+|[^\W\d_]+")
GAP = r"(?>(?=\s)[^\S\n]*\n?[^\S\n]*)"  # blanks, with one line break at most
DIGITS = "0"  # the key of rules that begin with a digit
BOUNDS = ("BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER")
PREFIX_REACH = 24  # characters before an expression in which a preposition is looked for


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words with their values, or digits by a pattern, that play one role in a rule.

    openers   the words with which the pattern can begin, where it also has numbers in words
    """

    role: str | None = None
    words: dict[str, int | str] = {}
    pattern: str | None = None
    openers: list[str] = []
    cased: bool = False


class RuleData(Production, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as the lexicon writes it."""

    name: str
    pattern: str | list[str]
    makes: str


class TimeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`times.toml`, or what another reading adds to it."""

    possessive: str = ""
    prefixes: dict[str, str] = {}
    fragments: dict[str, str] = {}
    groups: dict[str, Group] = {}
    rules: list[RuleData]
    numbers: dict[str, int] = {}
    joined: JoinWords = JoinWords()

    def under(self, other: TimeWords) -> TimeWords:
        """These words with those of another reading before them."""
        return TimeWords(
            possessive=other.possessive or self.possessive,
            prefixes=self.prefixes | other.prefixes,
            fragments=self.fragments | other.fragments,
            groups=self.groups | other.groups,
            rules=[*other.rules, *self.rules],
            numbers=self.numbers | other.numbers,
            joined=other.joined,
        )


class Compiled:
    """One pattern of a rule, and for each role of it how its words are valued."""

    def __init__(
        self, rule: RuleData, source: str, values: Mapping[str, Mapping[str, int | str]], numbers: Mapping[str, int]
    ) -> None:
        self.rule, self.source, self.values, self.numbers = rule, source, values, numbers

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        try:
            return re.compile(self.source, re.IGNORECASE)
        except re.error as error:
            raise DataFileError(f'times.toml, rule "{self.rule.name}": {error} in the pattern {self.source}') from error

    def fields(self, found: re.Match[str]) -> dict[str, Any] | None:
        roles = {role: self._value(role, words) for role, words in found.groupdict().items() if words is not None}
        return PRODUCTIONS[self.rule.makes](self.rule, roles)

    def _value(self, role: str, words: str) -> float | str:
        known = self.values.get(role)
        if known is None:
            return words
        value = known.get(" ".join(words.lower().split()))
        if value is not None:
            return value
        if "." in words.strip("."):
            return float(words)
        digits = "".join(filter(str.isdigit, words))
        return int(digits) if digits else number_said(WORD.findall(words.lower()), self.numbers)


class Filed:
    """The rules that can begin with one word.

    followed  a word after it -> the rules that can go on with that word; the rules of no such word stand in each
    others    the rules that can go on with any word
    """

    def __init__(self, key: str, rows: Sequence[tuple[Compiled, str]], words: TimeWords) -> None:
        self.rules = tuple(rule for rule, _ in rows)
        self._key, self._sources, self._words = key, [source for _, source in rows], words

    @cached_property
    def _seconds(self) -> list[tuple[Compiled, Openings]]:
        """Told when a text first has the word."""
        seconds = (_second_words(source, self._key, self._words) for source in self._sources)
        return list(zip(self.rules, seconds, strict=True))

    @cached_property
    def others(self) -> tuple[Compiled, ...]:
        return tuple(rule for rule, words in self._seconds if words is None)

    @cached_property
    def followed(self) -> Mapping[str, tuple[Compiled, ...]]:
        known = frozenset().union(*(words for _, words in self._seconds if words is not None))
        return {
            second: tuple(rule for rule, words in self._seconds if words is None or second in words) for second in known
        }

    def before(self, following: re.Match[str] | None) -> tuple[Compiled, ...]:
        """The rules that can match where this word follows."""
        if following is None:
            return self.others
        word = following[0].lower()
        return self.followed.get(DIGITS if word[0] <= "9" else word, self.others)


class TimeTagger:
    """Finds time expressions; compiled once for a language and a way of reading it.

    reading  None reads as news does; "dialogue" also by the rules of `times_dialogue.toml`
    """

    def __init__(self, lexicon: Lexicon, reading: str | None = None) -> None:
        words = lexicon.section("times", TimeWords)
        if reading:
            words = words.under(lexicon.section(f"times_{reading}", TimeWords))
        self._joins = Joins(words.joined)
        self.rules = tuple(rule.name for rule in words.rules)
        self._by_word = _filed(words)
        self._possessive = re.compile(words.possessive)
        longest_first = sorted(words.prefixes, key=len, reverse=True)
        alternatives = "|".join(re.escape(prefix).replace(r"\ ", r"\s+") for prefix in longest_first)
        self._prefix = re.compile(rf"(?<!\w)({alternatives})\s+$", re.IGNORECASE)
        self._prefixes = words.prefixes
        self._vocabulary = _vocabulary(words)

    def letters_of_others(self, text: str) -> int:
        """How many letters the words of a text have that stand in no rule: a quick sign that it is no mere date."""
        return sum(len(word) for word in WORD.findall(text) if word[0] > "9" and word.lower() not in self._vocabulary)

    def tag(self, text: str, start: int = 0, end: int | None = None) -> tuple[Timex, ...]:
        """The expressions between `start` and `end`, in order, never overlapping; of two at one place the longer."""
        found = tuple(self._tagged(text, start, len(text) if end is None else end))
        return self._joins.joined(text, found)

    def _tagged(self, text: str, start: int, end: int) -> Iterator[Timex]:
        by_word, free = self._by_word, start
        words = [*WORD.finditer(text, start, end), None]
        openers = [
            (at, word) for at, word in enumerate(words) if word and ((first := word[0]) in by_word or first[0] <= "9")
        ]
        for at, word in openers:
            filed = by_word.get(word[0]) or by_word.get(DIGITS)
            if filed and word.start() >= free:
                rules = filed.before(words[at + 1]) if filed.followed else filed.rules
                found = self._longest(rules, text, word.start(), end) if rules else None
                if found:
                    timex = self._with_surroundings(text, free, *found)
                    yield timex
                    free = timex.end

    def _longest(
        self, rules: tuple[Compiled, ...], text: str, at: int, end: int
    ) -> tuple[Compiled, re.Match[str], dict[str, Any]] | None:
        best, reach = None, at
        for compiled in rules:
            found = compiled.pattern.match(text, at, end)
            if found and found.end() > reach:
                fields = compiled.fields(found)
                if fields is not None:
                    best, reach = (compiled, found, fields), found.end()
        return best

    def _with_surroundings(
        self, text: str, free: int, compiled: Compiled, found: re.Match[str], fields: dict[str, Any]
    ) -> Timex:
        """The expression with the preposition before it, which may bound it, and the possessive after it."""
        start, end = found.span()
        said = None
        low = max(free, start - PREFIX_REACH)
        prefix = self._prefix.search(text[low:start])
        if prefix:
            said = self._prefixes[" ".join(prefix[1].lower().split())] or None
            start = low + prefix.start()
        bound = said if said in BOUNDS else None
        return Timex(
            **{**fields, "mod": fields.get("mod") or said},
            bound=bound,
            modifier=compiled.rule.modifier or bool(self._possessive.match(text, end)),
            start=start,
            end=end,
            words=text[start:end],
            rule=compiled.rule.name,
        )


@lru_cache(maxsize=8)
def time_tagger(lexicon: Lexicon, reading: str | None = None) -> TimeTagger:
    """The tagger of a language, compiled once; `reading` as for `TimeTagger`."""
    return TimeTagger(lexicon, reading)


def _vocabulary(words: TimeWords) -> frozenset[str]:
    """Every word in the rules of a language, in lower case."""
    sources = [
        source for rule in words.rules for source in ([rule.pattern] if isinstance(rule.pattern, str) else rule.pattern)
    ]
    spelled = [*sources, *words.fragments.values(), *words.prefixes]
    spelled += [word for group in words.groups.values() for word in (*group.words, group.pattern or "")]
    return frozenset(word.lower() for text in spelled for word in WORD.findall(text))


def _filed(words: TimeWords) -> dict[str, Filed]:
    """Each rule under every word it can begin with."""
    filed: dict[str, list[tuple[Compiled, str]]] = {}
    for rule in words.rules:
        if rule.makes not in PRODUCTIONS:
            raise DataFileError(
                f'times.toml, rule "{rule.name}": nothing makes "{rule.makes}"; there is {", ".join(PRODUCTIONS)}'
            )
        for source in [rule.pattern] if isinstance(rule.pattern, str) else rule.pattern:
            compiled = _compiled(rule, source, words)
            for key in sorted(set(_first_words(source, words))):
                filed.setdefault(key, []).append((compiled, source))
    return {key: Filed(key, rows, words) for key, rows in filed.items()}


Openings = frozenset[str] | None
"""Words in lower case, or `DIGITS`, with one of which a text must go on; None where a pattern does not say it plainly."""


def _second_words(source: str, key: str, words: TimeWords) -> Openings:
    """How a pattern goes on after the word `key` with which it can begin."""
    if begins := _OPTIONAL_FIRST.match(source):
        after = source[begins.end() :]
        ways = [_openings(after, words)] if begins[1].lower() == key.lower() else []
        ways += [_second_words(after, key, words)] if key in _first_words(after, words) else []
        return None if None in ways else frozenset().union(*(one for one in ways if one)) or None
    if begins := _GROUP_FIRST.match(source):
        group, rest = words.groups.get(begins[1], Group()), _openings(source[begins.end() :], words)
        return _after_member(group, key, rest)
    begins = _WORD_FIRST.match(source)
    return _openings(source[begins.end() :], words) if begins else None


def _after_member(group: Group, key: str, rest: Openings) -> Openings:
    """How a pattern goes on after the first word of a group's members that begin with `key`; `rest` follows the group."""
    if key in group.openers:
        return None
    if key == DIGITS:
        endings = {ending.lower() for ending in WORD.findall(_NO_LETTERS.sub(" ", group.pattern or ""))}
        is_one_number = _ONE_NUMBER.fullmatch(_LOOKED_AT.sub("", group.pattern or ""))
        return rest and rest | endings | (frozenset() if is_one_number else {DIGITS})
    ways = [WORD.findall(word.lower()) for word in group.words if word[: len(key)].lower() == key.lower()]
    ways = [way for way in ways if way[0] == key.lower()]
    if any(len(way) == 1 for way in ways) and rest is None:
        return None
    seconds = (_opening(way[1]) for way in ways if len(way) > 1)
    return frozenset(seconds) | (rest if rest and any(len(way) == 1 for way in ways) else frozenset()) or None


def _openings(source: str, words: TimeWords) -> Openings:
    """With which words a pattern begins, signs and blanks apart."""
    source = _SIGNS.sub("", source)
    if fragment := re.match(r"<([a-z_]+)>", source):
        is_sign = not re.search(r"[^\W\d_]|\\", words.fragments.get(fragment[1], "\\"))
        return _openings(source[fragment.end() :], words) if is_sign else None
    if group := re.match(r"\{([a-z_]+)\}", source):
        members = words.groups.get(group[1], Group())
        firsts = {_opening(found[0]) for word in members.words if (found := WORD.match(word))}
        return frozenset(firsts | set(members.openers) | ({DIGITS} if members.pattern else set())) or None
    if source.startswith("(?:"):
        return _openings_of_choice(*_parenthesised(source), words)
    found = WORD.match(source)
    return (
        frozenset({_opening(found[0])})
        if found and source[found.end() : found.end() + 1] not in ("?", "*", "+", "{")
        else None
    )


def _openings_of_choice(inner: str, after: str, words: TimeWords) -> Openings:
    if "(" in inner or "[" in inner:
        return None
    ways = [f"{way}{after.removeprefix('?')}" if not way.strip(" ,?–-") else way for way in inner.split("|")]
    ways += [after[1:]] if after.startswith("?") else []
    openings = [_openings(way, words) for way in ways]
    return None if None in openings else frozenset().union(*(one for one in openings if one))


def _opening(word: str) -> str:
    return DIGITS if word[0] <= "9" else word.lower()


_GROUP_FIRST = re.compile(r"(?:<[a-z_]+>|\(\?<[=!][^()]*\))*\{([a-z_]+)\}")
_OPTIONAL_FIRST = re.compile(r"\(\?:(\w+) \)\?")
_WORD_FIRST = re.compile(r"(?:\(\?<[=!][^()]*\))?(?:\w+|\(\?:\w+(?:\|\w+)*\)) ")
_SIGNS = re.compile(r"^(?:[ ,?/–-]|\[[./–-]+\]|\(\?P<\w+>\[[./–-]+\]\))+")
_LOOKED_AT = re.compile(r"\(\?<?[=!][^()]*\)")
_ONE_NUMBER = re.compile(r"(?:\\d|\w|\[[\d-]+\]|\{[\d,]+\}|[()|?:])*")
"""The pattern of a group, what is only looked at apart, whose digits stand together."""
_NO_LETTERS = re.compile(r"\\.|\(\?<?[=!][^()]*\)")
"""Escapes and what is only looked at, in the pattern of a group."""


def _compiled(rule: RuleData, source: str, words: TimeWords) -> Compiled:
    source = _with_fragments(source, words.fragments)
    source = re.sub(r"\(\?<[=!][^()]*\)", lambda found: found[0].replace(" ", r"\s"), source)
    source = source.replace(" ", GAP)
    values: dict[str, Mapping[str, int | str]] = {}

    def expanded(found: re.Match[str]) -> str:
        group = words.groups.get(found[1])
        if group is None:
            raise DataFileError(
                f'times.toml, rule "{rule.name}": there is no group "{found[1]}"; there is {", ".join(words.groups)}'
            )
        role = group.role or found[1]
        role = next(name for name in (role, f"{role}2", f"{role}3") if name not in values)
        values[role] = {word.lower(): value for word, value in group.words.items()}
        return f"(?P<{role}>{_alternatives(group)})"

    return Compiled(rule, re.sub(r"\{([a-z_]+)\}", expanded, source), values, words.numbers)


def _with_fragments(source: str, fragments: Mapping[str, str]) -> str:
    """Named pieces put in; a fragment may use others."""
    while found := re.search(r"(?<!\?P)(?<!\(\?)<([a-z_]+)>", source):
        if found[1] not in fragments:
            raise DataFileError(f"times.toml: there is no fragment <{found[1]}>; there is {', '.join(fragments)}")
        source = source[: found.start()] + fragments[found[1]] + source[found.end() :]
    return source


def _alternatives(group: Group) -> str:
    spelled = sorted(group.words, key=len, reverse=True)
    if group.cased:
        spelled += [word.upper() for word in spelled if word.upper() != word]
    ends = [re.escape(word).replace(r"\ ", GAP) + (r"(?!\w)" if word[-1].isalnum() else "") for word in spelled]
    words = f"(?-i:{'|'.join(ends)})" if group.cased else "|".join(ends)
    return "|".join(part for part in (group.pattern, words) if part and part != "")


def _first_words(source: str, words: TimeWords) -> Iterator[str]:
    """The words, as texts may spell them, with which the pattern can begin; `DIGITS` for a digit."""
    source = re.sub(r"^(?:<[a-z_]+>|\(\?(?:<[=!]|!|=)[^()]*\))+", "", source)
    if source.startswith("{"):
        group = words.groups.get(source[1 : source.index("}")], Group())
        yield from (DIGITS,) if group.pattern else ()
        for word in (*group.words, *group.openers):
            yield from _spellings(word, group.cased)
    elif source.startswith("(?:"):
        inner, rest = _parenthesised(source)
        for alternative in inner.split("|"):
            yield from _first_words(alternative, words)
        if rest.startswith("?"):
            yield from _first_words(rest[1:], words)
    elif found := WORD.match(source):
        yield from _spellings(found[0], False)


def _parenthesised(source: str) -> tuple[str, str]:
    """What stands in the group that the pattern begins with, and what follows it."""
    depth = 0
    for at, sign in enumerate(source):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return source[3:at], source[at + 1 :]
    return source, ""


def _spellings(word: str, cased: bool) -> set[str]:
    first = WORD.match(word)
    if not first:
        return set()
    base = first[0]
    return {base, base.upper()} if cased else {base.lower(), base.capitalize(), base.upper()}
