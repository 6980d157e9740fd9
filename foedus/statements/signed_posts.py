"""Embedded posts: words with a name and a handle under them ("— Example Ministry (@example) 3 May 2021").

Marks tell them, in any language: a dash, the name, an at sign in brackets. What is said is what stands before in the
sentence, else the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from foedus.statements.names import Analysis

_SIGNED = re.compile(r"(?:^|\n)\s*[—–-]{1,2}\s*(?P<name>[^\W\d_][^()@\n]{1,60}?)\s*\(@\w{2,40}\)")
_FEWEST = 3
"""Words that a post has at least."""


class Signed(NamedTuple):
    """Whose post it is, the place of its words, and that of the name."""

    name: str
    start: int
    end: int
    cue: tuple[int, int]


def signed_post(text: str, analyses: Sequence[Analysis], number: int) -> Signed | None:
    """The post that the sentence with this number signs, or None."""
    sentence = analyses[number].sentence
    found = _SIGNED.search(text[sentence.start : sentence.end])
    if found is None:
        return None
    start, end = sentence.start, sentence.start + found.start()
    if not text[start:end].strip():
        before = _paragraph_before(analyses, number)
        if before is None:
            return None
        start, end = before
    cue = (sentence.start + found.start("name"), sentence.start + found.end("name"))
    words = text[start:end].rstrip()
    return Signed(found["name"], start, start + len(words), cue) if len(words.split()) >= _FEWEST else None


def _paragraph_before(analyses: Sequence[Analysis], number: int) -> tuple[int, int] | None:
    """The sentences right before that are of one paragraph."""
    if number == 0:
        return None
    last = analyses[number - 1].sentence
    first = next(
        (one.sentence for one in analyses[:number] if one.sentence.paragraph == last.paragraph), analyses[0].sentence
    )
    return first.start, last.end
