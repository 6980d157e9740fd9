"""The dossier as one self-contained HTML page: it works without scripts, loads nothing, prints, and reads well on a telephone.

Statements are cited by short labels everywhere ("A3"); a label leads to the marked words in the report's text, and the
label there leads to the statement and what rests on it.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from foedus.register.entries import ClaimEntry, Finding
from foedus.serving import wording
from foedus.serving.differences import cited, differences
from foedus.serving.dossier import Dossier, TimelineEntry, Witness
from foedus.serving.drawings import has_counts, ladder_svg, timeline_svg, vote_svg
from foedus.serving.duty_graph import Arrow, obligation_svg
from foedus.serving.evidence_marks import Piece, marked_paragraphs
from foedus.serving.rendering import self_contained, web_address
from foedus.serving.translated import places_of
from foedus.statements.statement import ActMention, Claim, Statement
from foedus.terms.evidence import Quote
from foedus.terms.proof import Truth

if TYPE_CHECKING:
    from markupsafe import Markup

STATED_ABOVE = ("articles", "duration", "area")
"""Findings that stand in the facts; in the list of provisions they come last."""

FOLDED = 60
"""Acts from which on the list of the timeline is folded, a chapter a year."""
LANES = 12
"""States up to which the timeline is drawn, a lane each."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the page and its entry in the contents."""

    id: str
    heading: str
    count: int | None = None

    @property
    def template(self) -> str:
        return f"section_{self.id}.html.j2"


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the timeline: the acts of a year, or all where they are few; `heading` is "" then."""

    entries: tuple[TimelineEntry, ...]
    heading: str = ""
    is_open: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its text cut into marked pieces; `address` only where a link may safely lead there."""

    witness: Witness
    paragraphs: tuple[tuple[Piece, ...], ...] = ()
    address: str | None = None


class Provision(msgspec.Struct, frozen=True, kw_only=True):
    """Findings of one kind that rest on the same statements, shown as one line."""

    findings: tuple[Finding, ...]

    @property
    def heading(self) -> str:
        return wording.titled(self.findings[0].kind)

    @property
    def article(self) -> str | None:
        return self.findings[0].article

    @property
    def words(self) -> str:
        return wording.listed(wording.provision_words(finding.kind, finding.value) for finding in self.findings)

    @property
    def is_disputed(self) -> bool:
        return bool(self.findings[0].contradicted_by) or self.findings[0].truth is not Truth.TRUE

    @property
    def supported_by(self) -> tuple[str, ...]:
        return self.findings[0].supported_by

    @property
    def contradicted_by(self) -> tuple[str, ...]:
        return self.findings[0].contradicted_by


def dossier_html(dossier: Dossier) -> str:
    """The whole page; everything that a report or a person wrote is escaped."""
    return self_contained("dossier.html.j2", **_values(dossier))


def statement_words(statement: Statement, names: wording.Names) -> str:
    """A statement in a few words: what act, provision or claim it is."""
    content = statement.content
    if isinstance(content, ActMention):
        said = f" ({content.timex.words})" if content.timex and content.timex.words else ""
        return wording.act_title(content, names) + said
    if isinstance(content, Claim):
        about = f" ({wording.topic_words(content.about).lower()})" if content.about else ""
        return f"{content.speaker.name} {wording.stance_words(content.stance, content.speaker)}{about}"
    article = f", Article {content.article}" if content.article else ""
    said = f"none: {content.value}" if content.absent else content.value  # as findings have it
    value = f": {wording.provision_words(content.kind, said)}" if content.value else ""
    return f"{wording.titled(content.kind)}{article}{value}"


def dossier_values(dossier: Dossier) -> dict[str, Any]:
    """What the sections of a dossier need, on whatever page they stand, but for the places that their links lead to."""
    register = dossier.register
    return {
        "dossier": dossier,
        "sections": _sections(dossier),
        "parties": [dossier.names.get(code, code) for code in dossier.treaty.parties],
        "documents": {w.publication.id: w.publication.name for w in dossier.witnesses},
        "publishers": {w.publication.id: w.publication.publisher for w in dossier.witnesses},
        "acts": {act.id: act for act in register.acts},
        "claims": {claim.id: claim for claim in register.claims},
        "differences": differences(register),
        "cited": cited,
        "duties": [finding for finding in register.findings if finding.norm],
        "provisions": [
            tuple(of) for _, of in groupby(_provisions(register.findings), key=lambda p: (p.heading, p.article))
        ],
        "wordings": _wordings,
        "chapters": chapters_of(dossier.timeline),
        "progress": {ladder.state: wording.progress_words(ladder) for ladder in dossier.ladders},
        "describe": lambda statement: statement_words(statement, dossier.names),
        "words_of": {dossier.labels[s.id]: _told_words(s, dossier) for w in dossier.witnesses for s in w.statements},
        "translation": places_of((s for w in dossier.witnesses for s in w.statements), dossier.translated),
        "report_of": {
            dossier.labels[s.id]: w.publication.publisher or w.publication.name
            for w in dossier.witnesses
            for s in w.statements
        },
        "document_of": {dossier.labels[s.id]: w.publication.name for w in dossier.witnesses for s in w.statements},
        **_drawings(dossier),
    }


def _told_words(statement: Statement, dossier: Dossier) -> str:
    """The words of a statement as a label shows them before it is followed."""
    translated = dossier.translated.get(statement.id)
    return f"{statement.quote.exact} [{translated.mark}]" if translated else statement.quote.exact


