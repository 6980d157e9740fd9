"""A report's text cut into pieces, each with the statements that rest on it, so that every mark leads to its statement and back.

Statements overlap (one sentence often holds several), so the text is cut at every border, and a piece carries all that cover it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

import msgspec

from foedus.documents.document import Document
from foedus.statements.statement import Statement
from foedus.terms.evidence import Quote

PARAGRAPH = re.compile(r"[^\n]+")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text with the same statements throughout.

    kind       "act", "provision" or "claim": what the first statement is that rests on it; "" where none does
    labels     labels of all statements that rest on it
    is_core    it is the very words that a statement rests on, not only the sentence around them
    furniture  it is no part of the report: a menu, a header, a copyright line
    ends       labels of the statements whose sentence ends here: where a reader looks for the reference
    asked      it belongs to the words that an address asks for
    """

    text: str
    kind: str = ""
    labels: tuple[str, ...] = ()
    is_core: bool = False
    furniture: bool = False
    ends: tuple[str, ...] = ()
    asked: bool = False


def marked_paragraphs(
    document: Document, statements: tuple[Statement, ...], labels: Mapping[str, str], asked: Quote | None = None
) -> tuple[tuple[Piece, ...], ...]:
    """The text, paragraph by paragraph; the pieces' texts joined are the paragraph, and every label ends once.

    asked   words that are marked beside those of statements
    """
    spans = [span for found in PARAGRAPH.finditer(document.text) for span in [found.span()]]
    cuts = _cuts(document, statements, asked)
    pieces = [
        list(pairwise(inner))
        for first, last in spans
        for inner in [[first, *(cut for cut in cuts if first < cut < last), last]]
    ]
    homes = _homes([span for paragraph in pieces for span in paragraph], statements, labels)
    return tuple(
        tuple(
            msgspec.structs.replace(
                _piece(document, span, statements, labels, homes.get(span, ())),
                asked=asked is not None and _covers(asked, span),
            )
            for span in paragraph
        )
        for paragraph in pieces
    )


def _cuts(document: Document, statements: tuple[Statement, ...], asked: Quote | None) -> list[int]:
    cuts = {edge for part in document.furniture for edge in (part.start, part.end)}
    cuts.update((asked.start, asked.end) if asked else ())
    for statement in statements:
        for quote in (statement.quote, *_own_evidence(statement)):
            cuts.update((quote.start, quote.end))
    return sorted(cuts)


def _own_evidence(statement: Statement) -> tuple[Quote, ...]:
    return tuple(quote for quote in statement.evidence if quote.document == statement.document)


def _homes(
    spans: list[tuple[int, int]], statements: tuple[Statement, ...], labels: Mapping[str, str]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Where each reference stands: after the last piece that begins before the quote ends."""
    homes: dict[tuple[int, int], tuple[str, ...]] = {}
    for statement in statements:
        home = max((span for span in spans if span[0] < statement.quote.end), default=None)
        if home is not None:
            homes[home] = (*homes.get(home, ()), labels[statement.id])
    return homes


def _piece(
    document: Document,
    span: tuple[int, int],
    statements: tuple[Statement, ...],
    labels: Mapping[str, str],
    ends: tuple[str, ...],
) -> Piece:
    core = [s for s in statements if any(_covers(quote, span) for quote in _own_evidence(s))]
    around = [s for s in statements if s not in core and _covers(s.quote, span)]
    first = next(iter([*core, *around]), None)
    return Piece(
        text=document.text[slice(*span)],
        kind=first.kind if first else "",
        labels=tuple(labels[s.id] for s in [*core, *around]),
        is_core=bool(core),
        furniture=any(part.start <= span[0] and span[1] <= part.end for part in document.furniture),
        ends=ends,
    )


def _covers(quote: Quote, span: tuple[int, int]) -> bool:
    return quote.start <= span[0] and span[1] <= quote.end
