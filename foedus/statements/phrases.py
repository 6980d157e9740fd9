"""Phrases: the small notation in which lexicons write word patterns, compiled once to regular expressions.

    consists of {number} articles     words in order; `{number}` is a class of the lexicon, captured where it is one of numbers
    (armed|military) attack*          one of several; `attack*` is any word that begins so
    [mutual] defen(ce|se) ...4 each   an optional part; a gap of four words at most (`...` alone: eight)

Between words may stand white space, commas, hyphens, brackets and quotation marks; never a full stop or a semicolon.
Each pattern knows words without which it cannot match, so that a text without them is passed over quickly; it is compiled
when a text first has one of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from foedus.statements.word_rows import runs_of

_GAP = 8
_BETWEEN = r"[\s,\-–—()\[\]\"“”„«»'‘’]+"
_WORD = r"(?:[^\s,;:!?()\[\]\"“”„«»\-–—]+)"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_PART = re.compile(
    r"\s*(?:(?P<gap>\.\.\.)(?P<most>\d*)|(?P<open>[(\[])|(?P<class>\{[\w-]+\})|(?P<word>[^\s()\[\]{}|]+))"
)

Row = TypeVar("Row")

Classes = Mapping[str, "Sequence[str] | Mapping[str, int]"]
"""Name of a class -> its phrases, or (for numbers) its words with their values."""


class Anchor(NamedTuple):
    """Letters that stand in every match, in lower case: a whole word of the text, the beginning of one, or any part."""

    letters: str
    opens: bool
    closes: bool

    @property
    def key(self) -> str:
        """By what a text that has it is known (`_keys_of`); empty where it may stand within a word, or is too short."""
        if self.opens and self.closes:
            return self.letters
        return self.letters[:_OPENING] if self.opens and len(self.letters) >= _OPENING else ""


Anchors = tuple[Anchor, ...]
"""One of them stands in every match; empty where none is known."""

Needs = tuple[Anchors, ...]
"""Every match has an anchor of each."""


class PhraseError(ValueError):
    """A phrase that is not in the notation."""


class Pattern:
    """One phrase: the source of its regular expression, and what a text must have that it matches.

    keys    one of these keys, by which it is looked up; empty where its anchors have none
    needs   for each other part of it, one of these keys or letters
    """

    __slots__ = ("_compiled", "keys", "needs", "source")

    def __init__(self, source: str, needs: Needs) -> None:
        self.source = source
        best = _strongest([need for need in needs if all(anchor.key for anchor in need)])
        self.keys = frozenset(anchor.key for anchor in best)
        self.needs = tuple(_keys_and_letters(need) for need in needs if need is not best)
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.source, re.IGNORECASE)
        return self._compiled

    def may_match(self, lower: str, has: Set[str]) -> bool:
        """Whether a text, in lower case and by its keys, has an anchor of each part."""
        for keys, letters in self.needs:
            if keys.isdisjoint(has) and not (letters and has_any(lower, letters)):
                break
        else:
            return True
        return False


class _Index:
    """Which of several things can stand in a text, by the keys without which they cannot.

    Each of `listed` is the patterns of one thing.

    keys   what a text has by which any is known
    loose  places in `listed` of what any text may have
    """

    __slots__ = ("_by_key", "keys", "loose")

    def __init__(self, listed: Sequence[Sequence[Pattern]]) -> None:
        self.loose = tuple(at for at, patterns in enumerate(listed) if not all(one.keys for one in patterns))
        self._by_key: dict[str, list[int]] = {}
        for at, patterns in enumerate(listed):
            for key in frozenset[str]().union(*(one.keys for one in patterns)):
                self._by_key.setdefault(key, []).append(at)
        self.keys = frozenset(self._by_key)

    def places(self, has: Set[str]) -> Collection[int]:
        """Places in `listed` of what can stand in a text with these keys, in order."""
        places = set(self.loose)
        for key in self.keys & has:
            places.update(self._by_key[key])
        return sorted(places)


class Phrases:
    """Alternative patterns for one rule, tried in the order they are written."""

    __slots__ = ("_index", "patterns")

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self._index = _Index([(pattern,) for pattern in patterns])

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def find(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match of the first pattern that matches within [start, end)."""
        stop = len(text) if end is None else end
        for pattern in self._possible(text, start, stop):
            if found := pattern.compiled.search(text, start, stop):
                return found
        return None

    def begins(self, text: str, at: int, start: int, end: int) -> bool:
        """Whether one of the phrases begins at `at`, a place within the sentence [start, end)."""
        return any(pattern.compiled.match(text, at, end) for pattern in self._possible(text, start, end))

    def find_all(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every match, pattern by pattern."""
        stop = len(text) if end is None else end
        for pattern in self._possible(text, start, stop):
            yield from pattern.compiled.finditer(text, start, stop)

    def _possible(self, text: str, start: int, stop: int) -> Sequence[Pattern]:
        """The patterns of which the text has the anchors."""
        lower, has = _keys_of(text, start, stop)
        index = self._index
        places = index.loose if index.keys.isdisjoint(has) else index.places(has)
        return [one for at in places if (one := self.patterns[at]).may_match(lower, has)] if places else ()


class PhraseTable(Generic[Row]):
    """Rows with phrases each, of which a text can have only a few.

    >>> table = PhraseTable([("war", compile_phrases(["at war"])), ("peace", compile_phrases(["peace*"]))])
    >>> [name for name, _ in table.possible("a peaceful sea")]
    ['peace']
    """

    __slots__ = ("_index", "_rows")

    def __init__(self, rows: Iterable[tuple[Row, Phrases]]) -> None:
        self._rows = tuple(rows)
        self._index = _Index([phrases.patterns for _, phrases in self._rows])

    def possible(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Row, Phrases]]:
        """The rows, in order, whose phrases the words of text[start:end] do not rule out."""
        _, has = _keys_of(text, start, len(text) if end is None else end)
        index = self._index
        places = index.loose if index.keys.isdisjoint(has) else index.places(has)
        return (self._rows[at] for at in places)


def compile_phrases(phrases: Sequence[str], classes: Classes | None = None) -> Phrases:
    """The phrases as one value that finds them, in any case.

    raises   PhraseError if one is not in the notation, or names a class that there is not

    >>> found = compile_phrases(["consists of {number} articles"], {"number": {"two": 2}}).find("It consists of 23 articles.")
    >>> found and found["number"]
    '23'
    """
    return Phrases(tuple(_pattern(phrase, classes or {}) for phrase in phrases))


def has_any(text: str, needs: Sequence[str]) -> bool:
    """Whether one of `needs` stands anywhere in a text; asked ten times a sentence, and so without a loop in Python."""
    return any(map(text.__contains__, needs))


def count_of(words: str, values: Mapping[str, int]) -> int | None:
    """The number that digits or number words mean: "23", "23rd", "twenty-three", "fiftieth".

    >>> count_of("twenty-third", {"twenty": 20, "third": 3}), count_of("1,550", {}), count_of("many", {})
    (23, 1550, None)
    """
    digits = re.match(r"\d[\d,]*", words)
    if digits:
        return int(digits[0].replace(",", ""))
    parts = [values.get(part) for part in re.split(r"[\s-]+", words.lower())]
    return None if None in parts else sum(part for part in parts if part is not None)


def _pattern(phrase: str, classes: Classes) -> Pattern:
    reader = _Reader(phrase, classes)
    source, needs = reader.read()
    return Pattern(rf"(?<!\w){source}(?!\w)", needs)


@lru_cache(maxsize=512)
def _keys_of(text: str, start: int, stop: int) -> tuple[str, Set[str]]:
    """A stretch of text in lower case, and its keys: its words, and how they begin; many rules ask for the same sentence."""
    words = runs_of(text, start, stop)
    return text[start:stop].lower(), words.union(map(_opening_of, words))


def _keys_and_letters(need: Anchors) -> tuple[Set[str], Sequence[str]]:
    """The keys of anchors, and the letters of those that have none."""
    return frozenset(one.key for one in need if one.key), tuple(one.letters for one in need if not one.key)


_OPENING = 4
"""Letters of the beginning of a word by which it is looked up."""
_opening_of = itemgetter(slice(_OPENING))
_RUN = re.compile(r"\w+")
_GLUED = re.compile(r"[^\s(\[|][({\[]|[)\]}][^\s)\]|]")
"""A bracket with a word right before or after it: the two are one word in a text, of which an anchor may be any part."""
_PIECE = re.compile(r"(?:^|(?<=[*'\-]))[^*'\-]*")


class _Reader:
    """Reads one phrase into the source of a regular expression, with its anchors."""

    def __init__(self, phrase: str, classes: Classes, captured: set[str] | None = None, is_glued: bool = False) -> None:
        self.phrase, self.classes, self.at = phrase, classes, 0
        self.captured: set[str] = set() if captured is None else captured
        self.is_glued = is_glued or bool(_GLUED.search(phrase))

    def read(self) -> tuple[str, Needs]:
        read = self._alternatives("")
        if self.at < len(self.phrase.rstrip()):
            raise PhraseError(f'"{self.phrase}": there is a bracket too many at {self.at}')
        return read

    def _alternatives(self, closing: str) -> tuple[str, Needs]:
        sides = [self._sequence()]
        while self.phrase[self.at : self.at + 1] == "|":
            self.at += 1
            sides.append(self._sequence())
        if closing:
            if self.phrase[self.at : self.at + 1] != closing:
                raise PhraseError(f'"{self.phrase}": "{closing}" is missing at {self.at}')
            self.at += 1
        return f"(?:{'|'.join(source for source, _ in sides)})", _either([needs for _, needs in sides])

    def _sequence(self) -> tuple[str, Needs]:
        """Parts in order; each brings the separator before it, so that an optional part takes its own along."""
        source, joint = "", ""
        all_needs: Needs = ()
        while found := _PART.match(self.phrase, self.at):
            glued = source and found.start() == self.at and not self.phrase[self.at].isspace()
            self.at = found.end()
            before = "" if glued else joint
            if found["gap"]:
                source += rf"(?:{_BETWEEN}{_WORD}){{0,{found['most'] or _GAP}}}?"
            elif found["open"] == "[":
                inner, _ = self._alternatives("]")
                source += f"(?:{before}{inner})?" if source else f"(?:{inner}{_BETWEEN})?"
                joint = _BETWEEN if source and before else joint
                continue
            else:
                part, needs = self._part(found)
                source += before + part
                all_needs += needs
            joint = _BETWEEN
        return source, all_needs

    def _part(self, found: re.Match[str]) -> tuple[str, Needs]:
        if found["open"]:
            return self._alternatives(")")
        if found["class"]:
            return self._class(found["class"][1:-1])
        word = found["word"]
        source = re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]").replace(r"\-", r"[-–\s]?")
        return source, ((self._anchor(word.lower()),),)

    def _anchor(self, word: str) -> Anchor:
        """The longest piece of a word without stars and hyphens, which may stand for nothing; an apostrophe parts words."""
        piece = max(_PIECE.finditer(word), key=lambda piece: len(piece[0]))
        is_run = bool(_RUN.fullmatch(piece[0])) and not self.is_glued
        opens = is_run and word[: piece.start()][-1:] in ("", "'")
        return Anchor(piece[0], opens, opens and word[piece.end() :][:1] in ("", "'"))

    def _class(self, name: str) -> tuple[str, Needs]:
        members = self.classes.get(name)
        if members is None:
            raise PhraseError(
                f'"{self.phrase}": there is no class "{name}"; there is {", ".join(sorted(self.classes))}'
            )
        if isinstance(members, Mapping):
            words = "|".join(re.escape(word) for word in sorted(members, key=len, reverse=True))
            group = "(?:" if name in self.captured else f"(?P<{name}>"
            self.captured.add(name)
            return rf"{group}(?:{_DIGITS})(?:[a-z]{{2}}(?!\w))?|(?:{words})(?:[\s-]+(?:{words}))?)", ()
        read = [_Reader(member, self.classes, self.captured, self.is_glued).read() for member in members]
        return f"(?:{'|'.join(source for source, _ in read)})", _either([needs for _, needs in read])


def _either(sides: Sequence[Needs]) -> Needs:
    """Needs of alternatives: the strongest anchors of all as one; none, if one has none."""
    if len(sides) == 1:
        return sides[0]
    if not all(sides):
        return ()
    return (tuple(dict.fromkeys(anchor for needs in sides for anchor in _strongest(needs))),)


def _strongest(needs: Sequence[Anchors]) -> Anchors:
    """Of parts that all must match, the one whose anchors are longer and fewer."""
    return max(
        needs, key=lambda anchors: (min(len(one.letters) for one in anchors) >= _RARE, -len(anchors)), default=()
    )


_RARE = 4
"""Letters from which on a word is worth looking for."""
