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
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

_GAP = 8
_BETWEEN = r"[\s,\-–—()\[\]\"“”„«»'‘’]+"
_WORD = r"(?:[^\s,;:!?()\[\]\"“”„«»\-–—]+)"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_PART = re.compile(
    r"\s*(?:(?P<gap>\.\.\.)(?P<most>\d*)|(?P<open>[(\[])|(?P<class>\{[\w-]+\})|(?P<word>[^\s()\[\]{}|]+))"
)

Classes = Mapping[str, "Sequence[str] | Mapping[str, int]"]
"""Name of a class -> its phrases, or (for numbers) its words with their values."""

Anchors = tuple[str, ...]
"""Words one of which stands in every match, in lower case; empty where none is known."""


class PhraseError(ValueError):
    """A phrase that is not in the notation."""


class Pattern:
    """One phrase: the source of its regular expression, and its anchors.

    openings  how the words of a text begin that has an anchor; empty where an anchor need not begin a word
    """

    __slots__ = ("_compiled", "anchors", "openings", "source")

    def __init__(self, source: str, anchors: Anchors, opens: bool) -> None:
        self.source, self.anchors = source, anchors
        self.openings = frozenset(anchor[:_OPENING] for anchor in anchors) if opens else frozenset()
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.source, re.IGNORECASE)
        return self._compiled

    def has_anchor(self, lower: str) -> bool:
        """Whether a text, in lower case, has one of the anchors, or the pattern has none."""
        for anchor in self.anchors:  # a loop, as this is asked ten times a sentence
            if anchor in lower:
                return True
        return not self.anchors


class Phrases:
    """Alternative patterns for one rule, tried in the order they are written."""

    __slots__ = ("_loose", "_openings", "patterns")

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self._loose = tuple(pattern for pattern in patterns if not pattern.openings)
        self._openings = frozenset().union(*(pattern.openings for pattern in patterns))

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def find(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match of the first pattern that matches within [start, end)."""
        stop = len(text) if end is None else end
        for pattern in self._possible(text, start, stop):
            if found := pattern.compiled.search(text, start, stop):
                return found
        return None

    def find_all(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every match, pattern by pattern."""
        stop = len(text) if end is None else end
        for pattern in self._possible(text, start, stop):
            yield from pattern.compiled.finditer(text, start, stop)

    def _possible(self, text: str, start: int, stop: int) -> Sequence[Pattern]:
        """The patterns of which the text has an anchor."""
        if not self.patterns:
            return ()
        lower, openings = _words_of(text, start, stop)
        patterns = self._loose if self._openings.isdisjoint(openings) else self.patterns
        if not patterns:
            return patterns
        return [
            pattern
            for pattern in patterns
            if not (pattern.openings and pattern.openings.isdisjoint(openings)) and pattern.has_anchor(lower)
        ]


def compile_phrases(phrases: Sequence[str], classes: Classes | None = None) -> Phrases:
    """The phrases as one value that finds them, in any case.

    raises   PhraseError if one is not in the notation, or names a class that there is not

    >>> found = compile_phrases(["consists of {number} articles"], {"number": {"two": 2}}).find("It consists of 23 articles.")
    >>> found and found["number"]
    '23'
    """
    return Phrases(tuple(_pattern(phrase, classes or {}) for phrase in phrases))


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
    source, anchors = reader.read()
    return Pattern(rf"(?<!\w){source}(?!\w)", anchors, reader.opens)


@lru_cache(maxsize=32)
def _words_of(text: str, start: int, stop: int) -> tuple[str, Set[str]]:
    """A stretch of text in lower case, and how its words begin; many rules ask for the same sentence."""
    lower = text[start:stop].lower()
    return lower, set(_OPENINGS.findall(lower))


_OPENING = 4
"""Letters of an anchor by which it is looked up."""
_OPENINGS = re.compile(rf"(?<!\w)\w{{1,{_OPENING}}}")
_RUN = re.compile(r"\w+")
_GLUED = re.compile(r"[^\s(\[|][({\[]|[)\]}][^\s)\]|]")
"""A bracket with a word right before or after it: the two are one word in a text, which an anchor need not begin."""


class _Reader:
    """Reads one phrase into the source of a regular expression, with its anchors.

    opens  whether each anchor begins a word of the text
    """

    def __init__(self, phrase: str, classes: Classes, captured: set[str] | None = None) -> None:
        self.phrase, self.classes, self.at = phrase, classes, 0
        self.captured: set[str] = set() if captured is None else captured
        self.opens = not _GLUED.search(phrase)

    def read(self) -> tuple[str, Anchors]:
        read = self._alternatives("")
        if self.at < len(self.phrase.rstrip()):
            raise PhraseError(f'"{self.phrase}": there is a bracket too many at {self.at}')
        return read

    def _alternatives(self, closing: str) -> tuple[str, Anchors]:
        sides = [self._sequence()]
        while self.phrase[self.at : self.at + 1] == "|":
            self.at += 1
            sides.append(self._sequence())
        if closing:
            if self.phrase[self.at : self.at + 1] != closing:
                raise PhraseError(f'"{self.phrase}": "{closing}" is missing at {self.at}')
            self.at += 1
        return f"(?:{'|'.join(source for source, _ in sides)})", _union([anchors for _, anchors in sides])

    def _sequence(self) -> tuple[str, Anchors]:
        """Parts in order; each brings the separator before it, so that an optional part takes its own along."""
        source, joint = "", ""
        best: Anchors = ()
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
                part, anchors = self._part(found)
                source += before + part
                best = _stronger(best, anchors)
            joint = _BETWEEN
        return source, best

    def _part(self, found: re.Match[str]) -> tuple[str, Anchors]:
        if found["open"]:
            return self._alternatives(")")
        if found["class"]:
            return self._class(found["class"][1:-1])
        word = found["word"]
        source = re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]").replace(r"\-", r"[-–\s]?")
        pieces = re.split(r"[*'\-]", word.lower())
        anchor = max(pieces, key=len)
        is_run = anchor == pieces[0] and bool(_RUN.fullmatch(anchor))
        self.opens = self.opens and is_run and (len(anchor) >= _OPENING or anchor == word.lower())
        return source, (anchor,)

    def _class(self, name: str) -> tuple[str, Anchors]:
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
        readers = [_Reader(member, self.classes, self.captured) for member in members]
        read = [reader.read() for reader in readers]
        self.opens = self.opens and all(reader.opens for reader in readers)
        return f"(?:{'|'.join(source for source, _ in read)})", _union([anchors for _, anchors in read])


def _union(sides: Sequence[Anchors]) -> Anchors:
    """Anchors of alternatives: those of all; none, if one has none."""
    if not all(sides):
        return ()
    return tuple(dict.fromkeys(anchor for anchors in sides for anchor in anchors))


def _stronger(one: Anchors, other: Anchors) -> Anchors:
    """Of two parts that both must match, the one whose anchors are longer and fewer."""
    if not one or not other:
        return one or other
    return max(one, other, key=lambda anchors: (min(map(len, anchors)) >= _RARE, -len(anchors)))


_RARE = 4
"""Letters from which on a word is worth looking for."""
