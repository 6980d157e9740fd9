"""A statement as programs get it (contracts: one JSON object a line of `foedus read --json`)."""

from __future__ import annotations

import msgspec

from foedus.documents.document import Document
from foedus.documents.time_resolution import symbolic
from foedus.statements.statement import ActMention, Claim, ProvisionMention, Statement
from foedus.terms.acts import Kind, Measure, Vote
from foedus.terms.evidence import Factuality, Quote, Source, Stance
from foedus.terms.norms import Norm

SCHEMA_VERSION = 1


class SpanShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Words of the document's text: code points from `start` to `end`; the page, where it has pages."""

    start: int
    end: int
    exact: str
    page: int | None = None


class DocumentShape(msgspec.Struct, kw_only=True, rename={"class_": "class"}):
    """The document that a statement is from; `published` is EDTF, from its own evidence alone."""

    id: str
    name: str
    publisher: str | None
    class_: str
    published: str | None
    published_basis: str | None


class TreatyShape(msgspec.Struct, kw_only=True):
    """The treaty as the report names it."""

    mention: str
    parties: tuple[str, ...]


class ActShape(msgspec.Struct, kw_only=True):
    """An act; `date` is EDTF, open digits as X."""

    kind: Kind
    measure: Measure | None
    states: tuple[str, ...]
    actor: str | None
    date: str | None
    date_words: str | None
    vote: Vote | None
    agents: tuple[str, ...] = ()
    place: str | None = None
    stage: str | None = None
    bill: str | None = None
    instrument: str | None = None
    definitive: bool = False
    against: tuple[str, ...] = ()


class ProvisionShape(msgspec.Struct, kw_only=True):
    """A provision; `norm` for those that are duties."""

    kind: str
    article: str | None
    value: str
    norm: Norm | None = None
    absent: bool = False


class ClaimShape(msgspec.Struct, kw_only=True):
    """A claim of a speaker."""

    speaker: str
    role: str | None
    stance: Stance
    about: str | None
    says: str
    date: str | None = None
    place: str | None = None


class StatementShape(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A statement; exactly one of `act`, `provision` and `claim`, as `kind` says."""

    id: str
    kind: str
    document: DocumentShape
    treaty: TreatyShape | None
    act: ActShape | None = None
    provision: ProvisionShape | None = None
    claim: ClaimShape | None = None
    factuality: Factuality
    verb: str | None = None
    sources: tuple[Source, ...]
    quote: SpanShape
    evidence: tuple[SpanShape, ...]
    rules: tuple[str, ...] = ()
    schema_version: int


def statement_shape(statement: Statement, document: Document) -> StatementShape:
    """The statement as contracts fix it."""
    content = statement.content
    treaty = statement.treaty
    return StatementShape(
        id=statement.id,
        kind=statement.kind,
        document=_document(document),
        treaty=TreatyShape(mention=treaty.mention, parties=treaty.parties) if treaty else None,
        act=_act(content) if isinstance(content, ActMention) else None,
        provision=_provision(content) if isinstance(content, ProvisionMention) else None,
        claim=_claim(content) if isinstance(content, Claim) else None,
        factuality=statement.factuality,
        verb=content.verb if isinstance(content, ActMention) else None,
        sources=statement.sources,
        quote=_span(statement.quote),
        evidence=tuple(map(_span, statement.evidence)),
        rules=statement.rules,
        schema_version=SCHEMA_VERSION,
    )


def _span(quote: Quote) -> SpanShape:
    return SpanShape(start=quote.start, end=quote.end, exact=quote.exact, page=quote.page)


class UnreadShape(msgspec.Struct, kw_only=True):
    """A sentence that speaks of a treaty and gave no statement (`foedus read --json --unread`)."""

    unread: SpanShape
    document: DocumentShape
    schema_version: int = SCHEMA_VERSION


def unread_shape(quote: Quote, document: Document) -> UnreadShape:
    return UnreadShape(unread=_span(quote), document=_document(document))


def _document(document: Document) -> DocumentShape:
    stated = document.stated
    return DocumentShape(
        id=document.id,
        name=document.name,
        publisher=document.publisher,
        class_=str(document.class_),
        published=stated.on.edtf if stated else None,
        published_basis=str(stated.basis) if stated else None,
    )


def _act(act: ActMention) -> ActShape:
    return ActShape(
        kind=act.kind,
        measure=act.measure,
        states=act.states,
        actor=act.actor.name if act.actor else None,
        date=act.date.edtf if act.date else symbolic(act.timex) if act.timex and not act.is_report_time else None,
        date_words=act.timex.words if act.timex else None,
        vote=act.vote,
        agents=tuple(a.name for a in act.agents),
        place=act.place,
        stage=act.stage,
        bill=act.bill,
        instrument=act.instrument,
        definitive=act.definitive,
        against=act.against,
    )


def _provision(provision: ProvisionMention) -> ProvisionShape:
    return ProvisionShape(
        kind=provision.kind,
        article=provision.article,
        value=provision.value,
        norm=provision.norm,
        absent=provision.absent,
    )


def _claim(claim: Claim) -> ClaimShape:
    return ClaimShape(
        speaker=claim.speaker.name,
        role=claim.speaker.role,
        stance=claim.stance,
        about=claim.about,
        says=claim.says,
        date=symbolic(claim.timex) if claim.timex else None,
        place=claim.place,
    )
