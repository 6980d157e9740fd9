"""The text of a PDF, page by page, its lines joined again where they were wrapped.

A PDF knows lines, not paragraphs: a sentence that was read line by line would lose its day or its object to the next. A line
goes on in the next one where that line's first word would not have fitted behind it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from foedus.documents.decoding import MOST_TEXT
from foedus.documents.document import PAGE_BREAK
from foedus.errors import InputError
from foedus.terms.dates import DateRange

if TYPE_CHECKING:
    from pypdf import DocumentInformation

MOST_PAGES = 3000
NARROWEST = 40
"""Letters of a line that a column of running text has at least."""
FILLED = 0.9
"""Of a page's usual line: letters differ in width, so a full line may have fewer of them."""
ITEM = re.compile(r"(?:[-–—•*·▪‣◦]|\(?(?:\d{1,3}|[a-z]{1,4})[.)])\s")
CLOSED = re.compile(r"[.:;!?…][\"”’»')\]]*$")
HYPHENATED = re.compile(r"(\w+)[-\u00ad]$")
SENTENCE_END = re.compile(r"[.!?][\"”’»')\]]*(?=\s|$)")
NUMBER = re.compile(r"[^\w.]*\d{1,3}[^\w.]*")
"""A line that is a page's number."""
COMPOUND = re.compile(r"\w+-\w+")
WORD = re.compile(r"\w+")


class PdfReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a PDF holds.

    text   a form feed between pages
    made   the day on which it says it was made
    notes  what a reader should know: pages without text
    """

    text: str
    title: str | None = None
    made: DateRange | None = None
    notes: tuple[str, ...] = ()


def pdf_report(name: str, data: bytes) -> PdfReport:
    """The report in a PDF.

    raises   InputError if it cannot be read, or holds no text, saying what would have worked
    """
    import logging

    from pypdf import PdfReader  # slow to import

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every flaw of a file on standard error
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name}: the PDF asks for a password; save it without one")
        texts = _pages(name, reader)
        about = reader.metadata
    except InputError:
        raise
    except Exception as error:  # pypdf lets through whatever a damaged file provokes
        raise InputError(
            f"{name}: the PDF cannot be read ({type(error).__name__}); open it and save it again, or save its text"
        ) from error
    if not any(text.strip() for text in texts):
        raise InputError(f"{name}: the PDF holds no text, only images; run text recognition (OCR) on it first")
    silent = sum(not text.strip() for text in texts)
    return PdfReport(
        text=PAGE_BREAK.join(running_on(texts)),
        title=((about.title or "").strip() or None) if about else None,
        made=_made(about),
        notes=(f"{silent} of {len(texts)} pages hold no text",) if silent else (),
    )


def _pages(name: str, reader: object) -> list[str]:
    texts: list[str] = []
    for page in list(getattr(reader, "pages", ()))[:MOST_PAGES]:
        text = (page.extract_text() or "").replace(PAGE_BREAK, "\n")
        if len(text) > MOST_TEXT:
            raise InputError(f"{name}: a page holds over {MOST_TEXT // 1_000_000} MB of text; split the PDF")
        texts.append(flowing(text))
    return texts


def _made(about: DocumentInformation | None) -> DateRange | None:
    """The day on which a PDF says it was made; None where it says no day."""
    try:
        made = about.creation_date if about else None
    except ValueError:
        made = None
    return DateRange.of(made.date()) if made else None


def flowing(page: str) -> str:
    """A page's text with a line for each paragraph or heading; other line ends become spaces.

    >>> flowing("The treaty on the waters of the lake was signed on 12\\nMay 2022 in Kigali, and it has been rati-\\nfied in June.")
    'The treaty on the waters of the lake was signed on 12 May 2022 in Kigali, and it has been ratified in June.'
    """
    lines = [line.rstrip() for line in page.split("\n")]
    width, compounds = _width(lines), frozenset(COMPOUND.findall(page))
    seams = (_seam(line, following, width, compounds) for line, following in pairwise(lines))
    return "".join(
        line[: len(line) - less] + between for line, (less, between) in zip(lines, [*seams, (0, "")], strict=True)
    )


def running_on(pages: Sequence[str]) -> list[str]:
    """The pages, the rest of a sentence that runs on from one to the next put where the sentence begins.

    Only what goes on in small letters is sure to run on. Page numbers between the parts stay where they are.

    >>> running_on(["The treaty on the waters of the lake was signed\\n- 7 -", "on 12 May. It has nine articles."])
    ['The treaty on the waters of the lake was signed on 12 May.\\n- 7 -', 'It has nine articles.']
    """
    found = [page.split("\n") for page in pages]
    for lines, following in pairwise(found):
        last = next((n for n in reversed(range(len(lines))) if _is_text(lines[n])), None)
        first = next((n for n, line in enumerate(following) if _is_text(line)), None)
        if last is None or first is None or not _runs_on(lines[last], following[first]):
            continue
        end = SENTENCE_END.search(following[first])
        rest = following[first][: end.end()] if end else following[first]
        lines[last] = lines[last][:-1] + rest if HYPHENATED.search(lines[last]) else f"{lines[last]} {rest}"
        following[first] = following[first][len(rest) :].lstrip()
    return ["\n".join(lines) for lines in found]


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not NUMBER.fullmatch(line)


def _runs_on(line: str, following: str) -> bool:
    return len(line) >= NARROWEST and not CLOSED.search(line) and following[0].islower()


def _width(lines: list[str]) -> int:
    """Letters of a full line: the upper quartile of those that may be one; none where no line may."""
    long = sorted(len(line) for line in lines if len(line) >= NARROWEST)
    return long[(3 * len(long)) // 4] if long else 0


def _seam(line: str, following: str, width: int, compounds: frozenset[str]) -> tuple[int, str]:
    """Letters that a line loses at its end, and what stands between it and the next one."""
    if not _goes_on(line, following, width):
        return 0, "\n"
    parted, second = HYPHENATED.search(line), WORD.match(following)
    if parted is None:
        return 0, " "
    is_one_word = second is not None and second[0][0].islower() and f"{parted[1]}-{second[0]}" not in compounds
    return int(is_one_word), ""


def _goes_on(line: str, following: str, width: int) -> bool:
    words = following.split(maxsplit=1)
    if words and words[0][0].islower() and HYPHENATED.search(line):
        return True
    if len(line) < NARROWEST or not _is_text(following) or (CLOSED.search(line) and ITEM.match(following)):
        return False
    return len(line) + 1 + len(words[0]) > FILLED * width
