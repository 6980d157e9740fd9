"""Where sentences end: one pass over the stops, each judged by the words on its two sides.

An abbreviation's stop ends no sentence, a missing space does not hide an end ("in force.The next"), and the closing marks
of a quotation belong to the sentence that they close.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from foedus.reference.lexicons import Lexicon

STOP = re.compile(
    r"(?P<stops>[.!?…]+)(?P<closers>[\"”’»')\]]*(?:\[\d{1,3}\])*)(?:(?P<gap>\s+)|$|(?=[\"“‘«(¿¡]?[A-ZÁÉÍÓÚÑА-ЯЁ“‘«¿¡]))"
)
LONGEST = 1_500
"""Characters of a sentence; the preambles of treaties are shorter."""
CUTS = (";", "\n", " ")
BEFORE = re.compile(r"[\w.&’'-]+$")
AFTER = re.compile(r"[\"“‘«'(\[—–-]*\s*(?P<word>[^\W_]*)")
ROMAN = re.compile(r"[IVXLC]+\b")


class SentenceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`sentences.toml`: the words around a stop that decide whether it ends a sentence."""

    titles: frozenset[str]
    numbered: frozenset[str]
    either: frozenset[str]
    starters: frozenset[str]
    reporting: tuple[str, ...]
    possessive: str


class SentenceEnds:
    """Finds the ends; compiled once for a language."""

    def __init__(self, words: SentenceWords) -> None:
        self.words = words
        verbs = "|".join(words.reporting)
        self.goes_on = re.compile(rf"\s*(?:[A-Z][\w.’'-]*,?\s+){{1,4}}(?:{verbs})\b")

    def split(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The sentences of the paragraph from `start` to `end`."""
        at = start
        for found in STOP.finditer(text, start, end):
            if found.end() >= end:
                break
            if self._is_end(text, found, start, end):
                closes = self._closing_end(text, found)
                yield at, closes
                at = found.end() if closes == found.end("closers") else closes
        if at < end:
            yield at, end

    def within_reach(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The same, where what goes on for longer than anybody's sentence is cut: at a semicolon, else between words.

        Reading takes the square of a sentence's length and more; a list or a page without stops must not hold it up.
        """
        for first, last in self.split(text, start, end):
            while last - first > LONGEST:
                limit = first + LONGEST
                cuts = (text.rfind(sign, first + LONGEST // 2, limit) for sign in CUTS)
                cut = next((at + 1 for at in cuts if at >= 0), limit)
                yield first, cut
                first = cut
            yield first, last

    def _is_end(self, text: str, found: re.Match[str], start: int, end: int) -> bool:
        after = AFTER.match(text, found.end(), end)
        following = after["word"] if after else ""
        if following[:1].islower():
            return False
        if not found["gap"]:
            return self._lacks_a_space(text, found, following, after.end() if after else end)
        if found["stops"] == ".":
            return bool(found["closers"]) or self._word_allows(text, found.start(), start, following)
        if found["closers"] and found["stops"][-1] in "!?":
            return not self.goes_on.match(text, found.end("closers"), min(end, found.end() + 120))
        return True

    def _word_allows(self, text: str, stop: int, start: int, following: str) -> bool:
        """A single full stop after a word: an end, or part of an abbreviation?"""
        before = BEFORE.search(text[max(start, stop - 24) : stop])
        word = before[0] if before else ""
        words = self.words
        if word in words.titles:
            return False
        if word in words.numbered:
            return not (following[:1].isdigit() or ROMAN.fullmatch(following))
        if word.isdigit() and stop - len(word) <= start:
            return False  # the number of a list
        is_initial = len(word) == 1 and word.isupper()
        is_dotted = "." in word and max(map(len, word.split("."))) <= 2
        if is_initial or is_dotted or word in words.either:
            return following in words.starters
        return True

    def _lacks_a_space(self, text: str, found: re.Match[str], following: str, after: int) -> bool:
        """ "ended.The next" ends a sentence; "Gazeta.Ru", "U.S.-led" and "www.Site.org" do not."""
        stop = found.start()
        before = BEFORE.search(text[max(0, stop - 24) : stop])
        word = before[0] if before else ""
        if len(word) < 2 or "." in word or len(found["stops"]) > 1 or text[after : after + 1] == ".":
            return False
        if following in self.words.starters:
            return True
        return len(following) > 2 and following[1:].islower() and word.islower() and len(word) > 2

    def _closing_end(self, text: str, found: re.Match[str]) -> int:
        """The end of the marks that close; a straight mark glued to the next word opens it instead."""
        closes = found.end("closers")
        is_glued = not found["gap"] and found["closers"][-1:] in ("'", '"')
        return closes - 1 if is_glued and text.count('"', max(0, closes - 600), closes - 1) % 2 == 0 else closes


@lru_cache(maxsize=8)
def sentence_ends(lexicon: Lexicon) -> SentenceEnds:
    return SentenceEnds(lexicon.section("sentences", SentenceWords))
