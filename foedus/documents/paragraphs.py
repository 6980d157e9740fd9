"""Paragraphs of a text: lines, or blocks of hard-wrapped lines, without the furniture between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from foedus.documents.document import Furniture

LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
BLANK = re.compile(r"\n[^\S\n]*\n|\r[^\S\r]*\r|\f")
WRAPPED = range(45, 110)  # width of a line that a program or a printer wrapped
MARKS = frozenset("-–—•*·▪‣◦")
"""What opens the lines of a list."""
LONGEST_ITEM = 60  # characters
ITEM = re.compile(r"(?:[-–—•*·▪‣◦]|\d{1,2}[.)])\s*[^\W\d_][^.!?:;]{1,48}[.;,]?\s*$")
"""A line of a list: its mark, and no more than a name or two."""
ENDING = re.compile(r"[.!?:…][\"”’»')\]]*$")

Span = tuple[int, int]


def paragraphs(text: str, furniture: Sequence[Furniture] = ()) -> list[Span]:
    """Where each paragraph stands, without white space at its ends and without furniture."""
    spans = _blocks(text) if is_wrapped(text) else [found.span() for found in LINE.finditer(text)]
    if furniture:
        spans = list(_without(spans, furniture))
    spans = [span for span in (_stripped(text, *span) for span in spans) if span[0] < span[1]]
    return _with_their_lists(text, spans)


def _with_their_lists(text: str, spans: list[Span]) -> list[Span]:
    """A line that ends with a colon goes on in the list under it: "Ratified so far:", "- Mali", "- Chad"."""
    found: list[Span] = []
    is_open = False
    for start, end in spans:
        if is_open and end - start <= LONGEST_ITEM and ITEM.match(text[start:end]):
            found[-1] = (found[-1][0], end)
            continue
        is_open = text[end - 1] == ":"
        found.append((start, end))
    return found


def is_wrapped(text: str) -> bool:
    """The text's lines were wrapped by width, so that only blank lines part its paragraphs (print, PDF, e-mail)."""
    lines = [line.strip() for line in text[:20_000].splitlines()]
    inner = [line for line, following in pairwise(lines) if line and following]
    if len(inner) < 3 or max(map(len, lines), default=0) >= WRAPPED.stop:
        return False
    broken = sum(len(line) in WRAPPED and not ENDING.search(line) for line in inner)
    return broken >= 0.6 * len(inner)


def _blocks(text: str) -> list[Span]:
    edges = [0, *(at for found in BLANK.finditer(text) for at in found.span()), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _without(spans: Sequence[Span], furniture: Sequence[Furniture]) -> Iterator[Span]:
    """What is left of the spans; both ascend, so one pass does."""
    first = 0
    for start, end in spans:
        while first < len(furniture) and furniture[first].end <= start:
            first += 1
        number = first
        while number < len(furniture) and furniture[number].start < end:
            if start < furniture[number].start:
                yield start, furniture[number].start
            start = max(start, furniture[number].end)
            number += 1
        if start < end:
            yield start, end


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
