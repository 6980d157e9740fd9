"""What a treaty's title says that it is about: two treaties of the same states are told apart by that.

Reports describe one treaty in many words ("the defence pact", "a security agreement"), so a description tells nothing apart.
A title ("Air Services Agreement") does: it begins with capitals and ends in the noun of an instrument. In a headline, where
every word has its capital, a description looks like one, so nothing is made of it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from foedus.reference.directory import State
from foedus.reference.packs import Reference

STEM = 4
"""Letters by which words are compared: "Fisheries" and "Fishing", "Defence" and "Defense" are the same subject."""
LONGER, FEWEST = 5, 4
"""Letters of a word that a headline surely writes with a capital, and such words in the shortest headline."""
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1 << 10)
def subject_of(names: tuple[str, ...], reference: Reference) -> tuple[str, ...]:
    """Stems of all words that tell what a treaty is about; none where no name of it is a title.

    names   all that one report calls it
    """
    official, plain = _words(reference)
    if not any(_is_title(name, official, plain) for name in names):
        return ()
    return tuple(sorted({word[:STEM] for name in names for word in _telling(name, plain)}))


def is_headline(sentence: str) -> bool:
    """Whether a sentence is written as headlines are: all of its longer words with capitals, and there are some.

    >>> is_headline("Ghana, Togo Sign Mutual Defence Agreement"), is_headline("Togo signed the Volta River Treaty.")
    (True, False)
    """
    longer = [word for word in _WORD.findall(sentence) if len(word) >= LONGER]
    return len(longer) >= FEWEST and all(word[0].isupper() for word in longer)


def _is_title(name: str, official: frozenset[str], plain: frozenset[str]) -> bool:
    written = _WORD.findall(name)
    return any(w in official for w in written) and any(w[0].isupper() and _tells(w.lower(), plain) for w in written)


def _telling(name: str, plain: frozenset[str]) -> Iterable[str]:
    return (word for word in map(str.lower, _WORD.findall(name)) if _tells(word, plain))


def _tells(word: str, plain: frozenset[str]) -> bool:
    return len(word) > 3 and word not in plain


@lru_cache(maxsize=4)
def _words(reference: Reference) -> tuple[frozenset[str], frozenset[str]]:
    """Nouns of instruments as titles write them, and the words that tell nothing: small ones, praise, names of states."""
    official, plain = set[str](), set[str]()
    for lexicon in reference.lexicons.values():
        told = lexicon.tables.get("treaties", {})
        official.update(told.get("heads", {}).get("official", ()))
        plain.update(told.get("heads", {}).get("words", ()))
        plain.update(*(told.get("modifiers", {}).get(small, ()) for small in ("plain", "inside")))
    plain.update(word for state in reference.directory.states for word in _names_of(state))
    return frozenset(official), frozenset(plain)


def _names_of(state: State) -> Iterable[str]:
    listed = (state.names, state.demonyms, state.capitals, state.metonyms)
    names = (state.name, state.official, *(name.text for some in listed for name in some))
    return (word.lower() for name in names for word in _WORD.findall(name))
