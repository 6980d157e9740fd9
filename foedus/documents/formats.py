"""From bytes to a document, by what the bytes are and not by what the file is called: plain text, HTML, PDF.

Plain text keeps its characters as they are, line ends included, so that its offsets are those of the file. Files that hold
many documents are opened in `containers.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from foedus.documents.dateline import imprint
from foedus.documents.decoding import READS, decoded
from foedus.documents.document import Basis, DateCandidate, Document, document_id
from foedus.documents.html import looks_like_html, web_report
from foedus.documents.pdf import pdf_report
from foedus.documents.publishers import publishers
from foedus.documents.tongues import tongue_of
from foedus.errors import InputError
from foedus.reference.lexicons import Lexicon
from foedus.terms.dates import DateRange

MOST_LETTERS = 5_000_000
"""Letters of one document: some two thousand pages, for the reading of which three quarters of a gigabyte are enough."""
XML = re.compile(r"\s*<\?xml\b")
BINARY = {
    b"PK\x03\x04": "a ZIP archive or an office file; save its text as .txt or .pdf",
    b"\x89PNG": "an image; foedus needs its text",
    b"\xff\xd8\xff": "an image; foedus needs its text",
    b"GIF8": "an image; foedus needs its text",
    b"\xd0\xcf\x11\xe0": "an old office file; save it as .txt or .pdf",
    b"{\\rtf": "a rich-text file; save it as .txt or .pdf",
    b"SQLite format 3": "an SQLite database; if it is a journal, name it with --journal",
}


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document from outside its text.

    published  the day the user binds it to
    stated     days that metadata state, strongest first
    printed    further candidates, without words in the text
    notes      what a reader should know of how it was read
    """

    published: DateRange | None = None
    stated: tuple[DateRange, ...] = ()
    printed: tuple[DateCandidate, ...] = ()
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = ()


def document_from(
    name: str,
    data: bytes,
    lexicon: Lexicon,
    *,
    published: DateRange | None = None,
    stated: Sequence[DateRange] = (),
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
) -> Document:
    """The one document that `data` is.

    published  the day the user gives; it binds
    stated     days from metadata (JSON Lines, a feed); strong candidates
    raises     InputError if it cannot be read, saying what would have worked
    """
    known = Metadata(published=published, stated=tuple(stated), url=url, publisher=publisher, title=title)
    id_ = document_id(data)
    if b"%PDF-" in data[:1024]:
        return _of_pdf(name, data, lexicon, id_, known)
    _refuse_binary(name, data)
    text, notes = decoded(name, data)
    known = msgspec.structs.replace(known, notes=notes)
    if looks_like_html(text):
        return document_of_html(name, text, lexicon, id_, known)
    if XML.match(text[:400]):
        raise InputError(
            f"{name}: is XML of a kind that is not read; save its text (a depositary's table: foedus import participation)"
        )
    return document_of_text(name, text, lexicon, id_, known)


def document_of_text(
    name: str,
    text: str,
    lexicon: Lexicon,
    id_: str,
    known: Metadata,
    offsets: tuple[tuple[int, int], ...] = (),
) -> Document:
    """A document whose text is found, with everything that the text says of its own publication."""
    if not text.strip():
        raise InputError(f"{name}: is empty; there is nothing to read in it")
    if len(text) > MOST_LETTERS:
        raise InputError(
            f"{name}: holds {len(text):,} letters; foedus reads at most {MOST_LETTERS:,} in one document: split it into its reports"
        )
    tongue = tongue_of(text, lexicon)
    lexicon = tongue.lexicon
    about = imprint(text, lexicon, id_, given=known.published, stated=known.stated, url=known.url)
    publisher = known.publisher or about.publisher
    return Document(
        id=id_,
        name=name,
        text=text,
        offsets=offsets,
        title=known.title,
        publisher=publisher,
        class_=publishers(lexicon).class_of(publisher, known.url),
        published=_by_strength((*about.published, *known.printed)),
        url=known.url,
        language=tongue.language,
        furniture=about.furniture,
        dateline=about.written,
        notes=known.notes + tongue.notes,
    )


def document_of_html(name: str, html: str, lexicon: Lexicon, id_: str, known: Metadata) -> Document:
    """The report on a web page; what the caller knows goes before what the page states."""
    page = web_report(name, html, lexicon, known.url)
    known = msgspec.structs.replace(
        known,
        stated=known.stated + page.stated,
        printed=known.printed + page.printed,
        url=known.url or page.url,
        publisher=known.publisher or page.publisher,
        title=known.title or page.title,
    )
    return document_of_text(name, page.text, lexicon, id_, known, page.offsets)


def _by_strength(candidates: Sequence[DateCandidate]) -> tuple[DateCandidate, ...]:
    """Strongest first, each day once."""
    order = list(Basis)
    best: dict[DateRange, DateCandidate] = {}
    for candidate in sorted(candidates, key=lambda candidate: order.index(candidate.basis)):
        best.setdefault(candidate.on, candidate)
    return tuple(best.values())


def _refuse_binary(name: str, data: bytes) -> None:
    for magic, what in BINARY.items():
        if data.startswith(magic):
            raise InputError(f"{name}: looks like a binary file, {what}; {READS}")


def _of_pdf(name: str, data: bytes, lexicon: Lexicon, id_: str, known: Metadata) -> Document:
    """The report in a PDF; its day of making is a weak candidate."""
    report = pdf_report(name, data)
    known = msgspec.structs.replace(
        known,
        title=known.title or report.title,
        printed=known.printed + ((DateCandidate(on=report.made, basis=Basis.PAGE),) if report.made else ()),
        notes=known.notes + report.notes,
    )
    return document_of_text(name, report.text, lexicon, id_, known)
