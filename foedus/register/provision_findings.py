"""What treaties provide, as all reports together have it: one provision in many words, its variance shown."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from foedus.reference.clauses import ForceClause, parse_force_clause
from foedus.reference.packs import Reference
from foedus.register.entries import Finding
from foedus.statements.statement import ProvisionMention, Statement
from foedus.terms.evidence import Quote
from foedus.terms.norms import Condition, Norm
from foedus.terms.proof import Issue, Proof, Truth

SINGLE = frozenset({"articles", "duration", "entry-into-force-clause"})
"""Kinds of provision of which a treaty has one: two values contradict each other."""


@lru_cache(maxsize=4)
def _number_words(reference: Reference) -> dict[str, str]:
    """The number words of every language, with their digits."""
    classes = (lexicon.tables.get("provisions", {}).get("classes", {}) for lexicon in reference.lexicons.values())
    return {word: str(number) for one in classes for word, number in one.get("number", {}).items()}


def findings_of(
    treaty: str, statements: Iterable[Statement], reference: Reference
) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
    """The provisions of one treaty, and where reports differ about them; "five years" and "5 years" do not."""
    numbers = _number_words(reference)
    statements = [s for s in statements if isinstance(s.content, ProvisionMention)]
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: s.id):
        groups[_sameness(_provision(statement), numbers)].append(statement)
    findings = [_finding(treaty, key, members) for key, members in sorted(groups.items(), key=lambda g: repr(g[0]))]
    return _contradicted(findings, statements)


def clause_told(statements: Iterable[Statement]) -> ForceClause | None:
    """The entry-into-force clause that most reports of one treaty give, or None where none does."""
    told = {(s.document, p.value) for s in statements if isinstance(p := s.content, ProvisionMention) and not p.absent}
    clauses = Counter(value for _, value in told if parse_force_clause(value))
    value = min(clauses, key=lambda v: (-clauses[v], v), default=None)
    return parse_force_clause(value) if value is not None else None


def _provision(statement: Statement) -> ProvisionMention:
    assert isinstance(statement.content, ProvisionMention)
    return statement.content


def _sameness(p: ProvisionMention, numbers: Mapping[str, str]) -> tuple[object, ...]:
    """What must agree for two mentions to be one provision: a duty and its condition, or kind and value; never the words."""
    if p.norm is not None:
        return (p.kind, p.norm.duty, _shape(p.norm.conditions))
    if p.kind == "duration":
        return (p.kind, " ".join(numbers.get(word, word) for word in p.value.lower().split()), p.absent)
    return (p.kind, p.value.lower() if p.kind != "content" else f"{p.article}:{p.value.lower()}", p.absent)


def _shape(condition: Condition | None) -> tuple[object, ...]:
    """A condition without its words; parts in a fixed order."""
    if condition is None:
        return ()
    return (
        condition.op,
        condition.predicate,
        condition.args,
        tuple(sorted((_shape(p) for p in condition.parts), key=repr)),
    )


def _finding(treaty: str, key: tuple[object, ...], members: Sequence[Statement]) -> Finding:
    provisions = [_provision(s) for s in members]
    article = next((p.article for p in sorted(provisions, key=lambda p: (p.article is None, p.article or ""))), None)
    fullest = max(provisions, key=_fullness)
    norm = msgspec.structs.replace(fullest.norm, treaty=treaty, article=article) if fullest.norm else None
    quotes = tuple(s.quote for s in members)
    documents = sorted({s.document for s in members})
    absent = fullest.absent
    says = f"{'no ' if absent else ''}{fullest.kind.replace('-', ' ')}{f', Article {article}' if article else ''}: {fullest.value or fullest.kind}"
    proof = Proof(
        says=f"{len(documents)} {'report says' if len(documents) == 1 else 'reports say'} so: {says}",
        truth=Truth.TRUE,
        by="reports",
        quotes=quotes,
    )
    return Finding(
        id="f_" + hashlib.sha256(f"{treaty}:{key!r}".encode()).hexdigest()[:16],
        treaty=treaty,
        kind=fullest.kind,
        article=article,
        value=("none: " if absent else "") + fullest.value,
        norm=norm,
        truth=Truth.TRUE,
        supported_by=tuple(s.id for s in members),
        variants=_variants(members),
        proof=proof,
    )


def _fullness(p: ProvisionMention) -> tuple[bool, int, int, int, str]:
    norm: Norm | None = p.norm
    return (
        norm is not None and norm.conditions is not None,
        len(norm.limits) if norm else 0,
        len(norm.manner) if norm else 0,
        len(p.value),
        p.value,
    )


def _variants(members: Iterable[Statement]) -> tuple[Quote, ...]:
    """One wording a document, the longest."""
    by_document: dict[str, Quote] = {}
    for s in members:
        known = by_document.get(s.document)
        if known is None or len(s.quote.exact) > len(known.exact):
            by_document[s.document] = s.quote
    return tuple(by_document[d] for d in sorted(by_document))


def _contradicted(
    findings: Sequence[Finding], statements: Sequence[Statement]
) -> tuple[tuple[Finding, ...], tuple[Issue, ...]]:
    """Findings with what stands against them, and an issue for every provision in differing words or values."""
    quote_of = {s.id: s.quote for s in statements}
    result, issues = [], []
    for finding in findings:
        rivals = [
            f
            for f in findings
            if f is not finding and f.kind == finding.kind and finding.kind in SINGLE and not _agree(f, finding)
        ]
        against = tuple(i for f in rivals for i in f.supported_by)
        truth = Truth.UNKNOWN if len(against) >= len(finding.supported_by) else finding.truth
        result.append(msgspec.structs.replace(finding, contradicted_by=against, truth=truth))
        if rivals and finding.id < min(f.id for f in rivals):
            values = " / ".join(sorted({finding.value, *(f.value for f in rivals)}))
            quotes = tuple(quote_of[i] for i in (*finding.supported_by, *against))
            issues.append(
                Issue(
                    kind="provisions-differ",
                    says=f"reports differ on {finding.kind}: {values}",
                    quotes=quotes,
                    about=(finding.id,),
                )
            )
        if finding.norm is not None and len(finding.variants) > 1:
            says = f"the same provision{f' (Article {finding.article})' if finding.article else ''} is reported in other words"
            issues.append(Issue(kind="wording-differs", says=says, quotes=finding.variants, about=(finding.id,)))
    return tuple(result), tuple(issues)


def _agree(one: Finding, other: Finding) -> bool:
    return one.value == other.value or one.value in other.value or other.value in one.value
