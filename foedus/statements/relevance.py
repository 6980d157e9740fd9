"""Relevance: whether a text speaks of treaties, told so fast that an archive of other news costs next to nothing.

A text is relevant if it has a word that only treaties have ("ratified"), or one that treaties share with other things
("accord") and besides a word of what is done to them ("signed"). Letters are looked for first, and only where they stand,
whether they are a word: that is several times faster than any one pattern.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

import msgspec

from foedus.reference.lexicons import Lexicon
from foedus.statements.treaty_names import TreatyNames
from foedus.statements.word_rows import alternation


class RelevanceWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`relevance.toml`. A word is as printed in lower case; `ratif*` is any word that begins so.

    treaty   words that make a text relevant alone
    perhaps  words that do so with one of `acts`
    acts     what is done to treaties
    """

    treaty: tuple[str, ...]
    perhaps: tuple[str, ...]
    acts: tuple[str, ...]


class RelevanceFilter:
    """The words of one language."""

    def __init__(self, words: RelevanceWords) -> None:
        self._treaty, self._perhaps, self._acts = map(_Words, (words.treaty, words.perhaps, words.acts))

    def passes(self, text: str) -> bool:
        lower = text.lower()
        return self._treaty.stand_in(lower) or (self._perhaps.stand_in(lower) and self._acts.stand_in(lower))


def is_relevant(text: str, lexicon: Lexicon) -> bool:
    """Whether a text may speak of what is done to a treaty; always, in a language that has no words for this test.

    A filter for archives: it passes all that a reader can use, and few other texts.
    """
    relevance = _filter_of(lexicon)
    return relevance is None or relevance.passes(text)


@lru_cache(maxsize=8)
def _filter_of(lexicon: Lexicon) -> RelevanceFilter | None:
    known = "relevance" in lexicon.tables
    return RelevanceFilter(lexicon.section("relevance", RelevanceWords)) if known else None


class _Words:
    """Words, whole or as beginnings, that are looked for in a text in lower case."""

    def __init__(self, words: tuple[str, ...]) -> None:
        alike: dict[str, list[str]] = {}
        for word in words:
            alike.setdefault(word.rstrip("*")[:_ALIKE], []).append(word)
        self._rows = tuple(
            (
                letters if len(row) > 1 else row[0].rstrip("*"),
                tuple((word.rstrip("*"), word.endswith("*")) for word in row),
            )
            for letters, row in alike.items()
        )

    def stand_in(self, lower: str) -> bool:
        for letters, words in self._rows:  # noqa: SIM110 - half as fast again as any()
            if letters in lower and any(_is_word(word, is_beginning, lower) for word, is_beginning in words):
                return True
        return False


_ALIKE = 5
"""Letters with which words begin alike, so that they are looked for together."""


def _is_word(letters: str, is_beginning: bool, lower: str) -> bool:
    """Whether `letters` stand somewhere as a word, not within one ("accord" in "according")."""
    at = lower.find(letters)
    while at >= 0:
        end = at + len(letters)
        if not lower[at - 1 : at].isalnum() and (is_beginning or not lower[end : end + 1].isalnum()):
            return True
        at = lower.find(letters, end)
    return False


class Relevance:
    """The reader's own gate: the head nouns and known names of one language, as patterns.

    A pattern that may begin anywhere is searched for fastest, so each is tried so before its bounds are checked.
    """

    def __init__(self, names: TreatyNames) -> None:
        words = names.words
        self._heads = [*words.heads.words, *words.memberships.nouns, *words.memberships.telling]
        self._known = names.known

    def may_speak_of_treaties(self, text: str) -> bool:
        letters, heads = self._head_patterns
        if letters.search(text.lower()) and heads.search(text):
            return True
        letters, known = self._known_patterns
        return bool(letters.search(text) and known.search(text))

    @cached_property
    def _head_patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        anywhere = alternation(word.lower() for word in self._heads)
        return re.compile(anywhere), re.compile(rf"\b(?:{alternation(self._heads)})\b", re.IGNORECASE)

    @cached_property
    def _known_patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Compiled for the first text that has no head noun."""
        anywhere = alternation(self._known)
        return re.compile(anywhere), re.compile(rf"\b(?:{anywhere})\b")
