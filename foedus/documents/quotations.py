"""Direct speech: where quotation marks open and close, over sentences and paragraphs.

A long quotation is broken off at the end of a paragraph and opened again at the start of the next, with one closing mark
at its very end; some texts close it paragraphs later without opening it again. Only the outermost marks count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

MARK = re.compile(r"[\"“”„«»‘’']")
CLOSES = {'"': '"”', "“": '”"', "„": "“”", "«": "»", "‘": "’", "'": "'’"}
SINGLE = "‘'"
LONGEST_SINGLE = 400  # a single mark that stays open longer was an apostrophe


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Direct speech: the words between the marks, half-open; `closed` is False where the closing mark does not follow here.

    Of a quotation that crosses sentences or paragraphs, each has its part, and only the last part is closed.
    """

    start: int
    end: int
    closed: bool = True


def quotations(text: str, paragraphs: Iterable[tuple[int, int]]) -> Iterator[Quotation]:
    """The direct speech of each paragraph, in order; a paragraph's end breaks a quotation off.

    >>> text = 'He said: “It is signed.”'
    >>> [text[q.start : q.end] for q in quotations(text, [(0, len(text))])]
    ['It is signed.']
    """
    carried = False
    for start, end in paragraphs:
        spans, carried = _of_paragraph(text, start, end, carried)
        yield from spans


def _of_paragraph(text: str, start: int, end: int, carried: bool) -> tuple[list[Quotation], bool]:
    """The spans of one paragraph, and whether the last is still open; `carried`: the one before left one open."""
    spans: list[Quotation] = []
    opened: tuple[str, int] | None = None
    for found in MARK.finditer(text, start, end):
        mark, at = found[0], found.start()
        if opened and opened[0] in SINGLE and (mark not in CLOSES[opened[0]] or at - opened[1] > LONGEST_SINGLE):
            opened = opened if mark in "’'‘" and at - opened[1] <= LONGEST_SINGLE else None
        if opened is None:
            if _opens(text, mark, at, start, end):
                opened = (mark, at + 1)
            elif carried and not spans and mark in '”"»':
                spans.append(Quotation(start=start, end=at))
        elif mark in CLOSES[opened[0]] and _may_close(text, opened[0], at, end):
            spans.append(Quotation(start=opened[1], end=at))
            opened = None
    if opened is None or opened[0] in SINGLE:
        return spans, False
    return [*spans, Quotation(start=opened[1], end=end, closed=False)], True


def _opens(text: str, mark: str, at: int, start: int, end: int) -> bool:
    if mark in "“„«":
        return True
    if mark not in "\"‘'":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark == '"':
        return before in " \t\xa0([{—–-/:" or not (after.isspace() or after in ".,;:!?)" or before.isdigit())
    return (before.isspace() or before in '([—–"“') and after.isalpha()


def _may_close(text: str, opening: str, at: int, end: int) -> bool:
    """An apostrophe inside a word, or after a blank, closes nothing."""
    if opening not in SINGLE:
        return True
    return not text[at - 1].isspace() and not (at + 1 < end and text[at + 1].isalnum())
