"""A source that an editor cites and the journal does not hold: a small document of its own, so that what rests on it is quoted too.

It says what is cited, and the words quoted from it where there are any. Only what its editor enters is a statement of it.
"""

from __future__ import annotations

import msgspec

from foedus.documents.document import Basis, DateCandidate, Document, DocumentClass, document_id
from foedus.terms.dates import DateRange

CITED = "cited by an editor; of the source itself only these words are here"
"""The note by which such a document is known."""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """What is cited.

    title      "Official Gazette no. 112"
    words      quoted from it, or None where it is only cited
    published  when it was published
    """

    title: str
    words: str | None = None
    publisher: str | None = None
    url: str | None = None
    class_: DocumentClass = DocumentClass.OTHER
    published: DateRange | None = None


def citation_document(citation: Citation) -> tuple[Document, bytes]:
    """The document that stands for a source, and its bytes; the same citation is the same document.

    >>> document, _ = citation_document(Citation(title="Gazette no. 7", words="Chile has acceded."))
    >>> document.text
    'Gazette no. 7\\n\\nChile has acceded.\\n'
    """
    day = citation.published.edtf if citation.published else None
    head = [line for line in (citation.title, citation.publisher, day, citation.url) if line]
    text = "\n".join(head) + (f"\n\n{citation.words}\n" if citation.words else "\n")
    document = Document(
        id=document_id(text.encode()),
        name=citation.title,
        text=text,
        title=citation.title,
        publisher=citation.publisher,
        class_=citation.class_,
        published=(DateCandidate(on=citation.published, basis=Basis.GIVEN),) if citation.published else (),
        url=citation.url,
        notes=(CITED,),
    )
    return document, text.encode()


def is_citation(document: Document) -> bool:
    """Whether a document only stands for a source, so that nothing is read in it."""
    return CITED in document.notes
