"""Inflected words of a language, written in its tables as stem and ending, and found in a row of words by their first word.

A table writes "Дум:а" or "ratificad:o": what stands before the colon stays, what stands behind it is the cited ending and
names the row of `language.toml` with its fellows. A word without a colon is as it stands. No grammar is hidden in code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

import msgspec

from foedus.errors import DataFileError
from foedus.reference.lexicons import Lexicon
from foedus.statements.word_rows import WordRow

T = TypeVar("T")
Phrase = tuple[frozenset[str], ...]


class Cases(msgspec.Struct, frozen=True):
    """How a language shows who acts: by endings of the name, or by words before it."""

    subject_endings: tuple[str, ...]
    agent_endings: tuple[str, ...]
    agent_prepositions: frozenset[str]
    organ_prepositions: frozenset[str]
    organ_endings: tuple[str, ...]
    prepositions: frozenset[str]


class InflectionWords(msgspec.Struct, frozen=True):
    """The part of `language.toml` about the forms of words.

    reader    "plain" where the language is read by `plain_frames.py`
    endings   the cited ending -> all its fellows
    fold      letters that are written for one another
    """

    reader: str = "grammar"
    endings: dict[str, tuple[str, ...]] = {}
    fold: dict[str, str] = {}
    cases: Cases | None = None


class Inflection:
    """The forms of a language's words.

    >>> forms = Inflection(InflectionWords(endings={"а": ("а", "ы", "у")}), "ru")
    >>> [sorted(word) for word in forms.phrase("Верховн:а")], forms.cited("Дум:а")
    ([['верховна', 'верховну', 'верховны']], 'Дума')
    """

    def __init__(self, words: InflectionWords, language: str) -> None:
        self.words = words
        self._language = language
        self._fold = str.maketrans(words.fold)

    def folded(self, word: str) -> str:
        return word.translate(self._fold)

    def phrase(self, written: str) -> Phrase:
        """The forms that each word of an entry may have, in lower case."""
        return tuple(frozenset(self._forms(word)) for word in written.split())

    def cited(self, written: str) -> str:
        """An entry as it is cited: "Государственная дума"."""
        return " ".join(word.replace(":", "").partition("_")[0] for word in written.split())

    def _forms(self, word: str) -> Iterator[str]:
        stem, colon, name = word.partition(":")
        if not colon:
            yield self.folded(word.lower())
            return
        endings = self.words.endings.get(name)
        if endings is None:
            raise DataFileError(
                f'lexicons/{self._language}: "{word}" has an ending that language.toml does not list; '
                f"there is {', '.join(self.words.endings)}"
            )
        for ending in endings:
            yield self.folded((stem + ending).lower())


def inflection_of(lexicon: Lexicon) -> Inflection:
    """The forms of a language, as its `language.toml` lists them."""
    return Inflection(lexicon.section("language", InflectionWords), lexicon.language)


class Match(msgspec.Struct, Generic[T], frozen=True):
    """An entry found in a row: its words, half-open, and what it stands for."""

    first: int
    last: int
    value: T


class Folded:
    """A row of words in lower case, with the letters folded that are written for one another."""

    def __init__(self, row: WordRow, forms: Inflection) -> None:
        self.row = row
        self.lower = [forms.folded(word) for word in row.lower]

    def __len__(self) -> int:
        return len(self.lower)


class Entries(Generic[T]):
    """Inflected entries by their first words; the longest one that fits wins.

    An entry that begins with a capital is found only where the text has one: "Чили" is a state, "чили" none.
    """

    def __init__(self, forms: Inflection, listed: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[Phrase, bool, T]]] = {}
        for written, value in listed:
            phrase = forms.phrase(written)
            for first in phrase[0]:
                self._by_first.setdefault(first, []).append((phrase[1:], written[0].isupper(), value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Folded, index: int) -> Match[T] | None:
        """The entry that begins at a word; the longest of several."""
        if words.lower[index] not in self._by_first:
            return None
        return next(self.all_at(words, index), None)

    def all_at(self, words: Folded, index: int) -> Iterator[Match[T]]:
        """Every entry that begins at a word, longest first."""
        lower = words.lower
        for rest, is_capital, value in self._by_first.get(lower[index], ()):
            last = index + 1 + len(rest)
            if last > len(lower) or (is_capital and not words.row.is_capital(index)):
                continue
            if all(lower[index + 1 + number] in forms for number, forms in enumerate(rest)):
                yield Match(index, last, value)

    def find(self, words: Folded, start: int = 0, end: int | None = None) -> list[Match[T]]:
        """All entries between two words, left to right, without overlaps."""
        found: list[Match[T]] = []
        index, stop = start, len(words) if end is None else min(end, len(words))
        while index < stop:
            match = self.at(words, index)
            if match and match.last <= stop:
                found.append(match)
                index = match.last
            else:
                index += 1
        return found

    def any_in(self, words: Folded, start: int, end: int) -> bool:
        return any(self.at(words, index) for index in range(max(0, start), min(end, len(words))))


def by_class(table: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """A table class -> entries as pairs (entry, class)."""
    return [(written, name) for name, listed in table.items() for written in listed]
