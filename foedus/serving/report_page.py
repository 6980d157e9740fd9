"""A report, word for word, with every span that a statement rests on marked; each mark leads to the statement and its rules.

Where the site is public, the sentences that statements quote are shown and the rest of the article is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from foedus.documents.document import DateCandidate, Document
from foedus.errors import FoedusError
from foedus.reference.packs import Reference
from foedus.register.entries import Publication, Register
from foedus.serving.dossier import state_names
from foedus.serving.dossier_page import statement_words
from foedus.serving.evidence_marks import Piece, marked_paragraphs
from foedus.serving.library import Edition
from foedus.serving.rendering import web_address
from foedus.serving.site_parts import Site, page_in
from foedus.serving.wording import act_title, titled
from foedus.statements.statement import ActMention, Claim, Statement
from foedus.terms.evidence import Quote

MANY = 40
"""Reports on a page of the list."""
SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


class Use(msgspec.Struct, frozen=True):
    """An entry of the register that a statement supports or contradicts."""

    treaty: str
    address: str
    words: str


class ReadStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as the page lists it."""

    number: str
    statement: Statement
    words: str
    uses: tuple[Use, ...] = ()


def routes(site: Site) -> list[BaseRoute]:
    """The list of reports, and each report."""

    def reports(edition: Edition, request: Request) -> str:
        words, journal = request.query_params.get("q", "").strip(), site.library.journal
        found = journal.many_listed(words.split())
        page, pages = page_in(request, found, MANY)
        listed = journal.listed(words.split(), limit=MANY, offset=(page - 1) * MANY)
        return site.render(
            "reports.html.j2",
            request,
            edition=edition,
            words=words,
            reports=newest_first(publication for one in listed if (publication := edition.publication(one.id))),
            found=found,
            page=page,
            pages=pages,
        )

    def report(edition: Edition, request: Request) -> str:
        id_ = request.path_params["document"]
        document, publication = edition.document(id_), edition.publication(id_)
        if document is None or publication is None:
            site.library.journal.document(id_)  # says why there is none: unknown, or redacted
            raise HTTPException(404)
        statements = edition.statements_of(id_)
        numbers = {s.id: str(number) for number, s in enumerate(statements, start=1)}
        quote, whole = _quoted(request, document), site.settings.shows_full_text
        dated = publication.published
        return site.render(
            "report.html.j2",
            request,
            edition=edition,
            document=document,
            publication=publication,
            paragraphs=paragraphs_of(document, statements, numbers, whole, quote),
            is_whole=whole,
            translated=edition.translated(id_),
            listed=listed_statements(id_, statements, numbers, edition),
            ids={numbers[s.id]: s.id for s in statements},
            refuted=refuted(publication, document),
            names={q.document: edition.name_of(q.document) for q in dated.proof.all_quotes()} if dated else {},
            copied=edition.name_of(publication.copy_of) if publication.copy_of else "",
            address=web_address(publication.url),
        )

    def original(edition: Edition, request: Request) -> Response:
        if not site.settings.shows_full_text:
            raise HTTPException(403, "Here only the sentences that statements quote are shown.")
        return as_it_came(request.path_params["document"], site)

    return [
        site.page("/reports", reports, name="reports"),
        site.page("/reports/{document}", report, name="report"),
        site.page("/reports/{document}/original", original, name="original"),
    ]


def newest_first(publications: Iterable[Publication]) -> list[Publication]:
    """By the day that all reports together give, as the list shows it; the undated last."""
    return sorted(publications, key=lambda p: (p.published.likeliest.edtf if p.published else "", p.name), reverse=True)


def as_it_came(document: str, site: Site) -> Response:
    """The bytes of a report as they were read, to be saved: nothing in them runs or is shown as a page of this site."""
    content = site.library.journal.original(document)
    headers = {"content-disposition": f'attachment; filename="{document}.original"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


def paragraphs_of(
    document: Document,
    statements: tuple[Statement, ...],
    numbers: Mapping[str, str],
    whole: bool,
    asked: Quote | None = None,
) -> tuple[tuple[Piece, ...], ...]:
    """The text in marked pieces; unless `whole`, only the sentences that statements rest on, with "[…]" for what is left out."""
    paragraphs = marked_paragraphs(document, statements, numbers, asked)
    if whole:
        return paragraphs
    shown = (_abridged(paragraph) for paragraph in paragraphs)
    return tuple(paragraph for paragraph in shown if any(piece.kind for piece in paragraph))


def listed_statements(
    document: str, statements: tuple[Statement, ...], numbers: Mapping[str, str], edition: Edition
) -> tuple[ReadStatement, ...]:
    """The statements of a report with what rests on them."""
    names = state_names({code for s in statements for code in _codes(s)}, edition.reference)
    used = uses(edition.registers_of((document,)), edition.reference)
    return tuple(
        ReadStatement(number=numbers[s.id], statement=s, words=statement_words(s, names), uses=used.get(s.id, ()))
        for s in statements
    )


def uses(registers: Iterable[Register], reference: Reference) -> Mapping[str, tuple[Use, ...]]:
    """Statement id -> the entries of the registers, each of one treaty, that it supports or contradicts."""
    found: dict[str, tuple[Use, ...]] = {}
    for register in registers:
        names = state_names({code for act in register.acts for code in act.states}, reference)
        entries = [
            *((f"act-{a.id}", act_title(a, names), (*a.supported_by, *a.contradicted_by)) for a in register.acts),
            *((f"entry-{f.id}", titled(f.kind), (*f.supported_by, *f.contradicted_by)) for f in register.findings),
            *((f"entry-{c.id}", c.speaker.name, c.supported_by) for c in register.claims),
        ]
        (treaty,) = (treaty.id for treaty in register.treaties)
        for place, words, statements in entries:
            use = Use(treaty, f"/treaties/{treaty}#{place}", words)
            for id_ in statements:
                found[id_] = (*found.get(id_, ()), use)
    return found


def refuted(publication: Publication, document: Document) -> tuple[DateCandidate, ...]:
    """The days printed on a report that all evidence together excludes."""
    if publication.published is None:
        return ()
    return tuple(c for c in document.published if c.on & publication.published.possible is None)


def _abridged(paragraph: tuple[Piece, ...]) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    for piece in paragraph:
        if piece.kind:
            kept.append(piece)
        elif not kept or kept[-1].kind:
            kept.append(Piece(text=" […] "))
    return tuple(kept)


def _quoted(request: Request, document: Document) -> Quote | None:
    words = request.query_params.get("quote", "")
    if not words:
        return None
    found = SPAN.fullmatch(words)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not start < end <= len(document.text):
        raise FoedusError(
            f'"{words}" is no place in this report; write quote=START-END, with END at most {len(document.text)}'
        )
    return document.quote(start, end)


def _codes(statement: Statement) -> tuple[str, ...]:
    content = statement.content
    if isinstance(content, ActMention):
        return content.states
    return content.speaker.states if isinstance(content, Claim) else ()
