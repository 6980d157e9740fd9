"""A sentence as a row of words: what rules about order need, and nothing else.

Rules look left and right by index; `starts` and `ends` lead back to the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter

from foedus.documents.paragraphs import MARKS

_WORD = re.compile(
    r"(?=\S)(?:[^\W_]+(?:[-.'’][^\W_]+)*(?!\w)|[^\W_]+|&(?:quot|#39|apos|lsquo|rsquo|ldquo|rdquo);|[^\w\s])"
)
_NOTE = re.compile(r"(?<=\w)\[\d{1,3}\]|(?<=[.,;]|\])\[\d{1,3}\]")


class WordRow:
    """The words and marks of one stretch of text, in order.

    text    the whole document's text: offsets count in it
    lower   each word in lower case, curly apostrophes straightened
    starts, ends   code points of each word
    letter_runs    every run of letters and digits in lower case, of the whole stretch

    >>> row = WordRow("The Duma's vote (397-0) came.", 0, 29)
    >>> row.lower
    ['the', "duma's", 'vote', '(', '397-0', ')', 'came', '.']
    """

    __slots__ = ("ends", "letter_runs", "lower", "starts", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        spans = [found.span() for found in _WORD.finditer(text, start, end)]
        if text.find("[", start, end) >= 0:
            notes = [note.span() for note in _NOTE.finditer(text, start, end)]
            spans = [span for span in spans if not any(a <= span[0] < b for a, b in notes)]
        self.starts: list[int] = list(map(itemgetter(0), spans))
        self.ends: list[int] = list(map(itemgetter(1), spans))
        self.lower: list[str] = [text[a:b].lower() for a, b in spans]
        if "’" in text[start:end]:
            self.lower = [word.replace("’", "'") for word in self.lower]
        if "\n" in text[start:end]:
            self._join_list()
        self.letter_runs = runs_of(text, start, end)

    def _join_list(self) -> None:
        """The marks that open the lines of a list part its members as commas do."""
        for index in range(1, len(self)):
            opens_line = "\n" in self.text[self.ends[index - 1] : self.starts[index]]
            if opens_line and self.lower[index] in MARKS and self.lower[index - 1] != ":":
                self.lower[index] = ","

    def __len__(self) -> int:
        return len(self.lower)

    def at(self, position: int) -> int:
        """Index of the first word that starts at or after `position`."""
        return bisect_left(self.starts, position)

    def span(self, first: int, last: int) -> str:
        """The text from word `first` to before word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def printed(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def is_capital(self, index: int) -> bool:
        return self.text[self.starts[index]].isupper()


_RUN = re.compile(r"\w+")


@lru_cache(maxsize=512)
def runs_of(text: str, start: int, end: int) -> frozenset[str]:
    """Every run of letters and digits of a stretch of text, in lower case: a pattern of whole words that are not there needs no search."""
    return frozenset(_RUN.findall(text[start:end].lower()))


def longest_runs(words: Iterable[str]) -> frozenset[str]:
    """The longest run of each of `words`: a text with none of them has none of `words`.

    >>> sorted(longest_runs(["lower house", "MPs", "a hundred"]))
    ['hundred', 'lower', 'mps']
    """
    runs = (_RUN.findall(word.lower()) for word in words)
    return frozenset(max(found, key=len) for found in runs if found)


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest that fits; blanks match any white space.

    Words are folded into a tree by their first letters, so that a place where none begins fails at its first letter.

    >>> re.fullmatch(alternation(["lower house", "house"]), "lower  house")[0]
    'lower  house'
    >>> alternation(["vote", "votes", "veto"])
    'v(?:eto|otes?)'
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _pattern(tree) or "(?!)"


_Tree = dict[str, "_Tree"]
_SPECIAL = {" ": r"\s+", "'": "['’]"}


def _pattern(tree: _Tree) -> str:
    """The branches of a tree, longer ones before the end of a word."""
    branches = [
        _SPECIAL.get(letter, re.escape(letter)) + _pattern(below) for letter, below in sorted(tree.items()) if letter
    ]
    if not branches:
        return ""
    if "" not in tree and len(branches) == 1:
        return branches[0]
    is_unit = len(branches) == 1 and len(branches[0]) == 1
    whole = branches[0] if is_unit else f"(?:{'|'.join(branches)})"
    return whole + ("?" if "" in tree else "")


def around_aside(words: list[str]) -> list[str]:
    """ "signed it, according to the ministry, [on Monday]": the words without what stands between their last two commas."""
    if words[-1:] != [","] or "," not in words[:-1]:
        return words
    return words[: len(words) - 2 - words[-2::-1].index(",")]
