"""What the reports about one treaty show of their publishers: who told of an act first, and whose words another report contradicts.

Counts with their cases, and no more: being first or being contradicted says nothing of how good a publisher is. A copy of
another report is nobody's, and a report whose day cannot be told is never first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from foedus.register.entries import Publication
from foedus.serving.dossier import Dossier, TimelineEntry
from foedus.serving.proof_view import overruled
from foedus.serving.wording import titled
from foedus.statements.statement import Statement
from foedus.terms.evidence import Factuality, Quote
from foedus.terms.proof import Issue, Truth

CLASHES = ("dates-differ", "votes-differ", "provisions-differ", "act-denied")
"""Kinds of issue in which one report tells otherwise than another; what speakers say against each other is theirs."""

Saying = tuple[Publication, Statement]


class CaseKind(StrEnum):
    FIRST = "first"
    CONTRADICTED = "contradicted"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One act of which a publisher's report told first, or one matter in which another report tells otherwise.

    publisher  None where nobody tells it
    about      id of the act or finding
    address    where its words are marked
    on         day of the report, as far as one day is likeliest
    is_marked  first: no other publisher tells of the act; contradicted: the register follows the other side
    says       contradicted: what is told otherwise
    """

    kind: CaseKind
    publisher: str | None
    document: str
    about: str
    title: str
    address: str
    on: date | None = None
    is_marked: bool = False
    says: str = ""


class Telling(msgspec.Struct, frozen=True):
    """How many acts the reports of a publisher tell as done under a treaty."""

    publisher: str | None
    acts: int


def tellings_of(dossier: Dossier) -> tuple[Telling, ...]:
    """Of each publisher whose reports tell of an act as done."""
    counts: dict[str | None, int] = {}
    sayings = _sayings(dossier)
    for entry in dossier.timeline:
        for publisher in {publication.publisher for publication, _ in _tellers(entry, sayings)}:
            counts[publisher] = counts.get(publisher, 0) + 1
    return tuple(Telling(publisher, acts) for publisher, acts in sorted(counts.items(), key=lambda one: one[0] or ""))


def cases_of(dossier: Dossier) -> tuple[Case, ...]:
    """All cases of one treaty, the same publisher once an act or matter."""
    found = [*_firsts(dossier), *_contradictions(dossier)]
    unique = {(case.kind, case.publisher, case.about, case.says): case for case in reversed(found)}
    return tuple(reversed(unique.values()))


def _firsts(dossier: Dossier) -> Iterator[Case]:
    sayings = _sayings(dossier)
    for entry in dossier.timeline:
        tellers = _tellers(entry, sayings)
        dated = [(day, publication, said) for publication, said in tellers if (day := _day(publication))]
        earliest = min((day for day, _, _ in dated), default=None)
        publishers = {publication.publisher for publication, _ in tellers}
        for day, publication, said in dated:
            if day == earliest:
                yield Case(
                    kind=CaseKind.FIRST,
                    publisher=publication.publisher,
                    document=publication.id,
                    about=entry.act.id,
                    title=entry.title,
                    address=f"/reports/{publication.id}#{said.id}",
                    on=day,
                    is_marked=len(publishers) == 1,
                )


def _sayings(dossier: Dossier) -> dict[str, Saying]:
    """Statement id -> the report that says something is done, and the statement; copies left out."""
    return {
        statement.id: (witness.publication, statement)
        for witness in dossier.witnesses
        if witness.publication.copy_of is None
        for statement in witness.statements
        if statement.factuality is Factuality.HAPPENED
    }


def _tellers(entry: TimelineEntry, sayings: Mapping[str, Saying]) -> list[Saying]:
    """The reports that tell of an act as done, each with the statement that does."""
    if entry.act.factuality is not Factuality.HAPPENED:
        return []
    return [sayings[id_] for id_ in entry.act.supported_by if id_ in sayings]


def _contradictions(dossier: Dossier) -> Iterator[Case]:
    publications = {w.publication.id: w.publication for w in dossier.witnesses if w.publication.copy_of is None}
    titles = {entry.act.id: entry.title for entry in dossier.timeline}
    titles |= {f.id: titled(f.kind) for f in dossier.register.findings}
    for issue in dossier.register.issues:
        words: dict[str, Quote] = {}
        for quote in issue.quotes:
            words.setdefault(quote.document, quote)
        if issue.kind not in CLASHES or len(words) < 2:
            continue
        aside, about = _set_aside(issue, dossier), next(iter(issue.about), "")
        for document, quote in words.items():
            if document in publications:
                publication = publications[document]
                yield Case(
                    kind=CaseKind.CONTRADICTED,
                    publisher=publication.publisher,
                    document=document,
                    about=about,
                    title=titles.get(about, dossier.title),
                    address=f"/reports/{document}?quote={quote.start}-{quote.end}#quote",
                    on=_day(publication),
                    is_marked=document in aside,
                    says=issue.says,
                )


def _set_aside(issue: Issue, dossier: Dossier) -> set[str]:
    """Documents whose words the register did not follow in this matter."""
    lost = {quote.document for reason in (overruled(issue.proof) if issue.proof else ()) for quote in reason.quotes}
    held = [f for f in dossier.register.findings if f.id in issue.about and f.truth is Truth.TRUE]
    against = {statement for finding in held for statement in finding.contradicted_by}
    return lost | {w.publication.id for w in dossier.witnesses if any(s.id in against for s in w.statements)}


def _day(publication: Publication) -> date | None:
    return publication.published.likeliest.earliest if publication.published else None
