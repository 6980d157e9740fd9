"""Reports side by side: what they tell alike, where they contradict each other, and on what each is silent.

A row is one deed (an expectation stands with the act that overtook it), one provision or one topic; a cell is what one report
says of it, in its own words. What counts as a contradiction is the register's: its issues, its losers, its answered claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from foedus.register.entries import Act, ClaimEntry, Finding, Register
from foedus.serving.differences import differences
from foedus.serving.dossier_page import statement_words
from foedus.serving.proof_view import overruled
from foedus.serving.wording import (
    Names,
    act_title,
    days,
    provision_words,
    sentence_start,
    speaker_words,
    titled,
    vote_words,
)
from foedus.statements.statement import ActMention, Claim, ProvisionMention, Statement
from foedus.terms.evidence import Factuality
from foedus.terms.proof import Issue

if TYPE_CHECKING:
    from foedus.register.entries import Publication

CLASHES = frozenset({"votes-differ", "body-named-differently", "act-denied", "provisions-differ", "claims-contradict"})
"""Kinds of issues in which whoever is quoted contradicts the others that are."""
NO_CLASH = frozenset({"expectation-overtaken"})
"""Kinds that time made, and no report: whoever foresaw another day contradicts nobody."""


class Accord(StrEnum):
    """How the reports that are compared stand to one deed, provision or topic."""

    CONTRADICTED = "contradicted"
    AGREED = "agreed"
    SINGLE = "single"


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """What one statement of a report says of the row's subject.

    said      the particulars: its words for the day, its tally, the value it gives
    against   another report disputes it, or its day was overruled
    """

    statement: Statement
    said: str
    against: bool = False


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One report on one subject; empty where it is silent."""

    document: str
    sayings: tuple[Saying, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One subject in all the reports.

    address   where the site shows the entry
    when      its day, where the register has one
    issues    what the register found about it, where one of the reports has a part in it
    """

    heading: str
    kind: str
    treaty: str
    address: str
    accord: Accord
    cells: tuple[Cell, ...]
    when: str = ""
    order: tuple[int, str] = (0, "")
    issues: tuple[Issue, ...] = ()

    @property
    def speaking(self) -> int:
        return sum(1 for cell in self.cells if cell.sayings)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """All rows, contradictions first, and how many of the subjects each report tells of."""

    documents: tuple[Publication, ...]
    rows: tuple[Row, ...]

    def of(self, accord: Accord) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.accord is accord)

    def told_by(self, document: str) -> int:
        return sum(1 for row in self.rows for cell in row.cells if cell.document == document and cell.sayings)


class _Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a row is about: entries of the register that are one subject."""

    entries: tuple[Act | Finding | ClaimEntry, ...]
    heading: str
    kind: str
    when: str = ""
    order: tuple[int, str] = (0, "")

    @property
    def lead(self) -> Act | Finding | ClaimEntry:
        return self.entries[0]


def compare(
    documents: Sequence[Publication], registers: Sequence[Register], statements: Mapping[str, Statement], names: Names
) -> Comparison:
    """The comparison of some documents.

    documents   in the order of their columns
    registers   one a treaty, of all its reports: contradictions are those that they show together
    statements  those of the documents, by id
    names       what people call the states
    """
    ids = [d.id for d in documents]
    rows = (_row(s, ids, register, statements, names) for register in registers for s in _subjects(register, names))
    told = [row for row in rows if row.speaking]
    ranks = list(Accord)
    return Comparison(
        documents=tuple(documents), rows=tuple(sorted(told, key=lambda r: (ranks.index(r.accord), r.order, r.heading)))
    )


def _subjects(register: Register, names: Names) -> Iterable[_Subject]:
    yield from _deeds(register.acts, names)
    yield from _provisions(register.findings)
    yield from _topics(register.claims, names)


def _deeds(acts: Iterable[Act], names: Names) -> Iterable[_Subject]:
    """Acts, each with the expectations that it overtook and the denials that dispute it."""
    by_id = {act.id: act for act in acts}
    done = {id_: act.id for act in by_id.values() if act.factuality is Factuality.HAPPENED for id_ in act.supported_by}
    groups: dict[str, list[Act]] = {}
    for act in by_id.values():
        is_denial = act.factuality is Factuality.DENIED
        disputed = next((done[id_] for id_ in act.contradicted_by if id_ in done), None) if is_denial else None
        groups.setdefault(act.overtaken_by or disputed or act.id, []).append(act)
    for root, group in groups.items():
        act = by_id[root]
        ordered = sorted(group, key=lambda a: (a.id != root, a.id))
        day = act.on.earliest if act.on else date.max
        yield _Subject(
            entries=tuple(ordered),
            heading=act_title(act, names),
            kind="act",
            when=days(act.on) if act.on else "",
            order=(1, day.isoformat()),
        )


def _provisions(findings: Iterable[Finding]) -> Iterable[_Subject]:
    """Findings of one kind and article."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.treaty, finding.kind, finding.article or ""), []).append(finding)
    for (_, kind, article), group in groups.items():
        heading = titled(kind) + (f", Article {article}" if article else "")
        yield _Subject(entries=tuple(group), heading=heading, kind="provision", order=(2, kind))


def _topics(claims: Iterable[ClaimEntry], names: Names) -> Iterable[_Subject]:
    """Claims about one thing; what fits no topic stands alone."""
    groups: dict[tuple[str, str], list[ClaimEntry]] = {}
    for claim in claims:
        groups.setdefault((claim.treaty, claim.about or claim.id), []).append(claim)
    for group in groups.values():
        about, speaker = group[0].about, speaker_words(group[0].speaker, names)
        heading = f"On {titled(about).lower()}" if about else f"What {speaker} says"
        yield _Subject(entries=tuple(group), heading=heading, kind="claim", order=(3, about or "~"))


def _row(
    subject: _Subject,
    documents: Sequence[str],
    register: Register,
    statements: Mapping[str, Statement],
    names: Names,
) -> Row:
    against = {id_ for e in subject.entries if not isinstance(e, ClaimEntry) for id_ in e.contradicted_by}
    ids = {id_ for entry in subject.entries for id_ in entry.supported_by} | against
    said = [statements[id_] for id_ in sorted(ids) if id_ in statements]
    against |= {s.id for s in said if _lost(s, subject)}
    cells = tuple(
        Cell(document=document, sayings=tuple(_saying(s, against, names) for s in _of(document, said)))
        for document in documents
    )
    issues = _issues(subject, documents, register)
    place = "act" if isinstance(subject.lead, Act) else "entry"
    return Row(
        heading=sentence_start(subject.heading),
        kind=subject.kind,
        treaty=subject.lead.treaty,
        address=f"/treaties/{subject.lead.treaty}#{place}-{subject.lead.id}",
        accord=_accord(subject, cells, issues),
        cells=cells,
        when=subject.when,
        order=subject.order,
        issues=issues,
    )


def _lost(statement: Statement, subject: _Subject) -> bool:
    """Its words for the day were overruled."""
    words = (statement.quote, *statement.evidence)
    return any(
        lost.document == own.document and own.start <= lost.start and lost.end <= own.end
        for entry in subject.entries
        if isinstance(entry, Act) and entry.dated
        for reason in overruled(entry.dated.proof)
        for lost in reason.quotes
        for own in words
    )


def _of(document: str, said: Iterable[Statement]) -> list[Statement]:
    return sorted((s for s in said if s.document == document), key=lambda s: (s.quote.start, s.id))


def _saying(statement: Statement, against: set[str], names: Names) -> Saying:
    return Saying(statement=statement, said=particulars(statement, names), against=statement.id in against)


def particulars(statement: Statement, names: Names) -> str:
    """What this report adds to the subject: its day, its tally, its value, its speaker.

    Empty where it says no more than that it is so.
    """
    content = statement.content
    if isinstance(content, ActMention):
        words = content.timex.words if content.timex else ""
        tally = vote_words(content.vote) if content.vote else ""
        return "; ".join(part for part in (words, tally) if part)
    if isinstance(content, ProvisionMention):
        return provision_words(content.kind, content.value) if content.value else ""
    return statement_words(statement, names) if isinstance(content, Claim) else ""


def _issues(subject: _Subject, documents: Sequence[str], register: Register) -> tuple[Issue, ...]:
    ids = {entry.id for entry in subject.entries}
    told = (
        issue
        for issue in register.issues
        if issue.kind not in NO_CLASH and ids & set(issue.about) and _quoted(issue) & set(documents)
    )
    return differences(register, told)


def _accord(subject: _Subject, cells: Sequence[Cell], issues: Sequence[Issue]) -> Accord:
    speaking = [cell for cell in cells if cell.sayings]
    if len(speaking) < 2:
        return Accord.SINGLE
    documents = {cell.document for cell in speaking}
    clash = any(issue.kind in CLASHES and len(_quoted(issue) & documents) > 1 for issue in issues)
    disputed = any(saying.against for cell in speaking for saying in cell.sayings)
    return Accord.CONTRADICTED if clash or disputed or _answered(subject, speaking) else Accord.AGREED


def _quoted(issue: Issue) -> set[str]:
    return {quote.document for quote in issue.quotes}


def _answered(subject: _Subject, cells: Sequence[Cell]) -> bool:
    """Two speakers contradict each other, and both are heard in these reports."""
    heard = {s.statement.id for cell in cells for s in cell.sayings}
    claims = [e for e in subject.entries if isinstance(e, ClaimEntry) and heard & set(e.supported_by)]
    return any({c.id for c in claims} & set(claim.answered_by) for claim in claims)
