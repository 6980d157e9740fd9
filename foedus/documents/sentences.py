"""Sentences, paragraphs and quotations of a text, with the offsets of every token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from foedus.documents.document import Document
from foedus.documents.paragraphs import paragraphs
from foedus.documents.quotations import Quotation, quotations
from foedus.documents.sentence_ends import sentence_ends
from foedus.reference.lexicons import Lexicon

__all__ = ["Quotation", "Sentence", "Token", "sentences", "tokens"]

TOKEN = (
    r"(?=\S)(?:"  # a blank is passed over at once
    r"(?:[^\W\d_]\.){{2,}}"  # U.S., a.m.
    r"|[^\W\d_]+(?:(?!{possessive}\b)['’][^\W\d_]+|[-‐‑][^\W_]+|\d+)*"  # word, o'clock, Jong-un, COVID-19, G7
    r"|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)+|\d+(?:[-‐‑][^\W\d_]+)*(?:[^\W\d_]+)?"  # 1,600; 2.5; 60th; 26-year-old
    r"|(?<=\w){possessive}\b|\.{{2,}}|--+|[^\s])"
)
STOPPED = re.compile(r"[.!?…][\"”’»')\]]*$")
SAYS = re.compile(r"\w")  # a stray mark is no sentence
LEAD = 60  # characters: a paragraph of whole sentences that is longer is the lead
CROSSHEAD = 14  # words: a line without a stop inside the report that is longer is a broken-off sentence


class Token(msgspec.Struct, frozen=True):
    """A word, number or punctuation mark: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str
    lower: str


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence of a document, furniture excluded.

    index       0-based, in reading order
    paragraph   0-based
    start, end  code points of the text, half-open
    tokens      its tokens
    quotations  the parts of it that are direct speech (a long quotation crosses sentences: each has its part)
    headline    it is a headline, standfirst or caption
    """

    index: int
    paragraph: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...] = ()
    headline: bool = False


def sentences(document: Document, lexicon: Lexicon) -> tuple[Sentence, ...]:
    """All sentences in reading order, with their tokens and their parts of direct speech."""
    text, ends, token = document.text, sentence_ends(lexicon), token_pattern(lexicon)
    blocks = paragraphs(text, document.furniture)
    headlines = _headlines(text, blocks, document.title)
    spans = [
        (number, start, end)
        for number, block in enumerate(blocks)
        for start, end in ends.within_reach(text, *block)
        if SAYS.search(text, start, end)
    ]
    speech = _parts(spans, list(quotations(text, blocks)))
    return tuple(
        Sentence(
            index=index,
            paragraph=number,
            start=start,
            end=end,
            tokens=tokens(text, start, end, token),
            quotations=speech[index],
            headline=number in headlines,
        )
        for index, (number, start, end) in enumerate(spans)
    )


def tokens(text: str, start: int, end: int, pattern: re.Pattern[str]) -> tuple[Token, ...]:
    """Words, numbers and marks: a possessive 's stands alone, "397-0" is three tokens, "1,600" and "U.S." are one."""
    found = pattern.finditer(text, start, end)
    return tuple([Token(one.start(), one.end(), word := one[0], word.lower()) for one in found])


@lru_cache(maxsize=8)
def token_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """What a token is in a language."""
    return re.compile(TOKEN.format(possessive=sentence_ends(lexicon).words.possessive))


def _parts(spans: Sequence[tuple[int, int, int]], speech: Sequence[Quotation]) -> list[tuple[Quotation, ...]]:
    """For each sentence its parts of the quotations; only the part with the closing mark is closed."""
    parts, first = [], 0
    for _, start, end in spans:
        while first < len(speech) and speech[first].end <= start:
            first += 1
        parts.append(tuple(_inside(speech, first, start, end)))
    return parts


def _inside(speech: Sequence[Quotation], first: int, start: int, end: int) -> Iterator[Quotation]:
    for quotation in speech[first:]:
        if quotation.start >= end:
            return
        whole = quotation.end <= end
        yield Quotation(
            start=max(start, quotation.start), end=min(end, quotation.end), closed=whole and quotation.closed
        )


def _headlines(text: str, blocks: Sequence[tuple[int, int]], title: str | None) -> set[int]:
    """The numbers of the paragraphs that are headlines: lines without a stop before the lead, short ones after it, repeats."""
    lines = [text[start:end] if end - start <= 400 else "" for start, end in blocks]
    stopped = [bool(STOPPED.search(text[max(start, end - 12) : end])) for start, end in blocks]
    lead = next((n for n, (a, b) in enumerate(blocks) if stopped[n] and b - a > LEAD and not _asks(lines, n)), None)
    if lead is None:
        return {0} if len(blocks) > 1 and not stopped[0] else set()
    found: set[int] = set()
    said = {title} if title else set()
    for number, line in enumerate(lines):
        if not line or line[-1] in ":;,":
            continue
        is_last = number == len(lines) - 1
        bare = not stopped[number] and (
            number < lead or len(line.split()) <= (CROSSHEAD // 2 if is_last else CROSSHEAD)
        )
        if bare or line in said or (number < lead and _asks(lines, number)):
            found.add(number)
            said.add(line)
    return found


def _asks(lines: Sequence[str], number: int) -> bool:
    """The first line is a question that is short enough for a headline."""
    return number == 0 and len(lines) > 1 and lines[0].endswith("?") and len(lines[0]) < 120
