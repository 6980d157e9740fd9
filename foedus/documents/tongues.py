"""Which language a text is in: by the letters and the commonest words that each language pack lists. English when unsure.

Cheap on purpose: the beginning of a text, a few sets of words. A text whose script no pack knows is in an undetermined
language (ISO 639-2 "und"), and nobody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from foedus.reference.lexicons import Lexicon

__all__ = ["UNDETERMINED", "Tongue", "tongue_of"]

UNDETERMINED = "und"
SAMPLE = 6_000  # characters from which the language is told
FEWEST = 2  # common words a text must have
SURE = 0.2  # of its words: no other language need be tried
SHARE = 0.1  # of its words that are common ones, at least
WORD = re.compile(r"[^\W\d_]+")


class LanguageWords(msgspec.Struct, frozen=True):
    """The part of `language.toml` that tells a text's language.

    letters          the range of letters that words are made of ("a-z")
    is_own_script    few other languages of the packs have these letters: they tell the language by themselves
    common           its commonest words, without those that a neighbour shares
    foreign          common words of neighbours that have no pack: they speak against it
    foreign_letters  letters that it does not have and a neighbour has
    """

    letters: str
    is_own_script: bool = False
    common: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    foreign_letters: str = ""


class Tongue(msgspec.Struct, frozen=True):
    """A text's language: its code, the words to read its page with, and what the reader should know of it."""

    language: str
    lexicon: Lexicon
    notes: tuple[str, ...] = ()


def tongue_of(text: str, default: Lexicon) -> Tongue:
    """The language of a text among the packs beside `default`; `default` when unsure.

    Where the letters are those of no pack, the code is `UNDETERMINED`, the words are the default's, and a note says so.
    """
    if not default.beside:
        return Tongue(default.language, default)
    sample = text[:SAMPLE].lower()
    words = WORD.findall(sample)
    best, most = default, max(_score(words, sample, default), FEWEST)
    if most >= SURE * len(words) > FEWEST:
        return Tongue(default.language, default)
    most = max(most, SHARE * len(words))
    for lexicon in default.beside.values():
        score = _score(words, sample, lexicon)
        if score > most:
            best, most = lexicon, score
    if best is default and words and not _has_letters(words, default):
        return Tongue(UNDETERMINED, default, ("its language has no pack, so that nothing in it is read",))
    return Tongue(best.language, best)


def _score(words: Sequence[str], sample: str, lexicon: Lexicon) -> float:
    """How many words speak for the language, less twice those that speak against it."""
    told, own, other = _compiled(lexicon)
    hits = sum(map(told.common.__contains__, words))
    if told.is_own_script and own.search(sample):
        hits += sum(own.fullmatch(word) is not None for word in words)
    against = sum(map(told.foreign.__contains__, words))
    if other and other.search(sample):
        against += sum(other.search(word) is not None for word in words)
    return hits - 2 * against if not told.is_own_script else hits - 8 * against


def _has_letters(words: Sequence[str], lexicon: Lexicon) -> bool:
    own = _compiled(lexicon)[1]
    if own.fullmatch("".join(words)):
        return True
    return 2 * sum(own.fullmatch(word) is not None for word in words) >= len(words)


@lru_cache(maxsize=32)
def _compiled(lexicon: Lexicon) -> tuple[LanguageWords, re.Pattern[str], re.Pattern[str] | None]:
    told = lexicon.section("language", LanguageWords)
    other = re.compile(f"[{told.foreign_letters}]") if told.foreign_letters else None
    return told, re.compile(f"[{told.letters}]+"), other
