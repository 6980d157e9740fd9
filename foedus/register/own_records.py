"""Who keeps the record of an act: the depositary of what is done before it, a parliament of its votes, a gazette of what is published.

A depositary examines and registers the instruments, keeps them, and tells everybody of them (VCLT 77). Its word on them
outweighs what an outlet reports; on anything else it is one witness among others, and so is every publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from foedus.documents.document import Document, DocumentClass
from foedus.statements.statement import ActMention, Statement
from foedus.terms.acts import DOMESTIC, Kind

OUTWEIGHS = 10.0
"""Reports that an own record outweighs, where they give another day."""


class OwnRecord(msgspec.Struct, frozen=True):
    """What a class of publishers keeps the record of.

    words  how a proof names it
    by     the rule that makes it the record
    """

    words: str
    by: str
    kinds: frozenset[Kind]


RECORDS = {
    DocumentClass.DEPOSITARY: OwnRecord(
        "the depositary's own record", "VCLT 77: the depositary registers it", frozenset(Kind) - DOMESTIC
    ),
    DocumentClass.PARLIAMENT: OwnRecord(
        "the parliament's own record",
        "a parliament records its votes",
        frozenset({Kind.SUBMIT, Kind.COMMITTEE_RECOMMEND, Kind.CHAMBER_APPROVE, Kind.CHAMBER_REJECT}),
    ),
    DocumentClass.GAZETTE: OwnRecord(
        "the gazette's own record", "a law is dated by its publication", frozenset({Kind.PROMULGATE})
    ),
}


def records_among(statements: Iterable[Statement], documents: Iterable[Document]) -> Mapping[str, OwnRecord]:
    """Id of a statement -> the record that it stands in, for statements that do."""
    class_of = {d.id: d.class_ for d in documents}
    found = ((s, RECORDS.get(class_of.get(s.document, DocumentClass.OTHER))) for s in statements)
    return {
        s.id: record
        for s, record in found
        if record and isinstance(s.content, ActMention) and s.content.kind in record.kinds
    }
