"""The sentences that speak of a treaty and gave no statement: what a researcher must read by eye to know the recall risk.

A sentence speaks of a treaty when it names one, or a bill, law or instrument about one; a pronoun alone is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable

from foedus.documents.document import Document
from foedus.reference.packs import Reference
from foedus.statements.names import Analysis, MentionKind
from foedus.statements.reading import discourse_of
from foedus.statements.statement import Statement
from foedus.terms.evidence import Quote


def unread(document: Document, statements: Iterable[Statement], reference: Reference) -> tuple[Quote, ...]:
    """The sentences about treaties in which no statement has its quote or its evidence, in the order of the text."""
    taken = [quote for statement in statements for quote in (statement.quote, *statement.evidence)]
    spoken = (one.sentence for one in discourse_of(document, reference).analyses if _speaks_of_a_treaty(one))
    quotes = (document.quote(sentence.start, sentence.end) for sentence in spoken)
    return tuple(quote for quote in quotes if not any(_overlap(quote, other) for other in taken))


def _speaks_of_a_treaty(analysis: Analysis) -> bool:
    return any(
        mention.kind in (MentionKind.TREATY, MentionKind.MEASURE) and mention.role != "pronoun"
        for mention in analysis.mentions
    )


def _overlap(one: Quote, other: Quote) -> bool:
    return one.start < other.end and other.start < one.end