def chapters_of(timeline: tuple[TimelineEntry, ...]) -> list[Chapter]:
    """The timeline as a page lists it; of many acts only the last dated year stands open."""
    if len(timeline) < FOLDED:
        return [Chapter(entries=timeline)]
    years = [(y, tuple(e)) for y, e in groupby(timeline, key=lambda e: e.act.on.earliest.year if e.act.on else None)]
    last = max((year for year, _ in years if year is not None), default=None)
    return [Chapter(entries=e, heading=str(y or "no day known"), is_open=y == last) for y, e in years]


def _values(dossier: Dossier) -> dict[str, Any]:
    reports = tuple(_report(witness, dossier) for witness in dossier.witnesses)
    return {"reports": reports, **dossier_values(dossier), **_places(dossier, reports)}


def _sections(dossier: Dossier) -> tuple[Section, ...]:
    if dossier.is_silent:
        return (Section(id="status", heading="Status"),)
    register = dossier.register
    return (
        Section(id="status", heading="Status"),
        Section(id="timeline", heading="Timeline", count=len(dossier.timeline)),
        Section(id="road", heading="Road to ratification"),
        Section(id="next", heading="What comes next", count=len(dossier.awaited)),
        Section(id="provisions", heading="Provisions", count=len(register.findings)),
        Section(id="claims", heading="For and against", count=len(register.claims)),
        Section(id="issues", heading="Disagreements", count=len(differences(register))),
        Section(id="sources", heading="Reports", count=len(dossier.witnesses)),
    )


def _report(witness: Witness, dossier: Dossier) -> Report:
    address = web_address(witness.publication.url)
    if witness.document is None:
        return Report(witness=witness, address=address)
    paragraphs = marked_paragraphs(witness.document, witness.statements, dossier.labels)
    return Report(witness=witness, paragraphs=paragraphs, address=address)


def _provisions(findings: tuple[Finding, ...]) -> list[Provision]:
    """What is no duty: substance first, then the plain facts; values that the same statements give stand together."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in sorted(
        findings, key=lambda f: (f.kind in STATED_ABOVE, f.kind, f.article or "", f.supported_by, f.value)
    ):
        if finding.norm is None:
            key = (finding.kind, finding.article, finding.truth, finding.supported_by, finding.contradicted_by)
            groups.setdefault(key, []).append(finding)
    return [Provision(findings=tuple(group)) for group in groups.values()]


def _wordings(claim: ClaimEntry) -> tuple[Quote, ...]:
    """The quotes of a claim, one a document."""
    return tuple({quote.document: quote for quote in reversed(claim.quotes)}.values())[::-1]


def _places(dossier: Dossier, reports: tuple[Report, ...]) -> dict[str, Any]:
    """Where labels, quotes and entries stand on the page."""
    marked = {
        label for report in reports for paragraph in report.paragraphs for piece in paragraph for label in piece.ends
    }
    letters = {w.publication.id: w.label for w in dossier.witnesses}
    acts = {act.id for act in dossier.register.acts}

    def place(label: str) -> str:
        return f"#in-{label}" if label in marked else f"#statement-{label}"

    def link(quote: Quote) -> str | None:
        label = dossier.label_of(quote)
        if label:
            return place(label)
        return f"#document-{letters[quote.document]}" if quote.document in letters else None

    def entry_address(statement: Statement) -> str:
        entry = dossier.uses[statement.id][0]
        return f"#act-{entry}" if entry in acts else f"#entry-{entry}"

    return {"place": place, "link": link, "entry_address": entry_address}


def _drawings(dossier: Dossier) -> dict[str, Any]:
    from markupsafe import Markup

    def safe(drawing: Callable[..., str], *arguments: Any) -> Markup:
        return Markup(drawing(*arguments))  # drawings escape what they are given

    names = dossier.names
    return {
        "timeline_drawing": safe(timeline_svg, dossier.timeline, names, dossier.on) if _is_drawn(dossier) else "",
        "ladder_drawings": {
            ladder.state: safe(ladder_svg, ladder, names) for ladder in dossier.ladders if ladder.steps
        },
        "vote_drawings": {box.act.id: safe(vote_svg, box.vote) for box in dossier.votes if has_counts(box.vote)},
        "obligation_drawing": safe(obligation_svg, _arrows(dossier), names),
    }


def _is_drawn(dossier: Dossier) -> bool:
    """Whether the acts are of so few states that their lanes can be read as a drawing."""
    return len({state for entry in dossier.timeline for state in entry.act.states}) <= LANES


def _arrows(dossier: Dossier) -> list[Arrow]:
    """Each duty between each pair of parties that it binds."""
    truth = dossier.force.truth if dossier.force else Truth.UNKNOWN
    parties = dossier.treaty.parties
    arrows = []
    for finding in dossier.register.findings:
        if (norm := finding.norm) is None:
            continue
        bearers = parties if norm.bearer == "each-party" else (norm.bearer,)
        article = norm.article or finding.article
        label = (f"Art. {article}: " if article else "") + wording.DUTIES[norm.duty]
        for bearer in bearers:
            owed = parties if norm.toward == "each-other-party" else (norm.toward,)
            arrows += [
                Arrow(bearer=bearer, toward=other, label=label, truth=truth) for other in owed if other != bearer
            ]
    return arrows
